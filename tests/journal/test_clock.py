"""The bounded hybrid logical clock."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from openmidas.journal.clock import COUNTER_BITS, MAX_LEAD, follow, tick

walls = st.integers(0, 2**44)


@given(st.lists(walls, min_size=2))
def test_never_runs_backwards_whatever_the_battery_does(wall_times: list[int]) -> None:
    at, clock = 0, 0
    for wall in wall_times:
        now = tick(wall, at, clock)
        assert now.at >= at
        assert now.at >= wall
        assert now.clock > clock
        at, clock = now.at, now.clock


@given(walls, walls)
def test_follows_others_only_within_bounds(wall: int, other: int) -> None:
    clock, within = follow(0, other << COUNTER_BITS, wall)
    assert within is (other <= wall + MAX_LEAD)
    assert clock == (other << COUNTER_BITS if within else 0)
