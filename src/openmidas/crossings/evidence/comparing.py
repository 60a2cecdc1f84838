"""Whether a chip says what is known of the document and who holds it: by its lines, or as it was typed."""

from __future__ import annotations

from datetime import date

from openmidas.crossings.inspection import Document, Traveller
from openmidas.crossings.reading import document_key, may_be_one
from openmidas.documents import PartialDate, Reading, read_mrz
from openmidas.documents.chip import zone_differences


def differences(
    traveller: Traveller, document: Document, chip: Reading, *, today: date
) -> tuple[str, ...]:
    """The fields in which the chip's zone is not what was read, or typed. None without a document."""
    if document.none:
        return ()
    if not document.lines:
        return tuple(_from_typed(traveller, document, chip))
    printed = read_mrz("\n".join(document.lines), today=today)
    return tuple(found.field for found in zone_differences(printed, chip))


def _from_typed(traveller: Traveller, document: Document, chip: Reading) -> list[str]:
    """Names are not compared: they are typed as people say them. Nor is the issuer, for which the form takes
    the nationality: of a refugee's travel document that is another State."""
    same = {
        "number": document_key(document) == document_key(Document(number=chip.number)),
        "nationality": may_be_one(traveller.nationality, chip.nationality),
        "birth": _may_be_one_day(traveller.birth, chip.birth),
        "sex": not traveller.sex or not chip.sex or traveller.sex == chip.sex,
        "expiry": _may_be_one_day(document.expiry, chip.expiry),
    }
    return [field for field, agrees in same.items() if not agrees]


def _may_be_one_day(typed: PartialDate | None, chip: PartialDate | None) -> bool:
    """Only days that both know exactly contradict each other. A zone does not say the century."""
    ours, theirs = _exact(typed), _exact(chip)
    return ours is None or theirs is None or ours == theirs


def _exact(day: PartialDate | None) -> tuple[int, int, int] | None:
    if day is None or day.approximate or day.month is None or day.day is None:
        return None
    return day.year % 100, day.month, day.day
