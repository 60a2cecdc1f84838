"""In a browser: a bus of sixty, two of its manifest missing, one who is not on it."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from openmidas.crossings.conveyances.models import OpenedConveyance
from openmidas.crossings.models import Crossing
from tests.crossings.conveyances.conftest import manifest_text, stranger, zone
from tests.support.accessible import nothing_found
from tests.support.browser import sign_in
from tests.support.cast import Cast, client_of
from tests.support.counter import CounterPage

pytest_plugins = ("tests.support.chromium", "tests.support.counter_fixtures")
pytestmark = pytest.mark.browser

NOT_THERE = (7, 41)
MOST_SECONDS = 240
"""For scanning sixty: four minutes; a machine that does much else at once is given more below."""
WHEN_BUSY = 3


def opened(page: Page, site: str) -> None:
    page.goto(f"{site}/conveyances/")
    page.fill("#plate", "AB-1234-RM")
    page.fill("#company", "Sonef")
    page.fill("#seats", "62")
    page.fill("#origin", "Bamako")
    page.fill("#destination", "Siguiri")
    page.click("form.card button.button--primary")
    page.wait_for_selector("#manifest")


def given(page: Page, text: str) -> None:
    page.fill("#text", text)
    page.click("form[action$='/manifest/'] button")


def test_a_bus_of_sixty_with_two_missing_and_one_extra(
    post_at_work: Cast, context: BrowserContext, site: str
) -> None:
    sign_in(context, site, client_of(post_at_work.aminata))
    page = context.new_page()
    opened(page, site)
    given(page, manifest_text())
    page.wait_for_selector("#missing")
    page.click("text=Scan its travellers at this lane")
    counter = CounterPage(context, site)
    expect(counter.page.locator("#conveyance")).to_have_value("bus")
    counter.page.check("#group")
    zones = [zone(at) for at in range(60) if at not in NOT_THERE] + [stranger()]
    began = time.monotonic()
    reader = counter.reader()
    for scanned, one in enumerate(zones, start=1):
        reader.read(one)
        expect(counter.page.locator(".who")).to_contain_text(f"{scanned} of 60")
    counter.press("F4")
    counter.is_in("idle")
    took = time.monotonic() - began
    sys.stdout.write(f"a bus of {len(zones)}: scanned and let cross in {took:.0f} s\n")
    _picture(counter.page, "bus-counter")
    assert took < MOST_SECONDS * WHEN_BUSY
    assert Crossing.objects.filter(conveyance_id=OpenedConveyance.objects.get().id).count() == 59

    counter.page.click(".who a")
    page = counter.page
    expect(page.locator("#missing-count")).to_have_text("2")
    expect(page.locator("#extra-count")).to_have_text("1")
    missing = page.locator("section[aria-labelledby=missing]")
    for name in ("DIALLO KADIATOU", "Aissata Kamara"):
        expect(missing).to_contain_text(name)
    expect(page.locator("section[aria-labelledby=extra]")).to_contain_text("HAIDARA ABOUBACRINE")
    page.fill("#note", "Two stayed behind at Bamako; one got on at Kourémalé")
    page.click("form[action$='/close/'] button")
    expect(page.locator(".notice").first).to_contain_text("59 scanned, 2 missing, 1 extra")


@pytest.mark.parametrize("language", ["fr", "en", "ar"])
def test_the_pages_are_accessible(
    post_at_work: Cast, context: BrowserContext, site: str, language: str
) -> None:
    sign_in(context, site, client_of(post_at_work.aminata), language)
    page = context.new_page()
    page.goto(f"{site}/conveyances/")
    nothing_found(page, "no bus")
    page.click("form.card button.button--primary")
    page.wait_for_selector(".error-summary")
    nothing_found(page, "a bus without a plate")
    opened(page, site)
    nothing_found(page, "a bus without a manifest")
    given(page, "Mariam Keita\nMamadou Diallo; SP0000002; Atlantis")
    page.wait_for_selector(".error-summary")
    nothing_found(page, "a manifest with a row that is not understood")
    _picture(page, f"bus-rows-{language}")
    given(page, "Mariam Keita; SP0000001\nMamadou Diallo; SP0000002; GIN; 1980\nAwa Traore")
    page.click("form[action$='/here/'] button")
    counter = CounterPage(context, site)
    for at in (0, 2):
        counter.scan(zone(at))
        counter.page.wait_for_selector("#lane:not([data-state=idle])")
        if at == 0:
            nothing_found(counter.page, "the counter with a bus")
            _picture(counter.page, f"bus-counter-{language}")
            counter.press("F4")
            counter.is_in("idle")
    page.goto(f"{site}/conveyances/")
    nothing_found(page, "buses")
    _picture(page, f"buses-{language}")
    page.click("table a")
    nothing_found(page, "a bus compared")
    _picture(page, f"bus-{language}")
    counter.press("F4")
    counter.is_in("idle")
    page.fill("#note", "Stayed at Bamako")
    page.click("form[action$='/close/'] button")
    page.wait_for_selector("main p.notice >> nth=0")
    nothing_found(page, "a bus that is closed")
    _picture(page, f"bus-closed-{language}")


def _picture(page: Page, name: str) -> None:
    """What the page looks like, where somebody wants to see it: OPENMIDAS_PICTURES names a folder."""
    folder = os.environ.get("OPENMIDAS_PICTURES", "")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
