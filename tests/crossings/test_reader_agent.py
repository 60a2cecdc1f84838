"""A reader that the browser cannot reach: from the workstation's program to the traveller."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from openmidas.crossings.inspection import HowRead
from openmidas.crossings.models import Crossing
from openmidas.documents.readers.simulator import Simulator
from tests.support.accessible import nothing_found
from tests.support.browser import sign_in
from tests.support.cast import Cast, client_of
from tests.support.counter import CounterPage, neighbour
from tests.support.workstation import UNPLUGGED, Workstation, Zones

pytest_plugins = ("tests.support.chromium", "tests.support.counter_fixtures")

SAID: dict[str, dict[str, str]] = {
    "en": {
        "none": "not paired with its reader yet",
        "wrong": "not the right one",
        "connected": "The reader is connected.",
        "ready": "Reader ready",
        "unplugged": "Reader unplugged",
        "off": "Reader silent",
        "pair": "Pair",
        "read": "read by machine, brought by a program of the workstation",
    },
    "fr": {
        "none": "pas encore lié à son lecteur",
        "wrong": "pas le bon code",
        "connected": "Le lecteur est connecté.",
        "ready": "Lecteur prêt",
        "unplugged": "Lecteur débranché",
        "off": "Lecteur muet",
        "pair": "Lier",
        "read": "lu par machine, amené par un programme du poste de travail",
    },
}


@pytest.fixture
def zones() -> Zones:
    """The documents that are laid on the reader."""
    return Zones()


@pytest.fixture
def workstation(site: str, zones: Zones, settings: Any) -> Iterator[Workstation]:
    here = Workstation(site, lambda: Simulator("desko", aiter(zones)))
    here.start()
    settings.READER = f"ws://127.0.0.1:{here.port}"
    yield here
    here.close()


def picture(page: Page, name: str) -> None:
    folder = os.environ.get("OPENMIDAS_PICTURES")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png")


@pytest.mark.browser
@pytest.mark.parametrize("language", ["en", "fr"])
def test_paired_once_then_from_the_reader_to_the_traveller(
    language: str,
    workstation: Workstation,
    zones: Zones,
    post_at_work: Cast,
    context: BrowserContext,
    site: str,
) -> None:
    said = SAID[language]
    sign_in(context, site, client_of(post_at_work.aminata), language)
    page = context.new_page()
    page.goto(f"{site}/workstation/reader/")
    status = page.locator("#agent")
    expect(status).to_contain_text(said["none"])
    page.locator("#code").fill("00000-00000-00000-00000")
    page.get_by_role("button", name=said["pair"], exact=True).click()
    expect(status).to_contain_text(said["wrong"])
    page.locator("#code").fill(workstation.code.lower())
    page.get_by_role("button", name=said["pair"], exact=True).click()
    expect(status).to_have_text(said["connected"])
    zones.laid.put(neighbour())
    expect(page.locator("#heard")).to_have_text(neighbour())
    nothing_found(page, f"reader of a workstation in {language}")
    picture(page, f"reader-{language}")
    page.close()

    counter = CounterPage(context, site)
    bar = counter.page.locator("#agent")
    expect(bar).to_have_text(said["ready"])
    zones.laid.put(neighbour())
    counter.is_in("clear")
    counter.shows(said["read"])
    nothing_found(counter.page, f"counter with a reader in {language}")
    picture(counter.page, f"counter-reader-{language}")
    counter.press("F4")
    counter.is_in("idle")
    assert Crossing.objects.get().how_read == HowRead.PROGRAM

    workstation.stop()
    expect(bar).to_have_text(said["off"])
    picture(counter.page, f"counter-reader-off-{language}")
    workstation.start()
    expect(bar).to_have_text(said["ready"])
    zones.laid.put(UNPLUGGED)
    expect(bar).to_have_text(said["unplugged"])


@pytest.mark.browser
def test_the_page_that_is_looked_at_has_the_reader(
    workstation: Workstation, post_at_work: Cast, context: BrowserContext, site: str
) -> None:
    sign_in(context, site, client_of(post_at_work.aminata))
    first = CounterPage(context, site)
    first.page.evaluate("(code) => localStorage.setItem('midas-reader', code)", workstation.code)
    first.open()
    expect(first.page.locator("#agent")).to_have_text("Reader ready")
    second = CounterPage(context, site)
    expect(second.page.locator("#agent")).to_have_text("Reader ready")
    expect(first.page.locator("#agent")).to_have_text("Reader elsewhere")


def test_pages_may_ask_the_reader_and_nothing_else(pages: None, cast: Cast, client: Client) -> None:
    signed_in = client_of(cast.aminata)
    for answer in (client.get(reverse("workstation-reader")), signed_in.get(reverse("counter"))):
        policy = answer["Content-Security-Policy"]
        assert "connect-src 'self' ws://127.0.0.1:9303;" in f"{policy};"
    assert "img-src 'self' data:;" in f"{policy};", "for what the counter's camera has seen"
    assert "ws:" not in signed_in.get(reverse("conveyances"))["Content-Security-Policy"]
