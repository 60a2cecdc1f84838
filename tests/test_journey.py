"""The first traveller, whole: a post on sealed SQLite, its HQ on PostgreSQL, real processes, a browser.

The demonstration is started as a newcomer starts it, and everything is done on its pages.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from openmidas.nodes.home import NodeHome
from openmidas.web.demo.check import Visitor
from openmidas.web.demo.layout import PASSWORD, DemoHomes, environment
from openmidas.web.demo.specimens import CLEAR, LISTED, NEIGHBOUR
from openmidas.web.demo.starting import start
from tests.support.browser import Reader, enter_on_button

pytest_plugins = ("tests.support.chromium",)
pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.timeout(240)]

_CROSSING = re.compile(r"/hq/crossings/([0-9a-f-]{36})/")

WORDS = {
    "fr": {"clear": "Rien à signaler", "look": "À vérifier", "stop": "Arrêt", "admitted": "Admis"},
    "en": {"clear": "Clear", "look": "Look closer", "stop": "Stop", "admitted": "Admitted"},
}


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoHomes]:
    with ExitStack() as stack:
        yield start(tmp_path_factory.mktemp("demo"), stack, keep=False)


@pytest.fixture(params=["fr", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def signed_in(
    browser: Browser, stack: ExitStack, home: NodeHome, username: str, language: str
) -> Page:
    context: BrowserContext = browser.new_context(locale=f"{language}-ML")
    stack.callback(context.close)
    page = context.new_page()
    page.goto(f"http://{home.config().web}/sign-in/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda url: "sign-in" not in url)
    return page


def midas(home: NodeHome, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "openmidas.cli", *arguments],
        env=environment(home),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_from_the_scan_to_the_headquarters(
    homes: DemoHomes, browser: Browser, language: str
) -> None:
    words = WORDS[language]
    traveller = {"fr": CLEAR, "en": NEIGHBOUR}[language]
    with ExitStack() as stack:
        counter = signed_in(browser, stack, homes.post, "aminata", language)
        band = counter.locator(".band__word")
        reader = Reader(counter, layout="azerty")

        reader.read(traveller)
        expect(band).to_have_text(words["clear"])
        inspection = counter.locator("#lane").get_attribute("data-ids")
        counter.keyboard.press("F4")
        expect(counter.locator("#lane")).to_have_attribute("data-state", "idle")

        reader.read(LISTED)
        expect(band).to_have_text(words["stop"])
        expect(counter.locator(".findings")).to_contain_text("QDi.316")
        referred = counter.locator("#lane").get_attribute("data-ids")
        counter.keyboard.press("F4")  # nothing: Stop is for the second line
        expect(band).to_have_text(words["stop"])
        counter.keyboard.press("F8")
        expect(counter.locator("#lane")).to_have_attribute("data-state", "idle")

        second_line = signed_in(browser, stack, homes.post, "boubacar", language)
        second_line.goto(f"http://{homes.post.config().web}/second-line/{referred}/")
        enter_on_button(second_line)
        expect(second_line.locator("main")).to_contain_text("AG GHALI")

        analyst = signed_in(browser, stack, homes.hq, "djibril", language)
        analyst.goto(f"http://{homes.hq.config().web}/hq/crossings/")
        for id in (inspection, referred):
            expect(analyst.locator(f"a[href*='{id}']").first).to_be_attached(timeout=20_000)
    for home in (homes.post, homes.hq):
        verified = midas(home, "journal", "verify")
        assert verified.returncode == 0, verified.stdout + verified.stderr


def test_rebuilt_while_it_runs_the_headquarters_shows_the_same(homes: DemoHomes) -> None:
    analyst = Visitor(homes.hq)
    analyst.sign_in("djibril")
    before = _CROSSING.findall(analyst.get("/hq/crossings/"))
    assert len(before) >= 4, "what the travellers before have left"
    for home in (homes.post, homes.hq):
        rebuilt = midas(home, "journal", "rebuild")
        assert rebuilt.returncode == 0, rebuilt.stderr
    assert _CROSSING.findall(analyst.get("/hq/crossings/")) == before
