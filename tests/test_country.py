"""The sample country, whole: it loads by itself, and each page of the headquarters shows it.

Each page is held to what pages here are held to, in both languages: axe finds nothing, 150 kB at
most. With ``OPENMIDAS_PICTURES`` in the environment, the pictures of the documents are made.
"""

from __future__ import annotations

import os
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from openmidas.web.demo.layout import PASSWORD, DemoHomes
from openmidas.web.demo.starting import start, start_living
from tests.support.accessible import nothing_found

pytest_plugins = ("tests.support.chromium",)
pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.timeout(900)]

IMAGES = Path(__file__).parents[1] / "docs" / "images"
MOST_SECONDS = 600
MOST_BYTES = 150_000
FOR_EVERYBODY = {
    "situation": "/hq/",
    "flows": "/hq/flows/?period=month&rows=nationality&columns=sex&decision=admitted",
    "crossings": "/hq/crossings/",
    "stays": "/hq/stays/",
    "overstays": "/hq/stays/over/",
    "matches": "/hq/stays/matches/",
    "posts": "/hq/posts/",
    "rules": "/hq/rules/",
}
FOR_THE_ADMINISTRATOR = {"systems": "/hq/systems/", "health": "/health/detail/"}


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoHomes]:
    """The demonstration with its thirty days, loaded."""
    with ExitStack() as stack:
        homes = start(tmp_path_factory.mktemp("country"), stack, keep=False)
        start_living(homes, stack)
        address = f"http://{homes.hq.config().web}/demo/loading/"
        until = time.monotonic() + MOST_SECONDS
        shown = False
        while True:
            with urllib.request.urlopen(address, timeout=30) as answer:
                loading = b"<progress" in answer.read()
            shown = shown or loading
            if shown and not loading:
                break
            assert time.monotonic() < until, "the sample country is not loaded"
            time.sleep(1)
        yield homes


def signed_in(
    browser: Browser, stack: ExitStack, homes: DemoHomes, name: str, language: str
) -> Page:
    screen = {"width": 1366, "height": 768}
    context = browser.new_context(locale=f"{language}-ML", viewport=screen)  # type: ignore[arg-type]
    stack.callback(context.close)
    page = context.new_page()
    page.goto(f"http://{homes.hq.config().web}/sign-in/")
    page.fill("[name=username]", name)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda url: "sign-in" not in url)
    return page


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_page_of_the_headquarters(
    country: DemoHomes, browser: Browser, language: str
) -> None:
    site = f"http://{country.hq.config().web}"
    with ExitStack() as stack:
        for officer, pages in (("djibril", FOR_EVERYBODY), ("idrissa", FOR_THE_ADMINISTRATOR)):
            page = signed_in(browser, stack, country, officer, language)
            for name, address in pages.items():
                answer = page.goto(site + address)
                assert answer is not None
                assert answer.status == 200, name
                assert len(answer.body()) <= MOST_BYTES, name
                assert page.locator("html").get_attribute("lang") == language
                nothing_found(page, f"{name}, {language}")
                if "OPENMIDAS_PICTURES" in os.environ:
                    page.screenshot(path=IMAGES / f"{name}-{language}.png")


def test_a_country_that_lives(country: DemoHomes, browser: Browser) -> None:
    """The numbers of one question agree on the page and in the file; the posts are not empty."""
    with ExitStack() as stack:
        page = signed_in(browser, stack, country, "djibril", "en")
        site = f"http://{country.hq.config().web}"
        question = "?period=year&rows=post&columns=direction&decision=admitted"
        page.goto(site + "/hq/flows/" + question)
        cells = page.locator("table.table--numbers tfoot td").all_inner_texts()
        total = int("".join(filter(str.isdigit, cells[-1])))
        assert total > 15_000
        page.goto(site + "/hq/stays/over/")
        assert page.locator("main table tbody tr").count() > 10
