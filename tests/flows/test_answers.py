"""Every table is what one would count by hand, and its totals are the sums of its cells."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import permutations

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openmidas.crossings.models import Crossing
from openmidas.flows.answers import ALL, REST, Answer, answer
from openmidas.flows.dimensions import Dimension
from openmidas.flows.questions import TIME, Question
from tests.conftest import POST
from tests.flows.made import LABBEZANGA, crossing, happened, some_crossings

pytestmark = pytest.mark.django_db

FIRST, LAST = date(2026, 1, 20), date(2026, 4, 12)
DAYS = st.integers(0, (LAST - FIRST).days).map(lambda n: FIRST + timedelta(days=n))
TABLES = [
    *((rows, None) for rows in Dimension),
    *((r, c) for r, c in permutations(Dimension, 2) if not {r, c} <= set(TIME)),
]


def code_of(dimension: Dimension | None, one: Crossing) -> str:
    """What a crossing is in a dimension, the slow way."""
    monday = one.day - timedelta(days=one.day.weekday())
    return {
        None: ALL,
        Dimension.DAY: one.day.isoformat(),
        Dimension.WEEK: monday.isoformat(),
        Dimension.MONTH: one.day.replace(day=1).isoformat(),
        Dimension.POST: str(one.node),
        Dimension.DIRECTION: one.direction,
        Dimension.NATIONALITY: one.nationality,
        Dimension.SEX: one.sex,
        Dimension.AGE: one.age_group,
        Dimension.PURPOSE: one.purpose,
        Dimension.CONVEYANCE: one.conveyance,
    }[dimension]


def counted(question: Question, rows: list[Crossing]) -> Counter[tuple[str, str]]:
    """The cells, counted one by one."""
    return Counter(
        (code_of(question.rows, one), code_of(question.columns, one))
        for one in rows
        if question.start <= one.day <= question.end
        and one.node in (question.posts or (one.node,))
        and one.direction in (question.direction or one.direction)
        and one.status in (question.decision or one.status)
    )


def cells(found: Answer) -> Counter[tuple[str, str]]:
    return Counter({
        (row, column): number
        for row in found.rows for column in found.columns
        if (number := found.cell(row, column))
    })  # fmt: skip


def check(question: Question, rows: list[Crossing]) -> None:
    found = answer(question)
    expected = counted(question, rows)
    assert cells(found) == expected, question
    assert found.total == expected.total()
    assert sum(found.column_totals.values()) == found.total
    few = found.gathered(rows=1, columns=1)
    assert few.total == found.total
    assert sum(few.column_totals.values()) == sum(few.row_totals.values()) == found.total


@pytest.mark.parametrize(("rows", "columns"), TABLES)
@settings(
    max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_any_two_dimensions_are_what_one_counts_by_hand(
    db: None, rows: Dimension, columns: Dimension | None, data: st.DataObject
) -> None:
    with transaction.atomic():
        there = happened(data.draw(some_crossings(DAYS)))
        start = data.draw(DAYS)
        longest = 30 if columns is Dimension.DAY else (LAST - start).days
        question = Question(
            start=start,
            end=start + timedelta(days=data.draw(st.integers(0, longest))),
            rows=rows,
            columns=columns,
            posts=data.draw(st.sampled_from([(), (POST,), (POST, LABBEZANGA)])),
            direction=data.draw(st.sampled_from(["", "exit"])),
            decision=data.draw(st.sampled_from(["", "admitted"])),
        )
        check(question, there)
        transaction.set_rollback(True)


@pytest.mark.parametrize("start", [1, 2, 14, 15, 16, 17, 30, 31])
@pytest.mark.parametrize("end", [1, 2, 14, 15, 16, 17, 30, 31])
def test_a_period_may_begin_and_end_at_any_day_of_a_month(start: int, end: int) -> None:
    there = happened(
        crossing(date(2026, month, day), nationality=("MLI", "GIN")[day % 2])
        for month in (1, 3)
        for day in (1, 2, 14, 15, 16, 17, 30, 31)
    )
    for month in (1, 3):
        if (first := date(2026, 1, start)) <= (last := date(2026, month, end)):
            pair = {"rows": Dimension.NATIONALITY, "columns": Dimension.SEX}
            for posts in ((), (POST,)):
                check(Question(start=first, end=last, posts=posts, **pair), there)


def test_the_order_is_that_of_the_reader() -> None:
    day = date(2026, 5, 4)
    happened(
        crossing(day, nationality=nationality, age_group=age, purpose=purpose)
        for nationality, age, purpose in [
            ("SEN", "18-59", "other"), ("", "0-4", "trade"), ("", "", "family"), ("", "60+", "moon"),
            ("MLI", "5-11", "trade"), ("MLI", "0-4", "trade"),
        ]
    )  # fmt: skip

    def rows(of: Dimension) -> tuple[str, ...]:
        return answer(Question(start=day, end=day + timedelta(days=2), rows=of)).rows

    assert rows(Dimension.NATIONALITY) == ("MLI", "SEN", "")
    assert rows(Dimension.AGE) == ("0-4", "5-11", "18-59", "60+", "")
    assert rows(Dimension.PURPOSE) == ("family", "trade", "other", "moon")
    assert rows(Dimension.DAY) == ("2026-05-04", "2026-05-05", "2026-05-06")
    assert rows(Dimension.WEEK) == ("2026-05-04",)


def test_a_post_without_a_number_is_there(cast: object) -> None:
    day = timezone.localdate()
    found = answer(Question(start=day, end=day, rows=Dimension.POST))
    assert (found.rows, found.total) == ((str(POST),), 0)


def test_the_smallest_are_gathered_and_the_unknown_is_not() -> None:
    day = date(2026, 5, 4)
    many = ["MLI"] * 3 + ["GIN"] * 2 + ["SEN", "NER", "", "", "", ""]
    happened(crossing(day, nationality=nationality) for nationality in many)
    found = answer(Question(start=day, end=day, rows=Dimension.NATIONALITY))
    few = found.gathered(rows=2, columns=1)
    assert few.rows == ("MLI", "GIN", REST, "")
    assert few.row_totals == {"MLI": 3, "GIN": 2, REST: 2, "": 4}
    assert found.gathered(rows=4, columns=1).rows == found.rows


def test_the_smallest_are_gathered_in_columns_too() -> None:
    day = date(2026, 5, 4)
    happened(crossing(day, nationality=code) for code in ("MLI", "MLI", "GIN", "SEN"))
    question = Question(start=day, end=day, rows=Dimension.DAY, columns=Dimension.NATIONALITY)
    few = answer(question).gathered(rows=1, columns=1)
    assert few.column_totals == {"MLI": 2, REST: 2}
    assert few.rows == ("2026-05-04",)
