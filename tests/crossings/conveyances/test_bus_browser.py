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
from tests.conftest import HQ
from tests.crossings.conveyances.conftest import manifest_text, stranger, zone
from tests.support.accessible import nothing_found
from tests.support.browser import sign_in
from tests.support.cast import Cast, at_node, client_of
from tests.support.counter import CounterPage
from tests.support.pictures import photo

pytest_plugins = ("tests.support.chromium", "tests.support.counter_fixtures")
pytestmark = pytest.mark.browser

NOT_THERE = (7, 41)
MOST_SECONDS = 240
"""For scanning sixty, and letting them cross."""
SAYS = {
    "en": ("{} of 60", "59 scanned, 2 missing, 1 extra"),
    "fr": ("{} sur 60", "scannés 59, manquants 2, en trop 1"),
}


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


def photographed(page: Page) -> None:
    """Attach a photo of the list, under the words that stand there."""
    shot = {"name": "IMG_7.jpg", "mimeType": "image/jpeg", "buffer": photo(900, 1200)}
    page.set_input_files("#picture", files=[shot])
    page.click("form[action$='/pictures/'] button")
    page.wait_for_selector(".pictures img")


@pytest.mark.timeout(600)
@pytest.mark.parametrize("language", SAYS)
def test_a_bus_of_sixty_with_two_missing_and_one_extra(
    post_at_work: Cast, context: BrowserContext, site: str, language: str
) -> None:
    so_far, closed = SAYS[language]
    sign_in(context, site, client_of(post_at_work.aminata), language)
    page = context.new_page()
    opened(page, site)
    given(page, manifest_text())
    page.wait_for_selector("#missing")
    page.click("form[action$='/here/'] button")
    counter = CounterPage(context, site)
    expect(counter.page.locator("#conveyance")).to_have_value("bus")
    counter.page.check("#group")
    zones = [zone(at) for at in range(60) if at not in NOT_THERE] + [stranger()]
    began = time.monotonic()
    reader = counter.reader()
    for scanned, one in enumerate(zones, start=1):
        reader.read(one)
        expect(counter.page.locator(".findings")).to_contain_text(so_far.format(scanned))
    nothing_found(counter.page, "a lane full of a bus")
    counter.press("F4")
    counter.is_in("idle")
    took = time.monotonic() - began
    sys.stdout.write(f"a bus of {len(zones)}: scanned and let cross in {took:.0f} s\n")
    assert took < MOST_SECONDS
    assert Crossing.objects.filter(conveyance_id=OpenedConveyance.objects.get().id).count() == 59

    counter.page.click(".findings .pane__head a")
    page = counter.page
    expect(page.locator("#missing-count")).to_have_text("2")
    expect(page.locator("#extra-count")).to_have_text("1")
    missing = page.locator("section[aria-labelledby=missing]")
    for name in ("DIALLO KADIATOU", "Aissata Kamara"):
        expect(missing).to_contain_text(name)
    expect(page.locator("section[aria-labelledby=extra]")).to_contain_text("HAIDARA ABOUBACRINE")
    nothing_found(page, "two missing and one extra")
    _picture(page, f"bus-sixty-{language}")
    page.fill("#note", "Two stayed behind at Bamako; one got on at Kourémalé")
    page.click("form[action$='/close/'] button")
    expect(page.locator(".notice").first).to_contain_text(closed)
    counter.open()
    expect(counter.page.locator("#conveyance")).to_have_value("foot")
    expect(counter.page.locator("#origin")).to_have_value("")


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
            assert _is_seen(counter.page, ".zone bdi >> nth=1", ".who")
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
    page.goto(page.url)
    page.select_option("#crossing", label="DIALLO MAMADOU SP0000000")
    page.click("form[action$='/driver/'] button")
    expect(page.locator("#extra-count")).to_have_text("0")
    nothing_found(page, "a bus with its driver")
    _picture(page, f"bus-driver-{language}")
    photographed(page)
    nothing_found(page, "a bus with a photo of its list")
    _picture(page, f"bus-list-photo-{language}")
    page.fill("#note", "Stayed at Bamako")
    page.click("form[action$='/close/'] button")
    page.wait_for_selector("main p.notice >> nth=0")
    nothing_found(page, "a bus that is closed")
    _picture(page, f"bus-closed-{language}")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_headquarters_sees_who_got_on_since_the_last_post(
    buses: tuple[OpenedConveyance, OpenedConveyance],
    cast: Cast,
    context: BrowserContext,
    site: str,
    language: str,
) -> None:
    sign_in(context, site, client_of(cast.aminata), language)
    page = context.new_page()
    page.goto(f"{site}/conveyances/{buses[1].id}/")
    photographed(page)
    with at_node(HQ):
        sign_in(context, site, client_of(cast.djibril), language)
        page.goto(f"{site}/hq/conveyances/?plate=zz")
        nothing_found(page, "no such bus")
        page.goto(f"{site}/hq/conveyances/?plate=ab 1234")
        nothing_found(page, "the buses of all posts")
        _picture(page, f"bus-hq-list-{language}")
        page.click(f"a[href$='{buses[1].id}/']")
        nothing_found(page, "a bus before its purpose is given")
        page.select_option("[name=purpose]", "case")
        page.fill("[name=reason]", "2026/17")
        page.click("form.card button.button--primary")
        changed = page.locator("section[aria-labelledby=changed]")
        expect(changed).to_contain_text("KEITA MARIAM")
        expect(changed).to_contain_text("KEITA OUMOU")
        expect(page.locator(".pictures img")).to_be_visible()
        nothing_found(page, "a bus at headquarters")
        _picture(page, f"bus-hq-{language}")


def _is_seen(page: Page, what: str, within: str) -> bool:
    """Whether something stands within a pane, without scrolling."""
    inner, pane = page.locator(what).bounding_box(), page.locator(within).bounding_box()
    assert inner is not None
    assert pane is not None
    return inner["y"] + inner["height"] <= pane["y"] + pane["height"]


def _picture(page: Page, name: str) -> None:
    """What the page looks like, where somebody wants to see it: OPENMIDAS_PICTURES names a folder."""
    folder = os.environ.get("OPENMIDAS_PICTURES", "")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
