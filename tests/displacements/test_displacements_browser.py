"""In a browser: people counted by taps while the post's computer is silent, registered later, none twice."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, Route, expect

from openmidas.crossings.inspection import Purpose
from openmidas.displacements.models import Displacement, DisplacementCount
from openmidas.incidents.entries import IncidentKind
from openmidas.posts.models import Officer
from tests.displacements.conftest import Camp
from tests.support.accessible import nothing_found
from tests.support.browser import sign_in
from tests.support.cast import client_of

pytest_plugins = ("tests.support.chromium",)
pytestmark = pytest.mark.browser


def sits_down(officer: Officer, context: BrowserContext, site: str, language: str) -> Page:
    sign_in(context, site, client_of(officer), language)
    return context.new_page()


def balance(page: Page) -> list[str]:
    """Counted, registered, to be registered, people."""
    return page.locator(".balance dd:first-of-type").all_inner_texts()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_counted_and_later_registered_without_counting_anybody_twice(
    site: str, camp: Camp, context: BrowserContext, language: str
) -> None:
    incident = camp.report(kind=IncidentKind.HUMANITARIAN)
    page = sits_down(camp.cast.boubacar, context, site, language)
    page.goto(f"{site}/displacements/")
    nothing_found(page, "no displacement")
    _picture(page, f"displacements-empty-{language}")
    page.goto(f"{site}/incidents/{incident.id}/")
    page.click(f"a[href*='incident={incident.id}']")
    nothing_found(page, "opening")
    page.click("form.card button.button--primary")
    page.wait_for_selector(".error-summary")
    nothing_found(page, "opening with what is missing")
    _picture(page, f"displacement-opening-{language}")
    page.fill("#id_origin", "Ménaka")
    page.fill("#id_destination", "Labbezanga")
    page.click("label:has(input[value=conflict])")
    page.click("form.card button.button--primary")
    page.wait_for_selector(".notice--clear")
    row = Displacement.objects.get()
    assert row.incident == incident.id

    page = sits_down(camp.cast.aminata, context, site, language)
    page.goto(f"{site}/displacements/{row.id}/count/")
    for group, taps in (("women", ("10", "10", "1")), ("boys", ("5", "1")), ("unseen", ("10",))):
        for tap in taps:
            page.click(f"button[data-to=id_{group}][data-add='{tap}']")
    page.focus("#id_girls")
    page.keyboard.press("PageUp")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowDown")
    page.click("button[data-to=id_pregnant][data-add='1']")
    page.check("input[value=water]")
    expect(page.locator("#counted-now")).to_have_text("47")
    nothing_found(page, "counting")
    _picture(page, f"displacement-counting-{language}")

    # The power goes: what was counted is there when the workstation is on again, and is saved once.
    page.close()
    page = context.new_page()
    page.goto(f"{site}/displacements/{row.id}/count/")
    expect(page.locator("#counted-now")).to_have_text("47")
    expect(page.locator("#restored")).to_be_visible()
    expect(page.locator("input[value=water]")).to_be_checked()
    silent = 2

    def answer(route: Route) -> None:
        nonlocal silent
        if route.request.method == "POST" and silent:
            silent -= 1
            if silent:
                route.abort()
            else:
                route.fetch(max_redirects=0)  # it was saved, and nobody heard the answer
                route.abort()
        else:
            route.continue_()

    page.route("**/count/", answer)
    page.click("#count-form button.button--primary >> nth=0")
    page.wait_for_selector("#unsaved:visible")
    assert page.locator("#count-form[inert]").count() == 1  # what may be saved is not changed
    _picture(page, f"displacement-unsaved-{language}")
    page.wait_for_url(f"{site}/displacements/{row.id}/")
    expect(page.locator(".notice--clear").last).to_contain_text("47")
    assert DisplacementCount.objects.get().number == 47
    assert balance(page) == ["47", "0", "47", "47"]
    page.goto(f"{site}/displacements/{row.id}/count/")
    expect(page.locator("#counted-now")).to_have_text("0")

    for number in (1, 2, 3):
        camp.crossed(f"SP{number:07}", purpose=Purpose.DISPLACEMENT)
    camp.crossed("SP0000009", purpose=Purpose.TRADE)
    page.goto(f"{site}/displacements/{row.id}/registered/")
    nothing_found(page, "who was registered")
    _picture(page, f"displacement-mark-{language}")
    page.click("form.card button.button--primary")
    page.wait_for_selector("#marked")
    nothing_found(page, "marked")
    _picture(page, f"displacement-marked-{language}")
    page.goto(f"{site}/displacements/{row.id}/")
    assert balance(page) == ["47", "3", "44", "47"]
    nothing_found(page, "one displacement")
    _picture(page, f"displacement-{language}")

    (crossing,) = camp.registered(row, 4)
    page.goto(f"{site}/displacements/crossing/{crossing}/")
    nothing_found(page, "one crossing")
    _picture(page, f"displacement-crossing-{language}")
    page.click("button[name=back]")
    page.wait_for_selector(".notice--clear")

    with camp.at_headquarters():
        page = sits_down(camp.cast.djibril, context, site, language)
        page.goto(site + reverse("hq-displacements"))
        assert balance(page) == ["47", "3", "44", "47"]
        nothing_found(page, "at headquarters")
        _picture(page, f"hq-displacements-{language}")
        page.click("main table a")
        nothing_found(page, "one at headquarters")
        _picture(page, f"hq-displacement-{language}")


def test_two_windows_have_a_draft_each(site: str, camp: Camp, context: BrowserContext) -> None:
    row = camp.opened()
    first = sits_down(camp.cast.aminata, context, site, "en")
    address = f"{site}/displacements/{row.id}/count/"

    def counting(page: Page, taps: int) -> Page:
        page.goto(address)
        page.wait_for_selector("#count-form[data-ready]")
        for _ in range(taps):
            page.click("button[data-to=id_women][data-add='1']")
        return page

    def counted(page: Page) -> str:
        page.wait_for_selector("#count-form[data-ready]")
        return page.locator("#counted-now").inner_text()

    counting(first, 3)
    second = counting(context.new_page(), 5)
    assert (counted(first), counted(second)) == ("3", "5")
    expect(second.locator("#elsewhere")).to_be_visible()
    nothing_found(second, "another window counts")
    _picture(second, "displacement-two-windows-en")
    first.reload()
    assert counted(first) == "3"
    # Both go with the power: they come back in two windows, or one after the other.
    second.close()
    first.close()
    first, second = counting(context.new_page(), 0), counting(context.new_page(), 0)
    assert sorted([counted(first), counted(second)]) == ["3", "5"]
    for page in (first, second):
        page.click("#count-form button.button--primary >> nth=0")
        page.wait_for_url(f"{site}/displacements/{row.id}/")
    assert sorted(DisplacementCount.objects.values_list("women", flat=True)) == [3, 5]
    assert counted(counting(first, 0)) == "0"
    expect(first.locator("#elsewhere")).to_be_hidden()


def _picture(page: Page, name: str) -> None:
    """What the page looks like, where somebody wants to see it: OPENMIDAS_PICTURES names a folder."""
    folder = os.environ.get("OPENMIDAS_PICTURES", "")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
