"""A post's page over HTTPS and the reader's program on the machine of the browser, by Chromium's rules.

Chromium tells addresses of this machine, of a local network and public ones apart (Local Network Access). A
post stands in a local network; one at a public address needs a permission, or a policy of the workstation.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from openmidas.documents.readers.adapters import There
from openmidas.documents.readers.pairing import HOST, PORT
from tests.installation.certified import NAME, certify
from tests.support.chromium import ARGUMENTS, chromium
from tests.support.served import ServedPost
from tests.support.workstation import Desk, Workstation

CONNECTED = "The reader is connected."
BLOCKED = "The browser keeps this page from the programs of this machine."


@pytest.fixture(scope="module")
def post(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedPost]:
    """A post with a certificate of its State."""
    if chromium() is None:
        pytest.skip("no Chromium on this machine")
    served = ServedPost(tmp_path_factory.mktemp("post"))
    certify(served.home, web=served.home.config().web)
    served.fill()
    try:
        served.start()
        yield served
    finally:
        served.kill()


@pytest.fixture(scope="module")
def workstation(post: ServedPost) -> Iterator[Workstation]:
    """The program at its own port: the post's pages may connect to no other."""
    with socket.socket() as asking:
        if asking.connect_ex((HOST, PORT)) == 0:
            pytest.skip(f"port {PORT} is somebody's")
    desk = Desk()
    desk.happens.put(There("reader"))
    here = Workstation(origin_of(post), lambda: desk)
    here.port = PORT
    here.start()
    yield here
    here.close()


def port_of(post: ServedPost) -> str:
    return post.home.config().web.rpartition(":")[2]


def origin_of(post: ServedPost) -> str:
    return f"https://{NAME}:{port_of(post)}"


@pytest.mark.browser
@pytest.mark.parametrize(
    ("network", "allowed", "said"),
    [
        ("local", False, CONNECTED),
        ("public", False, BLOCKED),
        ("public", True, CONNECTED),
    ],
)
def test_what_a_browser_lets_a_page_over_https_reach(
    post: ServedPost, workstation: Workstation, network: str, allowed: bool, said: str
) -> None:
    origin = origin_of(post)
    rules = (
        f"--host-resolver-rules=MAP {NAME} 127.0.0.1",
        f"--ip-address-space-overrides=127.0.0.1:{port_of(post)}={network}",
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium(), args=[*ARGUMENTS, *rules], env=_home(post)
        )
        context = browser.new_context(ignore_https_errors=True, locale="en-GB")
        context.add_cookies([{"name": "midas_language", "value": "en", "url": origin}])
        if allowed:
            context.grant_permissions(["local-network-access"], origin=origin)
        page = context.new_page()
        told = _told(page, origin, workstation.code, said)
        browser.close()
    assert told


def _home(post: ServedPost) -> dict[str, str | float | bool]:
    home = Path(post.home.folder) / "home"
    home.mkdir(exist_ok=True)
    return {"HOME": str(home)}


def _told(page: Page, origin: str, code: str, said: str) -> bool:
    """Whether the page of the reader comes to say this, in a secure context."""
    page.goto(f"{origin}/workstation/reader/")
    page.evaluate("(code) => localStorage.setItem('midas-reader', code)", code)
    page.reload()
    expect(page.locator("#agent")).to_contain_text(said, timeout=15_000)
    secure: bool = page.evaluate("window.isSecureContext")
    return secure
