"""What a chip and the seals say of the traveller who stands at the lane: findings like all others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from openmidas.crossings.evidence.kept import (
    STALE_REVOCATIONS,
    Agreement,
    Originality,
    Proof,
    ReadChip,
    ReadSeal,
)
from openmidas.crossings.inspection import Finding, Severity

RECEIPTS = frozenset({"receipt", "entry_stamp"})
_SEVERITIES = {Proof.INVALID: Severity.STOP}


def check_chip(chip: ReadChip | None) -> Iterator[Finding]:
    """What the chip came to. One that was not read is no finding: few documents have a chip.

    That the State's certificate is missing says nothing against the traveller, so it informs and no more. A
    copy stops, and nobody is told that it is genuine, though all that stands in it is. A copy can answer so
    that nobody can tell, as a bad contact does: that is looked at.
    """
    if chip is None:
        return
    copy = chip.originality is Originality.FAILED
    if copy:
        yield _found("chip_copy", Severity.STOP, {})
    if not copy or chip.outcome in (Proof.INVALID, Proof.NOT_PERFORMED):
        yield _came_to(chip)
    if chip.outcome is Proof.VALID and chip.originality is Originality.UNKNOWN:
        yield _found("chip_unproven", Severity.LOOK, {})
    if chip.outcome is Proof.VALID and revocations_stale(chip):
        yield _found("chip_revocations_stale", Severity.LOOK, {})
    if chip.differs:
        yield _found("chip_differs", Severity.STOP, {"fields": ", ".join(chip.differs)})
    elif not chip.compared and chip.outcome in (Proof.VALID, Proof.ISSUER_UNKNOWN):
        yield _found("chip_not_compared", Severity.LOOK, {})


def _came_to(chip: ReadChip) -> Finding:
    """What passive authentication came to; of a genuine chip also whether it proved to be the original."""
    valid = chip.outcome is Proof.VALID
    params = {"signed_by": chip.state, "proven": chip.originality.value} if valid else {}
    if chip.why:
        params["chip_why"] = chip.why
    return _found(f"chip_{chip.outcome}", _SEVERITIES.get(chip.outcome), params)


def check_seals(seals: Iterable[ReadSeal]) -> Iterator[Finding]:
    """What each seal came to.

    One of another document stops. A receipt of another one does not: people carry those of a family, and
    those of the passport that they had before.
    """
    for seal in seals:
        params = {"seal": seal.kind}
        if seal.outcome is Proof.VALID and seal.receipt is not None:
            yield _found("seal_receipt", None, _said(seal))
        else:
            params |= {"signer": seal.signer} if seal.outcome is Proof.VALID else {}
            why = seal.why if seal.outcome is not Proof.VALID else ""
            params |= {"seal_why": why} if why else {}
            yield _found(f"seal_{seal.outcome}", _SEVERITIES.get(seal.outcome), params)
        if seal.outcome is Proof.VALID and seal.why == STALE_REVOCATIONS:
            yield _found("seal_revocations_stale", Severity.LOOK, {"seal": seal.kind})
        if seal.document is Agreement.OTHER:
            severity = Severity.LOOK if seal.kind in RECEIPTS else Severity.STOP
            yield _found("seal_differs", severity, {"seal": seal.kind})


def revocations_stale(chip: ReadChip) -> bool:
    """Whether the list of revoked certificates that the signer is not on is stale: never shown as clear."""
    return chip.steps.get("revocation") == "unknown"


def stops(findings: Iterable[Finding]) -> bool:
    """Whether one of them holds the traveller."""
    return any(finding.severity is Severity.STOP for finding in findings)


def _said(seal: ReadSeal) -> dict[str, str]:
    """A receipt's own words."""
    said = seal.receipt
    if said is None:
        return {}
    told = {"number": said.number, "post": said.post, "at": said.at, "direction": said.direction}
    return told | ({"until": said.until} if said.until else {})


def _found(code: str, severity: Severity | None, params: dict[str, str]) -> Finding:
    return Finding(code=code, severity=severity or Severity.INFO, params=params)
