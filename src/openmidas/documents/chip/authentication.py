"""Passive authentication, to the end (Doc 9303-11, 5.1)."""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Mapping
from datetime import datetime

from openmidas.documents.chip.algorithms import digest
from openmidas.documents.chip.certificates import Certificate
from openmidas.documents.chip.chain import Path, find_path, revocation, validity
from openmidas.documents.chip.cms import content_findings, signature_findings, signer_findings
from openmidas.documents.chip.countries import same_state
from openmidas.documents.chip.findings import ChipFinding, Unreadable
from openmidas.documents.chip.sod import CONTENT_TYPE, SecurityObject, read_sod
from openmidas.documents.chip.steps import (
    STEPS,
    Authentication,
    GroupOutcome,
    Outcome,
    Step,
    StepName,
    StepOutcome,
)
from openmidas.documents.chip.trust import TrustStore

_PARAGRAPHS: Mapping[StepName, str] = {
    "structure": "Doc 9303-10, 4.6.2",
    "signer": "RFC 5652, 5.3",
    "content": "RFC 5652, 5.4",
    "signature": "Doc 9303-11, 5.1",
    "hashes": "Doc 9303-11, 5.1",
    "chain": "Doc 9303-11, 5.1",
    "validity": "Doc 9303-12, 7.1",
    "revocation": "Doc 9303-12, 6.1.2",
    "state": "Doc 9303-12, 7.1",
}
_MRZ_GROUP = 1


def authenticate(
    sod: bytes | None,
    groups: Mapping[int, bytes],
    trust: TrustStore,
    *,
    at: datetime,
    issuer: str = "",
) -> Authentication:
    """Check EF.SOD and the data groups that were read against what is trusted. Never raises.

    `groups`: whole files by the number of the group. `issuer`: the code of the State in the machine
    readable zone of DG1; empty where it could not be read.
    """
    if not sod:
        absent = ChipFinding("sod_absent", "SOD", _PARAGRAPHS["structure"])
        return _ended([_step("structure", [absent], "not_performed")], "not_performed")
    try:
        read = read_sod(sod)
    except Unreadable as error:
        broken = error.finding("SOD", _PARAGRAPHS["structure"])
        return _ended([_step("structure", [broken])], "invalid")
    return _checked(read, groups, trust, at, issuer)


def _checked(
    read: SecurityObject,
    groups: Mapping[int, bytes],
    trust: TrustStore,
    at: datetime,
    issuer: str,
) -> Authentication:
    signed = read.signed
    certificate, named = signer_findings(signed, "SOD")
    compared, hashes = _hashes(read, groups)
    steps = [
        _step("structure", []),
        _step("signer", named),
        _step("content", content_findings(signed, CONTENT_TYPE, "SOD")),
        hashes,
    ]
    path: Path | None = None
    if certificate is not None:
        steps.append(_step("signature", signature_findings(signed, certificate, "SOD")))
        steps.append(_state(certificate, issuer))
        try:
            path = find_path(certificate, trust)
            steps += [
                path.step,
                validity(path, signed.signer.signed_at, at),
                revocation(path, trust, at),
            ]
        except Unreadable:  # no fault of the chip: what is kept here is broken
            broken = ChipFinding("store_broken", "chain", _PARAGRAPHS["chain"])
            steps.append(_step("chain", [broken], "not_performed"))
    return _ended(
        steps,
        _outcome(steps, compared),
        groups=compared,
        country=certificate.issuer.country if certificate else "",
        path=tuple(one.subject.text for one in path.certificates) if path else (),
        scheme=f"{signed.signer.scheme.text}{_key(certificate)}",
        signed_at=signed.signer.signed_at,
    )


def _outcome(steps: Iterable[Step], groups: Mapping[int, GroupOutcome]) -> Outcome:
    by_name = {step.name: step.outcome for step in steps}
    if "failed" in by_name.values():
        return "invalid"
    open_still = by_name.get("validity") == "unknown" or by_name.get("chain") == "not_performed"
    if groups.get(_MRZ_GROUP) != "same" or open_still:
        return "not_performed"
    return "issuer_unknown" if by_name.get("chain") == "unknown" else "valid"


def _hashes(
    read: SecurityObject, groups: Mapping[int, bytes]
) -> tuple[dict[int, GroupOutcome], Step]:
    """Each group against its signed hash. What was not read says nothing; what is not signed, all."""
    compared: dict[int, GroupOutcome] = {}
    findings = []
    for group in sorted({*read.hashes, *groups}):
        if group not in groups:
            compared[group] = "not_read"
        elif group not in read.hashes:
            compared[group] = "not_signed"
            findings.append(_about(group, "group_not_signed"))
        elif hmac.compare_digest(digest(read.digest, groups[group]), read.hashes[group]):
            compared[group] = "same"
        else:
            compared[group] = "differs"
            findings.append(_about(group, "group_changed"))
    if findings or "same" in compared.values():
        return compared, _step("hashes", findings)
    nothing = ChipFinding("groups_absent", "hashes", _PARAGRAPHS["hashes"], {}, True)
    return compared, _step("hashes", [nothing], "not_performed")


def _state(certificate: Certificate, issuer: str) -> Step:
    """Whether the State of the machine readable zone is the one that signed: no State signs for another."""
    country = certificate.issuer.country
    same = same_state(issuer, country) if issuer else None
    if same is None:
        return _step("state", [], "not_performed")
    if same:
        return _step("state", [])
    params = {"zone": issuer, "signer": country}
    return _step("state", [ChipFinding("state_differs", "DG1", _PARAGRAPHS["state"], params)])


def _about(group: int, code: str) -> ChipFinding:
    return ChipFinding(code, f"DG{group}", _PARAGRAPHS["hashes"], {"group": str(group)})


def _key(certificate: Certificate | None) -> str:
    try:
        return f", {certificate.key.text}" if certificate else ""
    except Unreadable:
        return ""


def _step(
    name: StepName, findings: Iterable[ChipFinding], outcome: StepOutcome | None = None
) -> Step:
    found = tuple(findings)
    broken = any(not finding.informative for finding in found)
    return Step(name, outcome or ("failed" if broken else "passed"), _PARAGRAPHS[name], found)


def _ended(steps: list[Step], outcome: Outcome, **more: object) -> Authentication:
    """All steps in their order, those that were not come to as not performed."""
    by_name = {step.name: step for step in steps}
    whole = tuple(by_name.get(name) or _step(name, (), "not_performed") for name in STEPS)
    return Authentication(outcome=outcome, steps=whole, **more)  # type: ignore[arg-type]  # as named
