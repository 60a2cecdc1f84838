"""Lists of revoked certificates: read, taken in, and asked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from openmidas.documents.chip import (
    Authentication,
    Imported,
    NotPossible,
    TrustStore,
    Unreadable,
    authenticate,
    import_all,
    import_file,
    import_file_confined,
    remove,
)
from openmidas.documents.chip.revocations import (
    MOST_LIST_BYTES,
    Revoked,
    looks_like_revocations,
    read_revocations,
)
from tests.documents.chip import made
from tests.documents.chip.made import NOW, StateOfOurs
from tests.documents.chip.made_ldif import download, revocations_entry
from tests.documents.chip.made_revocations import revocations
from tests.documents.chip.test_authentication import trusting

REASONS = x509.ReasonFlags
LATER = datetime(2026, 6, 1, tzinfo=UTC)
PASSED = datetime(2026, 2, 1, tzinfo=UTC)


@cache
def utopia() -> StateOfOurs:
    return StateOfOurs()


def signer() -> int:
    return utopia().signer.serial


def taken(*files: bytes, store: TrustStore | None = None) -> tuple[TrustStore, Imported]:
    store = trusting(utopia().authority.certificate) if store is None else store
    for file in files:
        store, said = import_file(store, "ut.crl", file, by="Issa", at=NOW)
    return store, said


def checked(store: TrustStore) -> Authentication:
    return authenticate(utopia().sod, utopia().groups, store, at=NOW)


def codes(said: Imported) -> list[str]:
    return [one.code for one in said.findings]


def test_what_another_program_wrote() -> None:
    listed = {1: None, 2: REASONS.key_compromise, 3: REASONS.privilege_withdrawn}
    found = read_revocations(revocations(utopia().authority, listed, number=1 << 100))
    assert found.revoked == {
        1: Revoked(NOW),
        2: Revoked(NOW, "key_compromise"),
        3: Revoked(NOW, "privilege_withdrawn"),
    }
    assert (found.number, found.made.year, found.until.year) == (1 << 100, 2026, 2027)
    assert looks_like_revocations(found.der)
    assert not looks_like_revocations(utopia().authority.certificate)


def test_a_revoked_signer_is_told_with_the_day_and_the_reason() -> None:
    reason = {signer(): REASONS.key_compromise}
    store, said = taken(revocations(utopia().authority, reason, number=7))
    assert (said.accepted, said.number, said.loaded, said.new) == (True, "7", 1, 1)
    step = checked(store).step("revocation")
    assert (checked(store).outcome, step.outcome) == ("invalid", "failed")
    assert step.findings[0].params == {
        "subject": "C=UT, CN=Signer 1",
        "day": "2026-11-27",
        "reason": "key_compromise",
    }


def test_the_newest_number_wins_whatever_its_date() -> None:
    bad = revocations(utopia().authority, {signer(): None}, number=5)
    older = revocations(utopia().authority, number=4, since=LATER)
    store, said = taken(bad, older)
    assert (said.accepted, said.new, codes(said)) == (True, 0, ["revocations_older"])
    assert checked(store).outcome == "invalid"
    store, said = taken(revocations(utopia().authority, number=6), store=store)
    assert (said.new, len(store.revocations)) == (1, 1)
    assert checked(store).step("revocation").outcome == "passed"


def test_the_same_list_twice_is_kept_once() -> None:
    file = revocations(utopia().authority)
    store, said = taken(file, file)
    assert (said.accepted, said.new, codes(said), len(store.revocations)) == (True, 0, [], 1)


def test_not_on_a_stale_list_is_not_said_to_be_clear() -> None:
    store, said = taken(revocations(utopia().authority, until=PASSED))
    assert (said.accepted, codes(said)) == (True, ["revocations_old"])
    step = checked(store).step("revocation")
    assert (step.outcome, step.findings[0].params) == ("unknown", {"day": "2026-02-01"})
    assert checked(store).outcome == "valid"
    store, _said = taken(revocations(utopia().authority, {signer(): None}, until=PASSED))
    assert checked(store).outcome == "invalid"


def test_the_next_key_of_the_authority_speaks_for_the_one_before() -> None:
    """A State signs its list with the key that it has now, for all that it ever issued in that name."""
    new = made.certify(utopia().name, made.new_key(), serial=2, authority=True)
    both = trusting(utopia().authority.certificate, new.certificate)
    store, said = taken(revocations(new, {signer(): None}), store=both)
    assert said.accepted
    assert checked(store).outcome == "invalid"
    gone = remove(store, said_fingerprint(store, new.certificate), by="Awa", at=NOW)
    assert checked(gone).step("revocation").outcome == "not_performed"


def test_an_older_key_says_nothing_for_what_a_later_key_signed() -> None:
    """However long its list was to be good."""
    old = made.certify(
        utopia().name, made.new_key(), serial=2, authority=True, since=NOW - timedelta(2000)
    )
    both = trusting(old.certificate, utopia().authority.certificate)
    long = revocations(old, since=NOW - timedelta(700), until=NOW + timedelta(300))
    step = checked(taken(long, store=both)[0]).step("revocation")
    assert (step.outcome, step.findings[0].code) == ("not_performed", "revocations_absent")
    ended = revocations(utopia().authority, since=NOW - timedelta(100), until=NOW - timedelta(10))
    step = checked(taken(long, ended, store=both)[0]).step("revocation")
    assert (step.outcome, step.findings[0].params) == ("unknown", {"day": "2026-11-17"})
    named = revocations(old, {signer(): None}, until=NOW + timedelta(300))
    assert checked(taken(named, ended, store=both)[0]).outcome == "invalid"


def test_the_newest_of_the_lists_that_cover_a_signer_decides() -> None:
    new = made.certify(
        utopia().name, made.new_key(), serial=2, authority=True, since=NOW - timedelta(200)
    )
    both = trusting(utopia().authority.certificate, new.certificate)
    long = revocations(utopia().authority, since=NOW - timedelta(700), until=NOW + timedelta(300))
    for until, outcome in ((NOW + timedelta(10), "passed"), (NOW - timedelta(10), "unknown")):
        newest = revocations(new, since=NOW - timedelta(100), until=until)
        store, _said = taken(long, newest, store=both)
        assert checked(store).step("revocation").outcome == outcome


def test_an_authority_that_has_another_name_now() -> None:
    """The link says that both names are one authority; without it, they are two."""
    name, key = made.named("UT", "Utopia Signing"), made.new_key()
    new = made.certify(name, key, serial=2, authority=True)
    link = made.certify(name, key, utopia().authority, serial=3, authority=True)
    listed = revocations(new, {signer(): None})
    apart, said = taken(listed, store=trusting(utopia().authority.certificate, new.certificate))
    assert said.accepted
    assert checked(apart).step("revocation").outcome == "not_performed"
    linked = trusting(utopia().authority.certificate, new.certificate, link.certificate)
    assert checked(taken(listed, store=linked)[0]).outcome == "invalid"


def said_fingerprint(store: TrustStore, der: bytes) -> str:
    return next(one.fingerprint for one in store.entries if one.der == der)


def test_lists_of_nobody_who_is_trusted() -> None:
    other = made.certify(utopia().name, made.new_key(), authority=True)
    for holder, code in ((other, "signature_wrong"), (utopia().signer, "issuer_unknown")):
        store, said = taken(revocations(holder, {signer(): None}))
        assert (said.accepted, codes(said), store.revocations) == (False, [code], ())


DELTA = {x509.DeltaCRLIndicator(1): True}
PART = {x509.IssuingDistributionPoint(None, None, True, False, None, False, False): True}
OF_OTHERS = {x509.CertificateIssuer([x509.DNSName("else.where")]): True}


@pytest.mark.parametrize(
    ("more", "of_each"),
    [(DELTA, None), (PART, None), (None, OF_OTHERS)],
    ids=["delta", "part", "rows"],
)
def test_a_list_that_says_less_than_all_is_refused(
    more: dict[x509.ExtensionType, bool] | None, of_each: dict[x509.ExtensionType, bool] | None
) -> None:
    _store, said = taken(revocations(utopia().authority, {99: None}, more=more, of_each=of_each))
    assert (said.accepted, codes(said)) == (False, ["extension_unknown"])


def test_what_need_not_be_understood_is_passed_over() -> None:
    more = {x509.AuthorityKeyIdentifier(b"1", None, None): False, x509.InvalidityDate(NOW): False}
    assert taken(revocations(utopia().authority, more=more))[1].accepted


def test_a_list_in_letters() -> None:
    assert taken(revocations(utopia().authority, encoding=Encoding.PEM))[1].accepted


def test_a_list_beyond_all_measure_is_refused() -> None:
    big = made.revoked(utopia().authority, *range(MOST_LIST_BYTES // 20))
    _store, said = taken(big)
    assert (said.accepted, codes(said)) == (False, ["too_large"])
    many = made.revoked(utopia().authority, *range(6000))
    assert codes(taken(many)[1]) == ["too_many_parts"]


def test_a_number_beyond_all_measure_is_refused() -> None:
    """Before anybody looks at who signed it: it could not even be written down."""
    for number, codes_of in ((2**159 - 1, []), (2**160, ["number_not_allowed"])):
        assert codes(taken(revocations(utopia().authority, number=number))[1]) == codes_of
    stranger = made.certify(utopia().name, made.new_key(), authority=True)
    huge = made.revoked(stranger, number=2**16000)
    store, (whole, said) = import_all(
        trusting(utopia().authority.certificate),
        "icao.ldif",
        download(revocations_entry(huge)),
        by="Issa",
        at=NOW,
    )
    assert (whole.accepted, codes(said), store.revocations) == (True, ["number_not_allowed"], ())


def test_no_spoilt_byte_is_taken_in() -> None:
    whole = revocations(utopia().authority, {signer(): REASONS.superseded})
    for at in range(len(whole)):
        spoilt = bytearray(whole)
        spoilt[at] ^= 1 << at % 8
        store, said = taken(bytes(spoilt))
        assert (said.accepted, store.revocations) == (False, ())


def test_a_file_is_taken_in_by_a_process_of_its_own() -> None:
    store = trusting(utopia().authority.certificate)
    file = revocations(utopia().authority, {signer(): None})
    given = {"by": "Issa", "at": NOW}
    assert import_file_confined(store, "a.crl", file, **given) == import_file(
        store, "a.crl", file, **given
    )
    same, said = import_file_confined(store, "a.crl", file, **given, seconds=0.01)
    assert (same, said.accepted, codes(said)) == (store, False, ["took_too_long"])
    same, said = import_file_confined(store, "a.crl", bytes(5 << 20), **given)
    assert (same, codes(said)) == (store, ["too_large"])
    with pytest.raises(NotPossible, match="nobody"):
        import_file_confined(TrustStore(), "a.cer", utopia().authority.certificate, by=" ", at=NOW)


def test_what_is_no_list_says_so() -> None:
    for data in (b"", b"\x30\0", made.seq(made.seq(made.num(1)))):
        assert not looks_like_revocations(data)
        with pytest.raises(Unreadable):
            read_revocations(data)
