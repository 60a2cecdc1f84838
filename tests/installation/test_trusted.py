"""A real browser trusts a post by the steps of the printed page, and not before."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Error, sync_playwright

from tests.installation.certified import NAME, certify
from tests.support.chromium import ARGUMENTS, chromium
from tests.support.served import ServedPost


@pytest.fixture
def trusting_home(tmp_path: Path) -> Path:
    """The home folder of somebody at a workstation, with the store of certificates of Chromium."""
    if shutil.which("certutil") is None or chromium() is None:
        pytest.skip("no Chromium, or no certutil (libnss3-tools), on this machine")
    store = tmp_path / "home" / ".pki" / "nssdb"
    store.mkdir(parents=True)
    subprocess.run(["certutil", "-d", f"sql:{store}", "-N", "--empty-password"], check=True)
    return tmp_path / "home"


@pytest.mark.browser
def test_chromium_trusts_a_post_once_the_authority_is_imported(
    trusting_home: Path, tmp_path: Path
) -> None:
    """By the very line that the page prints; before it, Chromium warns and shows nothing."""
    post = ServedPost(tmp_path / "post")
    address = post.home.config().web
    certify(post.home, web=address)
    line = ["certutil", "-d", f"sql:{trusting_home}/.pki/nssdb", "-A", "-t", "C,,"]
    line += ["-n", "OpenMIDAS", "-i", str(post.home.path("keys", "ca.crt"))]
    subprocess.run(line, check=True)
    post.fill()
    port = address.rpartition(":")[2]
    try:
        post.start()
        assert secure_context(trusting_home, port) is True
        assert "ERR_CERT_AUTHORITY_INVALID" in str(secure_context(tmp_path / "nobody", port))
    finally:
        post.kill()


def secure_context(home: Path, port: str) -> bool | str:
    """Whether the post's page is a secure context to a browser of this home; its warning, if any."""
    home.mkdir(exist_ok=True)
    rules = f"--host-resolver-rules=MAP {NAME} 127.0.0.1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium(), args=[*ARGUMENTS, rules], env={"HOME": str(home)}
        )
        page = browser.new_page()
        try:
            page.goto(f"https://{NAME}:{port}/workstation/")
            told: bool | str = page.evaluate("window.isSecureContext")
        except Error as error:
            told = str(error)
        browser.close()
    return told
