"""Chips on the counter's page: the page's scripts send them, and the lane follows."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.templatetags.static import static
from playwright.sync_api import BrowserContext, Page, expect

from openmidas.crossings.models import Crossing
from tests.crossings.conftest import paper
from tests.support.accessible import nothing_found
from tests.support.browser import sign_in
from tests.support.cast import Cast, client_of
from tests.support.chips import Chip, chip_of, trust
from tests.support.counter import CounterPage

pytest_plugins = ("tests.support.chromium", "tests.support.counter_fixtures")
pytestmark = pytest.mark.browser

PATIENCE = 60_000
"""Milliseconds: a process begins for each chip, on a busy machine."""
SENT = """
async ([from, body]) => {
  const { give } = await import(from);
  const url = document.getElementById("evidence").dataset.chipUrl;
  return await give(url, body, { "Content-Type": "application/json" });
}
"""
"""As the script does that has read a chip."""
NOT_READ = {
    "en": ("Chip: not read", "Seal: not read"),
    "fr": ("Puce: non lue", "Cachet numérique: non lu"),
}
CHIPS: dict[str, tuple[Chip, str, str, dict[str, str]]] = {
    "valid": (
        chip_of(paper()),
        "valid",
        "clear",
        {"en": "Chip genuine, signed by Mali", "fr": "Puce authentique, signée par : Mali"},
    ),
    "unknown": (
        chip_of(paper()),
        "issuer_unknown",
        "clear",
        {
            "en": "the State’s certificate is not here",
            "fr": "le certificat de l’État n’est pas ici",
        },
    ),
    "tampered": (
        chip_of(paper()).tampered(),
        "invalid",
        "stop",
        {"en": "changed after they were signed", "fr": "modifiées après leur signature"},
    ),
    "differs": (
        chip_of(paper(number="SP0000002")),
        "valid",
        "stop",
        {
            "en": "Chip and printed lines differ: document number",
            "fr": "La puce et les lignes imprimées diffèrent : numéro de document",
        },
    ),
}


@pytest.fixture(params=["en", "fr"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def lane(post_at_work: Cast, context: BrowserContext, site: str, language: str) -> CounterPage:
    """Aminata's lane, in one language or the other."""
    sign_in(context, site, client_of(post_at_work.aminata), language)
    return CounterPage(context, site)


@pytest.mark.parametrize("name", list(CHIPS))
def test_what_a_chip_came_to_stands_on_the_page_and_holds_the_decision(
    lane: CounterPage, language: str, name: str
) -> None:
    chip, outcome, state, words = CHIPS[name]
    if name != "unknown":
        trust()
    lane.scan(paper(), "clear")
    page = lane.page
    for said in NOT_READ[language]:
        name_of, _, what = said.partition(": ")
        expect(page.locator("#evidence .proof", has_text=name_of)).to_contain_text(what)
    before = page.locator("#evidence").inner_text()

    answer = page.evaluate(SENT, [static("crossings/evidence.js"), chip.posted()])

    assert answer["outcome"] == outcome
    lane.is_in(state)
    expect(page.get_by_text(words[language]).first).to_be_visible()
    assert page.locator("#evidence").inner_text() != before
    nothing_found(page, f"a chip that is {name}")
    picture_of(page, f"chip-{name}-{language}")
    lane.press("F4" if state == "clear" else "F8")
    lane.is_in("idle")
    kept = Crossing.objects.get().inspected().chip
    assert kept is not None
    assert (kept.outcome, bool(kept.differs)) == (outcome, name == "differs")


def picture_of(page: Page, name: str) -> None:
    """What the page looks like, where somebody wants to see it: OPENMIDAS_PICTURES names a folder."""
    folder = os.environ.get("OPENMIDAS_PICTURES", "")
    if folder:
        page.screenshot(path=str(Path(folder) / f"{name}.png"))
