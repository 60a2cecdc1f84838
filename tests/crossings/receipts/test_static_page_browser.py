"""The page of the State in a browser, from a file, without any network: what it says of codes."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from openmidas.crossings.receipts.static_page import static_page
from openmidas.documents.receipts import read_certificate
from openmidas.documents.receipts.code import LABEL
from tests.documents.receipts.made import OTHER, OTHER_KEY, RECEIPT, STATE, certificate, code
from tests.documents.receipts.test_codes import raw, text_of
from tests.support.accessible import nothing_found

pytest_plugins = ("tests.support.chromium",)
pytestmark = pytest.mark.browser


@pytest.fixture
def page(context: BrowserContext, tmp_path: Path) -> Page:
    """The page, opened as a telephone opens a file that somebody sent."""
    path = tmp_path / "receipts.html"
    path.write_text(static_page("MLI", [STATE]), encoding="utf-8")
    opened = context.new_page()
    opened.on("request", lambda asked: _only_itself(asked.url))
    opened.goto(path.as_uri())
    return opened


def _only_itself(url: str) -> None:
    assert url.startswith("file:"), url


def check(page: Page, text: str) -> str:
    """Paste a code and check it: the outcome that is shown."""
    page.fill("#code", text)
    page.click("#form button.main")
    shown = page.locator("[data-outcome]:visible")
    expect(shown).to_have_count(1)
    return shown.get_attribute("data-outcome") or ""


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_good_and_a_tampered_receipt(page: Page, language: str) -> None:
    page.click(f"[data-language={language}]")
    nothing_found(page, "nothing checked")
    assert check(page, code().lower()) == "valid"
    said = page.locator("#said")
    for told in (RECEIPT.number, "Kourémalé", "2026-11-25 14:05", "2027-02-22", "4711"):
        expect(said).to_contain_text(told)
    expect(said).to_contain_text({"en": "Entry", "fr": "Entrée"}[language])
    nothing_to_pay = {"en": "Nothing to pay", "fr": "Rien à payer"}[language]
    expect(page.locator("[data-outcome=valid]")).to_contain_text(nothing_to_pay)
    nothing_found(page, "valid")
    _picture(page, f"receipt-valid-{language}")
    tampered = bytearray(raw(code())[:-4])
    tampered[-70] ^= 1
    assert check(page, text_of(bytes(tampered))) == "invalid"
    expect(said).to_be_hidden()
    nothing_found(page, "not valid")
    _picture(page, f"receipt-tampered-{language}")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_a_revoked_post_signed_since_is_refused(
    context: BrowserContext, tmp_path: Path, language: str
) -> None:
    key = read_certificate(certificate()).key
    path = tmp_path / "anew.html"
    page = context.new_page()
    for late, outcome in ((-timedelta(milliseconds=1), "revoked"), (timedelta(), "valid")):
        made = static_page("MLI", [STATE], {OTHER: RECEIPT.at, key: RECEIPT.at + late})
        path.write_text(made, encoding="utf-8")
        page.goto(path.as_uri())
        page.click(f"[data-language={language}]")
        assert check(page, code()) == outcome
        if outcome == "revoked":
            expect(page.locator("[data-outcome=revoked]")).to_contain_text("2026-11-25")
            expect(page.locator("#said")).to_be_hidden()
            nothing_found(page, "of a revoked post")
            _picture(page, f"receipt-revoked-{language}")


def test_every_byte_counts(page: Page) -> None:
    whole = raw(code())[:-4]
    texts = []
    for at in range(len(whole)):
        changed = bytearray(whole)
        changed[at] ^= 1
        texts.append(text_of(bytes(changed)))
    found = page.evaluate("texts => texts.map((text) => checkReceipt(text, keys).outcome)", texts)
    assert found == ["unknown" if at in range(1, 5) else "invalid" for at in range(len(whole))]


def test_another_states_receipt_is_unknown_and_not_invalid(page: Page) -> None:
    assert check(page, code(OTHER_KEY)) == "unknown"
    _picture(page, "receipt-unknown")
    both = "([text, key]) => checkReceipt(text, [...keys, key]).outcome"
    assert page.evaluate(both, [code(OTHER_KEY), list(OTHER)]) == "valid"


@pytest.mark.parametrize("text", ["", "hello", LABEL, LABEL + "A", "x" * 5000])
def test_what_is_no_code(page: Page, text: str) -> None:
    assert check(page, text) == "unreadable"


def _picture(page: Page, name: str) -> None:
    folder = os.environ.get("OPENMIDAS_PICTURES", "")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
