"""Names and a date in one line, as an officer types them who looks for somebody."""

from __future__ import annotations

import re
from contextlib import suppress

import msgspec

from openmidas.documents import PartialDate

# A month needs its four-figure year, a day its month: "12-34" may as well be of a plate.
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})(?:-([0-9]{1,2}))?")
_DAY_FIRST = re.compile(r"(?:([0-9]{1,2})[/.-])?([0-9]{1,2})[/.-]([0-9]{4})")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


class Searched(msgspec.Struct, frozen=True):
    """What a text says: the words beside a date, and the date; of two the last counts."""

    names: str
    date: PartialDate | None = None


def take_apart(text: str) -> Searched:
    """A text into its words and its date: 1974-08-12, 12/08/1974, 12.08.1974, 08/1974 or 1974.

    A year alone is a date beside words; by itself it is a number like any other.
    """
    words, date = [], None
    tokens = text.split()
    for token in tokens:
        read = _read(token, year_counts=len(tokens) > 1)
        if read is None:
            words.append(token)
        else:
            date = read
    return Searched(" ".join(words), date)


def _read(token: str, *, year_counts: bool) -> PartialDate | None:
    if year_counts and _YEAR.fullmatch(token):
        return PartialDate(year=int(token))
    if found := _ISO.fullmatch(token):
        year, month, day = found.groups()
    elif found := _DAY_FIRST.fullmatch(token):
        day, month, year = found.groups()
    else:
        return None
    with suppress(ValueError):  # no calendar has it: then it is a number
        return PartialDate(year=int(year), month=int(month), day=int(day) if day else None)
    return None
