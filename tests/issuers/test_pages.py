"""The pages of certificates at the HQ and at a post: two officers at work, in both languages."""

from __future__ import annotations

import hashlib
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from openmidas.documents.chip.downloads import MOST_DOWNLOAD_BYTES
from openmidas.issuers import pages, services, trusted
from openmidas.issuers.bringing import bring
from openmidas.issuers.local import GivenFile
from openmidas.issuers.models import AcceptedList, CertificateProposal
from openmidas.issuers.pages import grouped
from openmidas.issuers.views.giving import FORM_BYTES
from tests.conftest import HQ, POST
from tests.documents.chip import made
from tests.documents.chip.made import Holder
from tests.documents.chip.made_ldif import download, list_entry, revocations_entry
from tests.documents.chip.made_revocations import revocations
from tests.issuers.conftest import Office
from tests.support.cast import Cast, at_node, client_of
from tests.support.states import GUINEA, MALI, NIGER, NIGER_LINK, a_list

pytestmark = pytest.mark.usefixtures("pages")


def sha(holder: Holder) -> str:
    return hashlib.sha256(holder.certificate).hexdigest()


def in_language(client: Client, language: str) -> Client:
    client.cookies["midas_language"] = language
    return client


@pytest.fixture
def fanta(office: Office, cast: Cast) -> Client:
    return in_language(client_of(cast.fanta), "en")


@pytest.fixture
def mariam(office: Office) -> Client:
    return in_language(client_of(office.mariam_officer), "en")


def give(client: Client, name: str, data: bytes) -> Any:
    file = SimpleUploadedFile(name, data)
    return client.post(reverse("hq-issuer-give"), {"file": file}, follow=True)


def text(client: Client, name: str, **kwargs: Any) -> str:
    response = client.get(reverse(name, kwargs=kwargs))
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def post(
    client: Client, name: str, status: int = 200, /, *, at: dict[str, Any], **data: Any
) -> str:
    response = client.post(reverse(name, kwargs=at), data, follow=True)
    assert response.status_code == status, response.status_code
    return response.content.decode()


def test_proposed_by_one_and_approved_by_another(fanta: Client, mariam: Client) -> None:
    pem = ssl.DER_cert_to_PEM_cert(NIGER.certificate).encode()
    given = give(fanta, "niger.pem", pem)
    page = given.content.decode()
    assert grouped(sha(NIGER)) in page
    assert "Another officer compares its fingerprint" in page
    url = given.redirect_chain[-1][0]
    assert fanta.post(url, {"words": ""}).status_code == 422
    page = fanta.post(url, {"words": "From the embassy at Bamako"}, follow=True).content.decode()
    for told in ("Niger", "C=NE, CN=CSCA Niger", "From the embassy", "2024-01-01 – 2036-01-01"):
        assert told in page
    assert "You proposed it yourself" in page
    assert "no master list is taken under it" in page
    row = CertificateProposal.objects.get()
    decide = {"decision": "approve", "fingerprint": row.fingerprint}
    assert "another officer must decide" in post(
        fanta, "hq-issuer-decide", at={"id": row.id}, **decide
    )
    assert "C=NE, CN=CSCA Niger" in text(mariam, "hq-issuers")
    assert grouped(sha(NIGER)) in text(mariam, "hq-issuer-proposal", id=row.id)
    assert "Approved" in post(mariam, "hq-issuer-decide", at={"id": row.id}, **decide)
    assert "by two persons" in text(mariam, "hq-issuer", fingerprint=row.fingerprint)
    assert [one.country for one in trusted().trusted()] == ["NE"]
    assert "trusted already" in give(fanta, "niger.pem", pem).content.decode()


def test_a_proposal_is_taken_back_with_a_reason(office: Office, fanta: Client) -> None:
    at = {"id": office.proposed(NIGER)}
    page = post(fanta, "hq-issuer-decide", 422, at=at, decision="refuse", words="")
    assert "This field is required" in page
    page = post(fanta, "hq-issuer-decide", at=at, decision="refuse", words="The wrong file")
    assert "The wrong file" in page
    assert "Waits for a second person" not in text(fanta, "hq-issuers")


def test_the_authority_of_a_list_is_proposed_first_then_the_list_is_accepted(
    fanta: Client, mariam: Client
) -> None:
    data = a_list(NIGER, MALI, GUINEA)
    given = give(fanta, "ne.ml", data)
    page = given.content.decode()
    for told in (
        grouped(sha(NIGER)),
        "Propose this authority",
        "3, of 3 States; 3 are not trusted",
    ):
        assert told in page
    url = given.redirect_chain[-1][0]
    assert fanta.post(url, {"words": ""}).status_code == 422
    page = fanta.post(url, {"words": "The page of the police"}, follow=True).content.decode()
    assert "Another officer for lists must approve it" in page
    assert "waits for a second person" in give(fanta, "ne.ml", data).content.decode()
    row = CertificateProposal.objects.get()
    decide = {"decision": "approve", "fingerprint": row.fingerprint}
    post(mariam, "hq-issuer-decide", at={"id": row.id}, **decide)
    given = give(fanta, "ne.ml", data)
    assert "one is enough for its list" in given.content.decode()
    page = fanta.post(given.redirect_chain[-1][0], {}, follow=True).content.decode()
    for told in ("Guinea", "Mali", "Niger", "ne.ml"):
        assert told in page
    row = AcceptedList.objects.get()
    page = post(fanta, "hq-issuer-list", at={"id": row.id}, words="Its key was lost")
    assert "Its key was lost" in page
    assert [one.country for one in trusted().trusted()] == ["NE"]


def test_what_leave_to_sign_lists_means_is_said_to_both(fanta: Client, mariam: Client) -> None:
    told = "Lists signed under it will be taken by one officer, with authorities of any State."
    given = give(fanta, "niger.cer", NIGER.certificate)
    assert told in given.content.decode()
    data = {"words": "From the embassy at Bamako", "signs_lists": "on"}
    fanta.post(given.redirect_chain[-1][0], data)
    row = CertificateProposal.objects.get()
    assert row.signs_lists
    assert told in text(mariam, "hq-issuer-proposal", id=row.id)


def test_a_list_of_an_authority_that_was_taken_for_passports_alone_says_so(
    office: Office, fanta: Client
) -> None:
    office.approved(NIGER)
    page = give(fanta, "ne.ml", a_list(NIGER, MALI)).content.decode()
    assert "but not to sign master lists" in page
    assert "Propose this authority" in page


def test_a_link_is_taken_by_one(office: Office, fanta: Client) -> None:
    office.approved(NIGER)
    given = give(fanta, "link.cer", NIGER_LINK.certificate)
    page = fanta.post(given.redirect_chain[-1][0], {}, follow=True).content.decode()
    assert "by a link" in page


def test_a_certificate_is_removed_with_a_reason(office: Office, mariam: Client) -> None:
    office.accepted(NIGER, MALI)
    at = {"fingerprint": sha(MALI)}
    assert "Remove this certificate" in text(mariam, "hq-issuer", **at)
    post(mariam, "hq-issuer", 422, at=at, words="")
    page = post(mariam, "hq-issuer", at=at, words="Reported as lost")
    assert "Reported as lost" in page
    assert "not trusted" in page
    assert "Reported as lost" in text(mariam, "hq-issuers")


@pytest.mark.parametrize(
    ("language", "why"), [("en", "Nothing was taken"), ("fr", "Rien n’a été retenu")]
)
def test_what_a_file_is_not_is_said_on_the_page(fanta: Client, language: str, why: str) -> None:
    response = give(in_language(fanta, language), "x.cer", b"no certificate")
    assert response.status_code == 422
    assert why in response.content.decode()


def test_a_file_that_is_too_large_is_not_read(fanta: Client) -> None:
    length = MOST_DOWNLOAD_BYTES + FORM_BYTES + 1
    response = fanta.post(reverse("hq-issuer-give"), {}, CONTENT_LENGTH=length)
    assert response.status_code == 413


def test_who_only_reads_changes_nothing(office: Office, cast: Cast) -> None:
    office.approved(NIGER)
    kadiatou = in_language(client_of(cast.kadiatou), "fr")
    page = text(kadiatou, "hq-issuers")
    assert "Certificats des États" in page
    assert "Apporter des certificats" not in page
    at = {"fingerprint": sha(NIGER)}
    assert "Retirer ce certificat" not in text(kadiatou, "hq-issuer", **at)
    post(kadiatou, "hq-issuer", 403, at=at, words="Because")
    assert [one.country for one in trusted().trusted()] == ["NE"]


class TestAtAPost:
    @pytest.fixture
    def aminata(self, office: Office, cast: Cast) -> Iterator[Client]:
        with at_node(POST):
            yield in_language(client_of(cast.aminata), "fr")

    def test_it_says_that_nothing_can_be_checked(self, aminata: Client) -> None:
        assert "aucune signature de puce ne peut être vérifiée ici" in text(aminata, "issuers")

    def test_it_says_which_states_and_since_when(self, office: Office, aminata: Client) -> None:
        with at_node(HQ):
            office.accepted(NIGER, MALI)
        page = text(aminata, "issuers")
        assert "Niger" in page
        assert "2024-01-01" in page


def test_a_download_is_shown_part_by_part_and_taken(
    office: Office, fanta: Client, mariam: Client
) -> None:
    office.approved(NIGER, signs_lists=True)
    data = download(
        list_entry(a_list(NIGER, MALI), "NE"),
        revocations_entry(revocations(NIGER, {5: None}, number=12)),
        revocations_entry(revocations(MALI, number=2)),
        "dn: c=NE\nuserCertificate;binary:: ???\n",
    )
    given = give(fanta, "icao.ldif", data)
    url = given.redirect_chain[-1][0]
    page = given.content.decode()
    for told in (
        "3 parts are of kinds that are taken here",
        "List 12: 1 revoked certificate",
        "No certificate of C=ML, CN=CSCA Mali is here.",
        "Entry 4: The value of usercertificate is not in base64.",
        "Take in 1",
    ):
        assert told in page
    page = fanta.post(url, follow=True).content.decode()
    assert "Taken in: 1." in page
    assert len(trusted().revocations) == 1
    part = GivenFile.objects.get(name="icao.ldif#1")
    page = post(fanta, "hq-issuer-file", at={"id": part.id})
    assert "Accepted." in page
    assert [one.country for one in trusted().trusted()] == ["ML", "NE"]
    page = text(mariam, "hq-issuers")
    assert "Lists of revoked certificates" in page
    assert "2027-01-01" in page
    assert mariam.get(url).status_code == 302, "what Fanta gave is hers alone"


def test_a_list_of_a_download_waits_there_for_its_root_to_be_approved(
    office: Office, fanta: Client, mariam: Client
) -> None:
    url = give(fanta, "icao.ldif", download(list_entry(a_list(NIGER, MALI), "NE")))
    part = GivenFile.objects.get(name="icao.ldif#1")
    page = post(fanta, "hq-issuer-file", at={"id": part.id}, words="By hand", signs_lists="on")
    assert "Proposed." in page
    assert "CSCA Niger" in fanta.get(url.redirect_chain[-1][0]).content.decode()
    (waits,) = pages.waiting()
    services.approve(office.mariam, waits.id, waits.fingerprint)
    assert "Accepted." in post(fanta, "hq-issuer-file", at={"id": part.id})
    assert [one.country for one in trusted().trusted()] == ["ML", "NE"]


def test_what_another_officer_brought_in_meanwhile_is_offered_no_more(
    office: Office, fanta: Client
) -> None:
    office.approved(NIGER)
    data = revocations(NIGER, number=3)
    url = give(fanta, "icao.ldif", download(revocations_entry(data))).redirect_chain[-1][0]
    bring(office.mariam, [office.seen("ne.crl", data)])
    page = fanta.post(url, follow=True).content.decode()
    assert "Nothing of it is new" in page
    assert "Nothing is left of it to be taken in here." in page


def test_one_list_of_revoked_certificates(office: Office, fanta: Client) -> None:
    office.approved(NIGER)
    data = revocations(NIGER, number=3, until=datetime(2026, 2, 1, tzinfo=UTC))
    given = give(fanta, "ne.crl", data)
    page = given.content.decode()
    assert "The list of revoked certificates is stale" in page
    url = given.redirect_chain[-1][0]
    assert "Taken in." in fanta.post(url, follow=True).content.decode()
    assert "stale" in text(fanta, "hq-issuers")
    assert "It is here already." in give(fanta, "ne.crl", data).content.decode()
    post(fanta, "hq-issuer", at={"fingerprint": sha(NIGER)}, words="Reported as lost")
    page = text(fanta, "hq-issuers")
    assert "not current any more" in page
    assert "stale" not in page


def test_who_seals_is_taken_and_removed(office: Office, fanta: Client) -> None:
    office.approved(NIGER)
    assert "Nothing was taken." in give(fanta, "v1.cer", of_guinea()).content.decode()
    sealer = made.certify(made.named("NE", "V1"), made.new_key(), NIGER, serial=0xA1)
    given = give(fanta, "v1.cer", sealer.certificate)
    fanta.post(given.redirect_chain[-1][0])
    at = {"fingerprint": sha(sealer)}
    assert "C=NE, CN=V1 · A1" in text(fanta, "hq-issuers")
    assert "taken in" in text(fanta, "hq-issuer-signer", **at)
    post(fanta, "hq-issuer-signer", 422, at=at, words="")
    page = post(fanta, "hq-issuer-signer", at=at, words="Reported as lost")
    assert "not trusted" in page
    assert trusted().signers == ()


def of_guinea() -> bytes:
    return made.certify(made.named("GN", "V1"), made.new_key(), GUINEA, serial=3).certificate
