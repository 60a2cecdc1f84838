"""The counter in a real browser: what an officer does in a day."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, expect

from openmidas.crossings.models import Crossing, Status
from tests.crossings.conftest import child, listed, paper, publish, rules_of
from tests.support.browser import sign_in
from tests.support.cast import Cast, client_of
from tests.support.counter import CounterPage, expired, neighbour

pytest_plugins = ("tests.support.chromium", "tests.support.counter_fixtures")
pytestmark = pytest.mark.browser

ACTS = ("cancel", "type", "camera", "refer", "admit")


def test_a_clear_traveller_costs_the_scan_and_one_key(counter: CounterPage) -> None:
    counter.scan(neighbour(), "clear")
    assert counter.heard() == [1175]
    counter.press("F4")
    counter.is_in("idle")
    crossing = Crossing.objects.get()
    assert (crossing.status, crossing.officer is not None) == (Status.ADMITTED, True)
    assert counter.page.locator(".tiles dd").first.inner_text() == "1"


def test_each_state_has_its_own_sound_and_sounds_can_be_switched_off(counter: CounterPage) -> None:
    counter.scan(expired(), "look")
    assert counter.heard() == [784, 784]
    counter.press("F10")
    counter.is_in("idle")
    counter.scan(listed(), "stop")
    low = counter.heard()
    assert len(low) == 2
    assert max(low) < 300
    counter.press("F10")
    counter.is_in("idle")
    counter.page.click("#sounds")
    counter.page.wait_for_timeout(300)
    counter.open()
    counter.scan(neighbour(), "clear")
    assert counter.heard() == []


def test_a_group_is_scanned_one_after_the_other_and_decided_on_once(counter: CounterPage) -> None:
    counter.page.check("#group")
    counter.scan(neighbour(), "clear")
    counter.scan(child(), "clear")  # with an adult
    counter.scan(listed(), "stop")
    counter.shows("3 travellers stand here")
    counter.page.get_by_title("Send this one to the second line").first.click()
    counter.is_in("clear")
    counter.press("F4")
    counter.is_in("idle")
    statuses = list(Crossing.objects.order_by("surname").values_list("surname", "status"))
    assert statuses == [("DIALLO", "admitted"), ("KEITA", "admitted"), ("SAGNON", "referred")]
    assert Crossing.objects.values("group").distinct().count() == 1
    assert not counter.page.is_checked("#group")


def test_a_traveller_without_papers_takes_at_most_sixty_keys(counter: CounterPage) -> None:
    keys = ["F9"]
    keys += [*"Fatoumata Binta Camara", "Tab", *"environ 30 ans", "Tab", "F", "Tab", "Enter"]
    assert len(keys) + 1 <= 60
    counter.press(keys[0])
    expect(counter.page.locator("#type-names")).to_be_focused()
    for key in keys[1:]:
        counter.press("Space" if key == " " else key)
    counter.is_in("look")
    counter.shows("No document")
    counter.press("F4")
    counter.is_in("idle")
    crossing = Crossing.objects.get()
    assert crossing.inspected().traveller.name == "Fatoumata Binta Camara"
    assert crossing.birth == f"~{timezone.localdate().year - 30}"
    assert (crossing.sex, crossing.nationality) == ("F", "MLI")


def test_what_was_mistyped_is_told_and_kept(counter: CounterPage) -> None:
    counter.press("F9")
    counter.page.fill("#type-names", "Awa Traoré")
    counter.page.fill("#type-birth", "yesterday")
    counter.press("Enter")
    counter.shows("Birth date not understood.")
    expect(counter.page.locator("#type-birth")).to_be_focused()
    assert counter.page.input_value("#type-names") == "Awa Traoré"
    counter.page.fill("#type-birth", "mars 1974")
    counter.press("Enter")
    counter.is_in("look")
    counter.shows("1974-03")


def test_a_scan_while_typing_is_taken_and_leaves_the_form_alone(counter: CounterPage) -> None:
    counter.press("F9")
    counter.page.locator("#type-names").press_sequentially("Awa")
    counter.page.wait_for_timeout(1100)
    counter.scan(neighbour(), "clear")
    expect(counter.page.locator("#type-names")).to_have_count(0)


def test_the_journey_is_remembered_by_the_lane_and_checked_with(counter: CounterPage) -> None:
    counter.scan(neighbour(), "clear")
    counter.shows("May stay until")
    counter.press("F2")
    counter.shows("No entry recorded at this post")
    counter.page.fill("#destination", "Siguiri")
    counter.page.select_option("#conveyance", "motorcycle")
    counter.press("F4")
    counter.is_in("idle")
    crossing = Crossing.objects.get()
    assert (crossing.direction, crossing.destination, crossing.conveyance) == (
        "exit",
        "Siguiri",
        "motorcycle",
    )
    counter.open()
    assert counter.page.is_checked("[name=direction][value=exit]")
    assert counter.page.input_value("#destination") == "Siguiri"


def test_a_change_of_journey_that_brings_a_finding_is_seen_before_admitting(
    counter: CounterPage,
) -> None:
    counter.scan(neighbour(), "clear")
    publish(rules_of(timezone.localdate() - timedelta(days=400)))  # stale when checked again
    counter.press("F2")
    counter.press("F4")  # before the answer is there
    counter.is_in("look")
    assert not Crossing.objects.exists()
    counter.press("F4")
    counter.is_in("idle")
    assert Crossing.objects.count() == 1


def test_keys_are_the_officer_s_own(post_at_work: Cast, context: BrowserContext, site: str) -> None:
    from openmidas.posts.preferences import DEFAULT_KEYS, set_counter

    set_counter(
        post_at_work.aminata.id, sounds=True, keys={**DEFAULT_KEYS, "admit": "F6", "camera": "F4"}
    )
    sign_in(context, site, client_of(post_at_work.aminata))
    counter = CounterPage(context, site)
    counter.scan(neighbour(), "clear")
    counter.press("F6")
    counter.is_in("idle")
    assert Crossing.objects.count() == 1


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080), (1024, 768)])
def test_nothing_moves_between_travellers_and_nothing_scrolls(
    counter: CounterPage, size: tuple[int, int]
) -> None:
    page = counter.page
    page.set_viewport_size({"width": size[0], "height": size[1]})
    parts = [".band", ".who", ".findings", "#journey", *(f"#actions [data-act={a}]" for a in ACTS)]

    def places() -> list[Any]:
        return [page.locator(part).bounding_box() for part in parts]

    def zones_fit() -> bool:
        script = "e => e.scrollHeight <= innerHeight && e.scrollWidth <= innerWidth"
        fits: bool = page.locator("html").evaluate(script)
        return fits

    idle = places()
    assert all(box["x"] + box["width"] <= size[0] for box in idle)
    assert all(box["y"] + box["height"] <= size[1] for box in idle)
    for zone, state in ((neighbour(), "clear"), (expired(), "look"), (listed(), "stop")):
        counter.scan(zone, state)
        counter.scan(paper(number="SP0000077"))
        counter.shows("1 scan waiting")
        assert places() == idle
        assert zones_fit()
        counter.press("F10")
        counter.shows("SP0000077")
        counter.is_in("clear")
        counter.press("F10")
        counter.is_in("idle")


def test_who_was_signed_out_is_told_and_nothing_pretends_to_be_saved(
    counter: CounterPage, context: BrowserContext
) -> None:
    counter.scan(neighbour(), "clear")
    context.clear_cookies()
    counter.press("F4")
    counter.shows("You are signed out.")
    assert counter.state == "clear"
    assert not Crossing.objects.exists()
