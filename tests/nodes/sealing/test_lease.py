"""Until when a sealed post may be read, with clocks as they are at posts."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmidas.nodes.home import NodeHome
from openmidas.nodes.sealing import lease as lease_module
from openmidas.nodes.sealing.lease import (
    Lease,
    forget_lease,
    is_over,
    new_lease,
    note_time,
    read_lease,
    write_lease,
)

DAY = 86_400_000
HOUR = 3_600


class Clock:
    """A clock that is set."""

    def __init__(self, at: int) -> None:
        self.at = at

    def __call__(self) -> int:
        return self.at


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock(1_790_000_000_000)
    monkeypatch.setattr(lease_module, "now", clock)
    return clock


@pytest.fixture
def home(tmp_path: Path) -> NodeHome:
    return NodeHome(tmp_path)


@given(st.integers(0, 2**42), st.integers(1, 400 * DAY), st.integers(0, 800 * DAY))
def test_it_is_over_from_its_end_on(at: int, length: int, later: int) -> None:
    assert Lease(at=at, until=at + length).over_at(at + later) is (later >= length)


def test_it_is_known_again_after_a_power_cut(home: NodeHome, clock: Clock) -> None:
    assert read_lease(home) is None
    lease = new_lease(14 * 24 * HOUR)
    write_lease(home, lease)
    assert read_lease(home) == lease
    assert lease.days == 14
    forget_lease(home)
    assert read_lease(home) is None


def test_a_clock_that_is_set_back_wins_nothing(home: NodeHome, clock: Clock) -> None:
    lease = new_lease(24 * HOUR)
    write_lease(home, lease)
    clock.at += DAY - 1000
    note_time(home, HOUR)
    clock.at = 0
    assert not is_over(home, lease)
    note_time(home, HOUR)
    assert is_over(home, lease), "an hour has passed, whatever the clock says"


def test_time_passes_under_a_clock_that_stands_in_the_past(home: NodeHome, clock: Clock) -> None:
    lease = new_lease(2 * HOUR)
    write_lease(home, lease)
    clock.at = 0
    assert not is_over(home, lease)
    note_time(home, HOUR)
    assert not is_over(home, lease)
    note_time(home, HOUR)
    assert is_over(home, lease)


def test_a_clock_that_ran_ahead_and_was_put_right_costs_no_lease(
    home: NodeHome, clock: Clock
) -> None:
    write_lease(home, new_lease(24 * HOUR))
    clock.at += 400 * DAY
    note_time(home, HOUR)
    clock.at -= 399 * DAY
    renewed = new_lease(24 * HOUR)
    write_lease(home, renewed)
    assert not is_over(home, renewed)


def test_without_a_lease_there_is_nothing_to_note(home: NodeHome, clock: Clock) -> None:
    note_time(home, HOUR)
    assert list(home.folder.iterdir()) == []
