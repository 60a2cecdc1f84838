"""The counter in a real browser: each lesson of the prototype is one test, or a few."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Route, expect

from openmidas.crossings.models import CancelledInspection, Crossing, Status
from openmidas.journal.models import JournalEntry
from tests.crossings.conftest import listed, paper, years_ago
from tests.support.browser import sign_in
from tests.support.cast import Cast, client_of
from tests.support.counter import CounterPage, neighbour, wrong_digit

pytest_plugins = ("tests.support.chromium", "tests.support.counter_fixtures")
pytestmark = pytest.mark.browser


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


def test_a_changed_zone_that_is_pasted_is_not_passed_over_in_silence(counter: CounterPage) -> None:
    counter.page.evaluate(
        "(text) => { const clipboardData = new DataTransfer();"
        " clipboardData.setData('text/plain', text);"
        " const how = { clipboardData, bubbles: true, cancelable: true };"
        " document.body.dispatchEvent(new ClipboardEvent('paste', how)); }",
        wrong_digit(),
    )
    counter.is_in("look")
    counter.shows("Check digit wrong: whole document")


# 2 ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("layout", ["azerty", "arabic"])
def test_a_us_reader_is_understood_under_another_layout(counter: CounterPage, layout: str) -> None:
    counter.reader(layout=layout).read(neighbour())
    counter.is_in("clear")
    counter.shows("SP0000002")


# 3 ---------------------------------------------------------------------------------------------


def test_a_scan_during_a_save_is_held_and_not_dropped(counter: CounterPage) -> None:
    # Before anything is sent: a busy browser lets a request through that comes right after this.
    saving: list[Route] = []
    counter.page.route("**/counter/decide/", lambda route: saving.append(route))
    # A busy machine may take longer to play a document than the page waits before it asks again.
    counter.page.evaluate("AbortSignal.timeout = () => new AbortController().signal")
    counter.scan(neighbour(), "clear")
    counter.press("F4")
    counter.scan(paper())
    counter.shows("1 scan waiting")
    (held,) = saving
    held.continue_()
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


def test_a_scan_that_the_server_fails_on_for_good_does_not_block_the_lane(
    counter: CounterPage,
) -> None:
    broken = "<main><div class='error-summary'>Something went wrong here</div></main>"
    counter.page.route("**/counter/scan/", lambda route: route.fulfill(status=500, body=broken))
    counter.page.clock.install()
    counter.scan(neighbour())
    for _ in range(12):
        counter.page.clock.run_for(4000)
    counter.shows("Something went wrong here")
    expect(counter.page.locator("#unsaved")).to_be_hidden()
    counter.page.unroute("**/counter/scan/")
    counter.scan(paper(), "clear")


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
