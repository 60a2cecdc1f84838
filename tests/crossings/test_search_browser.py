"""In a browser: a person found by a plate, by another spelling and a date; nobody, and what to try then."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from openmidas.crossings import services
from openmidas.crossings.conveyances import services as conveyances
from openmidas.crossings.conveyances.services import Opening
from openmidas.crossings.inspection import Conveyance, Direction
from openmidas.journal.models import new_id
from openmidas.posts.models import Lookup
from tests.conftest import HQ
from tests.crossings.conftest import paper
from tests.support.accessible import nothing_found
from tests.support.browser import sign_in
from tests.support.cast import Cast, acting, at_node, client_of

pytest_plugins = ("tests.support.chromium",)
pytestmark = pytest.mark.browser


@pytest.mark.parametrize("language", ["fr", "en"])
def test_by_plate_spelling_and_date_or_not_at_all(
    site: str, cast: Cast, context: BrowserContext, language: str
) -> None:
    lane, bus = acting(cast.aminata, "1"), new_id()
    opening = Opening(what=Conveyance.BUS, plate="AO 1204 MD", direction=Direction.ENTRY)
    conveyances.open_conveyance(lane, bus, opening)
    conveyances.scan_here(lane, bus)
    referred = []
    for number, surname in (("SP0000001", "DIALLO"), ("SP0000002", "KEITA")):
        referred.append(services.scan(lane, new_id(), paper(number=number, surname=surname)).id)
        services.refer(lane, referred[-1:])
    sign_in(context, site, client_of(cast.boubacar), language)
    page = context.new_page()
    page.goto(site + reverse("find"))
    page.select_option("#id_purpose", "crossing_check")
    _looks_for(page, "a0-12O4 md")
    expect(page.locator("tbody tr")).to_have_count(3)
    nothing_found(page, "found by the plate")
    _picture(page, f"find-plate-{language}")
    _looks_for(page, "Jalloh 2099")
    expect(page.locator("#none")).to_be_visible()
    nothing_found(page, "nobody, and what to try")
    _picture(page, f"find-nobody-{language}")
    _looks_for(page, "Jalloh")
    page.click("tbody a")
    nothing_found(page, "why the crossing is opened")
    page.click("form:not([action$='/take/']) .button")
    expect(page.locator("h1")).to_contain_text("DIALLO")
    assert [one.query for one in Lookup.objects.order_by("id")] == [
        "a0-12O4 md",
        "Jalloh 2099",
        "Jalloh",
        f"interview {referred[0]}",
    ]
    with at_node(HQ):
        sign_in(context, site, client_of(cast.djibril), language)
        page.goto(site + reverse("find"))
        page.select_option("#id_purpose", "case")
        _looks_for(page, "AO1204MD")
        expect(page.locator("tbody tr")).to_have_count(3)
        nothing_found(page, "found at the headquarters")


def _looks_for(page: Page, text: str) -> None:
    page.fill("#id_text", text)
    page.keyboard.press("Enter")
    page.wait_for_load_state()


def _picture(page: Page, name: str) -> None:
    """What the page looks like, where somebody wants to see it: OPENMIDAS_PICTURES names a folder."""
    folder = os.environ.get("OPENMIDAS_PICTURES", "")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
