"""The lease: until when a sealed post may be read, as far as its own clock can tell.

The HQ says how long, not until when: clocks at posts are wrong. What is kept here is no secret and not
signed. Whoever could change it holds the phrases and a share of a machine in his hands, and needs no
lease; it binds the program of a post that the HQ has lost sight of, not a thief with all its keys.
"""

from __future__ import annotations

import time

import msgspec

from openmidas.nodes.home import NodeHome, write_file

LEASE = "lease.json"


class Lease(msgspec.Struct, frozen=True, kw_only=True):
    """``until``, ``seen``: in milliseconds of this machine's clock; ``seen`` is the latest it was known
    to say, which a clock that was set back does not undo. ``seconds``: how long the HQ gave."""

    until: int
    seen: int
    seconds: int

    def over_at(self, clock: int) -> bool:
        """Whether it has run out when the clock says this (ms)."""
        return max(clock, self.seen) >= self.until

    def renewed(self, clock: int, seconds: int) -> Lease:
        """As the HQ renews it."""
        now = max(clock, self.seen)
        return Lease(until=now + seconds * 1000, seen=now, seconds=seconds)

    def passed(self, clock: int, elapsed: float) -> Lease:
        """Some seconds later, by a clock that nobody can set."""
        return msgspec.structs.replace(self, seen=max(clock, self.seen + int(elapsed * 1000)))


def now() -> int:
    """What this machine's clock says, in milliseconds since 1970."""
    return time.time_ns() // 1_000_000


def read_lease(home: NodeHome) -> Lease | None:
    """The lease of this post; None where it depends on none. Raises `msgspec.DecodeError`."""
    try:
        return msgspec.json.decode(home.path(LEASE).read_bytes(), type=Lease)
    except FileNotFoundError:
        return None


def write_lease(home: NodeHome, lease: Lease) -> None:
    """Keep it, so that it is still known after a power cut."""
    write_file(home.path(LEASE), msgspec.json.encode(lease))


def first_lease(seconds: int) -> Lease:
    """A lease that begins now; without regard to what was seen: the HQ has just answered."""
    clock = now()
    return Lease(until=clock + seconds * 1000, seen=clock, seconds=seconds)
