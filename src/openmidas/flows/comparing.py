"""How a number differs from the one before: which way, and by how much."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Trend(StrEnum):
    """Which way a number went. ``NOTHING``: there is nothing to compare it with."""

    MORE = "more"
    FEWER = "fewer"
    SAME = "same"
    NOTHING = "nothing"


class Change(msgspec.Struct, frozen=True):
    """A number and the one before it.

    ``percent``: whole per cent of the number before, without a sign. 0 stands for less than one
    per cent; a hundred per cent fewer is said only where there is nobody left.
    """

    before: int
    now: int
    trend: Trend
    percent: int = 0


def change(before: int | None, now: int) -> Change:
    """How ``now`` differs from ``before``; None: nothing is known of the time before."""
    if not before:
        return Change(0, now, Trend.NOTHING)
    if now == before:
        return Change(before, now, Trend.SAME)
    percent = (abs(now - before) * 200 + before) // (2 * before)
    if now > before:
        return Change(before, now, Trend.MORE, percent)
    return Change(before, now, Trend.FEWER, min(percent, 99) if now else 100)
