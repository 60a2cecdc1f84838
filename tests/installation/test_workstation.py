"""The page that sets up a workstation: all on one sheet of paper, and true."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from django.test import Client
from django.urls import reverse
from playwright.sync_api import BrowserContext

from openmidas.installation import certificates
from openmidas.installation.authority import Authority
from openmidas.nodes.home import NodeHome
from tests.conftest import POST_HOME
from tests.installation.certified import NAME, certify
from tests.support.accessible import nothing_found

pytest_plugins = ("tests.support.chromium",)

LANGUAGES = ("fr", "en")


@pytest.fixture
def certified(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pages: None, db: None) -> Authority:
    """This node serves its pages with a certificate."""
    home = NodeHome(tmp_path / "node")
    home.write_config(msgspec.structs.replace(POST_HOME.config(), name="Kourémalé"))
    monkeypatch.setenv("OPENMIDAS_HOME", str(home.folder))
    return certify(home)


def test_the_page_names_address_and_fingerprint(certified: Authority, client: Client) -> None:
    page = client.get(reverse("workstation"), headers={"accept-language": "en"}).content.decode()
    assert f"https://{NAME}/" in page
    assert certificates.fingerprint(certified.certificate) in page
    assert f"192.168.10.1 {NAME}" in page


def test_the_authority_can_be_had_from_the_node(certified: Authority, client: Client) -> None:
    response = client.get(reverse("workstation-authority"))
    assert response.content == certified.certificate.public_bytes(Encoding.PEM)
    assert response["Content-Type"] == "application/x-x509-ca-cert"
    assert b"PRIVATE" not in response.content


def test_without_a_certificate_the_page_says_what_to_do(
    pages: None, db: None, client: Client
) -> None:
    page = client.get(reverse("workstation"), headers={"accept-language": "en"}).content.decode()
    assert "midas ca request" in page
    assert client.get(reverse("workstation-authority")).status_code == 404


@pytest.mark.browser
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_one_sheet_of_paper_and_accessible(
    language: str,
    site: str,
    context: BrowserContext,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    home = NodeHome(tmp_path / "node")
    home.write_config(POST_HOME.config())
    certify(home)
    monkeypatch.setenv("OPENMIDAS_HOME", str(home.folder))
    page = context.new_page()
    context.add_cookies([{"name": "midas_language", "value": language, "url": site}])
    page.goto(f"{site}/workstation/")
    nothing_found(page, f"workstation in {language}")
    assert (
        len(
            re.findall(
                rb"/Type\s*/Page\b",
                page.pdf(
                    format="A4", margin=dict.fromkeys(("top", "right", "bottom", "left"), "12mm")
                ),
            )
        )
        == 1
    )
    page.locator("#reader").fill("P<UTOERIKSSON<<ANNA<MARIA")
