"""How fast a backlog goes."""

from __future__ import annotations

from openmidas.exchange.speed import EVERY, SPAN, Speed


def test_it_is_told_now_and_then_over_the_last_minute() -> None:
    speed = Speed()
    assert speed.gone(0, 0) is None
    assert speed.gone(5, 50) is None, "too soon to say"
    assert speed.gone(EVERY, 100) == 600
    assert speed.gone(EVERY + 1, 110) is None, "told a moment ago"
    assert speed.gone(SPAN + 20, 130) == round(20 * 60 / (SPAN + 20 - 11)), (
        "what is old counts no more"
    )


def test_the_next_backlog_is_measured_by_itself() -> None:
    speed = Speed()
    speed.gone(0, 0)
    speed.idle()
    assert speed.gone(1000, 500) is None
    assert speed.gone(1000 + EVERY, 600) == 600


def test_a_side_that_lost_entries_has_no_speed_below_nothing() -> None:
    speed = Speed()
    speed.gone(0, 10_000)
    assert speed.gone(EVERY, 10_060) == 360
    assert speed.gone(EVERY * 2, 5_000) is None
    assert speed.gone(EVERY * 3, 5_060) == 360
