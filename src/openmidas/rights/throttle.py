"""A bound on what the public may send, that remembers nobody.

Counts stand in the memory of the process, under a keyed hash of the address whose key is thrown away
with each window: nothing is written, and a window later nothing could be found out.

Each kind of sending has a count of its own: nobody is kept from telling of a danger because others
complained, or mistook their code word. What a form could not be sent with is counted apart as well.
"""

from __future__ import annotations

import hashlib
import os
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum

import msgspec

from openmidas.posts.refusals import Refused
from openmidas.rights import limits


class Sent(StrEnum):
    """What is counted: a report, a complaint, a code word that fits nothing; what was looked up or
    checked; a form that was not complete."""

    REPORT = "report"
    COMPLAINT = "complaint"
    CODE_WORD = "answer"
    LOOKED_UP = "looked_up"
    MISTAKE = "mistake"


class Allowance(msgspec.Struct, frozen=True, kw_only=True):
    """So many within a window: from one address, from a kiosk of the post, from all but the kiosks."""

    one: int
    kiosk: int
    others: int


class Throttle:
    """What is left of the allowances."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._began = float("-inf")
        self._key = b""
        self._counts: Counter[tuple[Sent, bytes]] = Counter()

    def count(self, what: Sent, address: str, *, kiosk: bool = False) -> None:
        """Count one more. Raises `Refused` ``report.too_many``, or as the other kinds are called."""
        allowed = ALLOWANCES[what]
        with self._lock:
            self._begin()
            one, all_others = (what, self._whose(address)), (what, b"")
            full = self._counts[one] >= (allowed.kiosk if kiosk else allowed.one)
            # Whoever floods the post from elsewhere does not shut its kiosk.
            if full or (not kiosk and self._counts[all_others] >= allowed.others):
                raise Refused(f"{what}.too_many")
            self._counts[one] += 1
            self._counts[all_others] += 0 if kiosk else 1

    def give_back(self, what: Sent, address: str, *, kiosk: bool = False) -> None:
        """What was counted was none."""
        with self._lock:
            for whose in (self._whose(address), *(() if kiosk else (b"",))):
                # After a new window began, there is nothing to give back.
                if self._counts[what, whose]:
                    self._counts[what, whose] -= 1

    @contextmanager
    def counting(self, what: Sent, address: str, *, kiosk: bool = False) -> Iterator[None]:
        """Count what is sent inside, unless it is refused. Raises `Refused`, as `count` does."""
        self.count(what, address, kiosk=kiosk)
        try:
            yield
        except Refused:
            self.give_back(what, address, kiosk=kiosk)
            raise

    def forget(self) -> None:
        """Begin a new window."""
        with self._lock:
            self._began = float("-inf")

    def _begin(self) -> None:
        now = time.monotonic()
        if now - self._began >= limits.WINDOW.total_seconds():
            self._began, self._key = now, os.urandom(16)
            self._counts.clear()
            # Also where nobody sends anything any more: the key does not outlive its window.
            timer = threading.Timer(limits.WINDOW.total_seconds(), self._end, (self._key,))
            timer.daemon = True
            timer.start()

    def _end(self, key: bytes) -> None:
        with self._lock:
            if self._key == key:
                self._began, self._key = float("-inf"), b""
                self._counts.clear()

    def _whose(self, address: str) -> bytes:
        return hashlib.blake2b(address.encode(), key=self._key, digest_size=8).digest()


ALLOWANCES = {
    Sent.REPORT: Allowance(one=20, kiosk=60, others=200),
    Sent.COMPLAINT: Allowance(one=10, kiosk=40, others=100),
    Sent.CODE_WORD: Allowance(one=10, kiosk=40, others=200),
    Sent.LOOKED_UP: Allowance(one=60, kiosk=200, others=600),
    Sent.MISTAKE: Allowance(one=60, kiosk=200, others=600),
}
