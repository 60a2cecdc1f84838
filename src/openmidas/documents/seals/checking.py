"""Whether a seal is genuine: one of four outcomes, with what was checked, what not, and why."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import msgspec

from openmidas.documents.chip.certificates import Certificate
from openmidas.documents.reading import ReadingFinding
from openmidas.documents.receipts import Outcome as ReceiptOutcome
from openmidas.documents.seals.certificates import (
    Trust,
    UnknownCurve,
    for_vdsnc,
    holds,
    in_force,
    issuer_among,
    named,
    signer_of,
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


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What a seal is worth. ``signer``: the subject of the certificate that it was checked with."""

    outcome: Outcome
    checks: Checks = Checks()
    signer: str = ""
    findings: tuple[ReadingFinding, ...] = ()


def check_seal(seal: Vds | VdsNc | ReceiptSeal, trust: Trust, *, on: date) -> Verdict:
    """Check a seal. ``on``: today, for seals that do not say when they were signed."""
    match seal:
        case Vds():
            return _check_vds(seal, trust)
        case VdsNc():
            return _check_vdsnc(seal, trust, on)
        case ReceiptSeal():
            return _check_receipt(seal, trust)


def _check_vds(seal: Vds, trust: Trust) -> Verdict:
    header = seal.header
    if not seal.signature:
        return _not_performed("signature_missing")
    if header.signed is None:
        return _not_performed("signing_date_missing")
    certificates = named((*trust.signers, *trust.offered), header.signer, header.reference)
    if not certificates:
        said = f"{header.signer} {header.reference}"
        return _unknown(finding("certificate_missing", "certificate", signer=said))
    verdicts = [
        _with(one, seal.covered, seal.signature, trust, header.signed) for one in certificates
    ]
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
    verdict = _with(certificate, seal.covered, seal.signature, trust, on)
    if verdict.outcome is Outcome.VALID and not for_vdsnc(certificate):
        # Else whoever signs passports, or anything else of the same authority, could seal.
        wrong = finding("certificate_purpose", "certificate", signer=verdict.signer)
        return msgspec.structs.replace(verdict, outcome=Outcome.INVALID, findings=(wrong,))
    return verdict


def _check_receipt(seal: ReceiptSeal, trust: Trust) -> Verdict:
    verdict = check_receipt(seal, trust.state_keys)
    if verdict.outcome is ReceiptOutcome.UNKNOWN:
        return _unknown(finding("state_key_missing", "certificate"))
    if verdict.outcome is not ReceiptOutcome.VALID or verdict.certificate is None:
        return Verdict(
            outcome=Outcome.INVALID,
            checks=Checks(signature=Outcome.INVALID),
            findings=(finding("signature_wrong", "signature"),),
        )
    valid = Checks(signature=Outcome.VALID, chain=Outcome.VALID)
    return Verdict(outcome=Outcome.VALID, checks=valid, signer=verdict.certificate.name)


_BEST = (Outcome.VALID, Outcome.ISSUER_UNKNOWN, Outcome.NOT_PERFORMED, Outcome.INVALID)


def _with(
    certificate: Certificate, covered: bytes, signature: bytes, trust: Trust, day: date
) -> Verdict:
    """The steps with one certificate: signature, period, and who stands behind it."""
    name = signer_of(certificate)
    try:
        signed = _either(holds(certificate, covered, signature))
    except UnknownCurve as unknown:
        return _not_performed("key_unknown", read=str(unknown)[:60])
    period = _either(in_force(certificate, day))
    checks = Checks(signature=signed, in_force=period, chain=_chain(certificate, trust, day))
    said = {"day": day.isoformat(), "signer": name}
    problems = (
        (checks.signature, finding("signature_wrong", "signature")),
        (checks.in_force, finding("certificate_not_in_force", "certificate", "", **said)),
        (checks.chain, finding("chain_wrong", "certificate", "", **said)),
    )
    wrong = [problem for step, problem in problems if step is Outcome.INVALID]
    if wrong:
        return Verdict(outcome=Outcome.INVALID, checks=checks, signer=name, findings=tuple(wrong))
    if checks.chain is not Outcome.VALID:
        unknown_issuer = finding("authority_missing", "certificate", signer=name)
        return Verdict(
            outcome=Outcome.ISSUER_UNKNOWN, checks=checks, signer=name, findings=(unknown_issuer,)
        )
    return Verdict(outcome=Outcome.VALID, checks=checks, signer=name)


def _chain(certificate: Certificate, trust: Trust, day: date) -> Outcome:
    """Whether the signer is believed as it is, or by an authority that was in force on that day."""
    if certificate in trust.signers:
        return Outcome.VALID
    authority = issuer_among(certificate, trust.authorities)
    if authority is not None:
        return _either(in_force(authority, day))
    # An authority of this name is known and did not sign it with the key that is known here. It may have
    # another key by now, so this is no proof of a forgery.
    return Outcome.ISSUER_UNKNOWN


def _either(right: bool) -> Outcome:
    return Outcome.VALID if right else Outcome.INVALID


def _not_performed(code: str, **params: str) -> Verdict:
    return Verdict(outcome=Outcome.NOT_PERFORMED, findings=(finding(code, "signature", **params),))


def _unknown(why: ReadingFinding) -> Verdict:
    return Verdict(outcome=Outcome.ISSUER_UNKNOWN, findings=(why,))
