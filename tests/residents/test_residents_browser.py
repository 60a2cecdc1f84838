"""In a browser: registered, across with one key, revoked, and told at the lane."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from openmidas.crossings.models import Crossing
from openmidas.posts.models import Officer
from openmidas.residents.models import Resident
from tests.crossings.conftest import publish, rules_of
from tests.residents.conftest import Village
from tests.support.accessible import nothing_found
from tests.support.browser import sign_in
from tests.support.cast import client_of

pytest_plugins = ("tests.support.chromium",)
pytestmark = pytest.mark.browser


def sits_down(officer: Officer, context: BrowserContext, site: str, language: str) -> Page:
    sign_in(context, site, client_of(officer), language)
    return context.new_page()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_from_the_registration_to_a_revoked_card(
    site: str, village: Village, context: BrowserContext, language: str
) -> None:
    publish(rules_of(timezone.localdate()))
    page = sits_down(village.cast.aminata, context, site, language)
    page.goto(f"{site}/residents/")
    nothing_found(page, "nobody yet")
    _picture(page, f"residents-empty-{language}")
    page.click("main a.button--primary")
    page.click("label:has(input[value=driver])")
    page.fill("#id_names", "Lamine Keïta")
    page.fill("#id_birth", "1999")
    page.fill("#id_village", "Kourémalé")
    page.click("form.card button")
    page.wait_for_selector(".error-summary")
    nothing_found(page, "the form with what is missing")
    _picture(page, f"resident-missing-{language}")
    page.fill("#id_plate", "AB 1234")
    page.click("main summary")
    page.fill("#id_question_1", "Prénom de la grand-mère")
    page.fill("#id_answer_1", "Djeneba")
    page.fill("#id_question_2", "Couleur de la porte")
    page.fill("#id_answer_2", "Bleue")
    nothing_found(page, "the form")
    _picture(page, f"resident-new-{language}")
    page.click("form.card button")
    page.wait_for_selector(".notice--clear")
    nothing_found(page, "one resident")
    _picture(page, f"resident-{language}")
    row = Resident.objects.get()

    page.goto(f"{site}/counter/")
    page.keyboard.type(row.number)
    page.keyboard.press("Enter")
    page.wait_for_selector("#lane:not([data-state=idle])")
    expect(page.locator("#lane")).to_contain_text("AB1234")
    nothing_found(page, "the card at the lane")
    _picture(page, f"resident-counter-{language}")
    page.keyboard.press("F4")
    page.wait_for_selector("#lane[data-state=idle]")
    assert Crossing.objects.get().purpose == "resident"

    page = sits_down(village.cast.coumba, context, site, language)
    page.goto(f"{site}{reverse('resident', args=[row.id])}")
    nothing_found(page, "one resident, for the head of post")
    _picture(page, f"resident-head-{language}")
    page.select_option("#end", "lost")
    page.click("form[action$='/revoke/'] button")
    page.wait_for_selector(".notice--clear")
    page.goto(f"{site}/residents/")
    nothing_found(page, "the list")
    _picture(page, f"residents-{language}")

    page = sits_down(village.cast.aminata, context, site, language)
    page.goto(f"{site}/counter/")
    page.keyboard.type(row.number)
    page.keyboard.press("Enter")
    page.wait_for_selector("#lane:not([data-state=idle])")
    told = {"fr": "Carte de résident frontalier retirée", "en": "Border resident’s card revoked"}
    expect(page.locator("#lane")).to_contain_text(told[language])
    nothing_found(page, "the revoked card at the lane")
    _picture(page, f"resident-revoked-{language}")

    with village.at_headquarters():
        page = sits_down(village.cast.djibril, context, site, language)
        page.goto(site + reverse("hq-residents"))
        nothing_found(page, "the headquarters")
        _picture(page, f"hq-residents-{language}")


def _picture(page: Page, name: str) -> None:
    """What the page looks like, where somebody wants to see it: OPENMIDAS_PICTURES names a folder."""
    folder = os.environ.get("OPENMIDAS_PICTURES", "")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
