"""In a browser: reported in three taps, followed by the second line, answered by headquarters, closed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from openmidas.incidents.entries import Severity
from openmidas.incidents.linking import Links
from openmidas.incidents.models import Incident
from openmidas.posts.models import Officer
from tests.incidents.conftest import Place, said
from tests.support.accessible import nothing_found
from tests.support.browser import sign_in
from tests.support.cast import client_of

pytest_plugins = ("tests.support.chromium",)
pytestmark = pytest.mark.browser


def sits_down(officer: Officer, context: BrowserContext, site: str, language: str) -> Page:
    sign_in(context, site, client_of(officer), language)
    return context.new_page()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_from_three_taps_to_the_end(
    site: str, place: Place, context: BrowserContext, language: str
) -> None:
    place.crossed()
    page = sits_down(place.cast.aminata, context, site, language)
    page.goto(f"{site}/incidents/")
    nothing_found(page, "no incident")
    _picture(page, f"incidents-empty-{language}")
    page.click("main a.button--primary")
    nothing_found(page, "the form")
    _picture(page, f"incident-report-{language}")
    page.click("form.incident-form button >> nth=0")
    page.wait_for_selector(".error-summary")
    nothing_found(page, "the form with what is missing")
    _picture(page, f"incident-report-missing-{language}")
    page.click("label:has(input[value=security])")
    page.click("label:has(input[value=high])")
    page.click("form.incident-form button >> nth=0")
    page.wait_for_selector(".notice--clear")
    row = Incident.objects.get()
    assert (row.kind, row.severity, row.officer) == ("security", "high", place.cast.aminata.id)

    page = sits_down(place.cast.boubacar, context, site, language)
    page.goto(f"{site}/incidents/{row.id}/")
    page.click("form[action$='/update/'] summary >> nth=0")
    page.fill("#id_words", "Six hommes armés vus près du marché")
    page.fill("#id_place", "Wazamé")
    page.fill("#id_kilometres", "4,5")
    page.select_option("#id_bearing", "ne")
    page.fill("#id_plates", "ab 123 md")
    nothing_found(page, "adding")
    _picture(page, f"incident-adding-{language}")
    page.click("form[action$='/update/'] .button--primary")
    page.wait_for_selector(".notice--clear")

    with place.at_headquarters():
        page = sits_down(place.cast.djibril, context, site, language)
        page.goto(site + reverse("situation"))
        nothing_found(page, "the situation")
        _picture(page, f"situation-{language}")
        page.click("#grave a")
        nothing_found(page, "the list of the headquarters")
        _picture(page, f"hq-incidents-{language}")
        page.click("main table a")
        page.fill("#words-comment", "Une patrouille arrive")
        page.click("form[action$='/comment/'] button")
        page.wait_for_selector(".notice--clear")
        nothing_found(page, "one at the headquarters")
        _picture(page, f"hq-incident-{language}")

    page = sits_down(place.cast.boubacar, context, site, language)
    page.goto(f"{site}/incidents/{row.id}/")
    expect(page.locator(".timeline")).to_contain_text("Une patrouille arrive")
    page.select_option("#outcome", "handed_over")
    page.click("form[action$='/close/'] button")
    page.wait_for_selector(".notice--clear")
    nothing_found(page, "closed")
    _picture(page, f"incident-closed-{language}")
    assert not Incident.objects.get().open


@pytest.mark.parametrize("language", ["fr", "en", "ar"])
def test_the_pages_are_accessible(
    site: str, place: Place, context: BrowserContext, language: str
) -> None:
    first = place.report(severity=Severity.CRITICAL, told=said("Coups de feu", people=3))
    links = Links(crossings=(place.crossed(),), plates=("AB 123",), others=(first.id,))
    row = place.report(told=said("Un camion en travers de la route"), links=links)
    page = sits_down(place.cast.boubacar, context, site, language)
    page.goto(f"{site}/incidents/")
    nothing_found(page, "the list")
    _picture(page, f"incidents-{language}")
    page.goto(f"{site}/incidents/{row.id}/")
    nothing_found(page, "one")
    _picture(page, f"incident-{language}")


@pytest.mark.parametrize("language", ["fr", "en", "ar"])
def test_the_point_is_picked_on_the_map(
    site: str, place: Place, context: BrowserContext, language: str
) -> None:
    place.lies(11.957, -8.781)
    page = sits_down(place.cast.boubacar, context, site, language)
    page.goto(f"{site}/incidents/report/")
    page.click("label:has(input[value=security])")
    page.click("label:has(input[value=high])")
    page.click("form.incident-form > details > summary")
    latitude, longitude = page.locator("#id_latitude"), page.locator("#id_longitude")
    the_map, side = page.locator(".pick__map svg"), page.locator(".pick__map svg").bounding_box()
    assert side is not None
    the_map.click(position={"x": side["width"] * 0.75, "y": side["height"] * 0.25})
    assert float(latitude.input_value()) == pytest.approx(11.957 + 75 / 111.2, abs=0.02)
    assert float(longitude.input_value()) == pytest.approx(-8.781 + 75 / 108.8, abs=0.02)
    expect(page.locator(".pick__said bdi")).to_contain_text("12.6")
    nothing_found(page, "the point is set")
    _picture(page, f"incident-map-{language}")

    latitude.fill("11,957")
    longitude.fill("-8,781")
    page.locator(".pick__map").focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Shift+ArrowUp")
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".pick__said bdi")).to_be_visible()
    assert latitude.input_value() == "11,957"
    page.keyboard.press("Enter")
    assert float(latitude.input_value()) == pytest.approx(11.957 + 9 / 2 / 111.2, abs=0.001)
    assert float(longitude.input_value()) == pytest.approx(-8.781 - 8 / 2 / 108.8, abs=0.001)
    page.click("details .button--primary")
    page.wait_for_selector(".notice--clear")
    row = Incident.objects.get()
    assert (row.latitude, row.longitude) == pytest.approx((11.9975, -8.8178), abs=0.001)
    expect(page.locator("#where + svg .map__cross")).to_be_visible()
    nothing_found(page, "the incident with its map")
    _picture(page, f"incident-with-map-{language}")
    with place.at_headquarters():
        page = sits_down(place.cast.djibril, context, site, language)
        page.goto(site + reverse("hq-incident", args=[row.id]))
        expect(page.locator("#where + svg .map__cross")).to_be_visible()
        nothing_found(page, "the same at the headquarters")
        _picture(page, f"hq-incident-with-map-{language}")


def _picture(page: Page, name: str) -> None:
    """What the page looks like, where somebody wants to see it: OPENMIDAS_PICTURES names a folder."""
    folder = os.environ.get("OPENMIDAS_PICTURES", "")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
