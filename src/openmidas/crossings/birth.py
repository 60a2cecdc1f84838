"""Dates as people give them, in French or English: a year, a month, "environ 30 ans"."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from openmidas.documents import PartialDate

END_OF_CENTURY = date(2099, 12, 31)

OLDEST = 125
"""Years. Nobody has been shown to live longer."""

# The first letters that tell the month in both languages ("juin" and "juillet" need four).
_MONTHS = {
    "jan": 1,
    "fev": 2,
    "feb": 2,
    "mar": 3,
    "avr": 4,
    "apr": 4,
    "mai": 5,
    "may": 5,
    "juin": 6,
    "jun": 6,
    "juil": 7,
    "jul": 7,
    "aou": 8,
    "aug": 8,
    "sep": 9,
    "oct": 10,
    "nov": 11,
    "dec": 12,
}

_BORN = re.compile(r"^(?:nee?|born)\s+(?:en|le|in|on)?\s*(?=\d|[a-z])")
_ABOUT = re.compile(
    r"^(?:ne|nee|born)?\s*(?:environ|env|vers|autour de|about|around|circa|ca|c|~)\.?\s*"
)
_AGE = re.compile(r"(\d{1,3})\s*(?:(?:ans?|years?|yrs?|y)(?:\s*old)?)?")
_MONTHS_OLD = re.compile(r"(\d{1,2})\s*(?:mois|months?)(?:\s*old)?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?")
_DAY_FIRST = re.compile(r"(?:(\d{1,2})[/.\- ])?(\d{1,2})[/.\- ](\d{4}|\d{2})")
_EIGHT = re.compile(r"(\d{2})(\d{2})(\d{4}|\d{2})")
_NAMED = re.compile(r"(?:(?:le\s+)?(\d{1,2})(?:er|st|nd|rd|th)?\s+)?([a-z]{3,9})\.?,?\s+(\d{4})")
_YEAR = re.compile(r"\d{4}")


class NotADateError(ValueError):
    """The text is no date, or for a birth no living person can have it."""


def read_birth(text: str, *, today: date) -> PartialDate | None:
    """The birth date that an officer typed; None for nothing at all.

    Days stand before months, as in both languages of the counter. An age, and everything that
    begins with "environ" or "about", gives an approximate year; that of an infant may be given
    in months. Raises `NotADateError`.
    """
    plain = _plain(text)
    if not plain:
        return None
    about = _ABOUT.sub("", plain)
    if about == plain:
        about = plain = _BORN.sub("", plain)
    try:
        birth = _age(about, today) or _date(about, today, approximate=about != plain)
    except ValueError as error:
        raise NotADateError(text) from error
    if birth is None or birth.earliest() > today or birth.year < today.year - OLDEST:
        raise NotADateError(text)
    return birth


def read_expiry(text: str) -> PartialDate | None:
    """The last day of a document as typed; None for nothing. Raises `NotADateError`."""
    plain = _plain(text)
    try:
        expiry = _date(plain, END_OF_CENTURY, approximate=False)
    except ValueError as error:
        raise NotADateError(text) from error
    if expiry is None and plain:
        raise NotADateError(text)
    return expiry


def _plain(text: str) -> str:
    """Small letters without accents, single spaces."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in letters if not unicodedata.combining(c)).split())


def _age(text: str, today: date) -> PartialDate | None:
    if months := _MONTHS_OLD.fullmatch(text):
        born = today.year * 12 + today.month - 1 - int(months[1])
        return PartialDate(year=born // 12, approximate=True)
    found = _AGE.fullmatch(text)
    if found is None or int(found[1]) > OLDEST:
        return None
    return PartialDate(year=today.year - int(found[1]), approximate=True)


def _date(text: str, today: date, *, approximate: bool) -> PartialDate | None:
    year, month, day = _parts(text, today)
    if year is None:
        return None
    if approximate:
        return PartialDate(year=year, approximate=True)
    return PartialDate(year=year, month=month, day=day)


def _parts(text: str, today: date) -> tuple[int | None, int | None, int | None]:
    if _YEAR.fullmatch(text):
        return int(text), None, None
    if found := _ISO.fullmatch(text):
        return int(found[1]), int(found[2]), int(found[3]) if found[3] else None
    if found := _DAY_FIRST.fullmatch(text) or _EIGHT.fullmatch(text):
        return _century(found[3], today), int(found[2]), int(found[1]) if found[1] else None
    if (found := _NAMED.fullmatch(text)) and (month := _month(found[2])):
        return int(found[3]), month, int(found[1]) if found[1] else None
    return None, None, None


def _month(word: str) -> int | None:
    return _MONTHS.get(word[:3]) or _MONTHS.get(word[:4])


def _century(year: str, today: date) -> int:
    """A year of two digits is the latest one that has been."""
    if len(year) == 4:
        return int(year)
    full = today.year // 100 * 100 + int(year)
    return full if full <= today.year else full - 100
