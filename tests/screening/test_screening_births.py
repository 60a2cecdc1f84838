"""Comparing dates of birth that are known in part."""

from __future__ import annotations

from datetime import date

import pytest

from openmidas.documents import PartialDate
from openmidas.screening import ListedBirth
from openmidas.screening.births import compare_births


def listed(earliest: date, latest: date | None = None) -> ListedBirth:
    return ListedBirth(earliest, latest or earliest, "as listed")


DAY = listed(date(1971, 3, 14))
YEAR = listed(date(1971, 1, 1), date(1971, 12, 31))
NEW_YEAR = listed(date(1971, 1, 1))
YEARS = listed(date(1968, 1, 1), date(1973, 12, 31))
UNREAD = ListedBirth(None, None, "30-35 years old")


@pytest.mark.parametrize(
    ("ours", "theirs", "how"),
    [
        ("1971-03-14", DAY, "same_day"),
        ("1971", DAY, "same_period"),
        ("1971-03", DAY, "same_period"),
        ("1971-03-14", YEAR, "same_period"),
        ("1971-01-01", DAY, "same_period"),  # 1 January stands for the year, on either side
        ("1971-07-09", NEW_YEAR, "same_period"),
        ("1971-01-01", NEW_YEAR, "same_period"),
        ("1971-07-09", YEARS, "same_period"),
        ("~1974", DAY, "same_period"),
        ("1972-03-14", DAY, "near"),
        ("1971-11-20", DAY, "near"),
        ("1972", YEAR, "near"),
        ("1972-03-16", DAY, "different"),
        ("1973", YEAR, "different"),
        ("1991-03-15", DAY, "different"),
        ("1991-03-14", DAY, "one_figure"),
        ("1971-03-18", DAY, "one_figure"),
        ("1971-03-13", DAY, "near"),
        ("1971-04-05", listed(date(1971, 5, 4)), "swapped"),
        ("1971-03-14", UNREAD, "not_known"),
    ],
)
def test_one_birth(ours: str, theirs: ListedBirth, how: str) -> None:
    assert compare_births(PartialDate.parse(ours), [theirs]).how == how


def test_a_long_period_is_told_apart() -> None:
    assert compare_births(PartialDate(1971), [YEAR]).short
    assert not compare_births(PartialDate(1971), [YEARS]).short
    assert not compare_births(PartialDate(1971, approximate=True), [DAY]).short


def test_the_best_of_several_births_counts() -> None:
    other = listed(date(1960, 5, 5))
    assert compare_births(PartialDate(1971, 3, 14), [other, YEARS, DAY]).how == "same_day"
    assert compare_births(PartialDate(1971, 3, 15), [YEARS, YEAR]).short


def test_a_birth_that_could_not_be_read_rules_nobody_out() -> None:
    assert compare_births(PartialDate(1991), [DAY, UNREAD]).how == "not_known"


def test_nothing_known_on_either_side() -> None:
    assert compare_births(None, [DAY]).how == "not_known"
    assert compare_births(PartialDate(1971), []).how == "not_known"
