"""The page of a sealed post in a real browser: for everybody, in both languages, by keyboard."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from django.conf import settings as django_settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from playwright.sync_api import BrowserContext, expect

from openmidas.nodes.collecting.store import About, CollectingStore
from openmidas.nodes.home import NodeHome
from openmidas.nodes.sealing.lease import Lease, now
from openmidas.nodes.sealing.memory import forget_key
from openmidas.nodes.sealing.sealed import SEALED
from openmidas.nodes.sealing.standing import standing
from openmidas.web.gate import settings as gate_settings
from openmidas.web.gate import views
from openmidas.web.gate.opening import Opening
from tests.support.accessible import nothing_found
from tests.support.sealing import AWA, memory_folder_for, post_with_traveller, seal_post

pytest_plugins = ("tests.support.chromium",)
pytestmark = [pytest.mark.browser, pytest.mark.parametrize("language", ["fr", "en"])]


@pytest.fixture
def home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any, pages: None
) -> Iterator[NodeHome]:
    memory = memory_folder_for(monkeypatch)
    next(memory)
    home = post_with_traveller(tmp_path / "post")
    monkeypatch.setenv("OPENMIDAS_HOME", str(home.folder))
    monkeypatch.setattr(views, "OPENING", Opening())
    for name in ("MIDDLEWARE", "ROOT_URLCONF", "FILE_UPLOAD_HANDLERS"):
        setattr(settings, name, getattr(gate_settings, name))
    yield home
    next(memory, None)


@pytest.fixture
def gate(home: NodeHome) -> Iterator[str]:
    """Where the page is. A server of its own: that of other tests has the middleware of all pages."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), WSGIRequestHandler)
    server.set_app(StaticFilesHandler(WSGIHandler()))
    serving = threading.Thread(target=server.serve_forever)
    serving.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    serving.join()
    server.server_close()


def test_from_the_wrong_phrase_to_the_open_post(
    context: BrowserContext, home: NodeHome, gate: str, language: str, tmp_path: Path
) -> None:
    page = context.new_page()
    token = tmp_path / "openmidas.token"
    token.write_bytes(msgspec.json.encode(seal_post(home)))
    forget_key(home.config().id)
    cookie = {"name": django_settings.LANGUAGE_COOKIE_NAME, "value": language}
    context.add_cookies([{**cookie, "url": gate}])
    page.goto(f"{gate}/counter/")
    nothing_found(page, "the form")
    # By keyboard alone: the cursor stands in the first field.
    page.keyboard.type(AWA.officer)
    page.keyboard.press("Tab")
    page.keyboard.type("ce n'est pas celle-ci")
    page.keyboard.press("Enter")
    expect(page.locator("[role=alert]")).to_be_visible(timeout=20_000)
    nothing_found(page, "the error")
    expect(page.locator("#id_officer_1")).to_have_value(AWA.officer)
    page.locator("#id_phrase_1").fill(AWA.phrase)
    page.locator("#id_token").set_input_files(token)
    page.wait_for_timeout(2500)  # the pause after a wrong phrase
    page.keyboard.press("Tab")
    page.locator("main button").click()
    expect(page.locator("#words")).to_contain_text({"fr": "ouvert", "en": "open"}[language])
    nothing_found(page, "the progress")
    assert standing(home).is_open


def test_a_post_that_can_only_collect_and_one_whose_file_is_broken(
    context: BrowserContext, home: NodeHome, gate: str, language: str
) -> None:
    page = context.new_page()
    cookie = {"name": django_settings.LANGUAGE_COOKIE_NAME, "value": language}
    context.add_cookies([{**cookie, "url": gate}])
    seal_post(home, Lease(at=now() - 2000, until=now() - 1000))
    forget_key(home.config().id)
    about = About(node=home.config().id, epoch=1, run=uuid4(), seed=bytes(32), recipients=())
    CollectingStore(home).create(about)
    page.goto(gate)
    expect(page.locator("a[href='/collect/']")).to_be_visible()
    nothing_found(page, "the form beside collecting")
    home.path(SEALED).write_text("{")
    page.goto(gate)
    expect(page.locator("form[enctype]")).to_have_count(0)
    nothing_found(page, "what cannot be opened")
