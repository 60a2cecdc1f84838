"""What a trusted State signed comes in by one person, travels, and is used."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime

import pytest
from cryptography import x509

from openmidas.documents.chip.revocations import read_revocations
from openmidas.documents.seals import Outcome, Trust, check_seal, read_seal
from openmidas.issuers import entries, limits, services, trusted
from openmidas.issuers.bringing import bring, found_in
from openmidas.issuers.downloads import (
    bringable,
    download_page,
    revocations_of_states,
    revocations_rows,
)
from openmidas.issuers.given import NotTaken, take_file
from openmidas.issuers.models import RevocationList, SealSigner
from openmidas.journal import Actor, JournalError
from openmidas.nodes.commanding import AT_THE_TERMINAL
from openmidas.nodes.services import record_all
from tests.conftest import POST
from tests.documents.chip import made
from tests.documents.chip.made import Holder
from tests.documents.chip.made_ldif import download, list_entry, revocations_entry, signer_entry
from tests.documents.chip.made_revocations import revocations
from tests.documents.seals.made import certificate, key, seal
from tests.issuers.conftest import Office
from tests.support.cast import acting, at_node, refusal
from tests.support.states import KEY, MALI, NIGER, a_list

pytestmark = pytest.mark.django_db

_AUTHORITY = certificate(key(2), authority=True, years=(2020, 2040))
SEALS = Holder(key(2), _AUTHORITY.subject.raw, b"", _AUTHORITY.der, _AUTHORITY.serial)
SEALER = certificate(key(), key(2))
"""Of Mali, as its authority ``SEALS``; the visa of `tests.documents.seals.made` is sealed with it."""
TODAY = date(2026, 11, 27)


def sha(der: bytes) -> str:
    return hashlib.sha256(der).hexdigest()


def outcome() -> Outcome:
    """Of that visa, with what is trusted here."""
    return check_seal(read_seal(seal()), Trust(store=trusted()), on=TODAY).outcome


def of_mali(*serials: int) -> bytes:
    """What the authority of the seals has revoked."""
    name = x509.load_der_x509_certificate(_AUTHORITY.der).subject
    return revocations((name, key(2)), dict.fromkeys(serials))


class TestRevocations:
    def test_one_officer_brings_in_what_a_trusted_authority_signed(self, office: Office) -> None:
        office.approved(NIGER)
        data = revocations(NIGER, {5: None}, number=7)
        assert bring(office.fanta, [office.seen("ne.crl", data)]) == 1
        assert trusted().revocations == (data,)
        row = RevocationList.objects.get()
        assert (row.country, row.number, row.revoked) == ("NE", "7", 1)
        assert row.taken_by == office.cast.fanta.id
        with pytest.raises(NotTaken, match="brought_before"):
            office.seen("ne.crl", data)

    def test_a_newer_one_replaces_and_an_older_one_is_refused_with_the_reason(
        self, office: Office
    ) -> None:
        office.approved(NIGER)
        bring(office.fanta, [office.seen("8.crl", revocations(NIGER, number=8))])
        with pytest.raises(NotTaken, match="revocations_older"):
            office.seen("7.crl", revocations(NIGER, number=7))
        bring(office.mariam, [office.seen("9.crl", revocations(NIGER, number=9))])
        assert [read_revocations(one).number for one in trusted().revocations] == [9]

    def test_of_an_unknown_authority_or_with_a_wrong_signature_it_is_refused(
        self, office: Office
    ) -> None:
        office.approved(NIGER)
        with pytest.raises(NotTaken, match="issuer_unknown"):
            office.seen("ml.crl", revocations(MALI))
        forged = bytearray(revocations(NIGER))
        forged[-1] ^= 1
        with pytest.raises(NotTaken, match="signature_wrong"):
            office.seen("ne.crl", bytes(forged))

    def test_not_any_more_once_the_authority_is_gone(self, office: Office) -> None:
        office.approved(NIGER)
        found = office.seen("ne.crl", revocations(NIGER))
        services.remove(office.mariam, sha(NIGER.certificate), "Its key was lost")
        with refusal("issuer.authority_gone"):
            bring(office.fanta, [found])

    def test_only_officers_for_lists_and_the_terminal_of_the_headquarters(
        self, office: Office
    ) -> None:
        office.approved(NIGER)
        found = office.seen("ne.crl", revocations(NIGER))
        for other in (acting(office.cast.idrissa), Actor()):
            with refusal("issuer.nobody"):
                bring(other, [found])
        with at_node(POST), refusal("issuer.nobody"):
            bring(AT_THE_TERMINAL, [found])
        bring(AT_THE_TERMINAL, [found])
        assert RevocationList.objects.get().taken_by is None


class TestSigners:
    def test_with_the_signers_certificate_a_visas_seal_is_valid(self, office: Office) -> None:
        office.approved(SEALS)
        assert outcome() is Outcome.ISSUER_UNKNOWN
        bring(office.fanta, [office.seen("v1.cer", SEALER.der)])
        assert outcome() is Outcome.VALID

    def test_one_that_nobody_who_is_trusted_signed_is_refused_with_the_reason(
        self, office: Office
    ) -> None:
        with pytest.raises(NotTaken, match="issuer_unknown"):
            office.seen("v1.cer", SEALER.der)
        office.approved(SEALS)
        stranger = certificate(key(), key(3))
        with pytest.raises(NotTaken, match="issuer_key_unknown"):
            office.seen("v2.cer", stranger.der)

    def test_it_counts_as_long_as_its_authority(self, office: Office) -> None:
        office.approved(SEALS)
        bring(office.fanta, [office.seen("v1.cer", SEALER.der)])
        services.remove(office.mariam, sha(SEALS.certificate), "Its key was lost")
        assert outcome() is Outcome.ISSUER_UNKNOWN

    def test_revoked_it_seals_no_valid_visa(self, office: Office) -> None:
        office.approved(SEALS)
        bring(office.fanta, [office.seen("v1.cer", SEALER.der)])
        bring(office.fanta, [office.seen("ml.crl", of_mali(SEALER.serial))])
        assert outcome() is Outcome.INVALID

    def test_only_who_removed_it_brings_it_back(self, office: Office) -> None:
        office.approved(SEALS)
        found = office.seen("v1.cer", SEALER.der)
        bring(office.fanta, [found])
        services.remove(office.mariam, sha(SEALER.der), "Seals of another State")
        assert outcome() is Outcome.ISSUER_UNKNOWN
        with refusal("issuer.signer_removed"):
            bring(office.fanta, [found])
        crl = office.seen("ml.crl", of_mali())
        assert bring(office.fanta, [found, crl]) == 1
        assert outcome() is Outcome.ISSUER_UNKNOWN
        bring(office.mariam, [found])
        assert outcome() is Outcome.VALID
        assert SealSigner.objects.count() == 1


def test_a_download_at_the_terminal_brings_in_all_but_lists(office: Office) -> None:
    office.approved(SEALS)
    office.approved(NIGER)
    data = download(
        list_entry(a_list(NIGER, MALI), "NE"),
        revocations_entry(revocations(NIGER, number=2)),
        revocations_entry(revocations(MALI, number=2)),
        signer_entry(SEALER.der),
    )
    found = found_in("icao.ldif", data)
    assert [one.accepted for one in found.outcomes] == [True, True, True, False, True]
    assert bring(AT_THE_TERMINAL, found.bringable) == 2
    assert sorted(one.country for one in trusted().trusted()) == ["ML", "NE"]
    assert outcome() is Outcome.VALID
    with refusal("issuer.nothing_new"):
        bring(AT_THE_TERMINAL, found.bringable)


def test_what_may_not_come_in_costs_no_other_part(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.approved(SEALS)
    office.approved(NIGER)
    bring(office.fanta, [office.seen("v1.cer", SEALER.der)])
    services.remove(office.mariam, sha(SEALER.der), "Seals of another State")
    large = revocations(NIGER, dict.fromkeys(range(1, 90)))
    monkeypatch.setattr(limits, "MOST_REVOCATIONS", len(large) - 1)
    data = download(
        signer_entry(SEALER.der), revocations_entry(large), revocations_entry(of_mali(3))
    )
    found = found_in("icao.ldif", data)
    assert found.kept_out == [
        ("icao.ldif#2", "issuer.large_part"),
        ("icao.ldif#1", "issuer.signer_removed"),
    ]
    assert bring(AT_THE_TERMINAL, found.bringable) == 1

    whole = take_file(office.fanta, "icao.ldif", data)
    assert (bringable(whole), download_page(whole).bringable) == ([], 0)
    assert [one.kept_out != "" for one in download_page(whole).together] == [True, False, True]
    whole = take_file(office.mariam, "icao.ldif", data)
    assert bring(office.mariam, bringable(whole)) == 1
    assert outcome() is Outcome.VALID


def test_a_state_shows_the_list_that_ends_first(office: Office) -> None:
    office.approved(NIGER)
    other = made.certify(NIGER.name, made.new_key(), authority=True)
    office.approved(other)
    early, late = datetime(2026, 2, 1, tzinfo=UTC), datetime(2030, 2, 1, tzinfo=UTC)
    for holder, until in ((NIGER, early), (other, late)):
        bring(office.fanta, [office.seen("ne.crl", revocations(holder, until=until))])
    (row,) = revocations_of_states().values()
    assert (row.row.until, row.stale) == (early, True)


def test_the_last_list_of_a_key_that_was_replaced_is_not_stale(office: Office) -> None:
    """No newer one of that key will ever come: the list of the newer key speaks for both."""
    office.approved(NIGER)
    since = datetime(2026, 1, 15, tzinfo=UTC)
    newer = made.certify(NIGER.name, made.new_key(), authority=True, since=since)
    office.approved(newer)
    early, late = datetime(2026, 2, 1, tzinfo=UTC), datetime(2040, 2, 1, tzinfo=UTC)
    bring(office.fanta, [office.seen("last.crl", revocations(NIGER, until=early))])
    assert [(one.asked, one.stale) for one in revocations_rows()] == [(True, True)]
    bring(office.fanta, [office.seen("ne.crl", revocations(newer, since=since, until=late))])
    (of_state,) = revocations_of_states().values()
    assert (of_state.row.until, of_state.stale) == (late, False)
    assert {one.row.until: (one.asked, one.stale) for one in revocations_rows()} == {
        early: (False, False),
        late: (True, False),
    }


LISTS = made.certify(
    made.named("NE", "V3"), KEY, NIGER, purposes=("2.23.136.1.1.3",), serial=12
).certificate
OF_MALI = made.certify(made.named("ML", "PF"), KEY, NIGER, serial=13).certificate


@pytest.mark.parametrize(
    ("signer", "code"), [(LISTS, "not_a_seal_signer"), (OF_MALI, "countries_differ")]
)
def test_who_signs_lists_or_has_the_letters_of_another_state_seals_nothing(
    office: Office, signer: bytes, code: str
) -> None:
    office.approved(NIGER)
    with pytest.raises(NotTaken, match=code):
        office.seen("v3.cer", signer)
    with pytest.raises(JournalError, match=r"issuer\.not_a_seal_signer"):
        record_all([entries.SealSignersTaken(certificates=(signer,))], actor=AT_THE_TERMINAL)
    assert not SealSigner.objects.exists()
