"""In a browser: a herd of 120 cattle is declared, corrected, and added up at headquarters."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from openmidas.declarations.page import totals
from openmidas.posts.models import Officer
from tests.declarations.conftest import Market, rice
from tests.support.accessible import nothing_found
from tests.support.browser import sign_in
from tests.support.cast import client_of

pytest_plugins = ("tests.support.chromium",)
pytestmark = pytest.mark.browser


def sits_down(officer: Officer, context: BrowserContext, site: str, language: str) -> Page:
    sign_in(context, site, client_of(officer), language)
    return context.new_page()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_herd_from_the_lane_to_the_totals(
    site: str, market: Market, context: BrowserContext, language: str
) -> None:
    page = sits_down(market.cast.aminata, context, site, language)
    page.goto(f"{site}/declarations/")
    nothing_found(page, "nothing yet")
    _picture(page, f"declarations-empty-{language}")
    page.click("main a.button--primary")
    page.click("label:has(input[value=exit])")
    page.fill("#id_origin", "Kangaba")
    page.click("form.card button.button--primary")
    page.wait_for_selector(".error-summary")
    nothing_found(page, "the form with nothing in it")
    page.fill("#id_number_cattle", "120")
    page.fill("#id_herders", "4")
    page.fill("#id_destination", "Siguiri")
    page.fill("#id_route", "Narena, Niagassola")
    page.select_option("#id_vaccinated", "yes")
    page.fill("#id_certificate", "CIT-ML-00412")
    nothing_found(page, "the form")
    _picture(page, f"declare-herd-{language}")
    page.click("form.card button.button--primary")
    page.wait_for_selector(".notice--clear")
    told = {
        "fr": "Il n’est pas noté quand le certificat a été délivré.",
        "en": "When the certificate was issued is not written down.",
    }
    expect(page.locator("main")).to_contain_text(told[language])
    nothing_found(page, "the declaration")
    _picture(page, f"declaration-{language}")

    page.click("main a[href*=corrects]")
    page.fill("#id_number_cattle", "118")
    page.click("form.card button.button--primary")
    page.wait_for_selector(".notice--clear")
    assert [one.quantity for one in totals(3)] == [118.0]

    page.goto(f"{site}/declarations/goods/")
    nothing_found(page, "the form of goods")
    _picture(page, f"declare-goods-{language}")
    market.declare(rice())
    page.goto(f"{site}/declarations/")
    nothing_found(page, "the list")
    _picture(page, f"declarations-{language}")

    with market.at_headquarters():
        page = sits_down(market.cast.djibril, context, site, language)
        page.goto(site + reverse("hq-declarations"))
        nothing_found(page, "the totals")
        _picture(page, f"hq-declarations-{language}")


def _picture(page: Page, name: str) -> None:
    """What the page looks like, where somebody wants to see it: OPENMIDAS_PICTURES names a folder."""
    folder = os.environ.get("OPENMIDAS_PICTURES", "")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
