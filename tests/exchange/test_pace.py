"""The rhythm of attempts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from openmidas.exchange.pace import LEAST_DELAY, LONGEST_DELAY, Pace


def test_doubles_up_to_a_minute_and_begins_again_after_a_success() -> None:
    pace = Pace(2.0, chance=lambda: 1.0)
    waits = []
    for _ in range(10):
        pace.failed(0.0)
        waits.append(pace.wait(0.0))
    assert waits == [0.5, 1, 2, 4, 8, 16, 32, 60, 60, 60]
    pace.succeeded(100.0)
    assert pace.wait(100.0) == 2.0
    pace.failed(102.0)
    assert pace.wait(102.0) == 0.5


@given(st.integers(1, 2000), st.floats(0, 1))
def test_jitter_stays_within_half_and_whole(failures: int, chance: float) -> None:
    pace = Pace(None, chance=lambda: chance)
    for _ in range(failures):
        pace.failed(0.0)
    wait = pace.wait(0.0)
    assert wait is not None
    whole = min(LONGEST_DELAY, 0.5 * 2.0 ** min(failures - 1, 16))
    assert whole / 2 <= wait <= whole


def test_woken_it_is_due_at_once_but_never_spins() -> None:
    pace = Pace(None, start=0.0)
    pace.succeeded(1.0)
    assert pace.wait(1.0) is None
    pace.woken(5.0)
    assert pace.wait(5.0) == 0.0
    pace.failed(5.0)
    pace.woken(5.0)
    assert pace.wait(5.0) == LEAST_DELAY


def test_more_to_do_is_done_at_once() -> None:
    pace = Pace(2.0)
    pace.succeeded(7.0, within=0.0)
    assert pace.wait(7.0) == 0.0
