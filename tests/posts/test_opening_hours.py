"""When a post should be open: also over midnight, and whatever was written."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from openmidas.nodes.slots import SLOT
from openmidas.posts.opening_hours import ALWAYS, Opening, OpeningHours, read_hours

WORKDAYS = ["06:00-18:00"] * 5 + ["", ""]
NIGHTS = ["20:00-04:00"] * 7
MONDAY = 5  # of January 2026


def at(day: int, text: str) -> datetime:
    hour, minute = text.split(":")
    return datetime(2026, 1, day, int(hour), int(minute))  # noqa: DTZ001  time on the wall


def hours_of(written: list[str]) -> float:
    """Hours of January 2026."""
    return read_hours(written).slots_of(date(2026, 1, 1)).bit_count() * SLOT.seconds / 3600


@pytest.mark.parametrize(
    ("written", "day", "time", "start", "end"),
    [
        (WORKDAYS, MONDAY, "06:00", at(5, "06:00"), at(5, "18:00")),
        (WORKDAYS, MONDAY, "17:59", at(5, "06:00"), at(5, "18:00")),
        (NIGHTS, MONDAY, "21:00", at(5, "20:00"), at(6, "04:00")),
        (NIGHTS, MONDAY, "03:59", at(4, "20:00"), at(5, "04:00")),
        (["06:00-12:00,12:00-18:00"] * 7, MONDAY, "13:00", at(5, "06:00"), at(5, "18:00")),
        (
            ["20:00-24:00", "00:00-04:00", *[""] * 5],
            MONDAY,
            "23:00",
            at(5, "20:00"),
            at(6, "04:00"),
        ),
    ],
)
def test_open(written: list[str], day: int, time: str, start: datetime, end: datetime) -> None:
    assert read_hours(written).current(at(day, time)) == Opening(start, end)


@pytest.mark.parametrize(
    ("written", "day", "time", "following"),
    [
        (WORKDAYS, MONDAY, "05:59", at(5, "06:00")),
        (WORKDAYS, MONDAY, "18:00", at(6, "06:00")),
        (WORKDAYS, MONDAY + 4, "18:00", at(12, "06:00")),
        (NIGHTS, MONDAY, "04:00", at(5, "20:00")),
        ([""] * 7, MONDAY, "12:00", None),
        (["06:00-12:00, 14:00-18:00"] * 7, MONDAY, "13:00", at(5, "14:00")),
    ],
)
def test_closed(written: list[str], day: int, time: str, following: datetime | None) -> None:
    hours = read_hours(written)
    assert hours.current(at(day, time)) is None
    assert hours.following(at(day, time)) == following


def test_hours_of_a_month() -> None:
    assert hours_of([]) == 31 * 24
    assert hours_of(["00:00-00:00"] * 7) == 31 * 24
    assert hours_of(WORKDAYS) == 22 * 12
    # A night that began in December, and one that ends in February.
    assert hours_of(NIGHTS) == 31 * 8


@pytest.mark.parametrize("written", [["nonsense"] * 7, ["06:00-25:00"] * 7, ["06:00-18:00"]])
def test_what_cannot_be_read_is_open_rather_than_closed(written: list[str]) -> None:
    assert read_hours(written).current(at(MONDAY, "03:00")) is not None
    assert hours_of(written) == 31 * 24


def test_always() -> None:
    assert ALWAYS.always
    assert read_hours(["00:00-24:00"] * 7) == ALWAYS
    assert not read_hours(WORKDAYS).always
    assert isinstance(read_hours(WORKDAYS), OpeningHours)
