"""Comparing a traveller's date of birth with the ones on a list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from openmidas.documents import PartialDate
from openmidas.screening.listings import ListedBirth

BirthHow = Literal[
    "same_day", "same_period", "swapped", "one_figure", "near", "not_known", "different"
]
# Finer than what is said of it, for weighing.
BirthBin = Literal[
    "same_day",
    "same_month",  # a month that one side gives without the day
    "new_year",  # 1 January on one side, another day of that year on the other
    "both_new_year",  # 1 January of one year on both
    "same_year",  # a year that one side gives alone
    "same_years",  # within a few years that one side gives
    "long_period",  # within more than that: many people were born in it
    "swapped",  # day and month change places
    "one_figure",  # one figure of day or month, or two neighbours changed places
    "figure_of_year",  # one figure of the year, the day and month being the same
    "other_month",  # the month differs, day and year do not
    "next_day",  # the day before or after: calendars and midnights differ
    "next_year",  # the same day and month, one year on
    "within_year",  # another day of that year
    "near",  # at most a year apart, as far as known
    "few_years",  # up to five years apart
    "different",
    "not_known",
]

SHORT_PERIOD_DAYS = 366
NEAR_DAYS = 366
_FEW_YEARS_DAYS = 5 * 366
_SAME_YEARS_DAYS = 5 * 366

HOW: dict[BirthBin, BirthHow] = {
    "same_day": "same_day",
    "same_month": "same_period",
    "new_year": "same_period",
    "both_new_year": "same_period",
    "same_year": "same_period",
    "same_years": "same_period",
    "long_period": "same_period",
    "swapped": "swapped",
    "one_figure": "one_figure",
    "figure_of_year": "one_figure",
    "next_day": "near",
    "other_month": "near",
    "next_year": "near",
    "within_year": "near",
    "near": "near",
    "not_known": "not_known",
    "few_years": "different",
    "different": "different",
}
_ORDER: tuple[BirthBin, ...] = (
    *("same_day", "same_month", "both_new_year", "new_year", "same_year", "swapped", "next_day"),
    *(
        "one_figure",
        "other_month",
        "same_years",
        "next_year",
        "figure_of_year",
        "long_period",
        "within_year",
        "near",
    ),
    *("not_known", "few_years", "different"),
)
RANK: dict[BirthBin, int] = {bin_: at for at, bin_ in enumerate(_ORDER)}


class Span(NamedTuple):
    """A time of birth as whole numbers: the first and the last day (ordinals; 0, 0: unreadable).

    `year`, `month`, `day` are those of a single day, else 0.
    """

    first: int
    last: int
    year: int = 0
    month: int = 0
    day: int = 0


UNREADABLE = Span(0, 0)


@dataclass(frozen=True, slots=True)
class BirthFinding:
    """What the births say. `short` tells that an agreeing period is at most a year long."""

    how: BirthHow
    theirs: str
    short: bool = True


def span_of(earliest: date | None, latest: date | None) -> Span:
    """The span of these days."""
    if earliest is None or latest is None:
        return UNREADABLE
    if earliest == latest:
        day = earliest.toordinal()
        return Span(day, day, earliest.year, earliest.month, earliest.day)
    return Span(earliest.toordinal(), latest.toordinal())


def compare_spans(ours: Span, theirs: tuple[Span, ...]) -> tuple[BirthBin, int]:
    """The best finding over all births on the list, and which of them it is of.

    A birth on the list that could not be read keeps the others from ruling the person out.
    """
    best: BirthBin = "not_known"
    if not theirs or not ours.first:
        return best, 0
    rank, at = len(RANK), 0
    for here, span in enumerate(theirs):
        found = compare_span(ours, span)
        if RANK[found] < rank:
            best, rank, at = found, RANK[found], here
    return best, at


def compare_span(ours: Span, theirs: Span) -> BirthBin:
    """What one birth says. 1 January on either side may stand for "some day of that year"."""
    if not theirs.first:
        return "not_known"
    if ours.year and theirs.year:
        return _two_days(ours, theirs)
    one, two = _stretched(ours), _stretched(theirs)
    apart = max(one.first - two.last, two.first - one.last)
    if apart > 0:
        if apart <= NEAR_DAYS:
            return "near"
        return "few_years" if apart <= _FEW_YEARS_DAYS else "different"
    longest = max(one.last - one.first, two.last - two.first)
    if longest <= 31:
        return "same_month"
    if longest <= SHORT_PERIOD_DAYS:
        return "same_year"
    return "same_years" if longest <= _SAME_YEARS_DAYS else "long_period"


def _stretched(span: Span) -> Span:
    if span.day == span.month == 1:
        return Span(span.first, span.first + 364)
    return span


def _two_days(ours: Span, theirs: Span) -> BirthBin:
    new_year = (ours.day == ours.month == 1) + (theirs.day == theirs.month == 1)
    if ours.first == theirs.first:
        return "both_new_year" if new_year else "same_day"
    apart = abs(ours.first - theirs.first)
    if apart == 1 and not new_year:
        return "next_day"
    if ours.year == theirs.year:
        if new_year:
            return "new_year"
        if ours.day == theirs.month and ours.month == theirs.day:
            return "swapped"
        slip = _one_figure(f"{ours.month:02}{ours.day:02}", f"{theirs.month:02}{theirs.day:02}")
        if slip:
            return "one_figure"
        return "other_month" if ours.day == theirs.day else "within_year"
    if not new_year and ours.month == theirs.month and ours.day == theirs.day:
        if abs(ours.year - theirs.year) == 1:
            return "next_year"
        if _one_figure(f"{ours.year}", f"{theirs.year}"):
            return "figure_of_year"
    if apart <= NEAR_DAYS or (new_year and abs(ours.year - theirs.year) == 1):
        return "near"
    return "few_years" if apart <= _FEW_YEARS_DAYS else "different"


def _one_figure(ours: str, theirs: str) -> bool:
    """Whether one figure differs, or two neighbours changed places."""
    differ = [at for at in range(len(ours)) if ours[at] != theirs[at]]
    if len(differ) == 1:
        return True
    if len(differ) != 2 or differ[1] - differ[0] != 1:
        return False
    first, second = differ
    return ours[first] == theirs[second] and ours[second] == theirs[first]


def span_of_query(birth: PartialDate | None) -> Span:
    """The span of what a document or a traveller says."""
    return span_of(birth.earliest(), birth.latest()) if birth else UNREADABLE


def compare_births(ours: PartialDate | None, theirs: Iterable[ListedBirth]) -> BirthFinding:
    """The best finding over all births on the list, in words' codes."""
    births = list(theirs)
    spans = tuple(span_of(birth.earliest, birth.latest) for birth in births)
    found, at = compare_spans(span_of_query(ours), spans)
    how = HOW[found]
    if how in ("not_known", "different") or not births:
        return BirthFinding(how, "; ".join(birth.text for birth in births))
    return BirthFinding(how, births[at].text, found not in ("same_years", "long_period"))
