"""What cannot be asked is refused, and told by a code."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from openmidas.flows.dimensions import Dimension
from openmidas.flows.pieces import Piece, Source, pieces_of
from openmidas.flows.questions import Question
from openmidas.journal.models import new_id
from tests.support.cast import refusal

MARCH = {"start": date(2026, 3, 1), "end": date(2026, 3, 31), "rows": Dimension.POST}


@pytest.mark.parametrize(
    ("code", "asked"),
    [
        ("ends_before_it_begins", {"end": date(2026, 2, 28)}),
        ("too_long", {"end": date(2029, 3, 31)}),
        ("same_twice", {"columns": Dimension.POST}),
        ("time_twice", {"rows": Dimension.DAY, "columns": Dimension.MONTH}),
        ("too_many_days", {"end": date(2027, 6, 1), "rows": Dimension.DAY}),
        ("too_many_day_columns", {"end": date(2026, 4, 1), "columns": Dimension.DAY}),
        ("too_many_week_columns", {"end": date(2027, 6, 1), "columns": Dimension.WEEK}),
        ("too_many_posts", {"posts": tuple(new_id() for _ in range(501))}),
        ("unknown_direction", {"direction": "up"}),
        ("unknown_decision", {"decision": "maybe"}),
    ],
)
def test_what_makes_no_sense_is_refused(code: str, asked: dict[str, Any]) -> None:
    with refusal(f"question.{code}"):
        Question(**(MARCH | asked))


def test_before_is_as_many_days() -> None:
    before = Question(**MARCH).before()
    assert before
    assert (before.start, before.end, before.days) == (date(2026, 1, 29), date(2026, 2, 28), 31)
    assert Question(**(MARCH | {"start": date(1, 1, 2), "end": date(1, 1, 3)})).before() is None


def pieces(start: date, end: date, **asked: Any) -> list[Piece]:
    return pieces_of(Question(**(MARCH | {"start": start, "end": end} | asked)))


def test_whole_months_are_one_piece() -> None:
    year = (date(2026, 1, 1), date(2026, 12, 31))
    pair = {"rows": Dimension.SEX, "columns": Dimension.AGE}
    posts = {"posts": (new_id(),)}
    assert pieces(*year) == pieces(*year, **pair, **posts) == [Piece(Source.MONTHS, *year)]
    assert pieces(*year, rows=Dimension.WEEK, **posts) == [Piece(Source.DAYS, *year)]


def test_where_no_post_matters_the_counts_of_the_country_are_added_up() -> None:
    days = (date(2026, 1, 3), date(2026, 12, 30))
    pair = {"rows": Dimension.SEX, "columns": Dimension.AGE}
    assert pieces(*days, **pair) == [Piece(Source.COUNTRY, *days)]
    assert pieces(*days, rows=Dimension.WEEK) == [Piece(Source.COUNTRY, *days)]


def test_the_days_at_the_edges_are_taken_where_they_are_fewest() -> None:
    start, end = date(2026, 1, 28), date(2026, 3, 20)
    assert pieces(start, end) == [
        Piece(Source.MONTHS, date(2026, 2, 1), date(2026, 2, 28)),
        Piece(Source.DAYS, start, date(2026, 1, 31)),
        Piece(Source.DAYS, date(2026, 3, 1), end),
    ]
    posts = (new_id(),)
    assert pieces(start, end, rows=Dimension.SEX, columns=Dimension.AGE, posts=posts) == [
        Piece(Source.MONTHS, date(2026, 2, 1), date(2026, 3, 31)),
        Piece(Source.CROSSINGS, start, date(2026, 1, 31)),
        Piece(Source.CROSSINGS, date(2026, 3, 21), date(2026, 3, 31), -1),
    ]
