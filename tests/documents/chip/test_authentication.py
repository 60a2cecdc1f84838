"""Passive authentication: four outcomes, and every way to spoil a chip."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, datetime
from functools import cache

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from openmidas.documents.chip import (
    Authentication,
    TrustStore,
    approve,
    authenticate,
    import_file,
    remove,
)
from openmidas.documents.chip.steps import STEPS
from tests.documents.chip import made
from tests.documents.chip.made import NOW, Signed, StateOfOurs, sod_of


@cache
def utopia() -> StateOfOurs:
    return StateOfOurs()


def trusting(*certificates: bytes) -> TrustStore:
    store = TrustStore()
    for der in certificates:
        store, taken = import_file(store, "x.cer", der, by="Issa", at=NOW)
        if taken.state == "proposed":
            store = approve(store, taken.fingerprint, by="Awa", at=NOW)
    return store


def checked(
    signed: Signed | bytes,
    store: TrustStore | None = None,
    groups: dict[int, bytes] | None = None,
    **more: str,
) -> Authentication:
    sod = signed if isinstance(signed, bytes) else sod_of(signed)
    store = trusting(utopia().authority.certificate) if store is None else store
    return authenticate(sod, utopia().groups if groups is None else groups, store, at=NOW, **more)


def failed(said: Authentication) -> dict[str, list[str]]:
    """The steps that failed, with the codes of what is wrong."""
    return {
        step.name: [one.code for one in step.findings if not one.informative]
        for step in said.steps
        if step.outcome == "failed"
    }


def test_a_chip_as_the_state_signed_it() -> None:
    said = checked(utopia().signed, issuer="UTO")
    assert said.outcome == "valid"
    assert [step.name for step in said.steps] == list(STEPS)
    assert {step.name: step.outcome for step in said.steps if step.outcome != "passed"} == {
        "revocation": "not_performed"
    }
    assert said.groups == {1: "same", 2: "same", 11: "same"}
    assert said.country == "UT"
    assert said.scheme == "ECDSA, SHA-256, brainpoolP256r1"
    assert said.path == ("C=UT, CN=Signer 1", "C=UT, CN=CSCA Utopia")


def test_nobody_knows_the_issuer() -> None:
    said = checked(utopia().signed, TrustStore())
    assert said.outcome == "issuer_unknown"
    assert said.step("chain").outcome == "unknown"
    assert said.step("chain").findings[0].code == "issuer_unknown"


def test_another_key_of_the_same_name_says_nothing_against_it() -> None:
    older = made.certify(utopia().name, made.new_key(), authority=True)
    said = checked(utopia().signed, trusting(older.certificate))
    assert said.outcome == "issuer_unknown"
    assert said.step("chain").findings[0].code == "issuer_key_unknown"


def test_no_security_object() -> None:
    assert authenticate(None, utopia().groups, TrustStore(), at=NOW).outcome == "not_performed"


@pytest.mark.parametrize("groups", [{}, {2: None}])
def test_without_the_zone_nothing_is_said(groups: dict[int, None]) -> None:
    read = {number: utopia().groups[number] for number in groups}
    said = checked(utopia().signed, groups=read)
    assert said.outcome == "not_performed"
    assert said.groups[1] == "not_read"


def test_a_changed_group() -> None:
    for number, file in utopia().groups.items():
        for at in range(0, len(file), 7):
            spoilt = bytearray(file)
            spoilt[at] ^= 1 << at % 8
            said = checked(utopia().signed, groups=utopia().groups | {number: bytes(spoilt)})
            assert said.outcome == "invalid"
            assert failed(said) == {"hashes": ["group_changed"]}
            assert said.groups[number] == "differs"


def test_a_group_that_nobody_signed() -> None:
    said = checked(utopia().signed, groups=utopia().groups | {15: b"\x6f\0"})
    assert (said.outcome, failed(said)) == ("invalid", {"hashes": ["group_not_signed"]})


WRONG = {
    "another content type": ({"content_type": "1.2.3", "signed_type": made.LDS}, "content"),
    "another signed type": ({"signed_type": "1.2.3"}, "content"),
    "not this kind at all": ({"content_type": made.MASTER_LIST}, "content"),
    "hash not announced": ({"digests": ("2.16.840.1.101.3.4.2.3",)}, "content"),
    "another serial": ({"serial": 8}, "signer"),
    "another issuer": ({"issuer_name": made.named("UT", "CSCA Utopie")}, "signer"),
    "signed before its time": ({"signed_at": datetime(2023, 1, 1, tzinfo=UTC)}, "validity"),
}


@pytest.mark.parametrize(("changes", "step"), WRONG.values(), ids=WRONG)
def test_what_cms_leaves_unsigned(changes: dict[str, object], step: str) -> None:
    said = checked(utopia().signed.but(**changes))
    assert said.outcome == "invalid"
    assert list(failed(said)) == [step]


def test_the_name_of_the_issuer_in_other_letters_is_the_same_name() -> None:
    said = checked(utopia().signed.but(issuer_name=made.named("ut", "csca  UTOPIA", 0x13)))
    assert said.outcome == "valid"
    assert [one.code for one in said.step("signer").findings] == ["signer_spelled_otherwise"]


def test_the_signer_named_by_its_key() -> None:
    assert checked(utopia().signed.but(by_key_id=True)).outcome == "valid"


def test_an_expired_signer() -> None:
    ended = datetime(2025, 1, 1, tzinfo=UTC)
    signer = made.certify(made.named("UT", "Old"), made.new_key(), utopia().authority, until=ended)
    assert failed(checked(utopia().signed.but(signer=signer))) == {
        "validity": ["certificate_not_valid_then"]
    }
    in_time = utopia().signed.but(signer=signer, signed_at=datetime(2024, 6, 1, tzinfo=UTC))
    said = checked(in_time)
    assert said.outcome == "valid"
    assert [one.code for one in said.step("validity").findings] == ["certificate_ended_since"]
    untold = checked(utopia().signed.but(signer=signer, signed_at=None))
    assert (untold.outcome, untold.step("validity").outcome) == ("not_performed", "unknown")


def test_an_authority_that_had_ended_when_it_signed() -> None:
    short = made.certify(
        utopia().name, made.new_key(), authority=True, until=datetime(2024, 1, 2, tzinfo=UTC)
    )
    late = datetime(2025, 1, 1, tzinfo=UTC)
    signer = made.certify(made.named("UT", "Late"), made.new_key(), short, since=late)
    said = checked(utopia().signed.but(signer=signer), trusting(short.certificate))
    assert failed(said) == {"validity": ["issuer_not_valid_then"]}


def test_a_revoked_signer() -> None:
    store = trusting(utopia().authority.certificate)
    store, none = import_file(
        store, "a.crl", made.revoked(utopia().authority, 99), by="Issa", at=NOW
    )
    assert none.accepted
    assert checked(utopia().signed, store).step("revocation").outcome == "passed"
    newer = made.revoked(utopia().authority, utopia().signer.serial)
    store, _ = import_file(store, "b.crl", newer, by="Issa", at=NOW)
    said = checked(utopia().signed, store)
    assert (said.outcome, failed(said)) == ("invalid", {"revocation": ["certificate_revoked"]})


def test_an_old_list_of_revoked_certificates_is_called_old() -> None:
    old = made.revoked(utopia().authority, until=datetime(2026, 2, 1, tzinfo=UTC))
    store, _ = import_file(
        trusting(utopia().authority.certificate), "a.crl", old, by="Issa", at=NOW
    )
    said = checked(utopia().signed, store).step("revocation")
    assert [one.code for one in said.findings] == ["revocations_old"]


def test_an_older_list_takes_back_no_revocation() -> None:
    store = trusting(utopia().authority.certificate)
    bad = made.revoked(utopia().authority, utopia().signer.serial)
    older = made.revoked(utopia().authority, since=datetime(2025, 1, 1, tzinfo=UTC))
    for name, file in (("bad.crl", bad), ("older.crl", older)):
        store, _ = import_file(store, name, file, by="Issa", at=NOW)
    assert checked(utopia().signed, store).outcome == "invalid"


def test_revocations_by_somebody_else_are_not_taken() -> None:
    other = made.certify(utopia().name, made.new_key(), authority=True)
    store = trusting(utopia().authority.certificate)
    same, said = import_file(store, "a.crl", made.revoked(other, 7), by="Issa", at=NOW)
    assert not said.accepted
    assert same == store


def test_a_forged_certificate_of_the_signer() -> None:
    forger = made.Holder(made.new_key(), utopia().name, utopia().authority.key_id, b"", 1)
    forged = made.certify(made.named("UT", "Signer 1"), made.new_key(), forger)
    said = checked(utopia().signed.but(signer=forged))
    assert failed(said) == {"chain": ["certificate_signature_wrong"]}


def test_a_certificate_made_for_something_else() -> None:
    listing = made.certify(
        made.named("UT", "Lists"), made.new_key(), utopia().authority, purposes=("2.23.136.1.1.3",)
    )
    for signer in (listing, utopia().authority):
        said = checked(utopia().signed.but(signer=signer))
        assert failed(said)["chain"] == ["not_a_document_signer"]


def test_a_state_does_not_sign_for_another() -> None:
    said = checked(utopia().signed, issuer="NER")
    assert (said.outcome, failed(said)) == ("invalid", {"state": ["state_differs"]})


def test_the_way_over_a_link_certificate() -> None:
    key = made.new_key(ec.SECP384R1())
    name = made.named("UT", "CSCA Utopia 2")
    new = made.certify(name, key, serial=2, authority=True)
    link = made.certify(name, key, utopia().authority, serial=3, authority=True)
    signer = made.certify(made.named("UT", "Signer 2"), made.new_key(), new)
    signed = utopia().signed.but(signer=signer)
    assert checked(signed).outcome == "issuer_unknown"
    store, taken = import_file(
        trusting(utopia().authority.certificate), "link.cer", link.certificate, by="", at=NOW
    )
    assert taken.state == "trusted"
    said = checked(signed, store)
    assert said.outcome == "valid"
    assert said.path == ("C=UT, CN=Signer 2", "C=UT, CN=CSCA Utopia 2", "C=UT, CN=CSCA Utopia")
    gone = remove(store, store.entries[0].fingerprint, by="Awa", at=NOW)
    assert checked(signed, gone).outcome == "issuer_unknown"


KEYS = {
    "brainpoolP256r1 spelled out": (ec.BrainpoolP256R1(), True, False),
    "secp256r1 spelled out": (ec.SECP256R1(), True, False),
    "brainpoolP384r1": (ec.BrainpoolP384R1(), False, False),
    "brainpoolP512r1": (ec.BrainpoolP512R1(), False, False),
    "secp224r1": (ec.SECP224R1(), False, False),
    "secp521r1": (ec.SECP521R1(), False, False),
    "RSA": (None, False, False),
    "RSA-PSS": (None, False, True),
}


@pytest.mark.parametrize(("curve", "explicit", "pss"), KEYS.values(), ids=KEYS)
def test_every_kind_of_key(curve: ec.EllipticCurve | None, explicit: bool, pss: bool) -> None:
    key = made.new_key(curve) if curve else rsa.generate_private_key(65537, 2048)
    info = made.key_info(key, explicit)
    root = made.certify(utopia().name, key, authority=True, info=info, pss=pss)
    signer = made.certify(made.named("UT", "S"), key, root, info=info, pss=pss)
    store = trusting(root.certificate)
    assert checked(utopia().signed.but(signer=signer, pss=pss), store).outcome == "valid"
    forged = bytearray(sod_of(utopia().signed.but(signer=signer, pss=pss)))
    forged[-5] ^= 4
    assert checked(bytes(forged), store).outcome == "invalid"


def test_a_generator_of_ones_own_is_no_curve() -> None:
    """With it anybody could sign for a public key of a State (CVE-2020-0601)."""
    key = made.new_key()
    info = made.key_info(key, explicit=True, generator_twisted=True)
    root = made.certify(utopia().name, key, authority=True, info=info)
    _store, said = import_file(TrustStore(), "x.cer", root.certificate, by="Issa", at=NOW)
    assert not said.accepted
    assert said.findings[0].code == "curve_unknown"


def test_no_flipped_bit_is_accepted() -> None:
    """Every bit that is flipped makes a chip invalid, its issuer unknown (in what its certificate says of
    its issuer's key), or, in the name of the issuer alone, a capital letter a small one: the same name.
    """
    sod = utopia().sod
    store = trusting(utopia().authority.certificate)
    chance = random.Random(9303)  # noqa: S311  the same bits each time
    outcomes: Counter[str] = Counter()
    for _each in range(300):
        spoilt = bytearray(sod)
        spoilt[chance.randrange(len(sod))] ^= 1 << chance.randrange(8)
        said = checked(bytes(spoilt), store)
        outcomes[said.outcome] += 1
        if said.outcome == "valid":
            assert [one.code for one in said.step("signer").findings] == [
                "signer_spelled_otherwise"
            ]
    assert outcomes["valid"] <= 10
    assert outcomes["not_performed"] == 0


def test_an_answer_goes_over_a_wire() -> None:
    said = checked(utopia().signed, issuer="UTO")
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(said), type=Authentication) == said
