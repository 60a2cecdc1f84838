"""So many questions a minute from one system, so that none keeps the HQ's pages waiting.

Counted in the memory of the one process that serves the pages: a restart forgives, nothing more.
"""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import Callable
from threading import Lock
from uuid import UUID

PER_MINUTE = 120
_MINUTE = 60.0


class Rate:
    """Who asked when, within the last minute. ``clock``: seconds that only go forward."""

    def __init__(self, most: int = PER_MINUTE, clock: Callable[[], float] = time.monotonic) -> None:
        self.most = most
        self._clock = clock
        self._asked: dict[UUID, deque[float]] = {}
        self._lock = Lock()

    def wait(self, system: UUID) -> int:
        """0, and the question counts; or the seconds until the system may ask again."""
        with self._lock:
            now = self._clock()
            asked = self._asked.setdefault(system, deque())
            while asked and asked[0] <= now - _MINUTE:
                asked.popleft()
            if len(asked) < self.most:
                asked.append(now)
                return 0
            return max(1, math.ceil(asked[0] + _MINUTE - now))

    def forget(self) -> None:
        """Nobody has asked yet."""
        with self._lock:
            self._asked.clear()


RATE = Rate()
