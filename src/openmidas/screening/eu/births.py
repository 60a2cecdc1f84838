"""Times of birth of the European list: a day, its parts, a range of years, each perhaps "circa"."""

from __future__ import annotations

from openmidas.screening.formats.birth_texts import Span, birth_within, span_of
from openmidas.screening.formats.report import Report
from openmidas.screening.listings import ListedBirth

_GREGORIAN = "GREGORIAN"


def read_birthdate(given: dict[str, str], report: Report) -> ListedBirth | None:
    """What the attributes of one `birthdate` say; None when they give no date at all."""
    text = _text(given)
    if not text:
        return None
    calendar = given.get("calendarType", _GREGORIAN)
    about = given.get("circa") == "true"
    span = _span(given) if calendar == _GREGORIAN else None
    said = f"~{text}" if about else text
    if calendar != _GREGORIAN:
        said = f"{said} ({calendar})"
    birth = birth_within(span.first, span.last, said, about=about) if span else None
    if birth is None:
        report.add("birthdate", "unreadable_date", said)
    return birth or ListedBirth(None, None, said)


def _text(given: dict[str, str]) -> str:
    if "birthdate" in given:
        return given["birthdate"]
    first, last = given.get("yearRangeFrom", ""), given.get("yearRangeTo", "")
    if first or last:
        return f"{first}/{last}"
    parts = (given.get("year"), given.get("monthOfYear"), given.get("dayOfMonth"))
    return "-".join(part.zfill(2) for part in parts if part)


def _span(given: dict[str, str]) -> Span | None:
    """The days meant. A range that is open at one end says too little to be compared."""
    try:
        if "birthdate" in given:
            year, month, day = (int(part) for part in given["birthdate"][:10].split("-"))
            return span_of(year, month, day)
        if "yearRangeFrom" in given or "yearRangeTo" in given:
            first = span_of(int(given.get("yearRangeFrom", "0")))
            last = span_of(int(given.get("yearRangeTo", "0")))
            return Span(first.first, last.last) if first and last else None
        return span_of(
            int(given.get("year", "0")),
            int(given.get("monthOfYear", "0")),
            int(given.get("dayOfMonth", "0")),
        )
    except ValueError:
        return None
