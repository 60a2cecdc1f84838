"""Readings for other programs, as JSON, and for people at a terminal."""

from __future__ import annotations

from typing import Any

import msgspec

from openmidas.documents.commands.field_words import about
from openmidas.documents.commands.languages import Language, in_language
from openmidas.documents.commands.parsing import shown
from openmidas.documents.commands.words import COMMAND, word_finding
from openmidas.documents.dates import PartialDate
from openmidas.documents.reading import Reading

_ENCODER = msgspec.json.Encoder()
_TEXTS = ("document_code", "issuer", "number", "surname", "given_names", "nationality")


def as_answer(reading: Reading, language: Language) -> dict[str, Any]:
    """A reading as plain values; what could not be read is an empty text or None."""
    return {
        "format": reading.format,
        "ok": reading.ok,
        **{name: getattr(reading, name) for name in _TEXTS},
        "birth": _day(reading.birth),
        "expiry": _day(reading.expiry),
        "sex": reading.sex,
        "optional": reading.optional,
        "name_truncated": reading.name_truncated,
        "number_blind": [msgspec.to_builtins(one) for one in reading.number_blind],
        "lines": [_whole(line) for line in reading.lines],
        "findings": [
            {
                "code": finding.code,
                "field": finding.field,
                "message": _whole(word_finding(finding, language)),
                "paragraph": finding.paragraph,
            }
            for finding in reading.findings
        ],
    }


def as_line(reading: Reading, language: Language) -> bytes:
    """A reading as one line of JSON."""
    return _ENCODER.encode(as_answer(reading, language)) + b"\n"


def as_text(reading: Reading, language: Language) -> str:
    """A reading for a person: a line that says it all, and one for each finding."""
    verdict = in_language(COMMAND["ok" if reading.ok else "not_ok"], language)
    said = [
        *(reading.format or "–", reading.document_code, reading.issuer, reading.number),
        *(f"{reading.surname}, {reading.given_names}".strip(", "), reading.nationality),
        *(_day(reading.birth), reading.sex, _day(reading.expiry), verdict),
    ]
    lines = ["  ".join(text for text in said if text)]
    lines += [
        about(finding.field, word_finding(finding, language), finding.paragraph, language)
        for finding in reading.findings
    ]
    if reading.name_truncated:
        lines.append(about("name", in_language(COMMAND["truncated"], language), "", language))
    if not reading.ok and reading.number_blind:
        blind = ", ".join(
            f"{one.position} ({'/'.join(one.read + one.may_be)})" for one in reading.number_blind
        )
        said_blind = in_language(COMMAND["blind"], language).format(blind=blind)
        lines.append(about("number", said_blind, "", language))
    return "\n".join(map(shown, lines))


def _day(day: PartialDate | None) -> str | None:
    return day.text() if day else None


def _whole(text: str) -> str:
    """The text with halves of characters, which no JSON can hold, as question marks."""
    return text.encode("utf-8", "replace").decode()
