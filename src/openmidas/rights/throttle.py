"""A bound on what the public may send, that remembers nobody.

Counts stand in the memory of the process, under a keyed hash of the address whose key is thrown away
with each window: nothing is written, and a window later nothing could be found out.
"""

from __future__ import annotations

import hashlib
import os
import threading
import time
from collections import Counter

from openmidas.posts.refusals import Refused
from openmidas.rights import limits


class Throttle:
    """So many within a window, from one address and from all together."""

    def __init__(self, from_one: int = limits.FROM_ONE, from_all: int = limits.FROM_ALL) -> None:
        self._from_one, self._from_all = from_one, from_all
        self._lock = threading.Lock()
        self._began = float("-inf")
        self._key = b""
        self._counts: Counter[bytes] = Counter()

    def count(self, address: str) -> None:
        """Count one more. Raises `Refused` ``public.too_many``."""
        with self._lock:
            now = time.monotonic()
            if now - self._began >= limits.WINDOW.total_seconds():
                self._began, self._key = now, os.urandom(16)
                self._counts.clear()
            whose = hashlib.blake2b(address.encode(), key=self._key, digest_size=8).digest()
            if self._counts[whose] >= self._from_one or self._counts.total() >= self._from_all:
                raise Refused("public.too_many")
            self._counts[whose] += 1

    def forget(self) -> None:
        """Begin a new window."""
        with self._lock:
            self._began = float("-inf")
