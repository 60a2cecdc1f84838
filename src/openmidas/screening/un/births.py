"""Times of birth of the UN list: a day, a year, about a year, between two years, or a note."""

from __future__ import annotations

import calendar
import re
from datetime import date
from xml.etree.ElementTree import Element

from openmidas.screening.formats.report import Report
from openmidas.screening.listings import ListedBirth

BIRTH_FIELDS = ("TYPE_OF_DATE", "DATE", "YEAR", "FROM_YEAR", "TO_YEAR", "NOTE")
_TYPES = ("EXACT", "APPROXIMATELY", "BETWEEN")
# The list does not say how wide "approximately" is; the comparison allows one more year beside it.
APPROXIMATE_YEARS = 1
_MONTHS = {name.upper(): number for number, name in enumerate(calendar.month_abbr) if number}
_MONTH = re.compile(r"\b([A-Z][a-z]{2})[a-z]*\.?(?=\W|$)")
_YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)\b")
_ISO_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
# "from false passport" qualifies a date that was read; only these change its meaning.
_APPROXIMATE_NOTE = re.compile(r"approximately|circa", re.IGNORECASE)


def read_birth(element: Element, report: Report) -> ListedBirth | None:
    """What one INDIVIDUAL_DATE_OF_BIRTH says; None when it is empty."""
    fields = report.fields(element, BIRTH_FIELDS)
    kind = fields.pop("TYPE_OF_DATE", "EXACT")
    if kind not in _TYPES:
        report.add(f"{element.tag}/TYPE_OF_DATE", "unknown_value", kind)
    if not fields:
        return None
    note = fields.get("NOTE", "")
    approximate = kind == "APPROXIMATELY" or bool(_APPROXIMATE_NOTE.search(note))
    birth = _from_fields(fields, approximate) or _from_note(note, fields.get("YEAR", ""))
    if birth is not None and birth.earliest is not None:
        return birth
    text = " ".join(fields.values())
    report.add(element.tag, "unreadable_date", text)
    return ListedBirth(None, None, text)


def read_alias_birth(text: str, field: str, report: Report) -> ListedBirth | None:
    """The birth that goes with an alias: a day or a year; None when there is none."""
    if not text:
        return None
    birth = _day(text, "") or _years(text, text, approximate=False)
    if birth is None:
        report.add(field, "unreadable_date", text)
        return ListedBirth(None, None, text)
    return birth


def _from_fields(fields: dict[str, str], approximate: bool) -> ListedBirth | None:
    note = fields.get("NOTE", "")
    if "DATE" in fields:
        return _day(fields["DATE"], note)
    if "FROM_YEAR" in fields or "TO_YEAR" in fields:
        first = fields.get("FROM_YEAR", fields.get("TO_YEAR", ""))
        return _years(first, fields.get("TO_YEAR", first), approximate=approximate)
    if "YEAR" in fields and not _MONTH.search(note):
        return _years(fields["YEAR"], fields["YEAR"], approximate=approximate)
    return None


def _from_note(note: str, year: str) -> ListedBirth | None:
    """ "Nov. 1973", "Sep." with a year beside it, "Between Aug. and Sep. 1977"."""
    months = [_MONTHS[word.upper()] for word in _MONTH.findall(note) if word.upper() in _MONTHS]
    years = _YEAR.findall(note) or _YEAR.findall(year)
    if len(years) != 1 or not months or re.search(r"\d{1,2}\s+[A-Z]|/", note):
        return None
    year_number = int(years[0])
    first, last = min(months), max(months)
    return ListedBirth(
        date(year_number, first, 1),
        date(year_number, last, calendar.monthrange(year_number, last)[1]),
        note if _YEAR.search(note) else f"{note} {year_number}",
    )


def _day(text: str, note: str) -> ListedBirth | None:
    match = _ISO_DAY.match(text)
    if match is None:
        return None
    try:
        day = date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None
    return ListedBirth(day, day, f"{day.isoformat()} ({note})" if note else day.isoformat())


def _years(first: str, last: str, *, approximate: bool) -> ListedBirth | None:
    if not (_YEAR.fullmatch(first) and _YEAR.fullmatch(last)):
        return None
    low, high = sorted((int(first), int(last)))
    margin = APPROXIMATE_YEARS if approximate else 0
    text = str(low) if low == high else f"{low}/{high}"
    return ListedBirth(
        date(low - margin, 1, 1), date(high + margin, 12, 31), f"~{text}" if approximate else text
    )
