"""What is usual for a weekday, and how today stands to it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from openmidas.flows.situation.usual import NOTHING, Against, Usual, usual, usual_by_post
from openmidas.flows.tallies import Key, add
from tests.conftest import POST

TUESDAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ([], NOTHING),
        ([5], Usual(5, 5, 1)),
        ([9, 7, 8], Usual(7, 9, 3)),
        ([1, 100, 7, 8], Usual(7, 8, 4)),
        ([800, 500, 520, 480, 10, 0, 610, 530], Usual(480, 530, 8)),
    ],
)
def test_the_middle_half(numbers: list[int], expected: Usual) -> None:
    assert usual(numbers) == expected


@pytest.mark.parametrize(
    ("number", "runs", "against"),
    [
        (480, True, Against.WITHIN),
        (610, False, Against.WITHIN),
        (611, True, Against.MORE),
        (479, True, Against.SO_FAR),
        (479, False, Against.FEWER),
        (0, False, Against.FEWER),
    ],
)
def test_a_number_against_it(number: int, runs: bool, against: Against) -> None:
    assert Usual(480, 610, 8).against(number, day_runs=runs) is against


def test_two_days_are_not_enough() -> None:
    assert Usual(480, 610, 2).against(5000, day_runs=True) is Against.NOT_KNOWN


def count(week: int, number: int, *, direction: str = "entry", status: str = "admitted") -> None:
    day = TUESDAY - timedelta(weeks=week)
    add({Key(POST, "d", day, direction, status): number})


def test_the_same_weekday_of_eight_weeks(db: None) -> None:
    count(0, 1)  # today is compared, and no part of it
    count(9, 1)  # too long ago
    for week in (1, 2, 3, 4):
        count(week, 100 * week)
    count(5, 7, direction="exit")  # a day without an entry is a day
    count(6, 3, status="refused")  # and so is one of refusals
    add({Key(POST, "d", TUESDAY - timedelta(days=1), "entry", "admitted"): 9999})
    found = usual_by_post(TUESDAY)
    assert found[POST, "entry"] == usual([100, 200, 300, 400, 0, 0])
    assert found[POST, "exit"] == usual([0, 0, 0, 0, 7, 0])


def test_a_count_that_went_back_to_nothing_is_no_day(db: None) -> None:
    count(1, 3, status="referred")
    count(1, -3, status="referred")
    assert usual_by_post(TUESDAY) == {}
