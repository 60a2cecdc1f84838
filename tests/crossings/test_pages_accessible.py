"""axe-core finds nothing on the officers' pages, in any state and language; and one Arabic page."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext

from tests.crossings.conftest import listed, paper
from tests.support.accessible import nothing_found
from tests.support.browser import enter_on_button, sign_in
from tests.support.cast import Cast, client_of
from tests.support.counter import CounterPage, expired, neighbour

pytest_plugins = ("tests.support.chromium", "tests.support.counter_fixtures")
pytestmark = pytest.mark.browser

IMAGES = Path(__file__).parents[2] / "docs" / "images"


@pytest.mark.parametrize("language", ["fr", "en", "ar"])
def test_the_counter_is_accessible_in_every_state(
    post_at_work: Cast, context: BrowserContext, site: str, language: str
) -> None:
    sign_in(context, site, client_of(post_at_work.aminata), language)
    counter = CounterPage(context, site)
    page = counter.page
    nothing_found(page, "idle")
    counter.scan(neighbour(), "clear")
    nothing_found(page, "clear")
    counter.scan(paper())
    page.wait_for_selector("#waiting:visible")
    nothing_found(page, "a scan waits")
    counter.press("F4")
    counter.is_in("clear")
    counter.press("F4")
    counter.is_in("idle")
    counter.scan(expired(), "look")
    nothing_found(page, "look")
    counter.press("F10")
    counter.is_in("idle")
    counter.press("F9")
    page.wait_for_selector("#type-names")
    nothing_found(page, "typing")
    counter.press("Enter")
    page.wait_for_selector(".error-summary")
    nothing_found(page, "typed with mistakes")
    counter.press("Escape")
    page.check("#group")
    counter.scan(listed(), "stop")
    counter.scan(paper(), "stop")
    page.wait_for_selector(".member >> nth=1")
    nothing_found(page, "group, stop")
    page.emulate_media(color_scheme="dark")
    nothing_found(page, "dark")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_closing_sheet_is_accessible(
    post_at_work: Cast, context: BrowserContext, site: str, language: str
) -> None:
    sign_in(context, site, client_of(post_at_work.coumba), language)
    page = context.new_page()
    page.goto(f"{site}/shift/closing/")
    nothing_found(page, "closing sheet")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_second_line_is_accessible(
    post_at_work: Cast, context: BrowserContext, site: str, language: str
) -> None:
    page = context.new_page()
    page.goto(f"{site}/sign-in/")
    nothing_found(page, "sign-in")
    sign_in(context, site, client_of(post_at_work.aminata), language)
    counter = CounterPage(context, site)
    counter.scan(listed(), "stop")
    counter.press("F8")
    counter.is_in("idle")
    sign_in(context, site, client_of(post_at_work.boubacar), language)
    page.goto(f"{site}/second-line/")
    nothing_found(page, "queue")
    page.click(".table a")
    page.wait_for_load_state()
    nothing_found(page, "why the case is opened")
    enter_on_button(page)
    page.wait_for_selector("button[value=refused]")
    nothing_found(page, "case")
    page.click("button[value=refused]")
    page.wait_for_selector(".error-summary")
    nothing_found(page, "case with a problem")
    page.select_option("#reason", "list")
    page.click("button[value=refused]")
    page.wait_for_selector("#refusal")  # what is to be done next
    nothing_found(page, "refused, the form to print")
    page.goto(f"{site}/second-line/")
    page.wait_for_selector(".empty")
    nothing_found(page, "empty queue, and who was decided on")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_paper_register_is_accessible(
    post_at_work: Cast, context: BrowserContext, site: str, language: str
) -> None:
    page = context.new_page()
    sign_in(context, site, client_of(post_at_work.boubacar), language)
    page.goto(f"{site}/paper/")
    nothing_found(page, "nothing entered yet")
    page.click("[aria-labelledby=line] button")
    page.wait_for_selector(".error-summary")
    nothing_found(page, "a line with mistakes")
    page.fill("[name=time]", "00:00")
    page.fill("#type-day", "2026-11-02")
    page.fill("[name=names]", "Boureima Sagnon")
    page.fill("[name=birth]", "14/03/1971")
    page.click("[aria-labelledby=line] button")
    page.wait_for_selector("#saved")
    nothing_found(page, "a line with a hit")
    page.click("[aria-labelledby=lines] a")
    page.wait_for_selector("[name=correct]", state="attached")
    nothing_found(page, "correcting a line")
    page.click("[aria-labelledby=count] button")
    page.wait_for_selector(".error-summary")
    nothing_found(page, "a count with mistakes")
    page.fill("#count-day", "2026-11-02")
    page.fill("#count-number", "120")
    page.click("[aria-labelledby=count] button")
    page.wait_for_selector(".notice--clear")
    nothing_found(page, "a count")


@pytest.mark.skipif("OPENMIDAS_PICTURES" not in os.environ, reason="makes the pictures of the docs")
@pytest.mark.parametrize("language", ["fr", "en"])
def test_pictures_of_the_counter(
    post_at_work: Cast, context: BrowserContext, site: str, language: str
) -> None:
    sign_in(context, site, client_of(post_at_work.aminata), language)
    counter = CounterPage(context, site)
    counter.scan(listed(), "stop")
    IMAGES.mkdir(exist_ok=True)
    counter.page.screenshot(path=IMAGES / f"counter-{language}.png")
