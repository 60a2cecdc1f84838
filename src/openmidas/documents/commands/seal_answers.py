"""Seals for other programs, as JSON, and for people at a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Literal

import msgspec

from openmidas.documents.commands.answers import as_answer
from openmidas.documents.commands.field_words import about
from openmidas.documents.commands.languages import Language, in_language
from openmidas.documents.commands.parsing import shown
from openmidas.documents.commands.seal_words import OUTCOMES, word_seal_finding
from openmidas.documents.reading import ReadingFinding
from openmidas.documents.seals import (
    STAMP,
    ReceiptSeal,
    SealReading,
    Vds,
    VdsHeader,
    VdsNc,
    stamp_fields,
)


class Unknown(msgspec.Struct, frozen=True):
    """A feature that is not known here. ``bytes``: hexadecimal."""

    tag: str
    bytes: str


class Told(msgspec.Struct, frozen=True):
    """A finding with its sentence."""

    code: str
    field: str
    message: str
    paragraph: str


class SealAnswer(msgspec.Struct, kw_only=True):
    """What is answered about one seal, or about a file without one (``format`` None).

    ``outcome`` and ``checks`` are those of `documents.seals.Verdict`; ``fields`` of a receipt are told only
    where it is valid; ``message`` is what a VDS-NC says; ``zone`` is read as ``midas read mrz`` does.
    """

    file: str
    format: Literal["vds", "vds-nc", "receipt"] | None
    code: str = ""
    kind: str = ""
    issuer: str = ""
    signer: str = ""
    reference: str = ""
    issued: date | None = None
    signed: date | None = None
    fields: dict[str, str] = {}
    unknown: list[Unknown] = []
    message: dict[str, Any] | None = None
    zone: dict[str, Any] | None = None
    outcome: str = "not_performed"
    checks: dict[str, str] = {}
    checked_with: str = ""
    findings: list[Told] = []


def as_seal_answer(read: SealReading, language: Language, *, file: str, code: str) -> SealAnswer:
    """A seal, what it says and what it is worth."""
    verdict = read.verdict
    answer = _said(read, language, file)
    answer.code = code
    answer.outcome = str(verdict.outcome)
    answer.checks = {name: str(getattr(verdict.checks, name)) for name in _STEPS}
    answer.checked_with = verdict.signer
    answer.findings = [*tell(verdict.findings, language), *answer.findings]
    return answer


def no_seal(finding: ReadingFinding, language: Language, *, file: str, code: str) -> SealAnswer:
    """The answer where there is no seal."""
    return SealAnswer(file=file, format=None, code=code, findings=tell([finding], language))


def as_seal_text(answer: SealAnswer, language: Language) -> str:
    """An answer for a person: what it is worth first, then what it says, then what there is to know."""
    worth = in_language(OUTCOMES[answer.outcome], language) if answer.format else "–"
    head = [answer.file, worth, answer.kind or answer.format, answer.issuer, answer.checked_with]
    lines = ["  ".join(text for text in head if text)]
    lines += [
        about(name, text.replace("\n", " / "), "", language) for name, text in answer.fields.items()
    ]
    lines += [f"  [{one.tag}]: {one.bytes}" for one in answer.unknown]
    if answer.message is not None:
        lines.append("  " + msgspec.json.encode(answer.message).decode())
    lines += [about(one.field, one.message, one.paragraph, language) for one in answer.findings]
    return "\n".join(map(shown, lines))


def tell(findings: Sequence[ReadingFinding], language: Language) -> list[Told]:
    """Findings with their sentences."""
    return [
        Told(one.code, one.field, word_seal_finding(one, language), one.paragraph)
        for one in findings
    ]


_STEPS = ("signature", "in_force", "chain", "revocation")


def _said(read: SealReading, language: Language, file: str) -> SealAnswer:
    seal = read.seal
    match seal:
        case Vds():
            return _of_vds(seal.header, read, language, file)
        case VdsNc():
            return SealAnswer(
                file=file,
                format="vds-nc",
                kind=seal.kind,
                issuer=seal.issuer,
                message=seal.message,
            )
        case ReceiptSeal():
            return _of_receipt(read, file)


def _of_vds(header: VdsHeader, read: SealReading, language: Language, file: str) -> SealAnswer:
    fields = read.contents.fields if read.contents else ()
    findings = read.contents.findings if read.contents else ()
    return SealAnswer(
        file=file,
        format="vds",
        kind=read.contents.kind if read.contents else "",
        issuer=header.issuer,
        signer=header.signer,
        reference=header.reference,
        issued=header.issued,
        signed=header.signed,
        fields={one.name: one.text for one in fields if one.name},
        unknown=[Unknown(f"{one.tag:02x}", one.text) for one in fields if not one.name],
        zone=as_answer(read.zone, language) if read.zone else None,
        findings=tell(findings, language),
    )


def _of_receipt(read: SealReading, file: str) -> SealAnswer:
    answer = SealAnswer(file=file, format="receipt", kind=STAMP.name)
    if read.receipt is not None:
        answer.issuer = read.state
        answer.fields = stamp_fields(read.receipt, post=read.post)
    return answer
