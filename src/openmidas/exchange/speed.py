"""How fast a backlog goes: entries a minute, over the last minute or so of it."""

from __future__ import annotations

from collections import deque

SPAN = 60.0
EVERY = 10.0
"""Seconds: over how long it is measured, and how often it is told."""


class Speed:
    """Told by and by how many entries have gone. Times are seconds of one steady clock."""

    def __init__(self) -> None:
        self._points: deque[tuple[float, int]] = deque()
        self._told = 0.0

    def gone(self, now: float, entries: int) -> int | None:
        """So many have gone by now; entries a minute where it is time to tell, None where it is not."""
        if self._points and entries < self._points[-1][1]:
            self._points.clear()  # the other side lost some: they go again
        self._points.append((now, entries))
        while len(self._points) > 1 and self._points[1][0] < now - SPAN:
            self._points.popleft()
        first, before = self._points[0]
        if now - first < EVERY or now - self._told < EVERY:
            return None
        self._told = now
        return round((entries - before) * 60 / (now - first))

    def idle(self) -> None:
        """Nothing waits any more: the next backlog is measured by itself."""
        self._points.clear()
