"""What was answered to the public, kept in memory for some minutes, until they say that they are done.

A kiosk has one browser for everybody, and a browser goes back. So what somebody sent is answered with
another address, and that address shows what is kept here. Done, it shows nothing any more, whatever stands
in the browser's history; and a form that was sent stands there no more either.
"""

from __future__ import annotations

import threading
import time
from typing import Any
from uuid import UUID

import msgspec

from openmidas.rights import limits


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """An answer: its template, what that one needs, and its status."""

    template: str
    context: dict[str, Any]
    status: int = 200


class Keeping:
    """The answers of this process, by the ids of their forms, which only this node issues."""

    def __init__(self, most: int = limits.KEPT) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._kept: dict[UUID, tuple[float, Kept]] = {}
        self._timer: threading.Timer | None = None

    def keep(self, id: UUID, kept: Kept) -> None:
        """Keep an answer in place of the one that the form had before."""
        with self._lock:
            self._drop_old()
            self._forget_in_time()
            self._kept.pop(id, None)
            if len(self._kept) >= self._most:
                del self._kept[next(iter(self._kept))]
            self._kept[id] = (time.monotonic(), kept)

    def shown(self, id: UUID) -> Kept | None:
        """The answer, None where there is none any more."""
        with self._lock:
            self._drop_old()
            found = self._kept.get(id)
            return found[1] if found else None

    def forget(self, id: UUID) -> None:
        """Whoever got the answer is done with it."""
        with self._lock:
            self._kept.pop(id, None)

    def _forget_in_time(self) -> None:
        """What the last person of the evening sent does not wait for the first of the morning."""
        if self._timer is None:
            self._timer = threading.Timer(limits.KEPT_FOR.total_seconds() + 1, self._expire)
            self._timer.daemon = True
            self._timer.start()

    def _expire(self) -> None:
        with self._lock:
            self._timer = None
            self._drop_old()
            if self._kept:
                self._forget_in_time()

    def _drop_old(self) -> None:
        since = time.monotonic() - limits.KEPT_FOR.total_seconds()
        old = [id for id, (at, _) in self._kept.items() if at < since]
        for id in old:
            del self._kept[id]
