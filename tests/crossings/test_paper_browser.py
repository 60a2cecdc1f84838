"""In a browser: after a cut of the power the day is caught up from paper, and its totals reconcile."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.db.models import F
from playwright.sync_api import BrowserContext, Page, expect

from openmidas.crossings.models import CountOnly, Crossing
from openmidas.nodes.services import node_day
from tests.conftest import HQ, POST
from tests.crossings.conftest import admit, paper, scan
from tests.support.accessible import nothing_found
from tests.support.browser import sign_in
from tests.support.cast import Cast, at_node, client_of
from tests.support.pictures import photo

pytest_plugins = ("tests.support.chromium",)
pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("post")]
DAY = timedelta(days=1)
ESTIMATE = {"fr": "dont 60 par estimation", "en": "of them 60 by estimate"}


def parts(page: Page) -> list[str]:
    """Registered as they crossed, from paper, from an earlier register, only counted, all."""
    found = page.locator("table:has(td strong) tbody tr:first-of-type td").all_inner_texts()
    return [text.split()[0] for text in found]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_day_without_power_is_caught_up_and_adds_up(
    site: str, cast: Cast, context: BrowserContext, language: str
) -> None:
    # Two crossed before the power went. That was yesterday.
    for number in ("SP0000001", "SP0000002"):
        admit(scan(paper(number=number)))
    yesterday = node_day() - DAY
    Crossing.objects.update(day=yesterday, at=F("at") - DAY)

    sign_in(context, site, client_of(cast.boubacar), language)
    page = context.new_page()
    page.goto(f"{site}/paper/")
    nothing_found(page, "the paper register")
    page.fill("#page-day", yesterday.isoformat())
    shot = {"name": "IMG_7.jpg", "mimeType": "image/jpeg", "buffer": photo(900, 1200)}
    page.set_input_files("#picture", files=[shot])
    page.click("form[action$='/pages/'] button")
    beside = page.locator(".beside--paper .pictures img")
    expect(beside).to_be_visible()
    nothing_found(page, "a page of the register beside the form")
    _picture(page, f"paper-page-{language}")
    page.fill("#type-day", yesterday.isoformat())
    page.fill("#type-time", "13:10")
    page.fill("#type-names", "Fatou Cissé")
    page.click("form[action$='/line/'] .button--primary")
    page.wait_for_selector("#saved")
    expect(beside).to_be_visible()
    page.fill("#count-day", yesterday.isoformat())
    page.fill("#count-number", "60")
    page.check("input[name=about]")
    page.fill("#count-since", "18:00")
    page.fill("#count-until", "14:00")
    page.select_option("#count-conveyance", "foot")
    page.select_option("#count-reason", "power")
    page.fill("#count-note", "Barrière, deux agents")
    page.click("form[action$='/count/'] .button--primary")
    page.wait_for_selector(".error-summary")
    nothing_found(page, "hours that run backwards")
    assert not CountOnly.objects.exists()
    page.fill("#count-since", "14:00")
    page.fill("#count-until", "18:00")
    page.click("form[action$='/count/'] .button--primary")
    page.wait_for_selector(".notice--clear")

    page.fill("#reckoning-day", yesterday.isoformat())
    page.click("form[action='#reckoning'] button")
    expect(page.locator("table:has(td strong)")).to_contain_text(ESTIMATE[language])
    assert parts(page) == ["2", "1", "0", "60", "63"]
    nothing_found(page, "the day at the post")
    _picture(page, f"paper-day-{language}")

    with at_node(HQ):
        sign_in(context, site, client_of(cast.djibril), language)
        page = context.new_page()
        page.goto(f"{site}/hq/crossings/?day={yesterday.isoformat()}")
        expect(page.locator("table:has(td strong)")).to_contain_text(ESTIMATE[language])
        assert parts(page) == ["2", "1", "0", "60", "63"]
        nothing_found(page, "the day at headquarters")
        _picture(page, f"hq-day-{language}")
        page.goto(f"{site}/hq/crossings/paper/{POST}/{yesterday.isoformat()}/")
        nothing_found(page, "the pages of a day before their purpose is given")
        page.select_option("[name=purpose]", "case")
        page.fill("[name=reason]", "2026/17")
        page.click("form.card button.button--primary")
        expect(page.locator(".pictures img")).to_be_visible()
        nothing_found(page, "the pages of a day at headquarters")
        _picture(page, f"hq-paper-{language}")


def _picture(page: Page, name: str) -> None:
    """What the page looks like, where somebody wants to see it: OPENMIDAS_PICTURES names a folder."""
    folder = os.environ.get("OPENMIDAS_PICTURES", "")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
