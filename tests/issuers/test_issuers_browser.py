"""In a browser: a certificate that one officer proposes and another approves; axe finds nothing."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from openmidas.issuers import services, trusted
from openmidas.issuers.models import AcceptedList, CertificateProposal
from openmidas.posts.models import Officer
from tests.conftest import POST
from tests.issuers.conftest import Office
from tests.support.accessible import nothing_found
from tests.support.browser import sign_in
from tests.support.cast import Cast, at_node, client_of
from tests.support.states import GUINEA, MALI, NIGER, a_list

pytest_plugins = ("tests.support.chromium",)
pytestmark = pytest.mark.browser
MALIS = hashlib.sha256(MALI.certificate).hexdigest()


class Desk:
    """One browser at headquarters, at which one officer after the other sits down."""

    def __init__(self, context: BrowserContext, site: str, language: str) -> None:
        self.context, self.site, self.language = context, site, language
        self.page: Page = context.new_page()

    def sits_down(self, officer: Officer) -> None:
        sign_in(self.context, self.site, client_of(officer), self.language)

    def looks(self, name: str, **kwargs: object) -> None:
        """Open a page; axe finds nothing on it."""
        self.page.goto(self.site + reverse(name, kwargs=kwargs))
        self.checked(name)

    def presses(self, button: str, name: str) -> None:
        """Press a button; axe finds nothing on what comes."""
        with self.page.expect_navigation():
            self.page.locator(button).first.click()
        self.checked(name)

    def gives(self, file: Path, name: str) -> None:
        """Give a file of certificates."""
        self.looks("hq-issuer-give")
        self.page.set_input_files("[name=file]", file)
        self.presses("main form button", name)

    def checked(self, name: str) -> None:
        nothing_found(self.page, name)
        folder = os.environ.get("OPENMIDAS_PICTURES", "")
        if folder:
            path = Path(folder) / f"{name}-{self.language}.png"
            self.page.screenshot(path=path, full_page=True)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_certificate_takes_two_officers_and_then_its_list_one(
    site: str, office: Office, cast: Cast, context: BrowserContext, language: str, tmp_path: Path
) -> None:
    mali, lists = tmp_path / "csca-mali.cer", tmp_path / "niger.ml"
    mali.write_bytes(MALI.certificate)
    lists.write_bytes(a_list(NIGER, GUINEA))
    desk = Desk(context, site, language)
    desk.sits_down(cast.fanta)
    desk.looks("hq-issuers")
    desk.gives(lists, "issuers-list-given")
    desk.page.fill("[name=words]", "Journal officiel du Niger, 12 novembre")
    desk.presses("main form button", "issuers-authority-proposed")
    authority = CertificateProposal.objects.get()
    services.approve(office.mariam, authority.id, authority.fingerprint)
    desk.gives(lists, "issuers-list-of-known")
    desk.presses("main form button", "issuers-list-accepted")
    desk.gives(mali, "issuers-certificate-given")
    desk.page.fill("[name=words]", "Remis par l’ambassade du Mali à Niamey, 20 novembre")
    desk.presses("main form button", "issuers-proposed")
    assert desk.page.locator("button[value=approve]").count() == 0

    desk.sits_down(office.mariam_officer)
    desk.looks("hq-issuers")
    desk.presses("section[aria-labelledby=waiting] table a", "issuers-to-approve")
    assert trusted().find(MALIS) is None
    desk.presses("button[value=approve]", "issuers-approved")
    assert CertificateProposal.objects.get(fingerprint=MALIS).end == "approved"
    assert trusted().find(MALIS) is not None
    desk.looks("hq-issuer", fingerprint=MALIS)
    desk.presses("main form button", "issuers-no-reason")
    desk.page.fill("[name=words]", "Clé perdue")
    desk.presses("main form button", "issuers-removed")
    assert trusted().find(MALIS) is None
    desk.looks("hq-issuers")
    expect(desk.page.locator("main")).to_contain_text("Clé perdue")
    desk.page.locator("details summary").first.click()
    nothing_found(desk.page, "the certificates of a State")
    desk.looks("hq-issuer-list", id=AcceptedList.objects.get().id)
    with at_node(POST):
        desk.sits_down(cast.aminata)
        desk.looks("issuers")
    expect(desk.page.locator("main table")).to_contain_text("Niger")
