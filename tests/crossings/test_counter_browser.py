"""The counter in a real browser: each lesson of the prototype is one test."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Route, expect

from openmidas.crossings.models import CancelledInspection, Crossing, Status
from openmidas.journal.models import JournalEntry
from openmidas.lists.in_use import LISTS
from tests.crossings.conftest import (
    child,
    listed,
    paper,
    publish,
    publish_list,
    rules_of,
    years_ago,
)
from tests.support.browser import sign_in
from tests.support.cast import Cast, client_of
from tests.support.counter import CounterPage

pytest_plugins = ("tests.support.chromium",)
pytestmark = pytest.mark.browser

ACTS = ("cancel", "type", "refer", "admit")


@pytest.fixture
def post_at_work(site: str, cast: Cast, tmp_path: Path) -> Cast:
    """Fresh lists and rules; the officers of the cast."""
    LISTS.forget()
    publish(rules_of(timezone.localdate()))
    publish_list(tmp_path)
    return cast


@pytest.fixture
def counter(post_at_work: Cast, context: BrowserContext, site: str) -> CounterPage:
    """Aminata's page at lane 1, in English."""
    sign_in(context, site, client_of(post_at_work.aminata))
    return CounterPage(context, site)


def neighbour(number: str = "SP0000002", surname: str = "DIALLO") -> str:
    return paper(surname=surname, given_names="MAMADOU", state="GIN", number=number, sex="M")


def expired() -> str:
    return paper(number="SP0000003", expiry=date(2021, 6, 13))


def wrong_digit() -> str:
    zone = neighbour()
    return zone[:-1] + str((int(zone[-1]) + 1) % 10)


# 1 ---------------------------------------------------------------------------------------------


def test_a_scan_is_told_by_its_check_digits_and_not_by_its_speed(counter: CounterPage) -> None:
    first, second = neighbour().splitlines()
    reader = counter.reader()
    reader.read(first, gap=12)
    counter.page.wait_for_timeout(700)  # a busy machine in the middle of a scan
    reader.read(second)
    counter.is_in("clear")
    counter.shows("DIALLO")


def test_after_a_second_of_silence_what_came_before_is_dropped(counter: CounterPage) -> None:
    first, second = neighbour().splitlines()
    counter.reader().read(first)
    counter.page.wait_for_timeout(1100)
    counter.reader().read(second)
    counter.page.wait_for_timeout(400)
    assert counter.state == "idle"


def test_a_scan_that_does_not_fit_is_shown_with_what_is_wrong(counter: CounterPage) -> None:
    counter.scan(wrong_digit(), "look")
    counter.shows("Check digit wrong: whole document")
    counter.press("F10")
    counter.is_in("idle")
    counter.scan(neighbour()[:-9])  # the reader was lifted too early
    counter.shows("The document could not be read.")
    assert counter.state == "idle"
    counter.scan(neighbour(), "clear")


# 2 ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("layout", ["azerty", "arabic"])
def test_a_us_reader_is_understood_under_another_layout(counter: CounterPage, layout: str) -> None:
    counter.reader(layout=layout).read(neighbour())
    counter.is_in("clear")
    counter.shows("SP0000002")


# 3 ---------------------------------------------------------------------------------------------


def test_a_scan_during_a_save_is_held_and_not_dropped(counter: CounterPage) -> None:
    counter.scan(neighbour(), "clear")
    saving: list[Route] = []
    counter.page.route("**/counter/decide/", lambda route: saving.append(route))
    counter.press("F4")
    counter.scan(paper())
    counter.shows("1 scan waiting")
    saving[0].continue_()
    counter.shows("KEITA")
    expect(counter.page.locator("#waiting")).to_be_hidden()
    assert Crossing.objects.get().surname == "DIALLO"


def test_a_scan_while_somebody_stands_undecided_waits_for_the_decision(
    counter: CounterPage,
) -> None:
    counter.scan(neighbour(), "clear")
    counter.scan(neighbour())  # readers like to read twice: that is the same traveller
    expect(counter.page.locator("#waiting")).to_be_hidden()
    counter.scan(paper())
    counter.shows("1 scan waiting")
    counter.shows("DIALLO")
    counter.press("F4")
    counter.shows("KEITA")


# 4 ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["Enter", "Tab"])
def test_the_reader_s_trailing_key_never_admits(counter: CounterPage, key: str) -> None:
    counter.scan(paper(), "clear")
    admit = counter.page.locator("[data-act=admit]")
    for zone in (neighbour(), wrong_digit()):
        admit.focus()
        reader = counter.reader(ends_with=key)
        reader.read(zone)
        reader.end()
    counter.page.wait_for_timeout(1300)
    assert not Crossing.objects.exists()
    counter.shows("KEITA")
    admit.focus()
    counter.press("Enter")  # an officer's own Enter does
    expect(counter.page.get_by_text("KEITA")).to_have_count(0)


# 5 ---------------------------------------------------------------------------------------------


def test_a_repeated_post_never_makes_two_crossings(counter: CounterPage) -> None:
    lost: list[str] = []

    def lose_the_first_answer(route: Route) -> None:
        if route.request.url in lost:
            route.continue_()
            return
        lost.append(route.request.url)
        route.fetch()  # the server did it, and nobody heard
        route.abort()

    counter.page.route(re.compile("/counter/(scan|decide)/"), lose_the_first_answer)
    counter.scan(neighbour(), "clear")
    counter.press("F4")
    counter.is_in("idle")
    assert len(lost) == 2
    assert Crossing.objects.count() == 1
    assert JournalEntry.objects.filter(kind="crossing.admitted").count() == 1
    assert not CancelledInspection.objects.exists()


# 6 ---------------------------------------------------------------------------------------------


def test_a_server_that_is_gone_is_told_in_full_width_with_sound_until_saved(
    counter: CounterPage,
) -> None:
    counter.scan(neighbour(), "clear")
    counter.heard()
    counter.page.route("**/counter/**", lambda route: route.abort())
    counter.press("F4")
    bar = counter.page.locator("#unsaved")
    expect(bar).to_have_text("NOT SAVED – trying again")
    box = bar.bounding_box()
    assert box is not None
    assert box["width"] == counter.page.viewport_size["width"]  # type: ignore[index]
    assert counter.heard()
    expect(counter.page.locator("#signals")).to_be_hidden()
    expect(counter.page.locator("#silent")).to_be_visible()
    counter.page.unroute("**/counter/**")
    counter.is_in("idle")
    expect(bar).to_be_hidden()
    expect(counter.page.locator("#signals")).to_be_visible()
    assert Crossing.objects.count() == 1


def test_an_idle_page_says_by_itself_that_the_server_is_gone(counter: CounterPage) -> None:
    counter.page.route("**/counter/pulse/", lambda route: route.abort())
    expect(counter.page.locator("#silent")).to_be_visible(timeout=10_000)
    expect(counter.page.locator("#signals")).to_be_hidden()
    counter.page.unroute("**/counter/pulse/")
    expect(counter.page.locator("#signals")).to_be_visible(timeout=10_000)


def test_an_error_of_the_server_is_tried_again_too(counter: CounterPage) -> None:
    answers = iter([503, 500])

    def fail_twice(route: Route) -> None:
        status = next(answers, 0)
        route.fulfill(status=status, body="") if status else route.continue_()

    counter.page.route("**/counter/scan/", fail_twice)
    counter.scan(neighbour(), "clear")


# 7 ---------------------------------------------------------------------------------------------


def test_a_name_with_a_clashing_birth_date_is_no_alert(counter: CounterPage) -> None:
    namesake = paper(
        surname="SAGNON", given_names="BOUREIMA", number="SP0000008", birth=years_ago(22), sex="M"
    )
    counter.scan(namesake, "clear")


# 8 ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "ar"])
def test_names_numbers_and_zones_run_from_left_to_right_and_dates_are_iso(
    post_at_work: Cast, context: BrowserContext, site: str, language: str
) -> None:
    sign_in(context, site, client_of(post_at_work.aminata), language)
    counter = CounterPage(context, site)
    counter.scan(neighbour(), "clear")
    direction = counter.page.locator("html").get_attribute("dir")
    assert direction == ("rtl" if language == "ar" else "ltr")
    for text in ("DIALLO", "SP0000002", neighbour().splitlines()[0]):
        parts = counter.page.get_by_text(text, exact=True)
        assert parts.count()
        for part in parts.all():
            assert part.evaluate("e => e.closest('bdi')?.dir") == "ltr"
    stay = counter.page.locator(".band__stay bdi").inner_text()
    assert date.fromisoformat(stay) > timezone.localdate()


def test_in_arabic_the_page_is_mirrored(
    post_at_work: Cast, context: BrowserContext, site: str
) -> None:
    sign_in(context, site, client_of(post_at_work.aminata), "ar")
    counter = CounterPage(context, site)
    counter.scan(neighbour(), "clear")
    who = counter.page.locator(".who").bounding_box()
    findings = counter.page.locator(".findings").bounding_box()
    admit = counter.page.locator("[data-act=admit]").bounding_box()
    cancel = counter.page.locator("#actions [data-act=cancel]").bounding_box()
    assert who is not None
    assert findings is not None
    assert admit is not None
    assert cancel is not None
    assert who["x"] > findings["x"]
    assert cancel["x"] > admit["x"]


# 9 (the restart itself is in test_counter_restart.py) --------------------------------------------


def test_a_second_lane_sees_that_the_document_is_open_at_the_first(
    counter: CounterPage, post_at_work: Cast, context: BrowserContext, site: str
) -> None:
    counter.scan(neighbour(), "clear")
    browser = context.browser
    assert browser is not None
    other_lane = browser.new_context()
    sign_in(other_lane, site, client_of(post_at_work.aminata, lane="2"))
    second = CounterPage(other_lane, site)
    second.scan(neighbour(), "look")
    second.shows("Open at lane 1")
    other_lane.close()


# 10 --------------------------------------------------------------------------------------------


def test_stop_cannot_be_admitted_by_key_or_request_and_goes_to_the_second_line(
    counter: CounterPage,
) -> None:
    counter.scan(listed(), "stop")
    counter.heard()
    counter.press("F4")
    assert counter.page.locator("#say").inner_text().startswith("“Stop” cannot be admitted")
    assert counter.heard()
    page = counter.page
    page.locator("[data-act=admit]").evaluate("button => { button.disabled = false; }")
    page.locator("[data-act=admit]").click()  # as if somebody had tampered with the page
    counter.shows("“Stop” cannot be admitted at the primary line. Refer")
    assert counter.state == "stop"
    assert not Crossing.objects.exists()
    counter.press("F8")
    counter.is_in("idle")
    assert Crossing.objects.get().status == Status.REFERRED


# The journeys -----------------------------------------------------------------------------------


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

    set_counter(post_at_work.aminata.id, sounds=True, keys={**DEFAULT_KEYS, "admit": "F6"})
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
