"""The dates of a zone: six characters, two of them for the year (Doc 9303-3, 4.8).

The century is not in the document and is told from context:

* a birth is the latest date that lies neither after today nor after the expiry of the document;
* an expiry is the one within 50 years of today's year: in 2026 the years 77 to 99 are 1977 to
  1999, and 00 to 76 are 2000 to 2076.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from openmidas.documents.dates import PartialDate

UNKNOWN = "<<<<<<"
_DATE = re.compile(r"([0-9]{2}|<<)([0-9]{2}|<<)([0-9]{2}|<<)")


class MrzDate(NamedTuple):
    value: PartialDate | None
    problem: str | None = None
    """Code of the finding, where the field is not a plain date."""


def read_birth(field: str, *, today: date, expiry: PartialDate | None) -> MrzDate:
    """A date of birth; unknown parts are fillers, and the value then has only what is known.

    A day without its month, or a month without its year, is not kept: `date_part_unused`.
    """
    parts = _parts(field)
    if parts is None:
        return MrzDate(None, "date_not_allowed")
    short_year, month, day = parts
    if short_year is None:
        return MrzDate(None, None if field == UNKNOWN else "date_part_unused")
    unused = month is None and day is not None
    if unused:
        day = None
    limit = today if expiry is None else min(today, expiry.latest())
    year = limit.year - limit.year % 100 + short_year
    if (year, month or 1, day or 1) > (limit.year, limit.month, limit.day):
        year -= 100
    return _dated(year, month, day, "date_part_unused" if unused else None)


def read_expiry(field: str, *, today: date) -> MrzDate:
    """A date of expiry. All fillers say that the document does not expire: `expiry_absent`.

    Doc 9303 knows unknown parts in births only; here they are `date_incomplete`.
    """
    if field == UNKNOWN:
        return MrzDate(None, "expiry_absent")
    parts = _parts(field)
    if parts is None:
        return MrzDate(None, "date_not_allowed")
    short_year, month, day = parts
    if short_year is None:
        return MrzDate(None, "date_incomplete")
    year = today.year - today.year % 100 + short_year
    if year - today.year > 50:
        year -= 100
    elif today.year - year >= 50:
        year += 100
    incomplete = month is None or day is None
    return _dated(
        year, month, day if month is not None else None, "date_incomplete" if incomplete else None
    )


def _parts(field: str) -> tuple[int | None, int | None, int | None] | None:
    """Year, month and day, None where they are fillers; None when the field is no date at all."""
    found = _DATE.fullmatch(field)
    if found is None:
        return None
    year, month, day = (None if part == "<<" else int(part) for part in found.groups())
    return year, month, day


def _dated(year: int, month: int | None, day: int | None, problem: str | None) -> MrzDate:
    try:
        return MrzDate(PartialDate(year, month, day), problem)
    except ValueError:
        return MrzDate(None, "date_not_allowed")
