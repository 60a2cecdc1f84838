"""Chromium for tests, as a pytest plugin: one for each file, a fresh profile for each test."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.support.browser import TIMERS

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--autoplay-policy=no-user-gesture-required",
)
SCREEN = {"width": 1366, "height": 768}
SECONDS_TO_ANSWER = 60


def chromium() -> str | None:
    """Where Chromium is on this machine; ``OPENMIDAS_BROWSER`` names another."""
    return os.environ.get("OPENMIDAS_BROWSER") or next(
        filter(None, map(shutil.which, CHROMIUM)), None
    )


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for a file's tests; they are skipped on a machine that has none.

    Not for the whole run: Playwright keeps an event loop in this thread as long as it lives, and the
    exchange's tests bring their own.
    """
    path = chromium()
    if path is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield running
        running.close()


@pytest.fixture
def context(browser: Browser, transactional_db: None) -> Iterator[BrowserContext]:
    """A fresh profile with the screen of a counter; gone before the tables are emptied."""
    fresh = browser.new_context(viewport=SCREEN, locale="en-GB")  # type: ignore[arg-type]
    fresh.set_default_timeout(10_000)
    fresh.add_init_script(TIMERS)
    wrong: list[str] = []
    fresh.on("weberror", lambda error: wrong.append(str(error.error)))
    fresh.on("console", lambda line: _keep_violations(line.text, wrong))
    yield fresh
    fresh.close()
    _wait_until_all_is_answered()
    assert not wrong, f"the page's scripts failed: {wrong}"


def _wait_until_all_is_answered() -> None:
    """A request that a page sent last must not be saved among what the next test finds."""
    until = time.monotonic() + SECONDS_TO_ANSWER
    while any("process_request_thread" in thread.name for thread in threading.enumerate()):
        assert time.monotonic() < until, "the server is still at a request of this test"
        time.sleep(0.02)


def _keep_violations(text: str, wrong: list[str]) -> None:
    if "Content Security Policy" in text or "Content-Security-Policy" in text:
        wrong.append(text)


@pytest.fixture
def site(transactional_db: None, pages: None, live_server: Any, settings: Any) -> str:
    """The address of this node's pages, served to the browser; in prepared languages, too."""
    settings.LANGUAGES = [*settings.LANGUAGES, *settings.PREPARED_LANGUAGES]
    return str(live_server.url)
