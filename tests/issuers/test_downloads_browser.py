"""In a browser: a download of ICAO's directory, taken part by part; axe finds nothing on any page of it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from openmidas.issuers import trusted
from tests.conftest import POST
from tests.documents.chip import made
from tests.documents.chip.made_ldif import download, list_entry, revocations_entry, signer_entry
from tests.documents.chip.made_revocations import revocations
from tests.issuers.conftest import Office
from tests.issuers.test_issuers_browser import Desk
from tests.support.browser import enter_on_button
from tests.support.cast import Cast, at_node
from tests.support.states import KEY, LISTER, NIGER, a_list

pytest_plugins = ("tests.support.chromium",)
pytestmark = pytest.mark.browser

OF_MALI = made.certify(made.named("ML", "CSCA Mali"), made.new_key(), authority=True)
OF_GUINEA = made.certify(made.named("GN", "CSCA Guinea"), made.new_key(), authority=True)
CHIPS_SIGNER = made.certify(made.named("NE", "Passports 7"), KEY, NIGER, serial=70)
SEALER = made.certify(made.named("NE", "V1"), made.new_key(), NIGER, serial=0xA1)
STRANGER = made.certify(made.named("GN", "V2"), made.new_key(), OF_GUINEA, serial=3)
PAST = datetime(2026, 2, 1, tzinfo=UTC)
WORDS = {
    "fr": {
        "unread": "Entrée 6 : ",
        "again": "redonnez alors le fichier",
        "stale": "périmée",
        "unseen": "Pas de liste de révocation de cet État ici",
        "none": "pas de liste : non vérifié",
        "untrusted": "non admis",
    },
    "en": {
        "unread": "Entry 6: ",
        "again": "then give the file again",
        "stale": "stale",
        "unseen": "No list of revoked certificates of this State is here",
        "none": "no list: not checked",
        "untrusted": "not trusted",
    },
}


def the_download() -> bytes:
    """Lists of which one can be accepted, revocations of two States, a seal signer, and what is of no use."""
    forged = bytearray(a_list(NIGER, OF_MALI, signer=LISTER))
    forged[-1] ^= 1
    return download(
        list_entry(a_list(NIGER, OF_MALI, OF_GUINEA), "NE", "pkdConformanceText: ERR:CSCA.KEU.0"),
        list_entry(bytes(forged), "NE"),
        revocations_entry(revocations(NIGER, {5: None, 70: None}, number=12)),
        revocations_entry(revocations(OF_MALI, number=2, until=PAST)),
        signer_entry(SEALER.certificate),
        "dn: c=NE\nuserCertificate;binary:: ???\n",
        signer_entry(STRANGER.certificate),
        signer_entry(CHIPS_SIGNER.certificate),
    )


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_download_is_taken_part_by_part_by_one_officer(
    site: str, office: Office, cast: Cast, context: BrowserContext, language: str, tmp_path: Path
) -> None:
    said = WORDS[language]
    office.approved(NIGER, signs_lists=True)
    file = tmp_path / "icaopkd-002-complete-000345.ldif"
    file.write_bytes(the_download())
    desk = Desk(context, site, language)
    page, main = desk.page, desk.page.locator("main")
    desk.sits_down(cast.fanta)
    desk.gives(file, "download-given")
    expect(main).to_contain_text(said["unread"])
    expect(main).to_contain_text(said["again"])

    desk.presses("section[aria-labelledby=lists] table a", "download-list")
    desk.presses("main form button", "download-list-accepted")
    assert sorted(one.country for one in trusted().trusted()) == ["GN", "ML", "NE"]

    desk.presses("section[aria-labelledby=together] button", "download-taken-in")
    assert (len(trusted().revocations), len(trusted().signers)) == (1, 1)
    assert page.locator("section[aria-labelledby=together] button").count() == 0

    desk.gives(file, "download-given-again")
    desk.presses("section[aria-labelledby=together] button", "download-taken-in-again")
    assert (len(trusted().revocations), len(trusted().signers)) == (2, 2)

    desk.presses("section[aria-labelledby=lists] table a", "download-list-known")
    assert main.locator("form").count() == 0

    desk.looks("hq-issuers")
    expect(page.locator("section[aria-labelledby=revocations] .tag")).to_have_text(said["stale"])
    for state in page.locator("details summary").all():
        state.click()
    expect(page.locator("details").filter(has_text="CSCA Guinea")).to_contain_text(said["unseen"])
    desk.checked("hq-issuers-open")
    desk.presses("section[aria-labelledby=signers] table tr:has-text('V1') a", "signer")
    desk.presses("main form button", "signer-no-reason")
    page.fill("[name=words]", "Signalé perdu par le Niger")
    desk.presses("main form button", "signer-removed")
    expect(main).to_contain_text(said["untrusted"])
    assert [one.signer for one in trusted().signers] == ["GNV2"]
    desk.looks("hq-issuers")
    expect(page.locator("section[aria-labelledby=removed]")).to_contain_text("Signalé perdu")

    with at_node(POST):
        desk.sits_down(cast.aminata)
        desk.looks("issuers")
    states = page.locator("main tbody tr")
    expect(states.filter(has_text="Mali")).to_contain_text(said["stale"])
    expect(states.filter(has_text="Niger")).to_contain_text("2027-01-01")
    expect(states.filter(has_text="Guin")).to_contain_text(said["none"])


@pytest.mark.parametrize("language", ["fr", "en"])
def test_revocations_and_who_seals_come_in_by_files_of_their_own(
    site: str, office: Office, cast: Cast, context: BrowserContext, language: str, tmp_path: Path
) -> None:
    office.approved(NIGER)
    lists, sealer, whole = (tmp_path / name for name in ("ne.crl", "v1.cer", "icao.ldif"))
    lists.write_bytes(revocations(NIGER, {5: None}, number=3, until=PAST))
    sealer.write_bytes(SEALER.certificate)
    whole.write_bytes(download(revocations_entry(revocations(NIGER, number=4))))
    desk = Desk(context, site, language)
    desk.sits_down(cast.fanta)
    desk.gives(lists, "revocations-given")
    desk.presses("main form button", "revocations-taken-in")
    desk.gives(sealer, "signer-given")
    desk.presses("main form button", "signer-taken-in")
    desk.gives(sealer, "signer-known")
    desk.gives(whole, "small-download-given")
    with desk.page.expect_navigation():
        desk.page.focus("section[aria-labelledby=together] button")
        enter_on_button(desk.page)
    desk.checked("small-download-taken-in")
    expect(desk.page.locator("main .empty")).to_be_visible()
    assert (len(trusted().revocations), len(trusted().signers)) == (1, 1)
