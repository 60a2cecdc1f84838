"""Whether a seal is genuine: four outcomes, and each step by itself."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519

from openmidas.documents.commands.seal_words import word_seal_finding
from openmidas.documents.seals import (
    Checks,
    Outcome,
    Trust,
    Verdict,
    check_seal,
    read_seal,
    read_vds,
    write_vds,
)
from openmidas.documents.seals.certificates import in_force, load_certificate
from openmidas.documents.seals.reading import read_code
from openmidas.documents.seals.vds import with_signature, write_unsigned
from tests.documents.chip import made
from tests.documents.receipts.made import OTHER, POST_KEY, RECEIPT, STATE, code
from tests.documents.seals.made import SIGNED, certificate, key, seal

SIGNER = certificate(key())
OFFERED = certificate(key(), key(2))
AUTHORITY = certificate(key(2), authority=True, years=(2020, 2040))
ALL_VALID = Checks(signature=Outcome.VALID, in_force=Outcome.VALID, chain=Outcome.VALID)


def checked(data: bytes, **trust: object) -> Verdict:
    return check_seal(read_seal(data), Trust(**trust), on=SIGNED)  # type: ignore[arg-type]  each its own


def codes(verdict: Verdict) -> list[str]:
    return [finding.code for finding in verdict.findings]


@pytest.mark.parametrize("curve", [ec.SECP256R1, ec.BrainpoolP256R1, ec.SECP384R1, ec.SECP521R1])
def test_a_signer_who_is_believed(curve: type[ec.EllipticCurve]) -> None:
    verdict = checked(seal(curve=curve), signers=(certificate(key(curve=curve)),))
    assert (verdict.outcome, verdict.checks, verdict.signer) == (Outcome.VALID, ALL_VALID, "MLPF")
    # Nobody here knows its authority, so nobody can say that this has not taken it back.
    assert codes(verdict) == ["revocations_absent"]


def test_a_signer_whom_an_authority_signed() -> None:
    verdict = checked(seal(), offered=(OFFERED,), authorities=(AUTHORITY,))
    assert (verdict.outcome, verdict.checks) == (Outcome.VALID, ALL_VALID)


def test_an_authority_whose_certificate_spells_its_curve_out() -> None:
    """As a sixth of the real ones do (`tests.documents.chip.test_real_states`)."""
    spelled = made.key_info(key(2), explicit=True)
    holder = made.certify(made.named("ML", "CSCA"), key(2), authority=True, info=spelled)
    authority = load_certificate(holder.certificate)
    verdict = checked(seal(), offered=(OFFERED,), authorities=(authority,))
    assert (verdict.outcome, verdict.checks) == (Outcome.VALID, ALL_VALID)


def test_a_signer_whom_nobody_stands_behind_is_unknown() -> None:
    verdict = checked(seal(), offered=(OFFERED,))
    assert (verdict.outcome, codes(verdict)) == (Outcome.ISSUER_UNKNOWN, ["authority_missing"])
    assert verdict.checks.signature is Outcome.VALID
    # Nor does one that another authority of this name, or somebody who is none, has signed.
    impostor = certificate(key(3), authority=True)
    no_authority = certificate(key(2), years=(2020, 2040))
    for wrong in (impostor, no_authority):
        assert checked(seal(), offered=(OFFERED,), authorities=(wrong,)) == verdict


def test_a_signer_whom_the_authority_of_another_state_signed() -> None:
    """Any authority could write the letters of another State into a certificate."""
    niger = made.certify(made.named("NE", "CSCA"), key(2), authority=True)
    offered = made.certify(made.named("ML", "PF"), key(), niger, serial=0x1F)
    trust = {
        "offered": (load_certificate(offered.certificate),),
        "authorities": (load_certificate(niger.certificate),),
    }
    verdict = checked(seal(), **trust)
    assert (verdict.outcome, codes(verdict)) == (Outcome.INVALID, ["state_differs"])
    assert verdict.findings[0].params == {"signer": "MLPF", "country": "NE", "issuer": "ML"}


def test_a_seal_around_the_zone_of_another_state() -> None:
    niger = made.certify(made.named("NE", "PF"), key(), serial=0x1F)
    certificate_of_niger = load_certificate(niger.certificate)
    whole = read_vds(seal())
    header = msgspec.structs.replace(whole.header, issuer="NER", signer="NEPF")
    data = write_vds(header, whole.message, key())
    trust = Trust(signers=(certificate_of_niger,))
    assert check_seal(read_seal(data), trust, on=SIGNED).outcome is Outcome.VALID
    read = read_code(data, trust, today=SIGNED).seal
    assert read is not None
    assert (read.verdict.outcome, read.verdict.checks.chain) == (Outcome.INVALID, Outcome.INVALID)
    # What was found before is told as well, after it.
    assert codes(read.verdict) == ["zone_differs", "revocations_absent"]
    said = word_seal_finding(read.verdict.findings[0], "en")
    assert said.startswith("NEPF signs for the State NE, and the machine readable zone")
    assert said.endswith("is of MLI.")
    ours = read_code(seal(), Trust(signers=(SIGNER,)), today=SIGNED).seal
    assert ours is not None
    assert ours.verdict.outcome is Outcome.VALID


def test_a_certificate_that_is_for_something_else_seals_nothing() -> None:
    mali = made.certify(made.named("ML", "CSCA"), key(2), authority=True)
    offered = made.certify(
        made.named("ML", "PF"), key(), mali, serial=0x1F, purposes=("2.23.136.1.1.3",)
    )
    verdict = checked(
        seal(), offered=(load_certificate(offered.certificate),), authorities=(AUTHORITY,)
    )
    assert (verdict.outcome, codes(verdict)) == (Outcome.INVALID, ["certificate_purpose"])


def test_without_the_certificate_it_is_unknown() -> None:
    for nothing in ((), (certificate(key(), name="XX"),)):
        verdict = checked(seal(), signers=nothing)
        assert (verdict.outcome, codes(verdict)) == (
            Outcome.ISSUER_UNKNOWN,
            ["certificate_missing"],
        )


def test_a_certificate_that_was_not_in_force_when_it_was_signed() -> None:
    verdict = checked(seal(), signers=(certificate(key(), years=(2027, 2031)),))
    assert (verdict.outcome, codes(verdict)) == (Outcome.INVALID, ["certificate_not_in_force"])
    assert verdict.checks.signature is Outcome.VALID
    old = certificate(key(2), authority=True, years=(2010, 2020))
    verdict = checked(seal(), offered=(OFFERED,), authorities=(old,))
    assert (verdict.outcome, codes(verdict)) == (Outcome.INVALID, ["chain_wrong"])


def test_a_seal_that_another_key_signed() -> None:
    verdict = checked(seal(), signers=(certificate(key(3)),))
    assert (verdict.outcome, codes(verdict)) == (Outcome.INVALID, ["signature_wrong"])
    # Of two certificates of one name, the one that fits counts.
    assert checked(seal(), signers=(certificate(key(3)), SIGNER)).outcome is Outcome.VALID


def test_a_key_of_another_kind_is_not_checked_with() -> None:
    other = ed25519.Ed25519PrivateKey.generate()
    verdict = checked(seal(), signers=(certificate(other, key(2)),))  # type: ignore[arg-type]  of no curve
    assert (verdict.outcome, codes(verdict)) == (Outcome.NOT_PERFORMED, ["key_unknown"])


def test_a_signature_of_another_length_is_wrong() -> None:
    whole = read_vds(seal())
    for signature in (b"\1", whole.signature + b"\0", bytes(64), b"\xff" * 64):
        verdict = checked(with_signature(whole.covered, signature), signers=(SIGNER,))
        assert verdict.outcome is Outcome.INVALID


def test_what_does_not_say_when_it_was_signed_is_not_checked() -> None:
    whole = read_vds(seal())
    undated = msgspec.structs.replace(whole.header, signed=None)
    covered = write_unsigned(undated, whole.message)
    verdict = checked(with_signature(covered, whole.signature), signers=(SIGNER,))
    assert (verdict.outcome, codes(verdict)) == (Outcome.NOT_PERFORMED, ["signing_date_missing"])
    verdict = checked(whole.covered, signers=(SIGNER,))
    assert (verdict.outcome, codes(verdict)) == (Outcome.NOT_PERFORMED, ["signature_missing"])


def test_receipts_are_checked_by_the_key_of_the_state() -> None:
    receipt = code().encode()
    assert checked(receipt, state_keys=(OTHER, STATE)).outcome is Outcome.VALID
    assert checked(receipt, state_keys=(STATE,)).signer == "Kourémalé"
    assert checked(receipt, state_keys=(OTHER,)).outcome is Outcome.ISSUER_UNKNOWN
    changed = receipt[:-1] + (b"A" if receipt[-1:] != b"A" else b"B")
    assert checked(changed, state_keys=(STATE,)).outcome is Outcome.INVALID


def test_what_a_post_signed_after_its_state_ceased_to_trust_it_is_not_genuine() -> None:
    post = POST_KEY.public_key().public_bytes_raw()
    for since, outcome in (
        (RECEIPT.at - timedelta(minutes=1), Outcome.INVALID),
        (RECEIPT.at, Outcome.VALID),
    ):
        verdict = checked(code().encode(), state_keys=(STATE,), revoked={post: since})
        assert verdict.outcome is outcome
        assert codes(verdict) == (["post_revoked"] if outcome is Outcome.INVALID else [])


def test_a_day_is_in_force_from_its_first_hour_to_its_last() -> None:
    for day, right in (
        (date(2026, 1, 1), True),
        (date(2031, 1, 1), True),
        (date(2025, 12, 31), False),
    ):
        assert in_force(SIGNER, day) is right
    assert not in_force(SIGNER, date(2031, 1, 2))
