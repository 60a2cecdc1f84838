"""Where the numbers of a period are to be had the fastest, so that no crossing is counted twice.

Where no post matters, all days come from the counts of the country. Else whole months are sums of
months, the days at their edges sums of days. The count of a post on a day knows one dimension of
the traveller only: where two are asked, the days at an edge are counted from the crossings, or,
where that is fewer, the rest of that month is and taken off the month.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum

import msgspec

from openmidas.flows.dimensions import Dimension
from openmidas.flows.questions import Question


class Source(StrEnum):
    """What holds the numbers."""

    DAYS = "days"
    MONTHS = "months"
    COUNTRY = "country"
    CROSSINGS = "crossings"


class Piece(msgspec.Struct, frozen=True):
    """Days (both included) to be added (``sign`` 1) or taken off (-1)."""

    source: Source
    start: date
    end: date
    sign: int = 1


def pieces_of(question: Question) -> list[Piece]:
    """What to add up for a question."""
    if not question.posts and Dimension.POST not in question.dimensions:
        return [Piece(Source.COUNTRY, question.start, question.end)]
    if {Dimension.DAY, Dimension.WEEK} & set(question.dimensions):
        return [Piece(Source.DAYS, question.start, question.end)]
    edges = _counted if len(question.facet) > 1 else _by_days
    pieces = []
    for start, end in months_of(question.start, question.end):
        whole = (start, end) == month_of(start)
        pieces += [Piece(Source.MONTHS, start, end)] if whole else edges(start, end)
    return _joined(pieces)


def months_of(start: date, end: date) -> Iterator[tuple[date, date]]:
    """The months of a period, the first and the last as far as they belong to it."""
    while start <= end:
        last = min(month_of(start)[1], end)
        yield start, last
        if last == date.max:
            return
        start = last + timedelta(days=1)


def month_of(day: date) -> tuple[date, date]:
    """The first and the last day of the month of a day."""
    days = calendar.monthrange(day.year, day.month)[1]
    return day.replace(day=1), day.replace(day=days)


def _by_days(start: date, end: date) -> list[Piece]:
    return [Piece(Source.DAYS, start, end)]


def _counted(start: date, end: date) -> list[Piece]:
    first, last = month_of(start)
    if (end - start).days * 2 < (last - first).days:
        return [Piece(Source.CROSSINGS, start, end)]
    pieces = [Piece(Source.MONTHS, first, last)]
    if first < start:
        pieces.append(Piece(Source.CROSSINGS, first, start - timedelta(days=1), -1))
    if end < last:
        pieces.append(Piece(Source.CROSSINGS, end + timedelta(days=1), last, -1))
    return pieces


def _joined(pieces: list[Piece]) -> list[Piece]:
    """One piece where months follow each other: they are one query."""
    months = [piece for piece in pieces if piece.source is Source.MONTHS]
    others = [piece for piece in pieces if piece.source is not Source.MONTHS]
    if not months:
        return others
    # A period has no holes: the months that are added, in part or as a whole, follow each other.
    return [Piece(Source.MONTHS, months[0].start, months[-1].end), *others]
