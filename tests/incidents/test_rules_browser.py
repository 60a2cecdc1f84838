"""In a browser: the rules in use are read, others are read in words and published."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, expect

from openmidas.incidents.publishing import rules_in_use
from openmidas.incidents.rules import sample_rules
from tests.incidents.conftest import Place
from tests.incidents.test_incidents_browser import _picture, sits_down
from tests.support.accessible import nothing_found

pytest_plugins = ("tests.support.chromium",)
pytestmark = pytest.mark.browser
WITHOUT_SURGES = sample_rules().replace("2026-11", "Mali 1").partition("\n[surge]")[0]
LEFT_OUT = {"fr": "Omise : elle n’ouvre rien.", "en": "Left out: it raises nothing."}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_rules_are_published(
    site: str, place: Place, context: BrowserContext, language: str
) -> None:
    page = sits_down(place.cast.idrissa, context, site, language)
    with place.at_headquarters():
        page.goto(f"{site}/hq/incidents/")
        page.click("a[href$='/incidents/rules/']")
        nothing_found(page, "those of the program")
        _picture(page, f"incident-rules-shipped-{language}")
        page.click("a[href$='/new/']")
        nothing_found(page, "the form")
        _picture(page, f"incident-rules-new-{language}")
        file = {
            "name": "rules.toml",
            "mimeType": "application/toml",
            "buffer": WITHOUT_SURGES.encode(),
        }
        page.set_input_files("input[type=file]", files=[file])  # type: ignore[list-item]  # a payload
        page.click("main form button")
        expect(page.locator("main table")).to_contain_text(LEFT_OUT[language])
        nothing_found(page, "read in words")
        _picture(page, f"incident-rules-read-{language}")
        page.click("button[name=publish]")
        expect(page.locator("#in-use")).to_contain_text("Mali 1")
        nothing_found(page, "published")
        _picture(page, f"incident-rules-{language}")
        page.click("section[aria-labelledby=published] a")
        nothing_found(page, "an edition")
        _picture(page, f"incident-rules-edition-{language}")
        assert rules_in_use().edition == "Mali 1"
    page = sits_down(place.cast.boubacar, context, site, language)
    page.goto(f"{site}/incidents/")
    nothing_found(page, "the incidents of the post")
    _picture(page, f"incidents-with-rules-{language}")
    page.click("a[href$='/incidents/rules/']")
    expect(page.locator("#in-use")).to_contain_text("Mali 1")
    nothing_found(page, "the rules at the post")
    _picture(page, f"incident-rules-here-{language}")
