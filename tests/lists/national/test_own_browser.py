"""In a browser: one officer proposes, another approves, the post refers with a code; axe finds nothing."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from openmidas.crossings.models import Crossing
from openmidas.lists.in_use import LISTS
from openmidas.lists.national import proposals
from openmidas.lists.national.models import ListingProposal, NationalListing
from openmidas.nodes.services import node_day
from openmidas.posts.models import Officer
from tests.conftest import HQ
from tests.crossings.conftest import paper, publish, publish_list, rules_of
from tests.support.accessible import nothing_found
from tests.support.browser import enter_on_button, sign_in
from tests.support.cast import Cast, at_node, client_of
from tests.support.counter import CounterPage
from tests.support.national import Desk, said

pytest_plugins = ("tests.support.chromium",)
pytestmark = pytest.mark.browser

TYPED = {
    "names": "Souleymane SANGARE",
    "births": "1974-03-12",
    "nationalities": "MLI",
    "documents": "AA1234567, MLI, P",
    "told": "Armed: call the gendarmerie",
    "reason": "Armed robbery at Gao",
    "legal_basis": "Warrant 12/2026",
    "authority": "Court of Gao",
}


class Office:
    """A browser at headquarters, in which one officer after the other sits down."""

    def __init__(self, context: BrowserContext, site: str, language: str) -> None:
        self.context, self.site, self.language = context, site, language
        self.page: Page = context.new_page()

    def sit_down(self, officer: Officer) -> None:
        """This officer is signed in from now on."""
        sign_in(self.context, self.site, client_of(officer), self.language)

    def look(self, name: str, *args: object) -> None:
        """Open a page; axe finds nothing on it."""
        answer = self.page.goto(self.site + reverse(name, args=args))
        assert answer is not None
        assert answer.status == 200, name
        nothing_found(self.page, name)

    def press(self, button: str) -> None:
        """Press a button; axe finds nothing on what comes."""
        with self.page.expect_navigation():
            self.page.locator(button).first.click()
        nothing_found(self.page, button)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_from_the_proposal_to_the_code_at_the_lane(
    site: str, cast: Cast, context: BrowserContext, language: str, tmp_path: Path
) -> None:
    publish(rules_of(timezone.localdate()))
    publish_list(tmp_path)
    with at_node(HQ):
        desk = Desk(cast)
        office = Office(context, site, language)
        page = office.page
        office.sit_down(cast.fanta)
        office.look("lists")
        office.look("national-list", desk.list)
        office.look("listing-propose", desk.list)
        office.press("main form button")  # nothing typed yet
        page.select_option("[name=category]", "arrest")
        page.select_option("[name=action]", "second_line")
        page.select_option("[name=sex]", "M")
        page.fill("[name=expires_on]", str(node_day() + timedelta(days=90)))
        for field, text in TYPED.items():
            page.fill(f"[name={field}]", text)
        office.press("main form button")
        proposal = ListingProposal.objects.get()
        expect(page.locator("button[value=withdraw]")).to_be_visible()
        assert page.locator("button[value=approve]").count() == 0
        # Asking for it without the button changes nothing.
        page.evaluate(
            """([url, digest]) => {
                const form = document.querySelector("form[action*=decide]");
                form.querySelector("button").value = "approve";
                form.insertAdjacentHTML("beforeend", `<input name=digest value=${digest}>`);
            }""",
            ["", proposal.digest],
        )
        office.press("form[action*=decide] button")
        assert not NationalListing.objects.exists()

        office.sit_down(desk.mariam_officer)
        office.look("proposals")
        office.press("main table a")
        assert "SANGARE" not in page.content()
        office.press("main form button")
        expect(page.locator("main")).to_contain_text("SANGARE")
        office.press("button[value=approve]")
        assert NationalListing.objects.count() == 1
        office.look("national-list", desk.list)
        office.press("form[action*=publish] button")

    LISTS.forget()
    sign_in(context, site, client_of(cast.aminata), "en")
    counter = CounterPage(context, site)
    zone = paper(surname="SANGARE", given_names="SOULEYMANE", birth=date(1974, 3, 12), sex="M")
    counter.scan(zone, "stop")
    counter.shows("Refer to the second line: code")
    seen = counter.page.content()
    for secret in ("MLI-000001", "gendarmerie", "arrest", "robbery"):
        assert secret not in seen
    counter.press("F8")
    counter.is_in("idle")
    crossing = Crossing.objects.get()
    assert crossing.status == "referred"
    sign_in(context, site, client_of(cast.boubacar), "en")
    counter.page.goto(f"{site}/second-line/{crossing.id}/")
    enter_on_button(counter.page)
    for told in ("Wanted for arrest", "MLI-000001", "call the gendarmerie"):
        counter.shows(told)
    assert "robbery" not in counter.page.content()
    nothing_found(counter.page, "the second line")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_file_is_looked_at_and_proposed(
    site: str, cast: Cast, context: BrowserContext, language: str, tmp_path: Path
) -> None:
    table = tmp_path / "police.csv"
    table.write_text("Nom;Né le\nSANGARE Solo;1974\n;1980\nKONE Awa;bientôt\n", "utf-8")
    with at_node(HQ):
        desk = Desk(cast)
        office = Office(context, site, language)
        page = office.page
        office.sit_down(cast.fanta)
        office.look("national-list-file", desk.list)
        office.press("main form button")  # nothing given yet
        page.set_input_files("[name=file]", table)
        page.select_option("[name=category]", "arrest")
        page.select_option("[name=action]", "second_line")
        for field in ("reason", "legal_basis", "authority"):
            page.fill(f"[name={field}]", TYPED[field])
        office.press("main form button")
        expect(page.locator("main")).to_contain_text("SANGARE")
        assert not ListingProposal.objects.exists()
        office.press("main form button")
        assert ListingProposal.objects.count() == 2
        office.sit_down(desk.mariam_officer)
        office.look("proposals")


def test_the_other_pages_are_accessible(site: str, cast: Cast, context: BrowserContext) -> None:
    with at_node(HQ):
        desk = Desk(cast)
        office = Office(context, site, "fr")
        office.sit_down(cast.fanta)
        for name in ("proposals", "listings-due", "national-list-new"):
            office.look(name)
        office.press("main form button")
        office.look("national-list-settings", desk.list)
        row = desk.listed(expires_on=node_day() + timedelta(days=5))
        office.look("listings-due")
        office.look("listing", row.id)
        office.press("main form[novalidate] button")
        office.look("listing-change", row.id)
        office.page.fill("[name=told]", "Unarmed")
        office.page.fill("[name=why]", "new facts")
        office.press("main form button")
        office.look("listing", row.id)
        batch = proposals.propose_many(desk.mariam, desk.list, [said(), said(told="x")], "file")
        office.look("proposals")
        office.look("proposal-batch", batch)
        office.press("main form button")
        office.look("national-list", desk.list)
        office.page.fill("[name=text]", "sangare")
        office.press("#search ~ form button")
        assert "SANGARE" in office.page.content()
