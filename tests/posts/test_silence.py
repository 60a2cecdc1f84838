"""When a post counts as silent: only time in which it should be open counts."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from openmidas.posts.opening_hours import read_hours
from openmidas.posts.silence import Hearing, silence

DAYS = ["06:00-18:00"] * 7
NIGHTS = ["20:00-04:00"] * 7
NEVER_OPEN = [""] * 7
WORKDAYS = ["06:00-18:00"] * 5 + ["", ""]
LIMIT = timedelta(hours=4)


def at(text: str) -> datetime:
    """Day of January 2026 and time: the 5th is a Monday."""
    return datetime.fromisoformat(f"2026-01-{text}")


@pytest.mark.parametrize(
    ("hours", "now", "last", "hearing"),
    [
        ([], "05 12:00", "05 11:59", Hearing.FINE),
        ([], "05 12:00", "05 08:00", Hearing.FINE),
        ([], "05 12:01", "05 08:00", Hearing.SILENT),
        (DAYS, "05 12:00", None, Hearing.NEVER),
        # Heard of at the end of the day: the night does not count.
        (DAYS, "06 05:59", "05 17:59", Hearing.CLOSED),
        (DAYS, "06 06:01", "05 17:59", Hearing.FINE),
        (DAYS, "06 09:58", "05 17:59", Hearing.FINE),
        (DAYS, "06 10:00", "05 17:59", Hearing.SILENT),
        # Silent by day: it stays so at night.
        (DAYS, "05 21:00", "05 10:00", Hearing.SILENT),
        (DAYS, "05 18:30", "05 15:00", Hearing.CLOSED),
        # Over midnight.
        (NIGHTS, "05 23:59", "05 20:00", Hearing.FINE),
        (NIGHTS, "06 00:01", "05 20:00", Hearing.SILENT),
        (NIGHTS, "06 03:59", "06 01:00", Hearing.FINE),
        (NIGHTS, "06 12:00", "06 01:00", Hearing.CLOSED),
        (NIGHTS, "06 21:01", "06 01:00", Hearing.SILENT),
        (NIGHTS, "06 20:59", "06 01:00", Hearing.FINE),
        # Two closed days.
        (WORKDAYS, "11 12:00", "09 17:00", Hearing.CLOSED),
        (WORKDAYS, "12 09:01", "09 17:00", Hearing.SILENT),
        (NEVER_OPEN, "12 09:01", "01 00:00", Hearing.CLOSED),
        # A contact "in the future": noted before the clock was put right.
        (DAYS, "05 12:00", "06 12:00", Hearing.FINE),
    ],
)
def test_hearing(hours: list[str], now: str, last: str | None, hearing: Hearing) -> None:
    contact = at(last) if last else None
    assert silence(at(now), contact, read_hours(hours), LIMIT).hearing is hearing


def test_says_since_when_and_when_it_should_be_open() -> None:
    by_day = silence(at("05 12:00"), at("05 07:00"), read_hours(DAYS), LIMIT)
    assert by_day.since == at("05 07:00")
    assert by_day.opening is not None
    assert (by_day.opening.end, by_day.opens) == (at("05 18:00"), None)
    by_night = silence(at("05 19:00"), at("05 07:00"), read_hours(DAYS), LIMIT)
    assert (by_night.opening, by_night.opens) == (None, at("06 06:00"))


def test_openings_that_overlap_count_once() -> None:
    hours = read_hours(["06:00-10:00,08:00-12:00"] * 7)
    found = silence(at("05 11:00"), at("05 06:00"), hours, timedelta(hours=5))
    assert found.hearing is Hearing.FINE
