"""In a browser: a shift is opened, works, hands over, and is closed; its sheet prints."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from openmidas.posts.models import Officer
from openmidas.register.models import Relaxation, Shift
from tests.register.conftest import Book
from tests.support.accessible import nothing_found
from tests.support.browser import sign_in
from tests.support.cast import client_of

pytest_plugins = ("tests.support.chromium",)
pytestmark = pytest.mark.browser


def sits_down(officer: Officer, context: BrowserContext, site: str, language: str) -> Page:
    sign_in(context, site, client_of(officer), language)
    return context.new_page()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_from_opening_to_the_signed_sheet(
    site: str, book: Book, context: BrowserContext, language: str
) -> None:
    cast = book.cast
    page = sits_down(cast.boubacar, context, site, language)
    page.goto(site + reverse("shift"))
    nothing_found(page, "no shift")
    _picture(page, f"shift-none-{language}")
    page.click("main a.button--primary")
    page.select_option(f"#id_duty-{cast.boubacar.id}", "")
    page.click("main button.button--primary")
    page.wait_for_selector(".error-summary")
    nothing_found(page, "a team with nobody in it")
    page.select_option(f"#id_duty-{cast.boubacar.id}", "in_charge")
    page.select_option(f"#id_duty-{cast.aminata.id}", "lane")
    _picture(page, f"shift-open-{language}")
    page.click("main button.button--primary")
    page.wait_for_selector(".notice--clear")

    book.crossed()
    book.refused()
    book.referred("SP0000005")
    page.goto(site + reverse("shift"))
    expect(page.locator(".tiles dd").first).to_have_text("1")
    page.fill("#occurrence_words", "Visite du préfet, un quart d’heure")
    page.click("form[action$='/occurrence/'] button")
    page.wait_for_selector(".timeline")
    page.click("main summary")
    page.fill("#relax_words", "À la sortie, les riverains sans questions")
    nothing_found(page, "the shift with its forms")
    page.click("form[action$='/relax/'] button")
    page.wait_for_selector(".notice--look")
    nothing_found(page, "checks are relaxed")
    _picture(page, f"shift-{language}")
    page.click("form[action$='/end/'] button")
    page.wait_for_selector(".notice--clear")
    assert Relaxation.objects.get().ended_at is not None

    page.goto(site + reverse("shift-hand-over"))
    page.fill("#id_words", "Un voyageur attend en seconde ligne depuis 14 h")
    page.select_option(f"#id_duty-{cast.coumba.id}", "in_charge")
    nothing_found(page, "handing over")
    _picture(page, f"shift-hand-over-{language}")
    page.click("main button.button--primary")
    page.wait_for_selector(".notice--clear")
    nothing_found(page, "a shift that ended")
    _picture(page, f"shift-ended-{language}")
    sheet = page.get_attribute(f"a[href$='/{language}.pdf']", "href")
    answer = page.request.get(f"{site}{sheet}")
    assert answer.body().startswith(b"%PDF")
    _keep(answer.body(), f"shift-sheet-{language}.pdf")

    page = sits_down(cast.coumba, context, site, language)
    page.goto(site + reverse("shift-close"))
    nothing_found(page, "closing")
    _picture(page, f"shift-close-{language}")
    page.fill("#id_words", "Rien à signaler")
    page.click("main button.button--primary")
    page.wait_for_selector(".notice--clear")
    page.goto(site + reverse("shifts"))
    nothing_found(page, "earlier shifts")
    _picture(page, f"shifts-{language}")
    assert not Shift.objects.filter(until=None).exists()

    with book.at_headquarters():
        page = sits_down(cast.djibril, context, site, language)
        page.goto(site + reverse("hq-shifts"))
        nothing_found(page, "the day of the posts")
        _picture(page, f"hq-shifts-{language}")
        page.click("main table a")
        nothing_found(page, "a shift at headquarters")
        _picture(page, f"hq-shift-{language}")


def test_the_page_mirrors(site: str, book: Book, context: BrowserContext) -> None:
    book.opened()
    page = sits_down(book.cast.boubacar, context, site, "ar")
    page.goto(site + reverse("shift"))
    nothing_found(page, "in Arabic")
    _picture(page, "shift-ar")


def _picture(page: Page, name: str) -> None:
    """What the page looks like, where somebody wants to see it: OPENMIDAS_PICTURES names a folder."""
    folder = os.environ.get("OPENMIDAS_PICTURES", "")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def _keep(file: bytes, name: str) -> None:
    """A file beside the pictures."""
    folder = os.environ.get("OPENMIDAS_PICTURES", "")
    if folder:
        (Path(folder) / name).write_bytes(file)
