"""When to try again: at once when there is reason to, ever more rarely while it fails."""

from __future__ import annotations

import random
from collections.abc import Callable

FIRST_DELAY = 0.5
LONGEST_DELAY = 60.0
LEAST_DELAY = 0.25
"""Seconds. Between a failure and the next attempt there is always the last of them."""


class Pace:
    """The rhythm of one thing that is done over and over. All times are seconds of one steady clock.

    ``every``: how long after a success it is due again, None for only when woken.
    """

    def __init__(
        self, every: float | None, chance: Callable[[], float] = random.random, start: float = 0.0
    ) -> None:
        self._every = every
        self._chance = chance
        self._earliest = start
        self.failures = 0
        self.due: float | None = start

    def succeeded(self, now: float, *, within: float | None = None) -> None:
        """It went well; ``within``: in how many seconds it is due again at the latest."""
        self.failures = 0
        self._earliest = now
        waits = [wait for wait in (self._every, within) if wait is not None]
        self.due = now + min(waits) if waits else None

    def failed(self, now: float) -> None:
        """It did not: wait twice as long as the last time, up to a minute.

        With jitter, so that five hundred posts do not all come back in the same second.
        """
        doubled = FIRST_DELAY * 2.0 ** min(self.failures, 16)
        self.failures += 1
        self._earliest = now + LEAST_DELAY
        self.due = now + min(LONGEST_DELAY, doubled) * (0.5 + self._chance() / 2)

    def woken(self, now: float) -> None:
        """There is a reason to do it at once."""
        self.due = max(now, self._earliest)

    def wait(self, now: float) -> float | None:
        """How many seconds until it is due, None for until woken."""
        return None if self.due is None else max(0.0, self.due - now)
