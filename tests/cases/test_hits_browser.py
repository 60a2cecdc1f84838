"""In a browser: a namesake is stopped, resolved, let cross, not stopped again, until the list changes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from openmidas.cases.models import HitResolution
from openmidas.crossings.models import Crossing
from openmidas.lists.national.entries import NameOf
from openmidas.posts.models import Officer
from tests.cases.conftest import Scene, zone
from tests.conftest import HQ
from tests.support.accessible import nothing_found
from tests.support.browser import enter_on_button, sign_in
from tests.support.cast import at_node, client_of
from tests.support.counter import CounterPage

pytest_plugins = ("tests.support.chromium",)
pytestmark = pytest.mark.browser


def sits_down(officer: Officer, context: BrowserContext, site: str, language: str = "en") -> None:
    sign_in(context, site, client_of(officer), language)


def test_from_the_namesake_to_the_listing_that_changed(
    site: str, scene: Scene, context: BrowserContext
) -> None:
    listing = scene.listed()
    sits_down(scene.cast.aminata, context, site)
    counter = CounterPage(context, site)
    counter.scan(zone(), "stop")
    counter.press("F8")
    counter.is_in("idle")

    sits_down(scene.cast.boubacar, context, site)
    page = counter.page
    page.goto(f"{site}/second-line/{Crossing.objects.get().id}/")
    enter_on_button(page)
    expect(page.locator("main")).to_contain_text("1 hit that is very likely has no answer")
    page.click("text=Compare and answer")
    for told in ("SANGARE", "MLI-000001", "call the gendarmerie", "Very likely the same person"):
        expect(page.locator("main")).to_contain_text(told)
    by_keyboard(page)
    expect(page.locator("#answered")).to_have_text("Not the same person")
    page.click("text=Decide on the traveller")
    expect(page.locator("#reason")).to_have_value("not_the_person")
    page.click("button[value=admitted]")
    page.wait_for_selector(".notice--clear")
    assert Crossing.objects.get().status == "admitted"

    sits_down(scene.cast.aminata, context, site)
    counter = CounterPage(context, site)
    counter.scan(zone(), "look")  # the same document a moment ago
    counter.shows("Already resolved: not the same person")
    counter.press("F4")
    counter.is_in("idle")

    scene.changed(listing, names=(NameOf("Souleymane SANGARE"), NameOf("Solo SANGARE")))
    counter.scan(zone(), "stop")
    counter.shows("Refer to the second line: code")


def by_keyboard(page: Page) -> None:
    """Choose "Another face" and save, without a mouse."""
    page.focus("input[name=said]")
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    assert page.input_value("input[name=said]:checked") == "not_same.face"
    page.keyboard.press("Tab")
    page.keyboard.type("Seen in person")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert HitResolution.objects.get().note == "Seen in person"


@pytest.mark.parametrize("language", ["fr", "en", "ar"])
def test_the_pages_are_accessible(
    site: str, scene: Scene, context: BrowserContext, language: str
) -> None:
    scene.listed()
    inspection = scene.referred(given_names="SOULEYMANE ADAMA")
    sits_down(scene.cast.boubacar, context, site, language)
    page = context.new_page()
    page.goto(f"{site}/second-line/hits/")
    nothing_found(page, "no answers")
    page.goto(f"{site}/second-line/{inspection.id}/")
    enter_on_button(page)
    page.wait_for_selector(".finding .button")
    nothing_found(page, "the traveller")
    page.click(".finding .button")
    page.wait_for_selector(".answers")
    nothing_found(page, "the hit")
    _picture(page, f"hit-{language}")
    page.check("input[value='not_same.other']")
    page.click("main form button")
    page.wait_for_selector(".error-summary")
    nothing_found(page, "the hit with a problem")
    page.check("input[value='not_same.face']")
    page.click("main form button")
    page.wait_for_selector("#answered")
    nothing_found(page, "answered")
    _picture(page, f"hit-answered-{language}")
    page.click("main summary")
    page.check("input[value='unsure.too_little']")
    page.click("main form button")
    page.wait_for_selector(".notice--look")
    nothing_found(page, "answered anew")
    _picture(page, f"hit-anew-{language}")
    page.goto(f"{site}/second-line/{inspection.id}/")
    _picture(page, f"hit-case-{language}")
    page.goto(f"{site}/second-line/hits/")
    nothing_found(page, "answers")
    _picture(page, f"hits-{language}")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_page_of_the_headquarters_is_accessible(
    site: str, scene: Scene, context: BrowserContext, language: str
) -> None:
    scene.listed()
    scene.answer(scene.referred())
    scene.answer(scene.referred(number="SP0000010"))
    with at_node(HQ):
        sits_down(scene.cast.djibril, context, site, language)
        page = context.new_page()
        page.goto(f"{site}/hq/hits/settled/")
        nothing_found(page, "answers")
        page.click("main form button")
        page.wait_for_selector("main .tag--clear")
        nothing_found(page, "confirmed")
        _picture(page, f"settled-{language}")


def _picture(page: Page, name: str) -> None:
    """What the page looks like, where somebody wants to see it: OPENMIDAS_PICTURES names a folder."""
    folder = os.environ.get("OPENMIDAS_PICTURES", "")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
