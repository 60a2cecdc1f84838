"""The bounded hybrid logical clock.

One integer: milliseconds since 1970 in the upper 48 bits, a counter in the lower 16. It never runs
backwards, so that the order of a journal survives a dead battery, and it follows other nodes'
clocks by no more than `MAX_LEAD`: an unbounded one was measured to drag a whole State days ahead
after a single post had a wrong clock.
"""

from __future__ import annotations

import msgspec

COUNTER_BITS = 16
MAX_LEAD = 5 * 60 * 1000
"""How far, in milliseconds, another node's clock may lead ours and still be followed."""


class Tick(msgspec.Struct, frozen=True):
    """A moment: ``at`` in milliseconds, never below the floor, and the logical clock."""

    at: int
    clock: int


def tick(wall: int, floor: int, last: int) -> Tick:
    """The next moment of a journal.

    ``wall``: what the machine's clock says; ``floor``: the latest time that is certain (the entry
    before, or the last time signed by the HQ); ``last``: the last logical clock. Milliseconds.
    """
    at = max(wall, floor)
    return Tick(at, max(at << COUNTER_BITS, last + 1))


def follow(last: int, other: int, wall: int) -> tuple[int, bool]:
    """Our logical clock after hearing of another's, and whether the other was within bounds."""
    within = other >> COUNTER_BITS <= wall + MAX_LEAD
    return (max(last, other) if within else last), within
