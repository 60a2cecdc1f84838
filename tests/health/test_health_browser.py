"""In a browser: a fever cluster raising an alert, and the contacts of the case."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from openmidas.health.definitions import Symptom, sample_definitions
from openmidas.health.models import HealthCheck
from openmidas.incidents.models import Incident
from openmidas.posts.models import Officer
from tests.health.conftest import Ward
from tests.support.accessible import nothing_found
from tests.support.browser import enter_on_button, sign_in
from tests.support.cast import client_of

pytest_plugins = ("tests.support.chromium",)
pytestmark = pytest.mark.browser

IMAGES = Path(__file__).parents[2] / "docs" / "images"
WORDS = {
    "en": {"wait": "Health: wait", "stays": "Health: stays", "ill": "Measles", "fever": "fever"},
    "fr": {
        "wait": "Santé : patienter",
        "stays": "Santé : reste",
        "ill": "Rougeole",
        "fever": "fièvre",
    },
}


class Desk:
    """One browser, at which one officer after the other sits down."""

    def __init__(self, context: BrowserContext, site: str, language: str) -> None:
        self.context, self.site, self.language = context, site, language
        self.page: Page = context.new_page()

    def sits_down(self, officer: Officer) -> None:
        sign_in(self.context, self.site, client_of(officer), self.language)

    def looks(self, name: str, *args: object, as_: str = "") -> None:
        """Open a page, find nothing that keeps somebody out, and keep its picture."""
        self.page.goto(self.site + reverse(name, args=args))
        self.checked(as_ or name)

    def checked(self, name: str) -> None:
        nothing_found(self.page, name)
        folder = os.environ.get("OPENMIDAS_PICTURES", "")
        if folder:
            path = Path(folder) / f"{name}-{self.language}.png"
            self.page.screenshot(path=path, full_page=True)

    def for_the_handbook(self, name: str) -> None:
        self.page.set_viewport_size({"width": 1280, "height": 900})
        self.page.screenshot(path=IMAGES / f"{name}-{self.language}.png")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_fever_cluster_and_the_contacts_of_the_case(
    site: str, ward: Ward, context: BrowserContext, language: str
) -> None:
    words, desk = WORDS[language], Desk(context, site, language)
    page = desk.page
    desk.sits_down(ward.cast.boubacar)
    desk.looks("health-checks", as_="health-checks-none")
    ward.publish()
    first, second, case = (ward.sent(origin="Siguiri") for _ in range(3))
    ward.crossed(destination="Kangaba")
    ward.check(first, temperature=38.4)
    ward.check(second, symptoms=(Symptom.FEVER,))
    desk.looks("health-checks")
    desk.looks("health-check", case, as_="health-purpose")
    page.click("main form button")
    page.wait_for_selector("#id_temperature")
    page.click("form[action$='/save/'] button")
    page.wait_for_selector(".error-summary")
    desk.checked("health-check-problem")
    page.fill("#id_temperature", "38,7")
    page.check("input[name=symptoms][value=rash]")
    page.check("input[name=contact][value=no]")
    page.fill("#id_place_1", "Kita")
    page.fill("#id_days_1", "4")
    page.click("form[action$='/save/'] button")
    expect(page.locator("main .notice--stop")).to_contain_text(words["ill"])
    desk.checked("health-check-alert")
    desk.for_the_handbook("health-check")
    assert HealthCheck.objects.get(crossing=case).met == ["measles"]
    assert {one.rule for one in Incident.objects.all()} == {"fever_cluster", "health_alert"}

    page.click(f"a[href='{reverse('health-contacts', args=[case])}']")
    desk.checked("health-contacts-purpose")
    page.click("main form button")
    expect(page.locator("main table")).to_contain_text("SP0000004")
    desk.checked("health-contacts")
    desk.for_the_handbook("health-contacts")
    with page.expect_download() as table:
        page.click("a[href*='contacts.csv']")
    assert "SP0000004" in Path(table.value.path()).read_text("utf-8-sig")

    desk.sits_down(ward.cast.coumba)
    desk.looks("second-line", as_="health-queue")
    expect(page.locator("#queue")).to_contain_text(words["wait"])
    for name, args in (("second-line-case", [case]), ("incidents", []), ("health-check", [case])):
        desk.looks(name, *args, as_=f"health-outside-{name}")
        if name == "second-line-case":
            enter_on_button(desk.page)
            expect(page.locator("main")).to_contain_text(words["wait"])
        expect(page.locator("main")).not_to_contain_text(words["ill"])
    desk.looks("incidents", as_="health-incidents")
    expect(page.locator("main")).to_contain_text(words["fever"])

    desk.sits_down(ward.cast.boubacar)
    desk.looks("health-check", case, as_="health-purpose-again")
    page.click("main form button")
    page.click("button[name=word][value=stays]")
    expect(page.locator("main .tag").first).to_contain_text(words["stays"])
    desk.checked("health-check-answered")
    desk.sits_down(ward.cast.aminata)
    desk.looks("counter", as_="health-lane")
    expect(page.locator("#lane")).to_contain_text(words["stays"])
    expect(page.locator("#lane")).not_to_contain_text("KEITA")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_pages_of_the_headquarters(
    site: str, ward: Ward, context: BrowserContext, language: str
) -> None:
    words, desk = WORDS[language], Desk(context, site, language)
    page = desk.page
    crossing = ward.sent(origin="Siguiri")
    ward.crossed()
    ward.member(ward.cast.djibril)
    with ward.at_headquarters():
        desk.sits_down(ward.cast.idrissa)
        desk.looks("health-definitions", as_="health-definitions-none")
        page.click("a[href$='/new/']")
        desk.checked("health-definitions-new")
        file = {
            "name": "definitions.toml",
            "mimeType": "application/toml",
            "buffer": sample_definitions().encode(),
        }
        page.set_input_files("input[type=file]", files=[file])  # type: ignore[list-item]  # a payload
        page.click("main form button")
        expect(page.locator("main")).to_contain_text(words["ill"])
        desk.checked("health-definitions-read")
        page.click("button[name=publish]")
        page.wait_for_selector("main table")
        desk.checked("health-definitions")
    ward.check(crossing, temperature=39.0, symptoms=(Symptom.RASH,))
    with ward.at_headquarters():
        desk.sits_down(ward.cast.djibril)
        desk.looks("hq-incidents", as_="health-hq-incidents")
        expect(page.locator("main")).to_contain_text(words["ill"])
        desk.looks("health-checks", as_="health-hq-checks")
        page.click("main table a")
        page.click("main form button")
        expect(page.locator("main .notice--stop")).to_contain_text(words["ill"])
        desk.checked("health-hq-check")
        page.click(f"a[href='{reverse('health-contacts', args=[crossing])}']")
        page.click("main form button")
        expect(page.locator("main table")).to_contain_text("SP0000002")
        desk.checked("health-hq-contacts")
