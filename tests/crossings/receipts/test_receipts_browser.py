"""In a browser: one key opens the receipt of the last traveller, and the lane goes on meanwhile."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from openmidas.crossings.models import Crossing
from openmidas.crossings.receipts.issuing import check, number_of, receipts_of
from openmidas.documents.receipts import Outcome
from tests.crossings.receipts.conftest import certify
from tests.support.accessible import nothing_found
from tests.support.browser import sign_in
from tests.support.cast import Cast, client_of
from tests.support.counter import CounterPage, neighbour

pytest_plugins = ("tests.support.chromium", "tests.support.counter_fixtures")
pytestmark = pytest.mark.browser


@pytest.mark.parametrize("language", ["fr", "en", "ar"])
def test_the_receipt_of_the_last_traveller(
    post_at_work: Cast, context: BrowserContext, site: str, language: str
) -> None:
    certify()
    sign_in(context, site, client_of(post_at_work.aminata), language)
    counter = CounterPage(context, site)
    counter.scan(neighbour(), "clear")
    counter.press("F4")
    counter.is_in("idle")
    crossing = Crossing.objects.get()
    expect(counter.page.locator("#receipt")).to_contain_text(number_of(crossing))
    nothing_found(counter.page, "the lane")
    _picture(counter.page, f"receipt-lane-{language}")
    with context.expect_page() as opened:
        counter.press("F7")
    page = opened.value
    page.wait_for_selector(".receipt__code")
    nothing_found(page, "the receipt")
    page.click("main summary")
    assert check(page.inner_text(".receipt__text")).outcome is Outcome.VALID
    page.select_option("#beside", {"ar": "ar"}.get(language, "pt"))
    page.wait_for_url("**beside=*")
    nothing_found(page, "the receipt in other languages")
    _picture(page, f"receipt-{language}")
    page.emulate_media(media="print")
    _picture(page, f"receipt-print-{language}")
    for paper, width in (("58", 164), ("80", 227), ("a4", 595)):
        page.goto(f"{site}/counter/receipts/{crossing.id}/?beside=pt&paper={paper}")
        printed = page.pdf(prefer_css_page_size=True)
        _paper(printed, f"receipt-{paper}-{language}")
        assert len(re.findall(rb"/Type */Page\b", printed)) == 1, paper
        box = re.search(rb"/MediaBox *\[ *0 +0 +([0-9.]+)", printed)
        assert box is not None
        assert abs(float(box[1]) - width) < 2, paper
        _paper(printed, f"receipt-{paper}-{language}")
    page.close()
    counter.scan(neighbour("SP0000009"), "clear")
    assert len(receipts_of(crossing.id)) == 1


def _paper(printed: bytes, name: str) -> None:
    folder = os.environ.get("OPENMIDAS_PICTURES", "")
    if folder:
        (Path(folder) / f"{name}.pdf").write_bytes(printed)


def _picture(page: Page, name: str) -> None:
    folder = os.environ.get("OPENMIDAS_PICTURES", "")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
