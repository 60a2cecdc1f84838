"""A chip's reading for other programs, as JSON, and for people at a terminal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from openmidas.documents.chip import ChipFinding, ChipReading, DocumentDetails, PersonDetails
from openmidas.documents.chip.access import ChipFiles
from openmidas.documents.commands.answers import as_answer, as_text
from openmidas.documents.commands.chip_access_words import OPTIONS
from openmidas.documents.commands.chip_words import (
    STEP_NAMES,
    word_chip_finding,
    word_originality,
    word_outcome,
    word_step,
)
from openmidas.documents.commands.field_words import about
from openmidas.documents.commands.languages import Language, in_language
from openmidas.documents.commands.parsing import shown


def findings_as_answers(
    findings: Iterable[ChipFinding], language: Language
) -> list[dict[str, Any]]:
    """Findings as plain values, each with its sentence."""
    return [
        {
            "code": finding.code,
            "field": finding.field,
            **({"place": finding.params["place"]} if "place" in finding.params else {}),
            "informative": finding.informative,
            "message": word_chip_finding(finding, language),
            "paragraph": finding.paragraph,
        }
        for finding in findings
    ]


def with_access(reading: ChipReading, found: ChipFiles) -> ChipReading:
    """The reading with what was found while the chip was read, first."""
    return msgspec.structs.replace(reading, findings=(*found.findings, *reading.findings))


def chip_as_answer(
    reading: ChipReading, language: Language, found: ChipFiles | None = None
) -> dict[str, Any]:
    """A chip's reading as plain values; what was not there, or cannot be read, is null.

    `found`: how the chip was opened, where it lay on a reader.
    """
    said = reading.authentication
    faces = reading.faces.faces if reading.faces else ()
    return {
        "outcome": said.outcome,
        "access": found.access if found else None,
        "cipher": found.cipher if found else None,
        "sentence": word_outcome(said.outcome, language),
        "originality": {
            "outcome": reading.originality,
            "sentence": word_originality(reading.originality, language),
        },
        "steps": [
            {
                "name": step.name,
                "outcome": step.outcome,
                "sentence": word_step(step, language),
                "paragraph": step.paragraph,
                "findings": findings_as_answers(step.findings, language),
            }
            for step in (*said.steps, *reading.proofs)
        ],
        "groups": {f"DG{number}": same for number, same in said.groups.items()},
        "country": said.country,
        "path": said.path,
        "scheme": said.scheme,
        "signed_at": said.signed_at.isoformat() if said.signed_at else None,
        "mrz": as_answer(reading.zone.reading, language) if reading.zone else None,
        "faces": [
            {
                "kind": face.kind,
                "width": face.width,
                "height": face.height,
                "bytes": len(face.picture),
                "standard": face.standard,
            }
            for face in faces
        ],
        "person": _details(reading.person),
        "document": _details(reading.document),
        "options": msgspec.to_builtins(reading.options),
        "key": reading.key.text if reading.key else None,
        "findings": findings_as_answers(reading.findings, language),
    }


def chip_as_text(reading: ChipReading, language: Language, found: ChipFiles | None = None) -> str:
    """The same for a person: the outcome first, then each step."""
    said = reading.authentication
    lines = [word_outcome(said.outcome, language), word_originality(reading.originality, language)]
    if found:
        opened = in_language(OPTIONS["opened"], language)
        lines.append(opened.format(access=found.access, cipher=found.cipher))
    if reading.zone:
        lines.append(as_text(reading.zone.reading, language))
    for step in (*said.steps, *reading.proofs):
        name = in_language(STEP_NAMES[step.name], language)
        lines.append(about(name, word_step(step, language), step.paragraph, language))
        lines += [f"    {shown(word_chip_finding(one, language))}" for one in step.findings]
    lines += [
        shown(about(one.field, word_chip_finding(one, language), one.paragraph, language))
        for one in reading.findings
    ]
    return "\n".join(lines)


def _details(details: PersonDetails | DocumentDetails | None) -> dict[str, Any] | None:
    """What is there of DG11 or DG12; its findings stand with the others."""
    if details is None:
        return None
    fields = msgspec.structs.asdict(details)
    if isinstance(details, PersonDetails) and details.birth:
        fields["birth"] = details.birth.text()
    return {name: value for name, value in fields.items() if name != "findings" and value}
