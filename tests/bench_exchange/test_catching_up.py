"""When a flapping line is up, and how much of a run that was."""

from __future__ import annotations

import pytest

from bench.exchange.catching_up import Flapping

FLAPPING = Flapping(up=30, down=10)


@pytest.mark.parametrize(
    ("seconds", "up", "seconds_up"),
    [
        (0, True, 0),
        (29, True, 29),
        (31, False, 30),
        (39, False, 30),
        (41, True, 31),
        (95, True, 75),
    ],
)
def test_a_flapping_line(seconds: float, up: bool, seconds_up: float) -> None:
    assert FLAPPING.is_up(seconds) is up
    assert FLAPPING.seconds_up(seconds) == seconds_up
