"""What can be asked of the flows: over which days, divided by what, of which crossings."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import msgspec
from django.db.models import QuerySet

from openmidas.crossings.inspection import Direction
from openmidas.crossings.models import Status
from openmidas.flows.dimensions import FACETS, Dimension
from openmidas.posts.refusals import Refused

TIME = (Dimension.DAY, Dimension.WEEK, Dimension.MONTH)

MOST_DAYS = 3 * 366
MOST_DAY_ROWS = 400
MOST_DAY_COLUMNS = 31
MOST_WEEK_COLUMNS = 53
MOST_POSTS = 500
MOST_CELLS = 500_000
"""Rows times columns of a table that is written out in full."""


class QuestionRefused(Refused):
    """A question that makes no sense or asks for too much. Codes ``question.…``, see `wording`."""


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """Which crossings to count, and what to divide them by.

    ``start``, ``end``: both included, days where the headquarters is. ``posts``: none is all.
    ``direction``, ``decision``: "" is all. Raises `QuestionRefused`.
    """

    start: date
    end: date
    rows: Dimension
    columns: Dimension | None = None
    posts: tuple[UUID, ...] = ()
    direction: str = ""
    decision: str = Status.ADMITTED.value

    def __post_init__(self) -> None:
        _check_period(self)
        _check_dimensions(self)
        _check_choice(self)

    @property
    def days(self) -> int:
        """How many days are asked for."""
        return (self.end - self.start).days + 1

    @property
    def dimensions(self) -> tuple[Dimension, ...]:
        """Rows, and columns where there are any."""
        return (self.rows,) if self.columns is None else (self.rows, self.columns)

    @property
    def facet(self) -> str:
        """The letters of the traveller's dimensions that are asked, as tallies have them."""
        return "".join(letter for of, letter in FACETS.items() if of in self.dimensions)

    def before(self) -> Question | None:
        """The same question of as many days right before; None before the calendar begins."""
        if self.start.toordinal() <= self.days:
            return None
        span = timedelta(days=self.days)
        return msgspec.structs.replace(self, start=self.start - span, end=self.end - span)


def chosen(question: Question, found: QuerySet[Any]) -> QuerySet[Any]:
    """Those of some crossings or tallies that have the posts, direction and decision asked for."""
    if question.posts:
        found = found.filter(node__in=question.posts)
    if question.direction:
        found = found.filter(direction=question.direction)
    if question.decision:
        found = found.filter(status=question.decision)
    return found


def _check_period(asked: Question) -> None:
    if asked.end < asked.start:
        raise QuestionRefused("question.ends_before_it_begins")
    if asked.days > MOST_DAYS:
        raise QuestionRefused("question.too_long", most=str(MOST_DAYS))


def _check_dimensions(asked: Question) -> None:
    if asked.rows == asked.columns:
        raise QuestionRefused("question.same_twice")
    if asked.rows in TIME and asked.columns in TIME:
        raise QuestionRefused("question.time_twice")
    if asked.rows is Dimension.DAY and asked.days > MOST_DAY_ROWS:
        raise QuestionRefused("question.too_many_days", most=str(MOST_DAY_ROWS))
    if asked.columns is Dimension.DAY and asked.days > MOST_DAY_COLUMNS:
        raise QuestionRefused("question.too_many_day_columns", most=str(MOST_DAY_COLUMNS))
    if asked.columns is Dimension.WEEK and asked.days > MOST_WEEK_COLUMNS * 7:
        raise QuestionRefused("question.too_many_week_columns", most=str(MOST_WEEK_COLUMNS))


def _check_choice(asked: Question) -> None:
    if len(asked.posts) > MOST_POSTS:
        raise QuestionRefused("question.too_many_posts", most=str(MOST_POSTS))
    if asked.direction and asked.direction not in set(Direction):
        raise QuestionRefused("question.unknown_direction")
    if asked.decision and asked.decision not in set(Status):
        raise QuestionRefused("question.unknown_decision")
