"""How much of the opening hours of a day a shift was on duty."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

from openmidas.journal.models import new_id
from openmidas.nodes.models import LastReport
from openmidas.posts.models import Post
from openmidas.register import coverage
from openmidas.register.coverage import Attendance, attendance_on
from openmidas.register.models import Shift
from tests.conftest import HQ, POST
from tests.support.cast import Cast, at_node

DAY = date(2026, 3, 10)


def at(hour: int, day: int = 10) -> datetime:
    return datetime(2026, 3, day, hour, tzinfo=UTC)  # Bamako keeps universal time


def shift(since: datetime, until: datetime | None = None) -> None:
    Shift.objects.create(id=new_id(), node=POST, since=since, until=until, opened_at=since)


@pytest.fixture
def hq(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Headquarters, on the day after, and a post that opens from six to six."""
    monkeypatch.setattr(coverage, "node_time", lambda: at(12, day=11))
    Post.objects.filter(id=POST).update(hours=["06:00-18:00"] * 7)
    with at_node(HQ):
        reported(at(12, day=11))
        yield


def reported(until: datetime) -> None:
    LastReport.objects.update_or_create(
        id=POST,
        defaults={
            "node": POST,
            "report": new_id(),
            "at": until,
            "known_from": at(0, day=1),
            "known_until": until,
        },
    )


def on(day: date) -> Attendance:
    return attendance_on(day, [POST])[POST]


@pytest.mark.usefixtures("hq")
class TestADay:
    def test_without_a_shift_nobody_was_there(self) -> None:
        assert on(DAY) == Attendance(open=12, known=12, attended=0)

    def test_what_no_report_tells_of_is_not_known(self) -> None:
        shift(at(6), at(18))
        reported(at(9))
        assert on(DAY) == Attendance(open=12, known=3, attended=3)
        assert (on(DAY).percent, on(DAY).unknown) == (100, 9)
        LastReport.objects.all().delete()
        assert on(DAY) == Attendance(open=12)

    def test_counts_within_the_opening_hours_and_no_hour_twice(self) -> None:
        shift(at(4), at(10))
        shift(at(9), at(12))
        assert on(DAY) == Attendance(open=12, known=12, attended=6)
        assert on(DAY).percent == 50

    def test_counts_what_lies_in_the_day(self) -> None:
        shift(at(16, day=9), at(8))
        assert (on(date(2026, 3, 9)).attended, on(DAY).attended) == (2, 2)

    def test_today_counts_as_far_as_it_has_passed(self) -> None:
        shift(at(6, day=11), at(9, day=11))
        assert on(date(2026, 3, 11)) == Attendance(open=6, known=6, attended=3)
        assert on(date(2026, 3, 12)) == Attendance()

    def test_a_shift_on_duty_counts_until_the_post_was_last_heard_of(self) -> None:
        shift(at(6))
        reported(at(9))
        assert on(DAY).attended == 3

    def test_a_post_that_is_closed_needs_nobody(self) -> None:
        Post.objects.filter(id=POST).update(hours=[""] * 7)
        shift(at(6), at(9))
        assert (on(DAY), on(DAY).percent) == (Attendance(), 0)
