"""In a browser: a trafficking referral that only its author and its compartment read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from openmidas.cases.referrals.models import Referral
from openmidas.posts.entries import Compartment
from openmidas.posts.models import Lookup, Officer
from tests.cases.referrals.conftest import Room
from tests.conftest import HQ
from tests.support.accessible import nothing_found
from tests.support.browser import enter_on_button, sign_in
from tests.support.cast import at_node, client_of
from tests.support.pictures import photo

pytest_plugins = ("tests.support.chromium",)
pytestmark = pytest.mark.browser

IMAGES = Path(__file__).parents[3] / "docs" / "images"
SECRET = "He keeps my papers"
WORDS = {
    "en": {"exists": "A referral exists", "kind": "Victim of trafficking", "reached": "reached:"},
    "fr": {"exists": "Une orientation existe", "kind": "Victime de traite", "reached": "joint :"},
}
WORDS["ar"] = WORDS["fr"]  # until its texts are there


class Desk:
    """One browser, at which one officer after the other sits down."""

    def __init__(self, context: BrowserContext, site: str, language: str) -> None:
        self.context, self.site, self.language = context, site, language
        self.page: Page = context.new_page()

    def sits_down(self, officer: Officer) -> None:
        sign_in(self.context, self.site, client_of(officer), self.language)

    def looks(self, address: str, name: str = "") -> None:
        """Open a page, find nothing that keeps somebody out, and keep its picture."""
        self.page.goto(f"{self.site}{address}")
        self.checked(name or address)

    def checked(self, name: str) -> None:
        nothing_found(self.page, name)
        folder = os.environ.get("OPENMIDAS_PICTURES", "")
        if folder:
            path = Path(folder) / f"referral-{name.strip('/')}-{self.language}.png"
            self.page.screenshot(path=path, full_page=True)


@pytest.mark.parametrize("language", ["fr", "en", "ar"])
def test_a_trafficking_referral(
    site: str, room: Room, context: BrowserContext, language: str
) -> None:
    words = WORDS[language]
    crossing = room.waits()
    desk = Desk(context, site, language)
    page = desk.page
    desk.sits_down(room.cast.boubacar)
    desk.looks("/referrals/", "none")
    desk.looks(f"/second-line/{crossing}/", "traveller")
    enter_on_button(page)
    page.click(f"a[href='/second-line/{crossing}/refer/']")
    desk.checked("choose")
    page.click("a[href$='/refer/trafficking/']")
    desk.checked("begin")
    page.click("main form button")
    page.wait_for_selector(".error-summary")
    desk.checked("begin-problem")
    by_keyboard(page)
    page.wait_for_selector("#steps")
    row = Referral.objects.get()
    page.select_option("#step", "3")
    page.fill("#reached", "Mme Cissé")
    page.click("form[action$='/note/'] button")
    expect(page.locator("#steps ~ ol")).to_contain_text(words["reached"])
    desk.checked("followed")
    shot = {"name": "IMG_3.jpg", "mimeType": "image/jpeg", "buffer": photo(900, 1200)}
    page.set_input_files("#picture", files=[shot])
    page.fill("#caption", "Contract")
    page.click("form[action$='/pictures/'] button")
    page.wait_for_selector(".pictures img")
    desk.checked("pictures")
    picture = page.get_attribute(".pictures img", "src")
    assert picture
    page.evaluate("scrollTo(0, 0)")
    if language != "ar":
        page.set_viewport_size({"width": 1280, "height": 800})
        page.screenshot(path=IMAGES / f"referral-{language}.png")
    desk.looks(f"/referrals/{row.id}/sheet/", "sheet")
    expect(page.locator("main")).to_contain_text(SECRET)

    desk.sits_down(room.cast.aminata)
    for address in (f"/referrals/{row.id}/", "/referrals/", f"/second-line/{crossing}/", picture):
        answer = page.goto(f"{site}{address}")
        assert answer is not None
        assert answer.status == 403
        expect(page.locator("body")).not_to_contain_text(SECRET)

    desk.sits_down(room.other)
    for address in (f"/second-line/{crossing}/", "/referrals/", f"/referrals/{row.id}/"):
        desk.looks(address, f"outside-{len(address)}")
        if "second-line" in address:
            page.click("form:not([action$='/take/']) .button")
            page.wait_for_selector("#events")
            desk.checked("outside-opened")
        expect(page.locator("main")).to_contain_text(words["exists"])
        for secret in (SECRET, words["kind"]):
            expect(page.locator("main")).not_to_contain_text(secret)

    answer = page.goto(f"{site}{picture}")
    assert answer is not None
    assert answer.status == 403
    room.member(room.other, Compartment.TRAFFICKING)
    desk.looks(f"/referrals/{row.id}/", "purpose")
    expect(page.locator("main")).not_to_contain_text(SECRET)
    page.click("main form button")
    page.wait_for_selector("#steps")
    expect(page.locator("main")).to_contain_text(SECRET)
    expect(page.locator(".pictures img")).to_be_visible()
    page.select_option("#outcome", "handed_over")
    page.click("form[action$='/close/'] button")
    page.wait_for_selector("main .tag--clear")
    desk.checked("closed")
    desk.looks("/referrals/?all=1", "list")
    looked = Lookup.objects.filter(officer=room.other.id, query=f"referral {row.id}")
    assert looked.count() == 1


def by_keyboard(page: Page) -> None:
    """Say that the person consents, what she says, and begin, without a mouse."""
    page.focus("input[name=consent][value=person]")
    page.keyboard.press("Space")
    page.focus("#data-circumstances")
    page.keyboard.type(SECRET)
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_pages_of_the_headquarters(
    site: str, room: Room, context: BrowserContext, language: str
) -> None:
    room.referred()
    desk = Desk(context, site, language)
    with at_node(HQ):
        desk.sits_down(room.cast.idrissa)
        desk.looks("/hq/compartments/", "nobody")
        desk.page.select_option("#id_officer", str(room.cast.boubacar.id))
        desk.page.select_option("#id_compartment", "asylum")
        desk.page.click("main form.card button")
        desk.page.wait_for_selector("main .tag--clear")
        desk.checked("compartments")
        desk.looks("/referrals/", "hq")
        desk.looks("/hq/pathways/", "pathways")
        desk.page.click("main th a")
        desk.page.wait_for_selector("main ol")
        desk.checked("edition")
        desk.looks("/hq/pathways/new/", "pathways-new")
