"""Times of birth as lists write them in one text: a day, a month, a year, about a year, a range.

Days stand before months ("12/08/1974") unless the figures allow only the other order. A text that
is not understood as a whole is not read in part: a birth date that is wrong is worse than none.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from openmidas.screening.listings import ListedBirth

# Lists do not say how wide "about" is; the comparison allows one more year beside it.
APPROXIMATE_YEARS = 1
EARLIEST_YEAR = 1800
LATEST_YEAR = 2100
LONGEST = 120
MOST_MONTHS = 12

_ENGLISH = {name.lower(): at for at, name in enumerate(calendar.month_name) if at}
_FRENCH = {
    name: at
    for at, names in enumerate(
        (
            *(("janvier", "janv"), ("février", "fevrier", "févr", "fevr"), ("mars",)),
            *(("avril", "avr"), ("mai",), ("juin",), ("juillet", "juil")),
            *(("août", "aout"), ("septembre", "sept"), ("octobre",), ("novembre",)),
            ("décembre", "decembre", "déc"),
        ),
        start=1,
    )
    for name in names
}
_MONTHS = _ENGLISH | {name[:3]: at for name, at in _ENGLISH.items()} | _FRENCH

_ABOUT = re.compile(
    r"^(?:~|(?:circa|ca|c|about|abt|approx|approximately|approximatif|environ|env|vers|né vers"
    r"|née vers)\b\.?)\s*",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"^(?:between|entre|from|de)\s+", re.IGNORECASE)
_RANGES = (
    re.compile(r"\s+(?:to|and|et|à|a|until|-|–)\s+", re.IGNORECASE),
    re.compile(r"(?<=\d{4})\s*[-–/]\s*(?=\d{4}$)"),
    re.compile(r"(?<=\d{4}-\d\d-\d\d)/(?=\d{4}-\d\d-\d\d$)"),
)
_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ][\d:.+Z-]*)?)?)?")
_COMPACT = re.compile(r"((?:1[89]|20)\d\d)(\d\d)(\d\d)")
_FIGURES = re.compile(
    r"(\d{1,2}|xx|--|\?\?)[/.\- ](\d{1,2}|xx|--|\?\?)[/.\- ](\d{4})", re.IGNORECASE
)
_MONTH_YEAR = re.compile(r"(\d{1,2})[/.](\d{4})")
_WORDS = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th|er)?[\s.-]+)?([^\W\d_]+)\.?[\s,-]+(\d{4})")
_AMERICAN = re.compile(r"([^\W\d_]+)\.?\s+(\d{1,2}),?\s+(\d{4})")
_DECADE = re.compile(r"(\d{3}0)s")


@dataclass(frozen=True, slots=True)
class Span:
    """The first and the last day that a date may stand for."""

    first: date
    last: date


def read_birth_text(text: str) -> ListedBirth | None:
    """The birth in a text, None when it is not understood. The text itself is kept for people."""
    said = " ".join(text.split())
    if not said or len(said) > LONGEST:
        return None
    bare, about = _about(said)
    span = _span(bare) or _range(_BETWEEN.sub("", bare))
    if span is None:
        return None
    return birth_within(span.first, span.last, said, about=about)


def birth_within(first: date, last: date, text: str, *, about: bool = False) -> ListedBirth | None:
    """A birth between two days, or some time about them; None where no person is that old."""
    low, high = sorted((first, last))
    if not (low.year >= EARLIEST_YEAR and high.year <= LATEST_YEAR):
        return None
    if about:
        low = date(low.year - APPROXIMATE_YEARS, 1, 1)
        high = date(high.year + APPROXIMATE_YEARS, 12, 31)
    return ListedBirth(low, high, text)


def span_of(year: int, month: int = 0, day: int = 0) -> Span | None:
    """The days of a year, of a month or one day; 0 stands for "not known". None: no such date."""
    if not EARLIEST_YEAR <= year <= LATEST_YEAR or not 0 <= month <= MOST_MONTHS:
        return None
    if not month:
        return Span(date(year, 1, 1), date(year, 12, 31))
    days = calendar.monthrange(year, month)[1]
    if not 0 <= day <= days:
        return None
    return Span(date(year, month, day or 1), date(year, month, day or days))


def _about(text: str) -> tuple[str, bool]:
    bare = _ABOUT.sub("", text)
    if bare == text and re.search(
        r"\((?:circa|approximate(?:ly)?|environ)\)$", text, re.IGNORECASE
    ):
        return text[: text.rindex("(")].strip(), True
    return bare, bare != text


def _range(text: str) -> Span | None:
    for between in _RANGES:
        parts = between.split(text)
        if len(parts) != 2:
            continue
        first, last = (_span(_ABOUT.sub("", part)) for part in parts)
        if first and last:
            return Span(first.first, last.last)
    return None


def _span(text: str) -> Span | None:
    for form, read in _FORMS:
        found = form.fullmatch(text)
        if found:
            return read(found)
    return None


def _iso(found: re.Match[str]) -> Span | None:
    return span_of(int(found[1]), int(found[2] or 0), int(found[3] or 0))


def _figures(found: re.Match[str]) -> Span | None:
    day, month = (int(part) if part.isdigit() else 0 for part in (found[1], found[2]))
    if month > MOST_MONTHS:
        day, month = month, day
    if day and not month:
        return None
    return span_of(int(found[3]), month, day)


def _words(found: re.Match[str]) -> Span | None:
    return _named(found[2], found[3], found[1])


def _american(found: re.Match[str]) -> Span | None:
    return _named(found[1], found[3], found[2])


def _named(month: str, year: str, day: str | None) -> Span | None:
    number = _MONTHS.get(month.lower())
    return span_of(int(year), number, int(day or 0)) if number else None


def _decade(found: re.Match[str]) -> Span | None:
    first, last = span_of(int(found[1])), span_of(int(found[1]) + 9)
    return Span(first.first, last.last) if first and last else None


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Span | None]], ...] = (
    (_ISO, _iso),
    (_COMPACT, _iso),
    (_FIGURES, _figures),
    (_MONTH_YEAR, lambda found: span_of(int(found[2]), int(found[1]))),
    (_WORDS, _words),
    (_AMERICAN, _american),
    (_DECADE, _decade),
)
