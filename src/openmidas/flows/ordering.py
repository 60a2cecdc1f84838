"""In which order the rows and columns of a table stand, and which stand there although empty."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta

from openmidas.crossings.ages import AgeGroup
from openmidas.crossings.inspection import Conveyance, Direction, Purpose
from openmidas.crossings.overview import post_names
from openmidas.flows.dimensions import Dimension
from openmidas.flows.pieces import months_of
from openmidas.flows.questions import Question

_FIXED: Mapping[Dimension, tuple[str, ...]] = {
    Dimension.DIRECTION: tuple(Direction),
    Dimension.SEX: ("F", "M", "X"),
    Dimension.AGE: tuple(AgeGroup),
    Dimension.PURPOSE: tuple(Purpose),
    Dimension.CONVEYANCE: tuple(Conveyance),
}


def in_order(
    dimension: Dimension, found: set[str], sums: Mapping[str, int], question: Question
) -> tuple[str, ...]:
    """The codes of a dimension in the order of a table; "" (not known) is always the last.

    Times follow each other without holes, and every post that is asked for is there: a day or a
    post without a number must be seen. Nationalities come by their number, the largest first.
    """
    whole = _WHOLE.get(dimension)
    if whole is not None:
        return _completed(whole(question), found)
    fixed = _FIXED.get(dimension)
    if fixed is not None:
        return _completed([code for code in fixed if code in found], found)
    return _completed(sorted(found - {""}, key=lambda code: (-sums[code], code)), found)


def _completed(codes: Iterable[str], found: set[str]) -> tuple[str, ...]:
    """These, then what a newer post may have sent, then what is not known."""
    known = tuple(dict.fromkeys(codes))
    newer = sorted(found - set(known) - {""})
    return (*known, *newer, *([""] if "" in found else []))


def _days(question: Question) -> list[str]:
    return [(question.start + timedelta(days=n)).isoformat() for n in range(question.days)]


def _weeks(question: Question) -> list[str]:
    monday = question.start - timedelta(days=question.start.weekday())
    days = (question.end - monday).days
    return [(monday + timedelta(days=n)).isoformat() for n in range(0, days + 1, 7)]


def _months(question: Question) -> list[str]:
    months: list[date] = [start for start, _end in months_of(question.start, question.end)]
    return [start.replace(day=1).isoformat() for start in months]


def _posts(question: Question) -> list[str]:
    names = post_names()
    return [str(id) for id in names if not question.posts or id in question.posts]


_WHOLE: Mapping[Dimension, Callable[[Question], list[str]]] = {
    Dimension.DAY: _days,
    Dimension.WEEK: _weeks,
    Dimension.MONTH: _months,
    Dimension.POST: _posts,
}
