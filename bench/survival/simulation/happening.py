"""The virtual world: one heap of what happens next, one source of chance, one clock for all."""

from __future__ import annotations

import hashlib
import heapq
import random
from collections.abc import Callable
from datetime import UTC, datetime

SECOND = 1000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR
BEGINNING = 1_767_225_600_000
"""1 January 2026, in milliseconds: when every history begins."""


class World:
    """Time in milliseconds, what is to happen, and chance. Nothing here sleeps.

    ``tell``: keep a line for everything that happens, to be read afterwards.
    """

    def __init__(self, seed: int, *, tell: bool = False) -> None:
        self.chance = random.Random(seed)  # noqa: S311  repeatable on purpose
        self.now = BEGINNING
        self.told: list[str] | None = [] if tell else None
        self.steps = 0
        self._heap: list[tuple[int, int, Callable[[], None]]] = []
        self._number = 0
        self._digest = hashlib.sha256()

    def after(self, delay: int, do: Callable[[], None]) -> None:
        """Have something happen later. Whatever is due at one moment happens in the order of asking."""
        self._number += 1
        heapq.heappush(self._heap, (self.now + delay, self._number, do))

    def run(self, until: int) -> None:
        """Let time pass."""
        while self._heap and self._heap[0][0] <= until:
            self.now, _, do = heapq.heappop(self._heap)
            self.steps += 1
            do()
        self.now = until

    def forget(self) -> None:
        """Nothing of what was to happen will."""
        self._heap.clear()

    def happens(self, probability: float) -> bool:
        """Whether something of this probability happens now."""
        return self.chance.random() < probability

    def note(self, who: str, what: str, *details: object) -> None:
        """Something happened: it counts for the digest, and is told where that was asked for."""
        self._digest.update(f"{self.now} {who} {what} {details}".encode())
        if self.told is not None:
            moment = datetime.fromtimestamp(self.now / 1000, UTC)
            words = " ".join(map(str, details))
            self.told.append(f"{moment:%m-%d %H:%M:%S}  {who:<8} {what} {words}".rstrip())

    def digest(self) -> str:
        """Equal for two histories in which the same happened in the same order."""
        return self._digest.hexdigest()
