"""The characters of a document's number that no check digit tells from their look-alikes, at the counter.

On the page the likely ones are marked, without a word: nearly every number has some, and a sentence that
is always there is not read. It is said in words, and all of them are marked, when there is a reason to
look: the reading has another fault, or something was found by this very number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from openmidas.crossings.inspection import (
    BY_READER,
    Document,
    Finding,
    Inspection,
    Severity,
    Told,
)
from openmidas.documents import BlindCharacter, blind_characters

CODE = "number_blind"
_BADLY_READ = frozenset({"check_digit_wrong", "mrz_invalid"})


def check_number(document: Document, found: Iterable[Finding]) -> Iterator[Finding]:
    """Which characters to compare with the printed page, where the other findings give a reason to.

    What the primary line is not told of is no reason: the sentence would tell of it.
    """
    blind = blind_in(document)
    if blind and any(_gives_reason(finding) for finding in found):
        said = ", ".join(
            f"{one.position}\u00a0({'/'.join(one.read + one.may_be)})" for one in blind
        )
        yield Finding(code=CODE, severity=Severity.INFO, params={"characters": said})


def blind_in(document: Document) -> tuple[BlindCharacter, ...]:
    """Those of a number that an eye or a camera read. What was typed, or comes from a card, has none."""
    return blind_characters(document.number) if document.how_read in BY_READER else ()


def marked(inspection: Inspection) -> tuple[BlindCharacter, ...]:
    """Those that the page marks: the likely ones, or all where `check_number` had a reason."""
    all_of_them = any(finding.code == CODE for finding in inspection.findings)
    return tuple(one for one in blind_in(inspection.document) if one.likely or all_of_them)


def _gives_reason(finding: Finding) -> bool:
    if finding.told is not Told.ALL:
        return False
    return (
        finding.code in _BADLY_READ
        or finding.code == "lost_document"
        or any(one.field == "number" and one.agrees for one in finding.evidence)
    )
