"""From the certificate of a signer to one that is trusted (Doc 9303-11, 5.1; Doc 9303-12, 7)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

import msgspec

from openmidas.documents.chip.certificates import DIGITAL_SIGNATURE, Certificate
from openmidas.documents.chip.findings import ChipFinding, Unreadable
from openmidas.documents.chip.revocations import REVOCATION_PARAGRAPH, standing
from openmidas.documents.chip.steps import Step, StepName, StepOutcome
from openmidas.documents.chip.trust import Entry, TrustStore

_FIELD: StepName = "chain"
_PARAGRAPH = "Doc 9303-11, 5.1"
_PROFILE = "Doc 9303-12, 7.1"
_LONGEST_PATH = 6
_ICAO = "2.23.136."


class Path(msgspec.Struct, frozen=True):
    """The signer's certificate and those above it, the trusted one second."""

    certificates: tuple[Certificate, ...]
    step: Step


def find_path(signer: Certificate, trust: TrustStore) -> Path:
    """The way from a signer up to what is trusted, or why there is none."""
    findings = list(_about(signer))
    found = issuer_in(signer, trust)
    if isinstance(found, ChipFinding):
        unknown = found.code in ("issuer_unknown", "issuer_key_unknown")
        outcome: StepOutcome = "unknown" if unknown and not findings else "failed"
        return Path((signer,), Step(_FIELD, outcome, _PARAGRAPH, (*findings, found)))
    path = [signer]
    entry: Entry | None = found
    while entry is not None and len(path) < _LONGEST_PATH:
        path.append(entry.certificate)
        above = None if path[-1].self_issued else issuer_in(path[-1], trust)
        entry = above if isinstance(above, Entry) else None
    params = {"issuer": found.subject, "by": trust.vouchers(found)}
    through = ChipFinding(f"trusted_by_{found.how}", _FIELD, _PARAGRAPH, params, informative=True)
    outcome = "failed" if findings else "passed"
    return Path(tuple(path), Step(_FIELD, outcome, _PARAGRAPH, (*findings, through)))


def validity(path: Path, signed_at: datetime | None, at: datetime) -> Step:
    """Whether each certificate was in force when it signed.

    A signature tells when it was made, or does not: then today has to do, and a certificate that has ended
    since leaves the question open.
    """
    signer, *above = path.certificates
    findings = []
    outcome: StepOutcome = "passed"
    moment = signed_at or at
    if not signer.not_before <= moment <= signer.not_after:
        if signed_at is None and moment > signer.not_after:
            findings.append(_finding("signing_time_unknown", signer.not_after))
            outcome = "unknown"
        else:
            findings.append(_finding("certificate_not_valid_then", moment))
            outcome = "failed"
    if above and not above[0].not_before <= signer.not_before <= above[0].not_after:
        findings.append(_finding("issuer_not_valid_then", signer.not_before))
        outcome = "failed"
    if outcome == "passed" and at > signer.not_after:
        findings.append(_finding("certificate_ended_since", signer.not_after, informative=True))
    if signed_at and signed_at > at:
        findings.append(_finding("signed_later_than_now", signed_at, informative=True))
    return Step("validity", outcome, _PROFILE, tuple(findings))


def revocation(path: Path, trust: TrustStore, at: datetime) -> Step:
    """Whether the issuer of each certificate has taken it back, where there is a list of its (CRL)."""
    stood = [
        standing(certificate, trust.revocations_of(issuer), at)
        for certificate, issuer in zip(path.certificates, path.certificates[1:], strict=False)
    ]
    if not stood:
        return Step("revocation", "not_performed", REVOCATION_PARAGRAPH)
    revoked = next((one for one in stood if one.outcome == "failed"), None)
    said = revoked or stood[0]
    return Step("revocation", said.outcome, REVOCATION_PARAGRAPH, said.findings)


def issuer_in(certificate: Certificate, trust: TrustStore) -> Entry | ChipFinding:
    """The trusted certificate whose key signed this one.

    A State keeps its name through all its keys: one of the same name and another key than the certificate
    asks for says nothing against it, its own may just not have been brought here yet.
    """
    by_key = trust.with_key(certificate.issuer_key_id) if certificate.issuer_key_id else ()
    by_name = trust.with_name(certificate)
    problems = []
    for entry in _best_first((*by_key, *by_name)):
        issuer = entry.certificate
        if not issuer.may_sign_certificates():
            continue
        try:
            if not certificate.is_signed_by(issuer):
                continue
        except Unreadable as error:
            problems.append(error.finding(_FIELD, _PROFILE))
            continue
        if issuer.subject.country != certificate.issuer.country:
            params = {"signer": certificate.issuer.country, "issuer": issuer.subject.country}
            return ChipFinding("countries_differ", _FIELD, _PROFILE, params)
        return entry
    params = {"issuer": certificate.issuer.text}
    if problems:
        return problems[0]
    if by_key:
        return ChipFinding("certificate_signature_wrong", _FIELD, _PARAGRAPH, params)
    code = "issuer_key_unknown" if by_name else "issuer_unknown"
    return ChipFinding(code, _FIELD, _PARAGRAPH, params)


def _best_first(entries: Iterable[Entry]) -> list[Entry]:
    """Each once; those that stand by themselves before links with the same key."""
    once = {entry.fingerprint: entry for entry in entries}.values()
    return sorted(once, key=lambda entry: not entry.certificate.self_issued)


def _about(signer: Certificate) -> Iterator[ChipFinding]:
    """What forbids a certificate to sign documents: it is made for something else."""
    usage, purposes = signer.extensions.usage, signer.extensions.purposes
    signs = usage is None or DIGITAL_SIGNATURE in usage
    other = any(purpose.startswith(_ICAO) for purpose in purposes)
    if signer.extensions.authority or not signs or other:
        yield ChipFinding("not_a_document_signer", _FIELD, _PROFILE)


def _finding(code: str, moment: datetime, informative: bool = False) -> ChipFinding:
    params = {"day": moment.date().isoformat()}
    return ChipFinding(code, "validity", _PROFILE, params, informative)
