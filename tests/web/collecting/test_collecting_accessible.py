"""The pages of a post that only collects, in a browser: for everybody, in both languages, by keyboard."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from django.conf import settings as django_settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from playwright.sync_api import BrowserContext, Page, expect

from openmidas.nodes.collecting.store import CollectingStore
from tests.support.accessible import nothing_found
from tests.web.collecting.conftest import PIN

pytest_plugins = ("tests.support.chromium",)
pytestmark = [pytest.mark.browser, pytest.mark.parametrize("language", ["fr", "en"])]


@pytest.fixture
def at(collecting: CollectingStore) -> Iterator[str]:
    """Where the pages are, served by the settings of the page that collects."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), WSGIRequestHandler)
    server.set_app(StaticFilesHandler(WSGIHandler()))
    serving = threading.Thread(target=server.serve_forever)
    serving.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    serving.join()
    server.server_close()


@pytest.fixture
def page(context: BrowserContext, at: str, language: str) -> Page:
    cookie = {"name": django_settings.LANGUAGE_COOKIE_NAME, "value": language}
    context.add_cookies([{**cookie, "url": at}])
    return context.new_page()


def sign_in(page: Page, pin: str) -> None:
    """By keyboard alone: the cursor stands in the first field."""
    page.keyboard.press("Control+a")
    page.keyboard.type("aminata")
    page.keyboard.press("Tab")
    page.keyboard.type(pin)
    page.keyboard.press("Enter")


def test_from_signing_in_to_the_number(
    page: Page, at: str, collecting: CollectingStore, language: str
) -> None:
    page.goto(at)
    expect(page.locator("#id_number")).to_be_focused()
    nothing_found(page, "signing in")
    sign_in(page, "111112")
    expect(page.locator("[role=alert]")).to_be_visible()
    nothing_found(page, "the wrong PIN")
    page.locator("#id_number").focus()
    sign_in(page, PIN)
    expect(page.locator("#id_zone")).to_be_focused()
    assert page.locator("html").get_attribute("lang") == language
    expect(page.locator("#id_outcome")).to_have_value("")
    nothing_found(page, "the form")
    page.locator("#id_birth").fill("hier")
    page.locator("#id_birth").press("Enter")
    expect(page.locator("#id_outcome_error")).to_be_visible()
    expect(page.locator("#id_birth_error")).to_be_visible()
    nothing_found(page, "what is wrong")
    page.locator("#id_surname").fill("KEITA")
    page.locator("#id_birth").fill("1991")
    page.locator("#id_outcome").select_option("admitted")
    page.locator("#id_birth").press("Enter")
    expect(page.locator("[role=status]")).to_contain_text("1")
    expect(page.locator("#id_surname")).to_have_value("")
    nothing_found(page, "the number")
    assert collecting.count() == 1


def test_a_post_that_was_not_prepared(page: Page, at: str, collecting: CollectingStore) -> None:
    collecting.path.unlink()
    page.goto(f"{at}/collect/")
    nothing_found(page, "nothing to collect into")
