"""Whether a seal is genuine: one of four outcomes, with what was checked, what not, and why."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import NamedTuple

import msgspec

from openmidas.documents.chip.certificates import Certificate
from openmidas.documents.chip.countries import same_state
from openmidas.documents.chip.revocations import Lists, standing
from openmidas.documents.chip.seal_signers import is_of_its_state, may_seal, signer_of
from openmidas.documents.reading import ReadingFinding
from openmidas.documents.receipts import Outcome as ReceiptOutcome
from openmidas.documents.seals.certificates import (
    Trust,
    UnknownCurve,
    for_vdsnc,
    holds,
    in_force,
)
from openmidas.documents.seals.problems import finding
from openmidas.documents.seals.receipt import ReceiptSeal, check_receipt
from openmidas.documents.seals.vds import Vds
from openmidas.documents.seals.vdsnc import ALGORITHM, VdsNc, certificate_of


class Outcome(StrEnum):
    """What became of a check. ``issuer_unknown`` says nothing against a seal, and nothing for it."""

    VALID = "valid"
    INVALID = "invalid"
    ISSUER_UNKNOWN = "issuer_unknown"
    NOT_PERFORMED = "not_performed"


class Checks(msgspec.Struct, frozen=True, kw_only=True):
    """Each step by itself. ``chain``: whether somebody who is believed stands behind the signer."""

    signature: Outcome = Outcome.NOT_PERFORMED
    in_force: Outcome = Outcome.NOT_PERFORMED
    chain: Outcome = Outcome.NOT_PERFORMED
    revocation: Outcome = Outcome.NOT_PERFORMED
    """Not performed where that authority has no list here, or a stale one: a finding says so."""


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What a seal is worth. ``signer``: the subject of the certificate that it was checked with."""

    outcome: Outcome
    checks: Checks = Checks()
    signer: str = ""
    findings: tuple[ReadingFinding, ...] = ()


def check_seal(seal: Vds | VdsNc | ReceiptSeal, trust: Trust, *, on: date) -> Verdict:
    """Check a seal. ``on``: today, for seals that do not say when they were signed, and for stale lists."""
    match seal:
        case Vds():
            return _check_vds(seal, trust, on)
        case VdsNc():
            return _check_vdsnc(seal, trust, on)
        case ReceiptSeal():
            return _check_receipt(seal, trust)


def _check_vds(seal: Vds, trust: Trust, on: date) -> Verdict:
    header = seal.header
    if not seal.signature:
        return _not_performed("signature_missing")
    if header.signed is None:
        return _not_performed("signing_date_missing")
    certificates = trust.named(header.signer, header.reference)
    if not certificates:
        said = f"{header.signer} {header.reference}"
        return _unknown(finding("certificate_missing", "certificate", signer=said))
    signed = _Signed(seal.covered, seal.signature, header.signed, header.issuer)
    verdicts = [_with(one, signed, trust, on) for one in certificates]
    # Two certificates of one name: the seal is of the one that fits.
    return min(verdicts, key=lambda verdict: _BEST.index(verdict.outcome))


def _check_vdsnc(seal: VdsNc, trust: Trust, on: date) -> Verdict:
    if seal.algorithm != ALGORITHM:
        return _not_performed("algorithm_unknown", read=seal.algorithm[:20])
    certificate = certificate_of(seal)
    if certificate is None:
        return Verdict(
            outcome=Outcome.INVALID, findings=(finding("certificate_malformed", "certificate"),)
        )
    signed = _Signed(seal.covered, seal.signature, on, seal.issuer)
    verdict = _with(certificate, signed, trust, on)
    if verdict.outcome is Outcome.VALID and not for_vdsnc(certificate):
        # Else whoever signs passports, or anything else of the same authority, could seal.
        wrong = finding("certificate_purpose", "certificate", signer=verdict.signer)
        return msgspec.structs.replace(verdict, outcome=Outcome.INVALID, findings=(wrong,))
    return verdict


def _check_receipt(seal: ReceiptSeal, trust: Trust) -> Verdict:
    verdict = check_receipt(seal, trust.state_keys, trust.revoked)
    if verdict.outcome is ReceiptOutcome.UNKNOWN:
        return _unknown(finding("state_key_missing", "certificate"))
    if verdict.revoked is not None:
        since = verdict.revoked.isoformat(timespec="minutes")
        return Verdict(
            outcome=Outcome.INVALID,
            checks=Checks(signature=Outcome.VALID, chain=Outcome.VALID, revocation=Outcome.INVALID),
            findings=(finding("post_revoked", "certificate", since=since),),
        )
    if verdict.outcome is not ReceiptOutcome.VALID or verdict.certificate is None:
        return Verdict(
            outcome=Outcome.INVALID,
            checks=Checks(signature=Outcome.INVALID),
            findings=(finding("signature_wrong", "signature"),),
        )
    valid = Checks(signature=Outcome.VALID, chain=Outcome.VALID)
    return Verdict(outcome=Outcome.VALID, checks=valid, signer=verdict.certificate.name)


_BEST = (Outcome.VALID, Outcome.ISSUER_UNKNOWN, Outcome.NOT_PERFORMED, Outcome.INVALID)


class _Signed(NamedTuple):
    """What was signed, when, and for which State by its own word."""

    covered: bytes
    signature: bytes
    day: date
    issuer: str


def _with(certificate: Certificate, signed: _Signed, trust: Trust, on: date) -> Verdict:
    """The steps with one certificate: signature, period, who stands behind it, and whether still."""
    name, day = signer_of(certificate), signed.day
    try:
        right = _either(holds(certificate, signed.covered, signed.signature))
    except UnknownCurve as unknown:
        return _not_performed("key_unknown", read=str(unknown)[:60])
    chain, broken = _chain(certificate, signed, trust)
    revocation, revoked = _revocation(certificate, trust, on)
    checks = Checks(
        signature=right,
        in_force=_either(in_force(certificate, day)),
        chain=chain,
        revocation=revocation,
    )
    said = {"day": day.isoformat(), "signer": name}
    problems = (
        (checks.signature, (finding("signature_wrong", "signature"),)),
        (checks.in_force, (finding("certificate_not_in_force", "certificate", "", **said),)),
        (checks.chain, broken),
        (checks.revocation, revoked),
    )
    wrong = [one for step, found in problems if step is Outcome.INVALID for one in found]
    if wrong:
        return Verdict(outcome=Outcome.INVALID, checks=checks, signer=name, findings=tuple(wrong))
    if checks.chain is not Outcome.VALID:
        why = broken or (finding("authority_missing", "certificate", signer=name),)
        return Verdict(outcome=Outcome.ISSUER_UNKNOWN, checks=checks, signer=name, findings=why)
    return Verdict(outcome=Outcome.VALID, checks=checks, signer=name, findings=revoked)


_Found = tuple[Outcome, tuple[ReadingFinding, ...]]


def _chain(certificate: Certificate, signed: _Signed, trust: Trust) -> _Found:
    """Whether the signer is believed as it is, or by an authority of that State in force on that day."""
    if certificate in trust.signers:
        return Outcome.VALID, ()
    authority = trust.authority_of(certificate)
    if authority is None:
        # An authority of this name is known and did not sign it with the key that is known here. It may have
        # another key by now, so this is no proof of a forgery.
        return Outcome.ISSUER_UNKNOWN, ()
    name, country = signer_of(certificate), certificate.issuer.country
    if not may_seal(certificate):
        return Outcome.INVALID, (finding("certificate_purpose", "certificate", signer=name),)
    if not (country and certificate.subject.country):
        return Outcome.ISSUER_UNKNOWN, (finding("state_missing", "certificate", ""),)
    if not is_of_its_state(certificate):
        # Its letters are what people see, and any authority could write those of another State.
        own = {"signer": name, "country": country, "issuer": certificate.subject.country}
        return Outcome.INVALID, (finding("state_differs", "certificate", "", **own),)
    same = same_state(signed.issuer, country)
    if same is not True:
        # A code that no table has may be a State's all the same: then nobody can tell whether this one's.
        said = {"signer": name, "country": country, "issuer": signed.issuer}
        outcome = Outcome.INVALID if same is False else Outcome.ISSUER_UNKNOWN
        return outcome, (finding("state_differs", "certificate", "", **said),)
    if in_force(authority, signed.day):
        return Outcome.VALID, ()
    said = {"day": signed.day.isoformat(), "signer": name}
    return Outcome.INVALID, (finding("chain_wrong", "certificate", "", **said),)


def _revocation(certificate: Certificate, trust: Trust, on: date) -> _Found:
    """Whether the authority has taken the certificate back, by the lists that chips are checked with."""
    authority = trust.authority_of(certificate)
    lists = trust.store.revocations_of(authority) if authority else Lists()
    stood = standing(certificate, lists, datetime.combine(on, time(12), UTC))
    if stood.outcome == "passed":
        return Outcome.VALID, ()
    found = tuple(finding(one.code, "certificate", "", **one.params) for one in stood.findings)
    return Outcome.INVALID if stood.outcome == "failed" else Outcome.NOT_PERFORMED, found


def _either(right: bool) -> Outcome:
    return Outcome.VALID if right else Outcome.INVALID


def _not_performed(code: str, **params: str) -> Verdict:
    return Verdict(outcome=Outcome.NOT_PERFORMED, findings=(finding(code, "signature", **params),))


def _unknown(why: ReadingFinding) -> Verdict:
    return Verdict(outcome=Outcome.ISSUER_UNKNOWN, findings=(why,))
