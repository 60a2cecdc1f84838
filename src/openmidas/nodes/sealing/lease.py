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
SEEN = "lease-clock.json"
_DAY = 86_400_000


class Lease(msgspec.Struct, frozen=True, kw_only=True):
    """``at``, ``until``: from when to when, in milliseconds of this machine's clock."""

    at: int
    until: int

    @property
    def days(self) -> int:
        """How many days the HQ gave."""
        return (self.until - self.at) // _DAY

    def over_at(self, moment: int) -> bool:
        """Whether it has run out at a moment (ms)."""
        return moment >= self.until


class Seen(msgspec.Struct, frozen=True):
    """The latest moment that was seen under one lease, known by when it began."""

    lease: int
    at: int


def now() -> int:
    """What this machine's clock says, in milliseconds since 1970."""
    return time.time_ns() // 1_000_000


def new_lease(seconds: int) -> Lease:
    """A lease that begins now: the HQ has just answered."""
    clock = now()
    return Lease(at=clock, until=clock + seconds * 1000)


def read_lease(home: NodeHome) -> Lease | None:
    """The lease of this post; None where it depends on none. One that cannot be read has run out."""
    try:
        return msgspec.json.decode(home.path(LEASE).read_bytes(), type=Lease)
    except FileNotFoundError:
        return None
    except (msgspec.DecodeError, UnicodeDecodeError):
        return Lease(at=0, until=0)


def write_lease(home: NodeHome, lease: Lease) -> None:
    """Keep it, so that it is still known after a power cut."""
    write_file(home.path(LEASE), msgspec.json.encode(lease))


def forget_lease(home: NodeHome) -> None:
    """This post depends on no lease."""
    home.path(LEASE).unlink(missing_ok=True)
    home.path(SEEN).unlink(missing_ok=True)


def is_over(home: NodeHome, lease: Lease) -> bool:
    """Whether a lease has run out, by the clock or by what it said before it was set back."""
    return lease.over_at(max(now(), lease.at, _seen(home, lease)))


def note_time(home: NodeHome, elapsed: float) -> None:
    """So many seconds have passed since this was last noted, by a clock that nobody can set."""
    lease = read_lease(home)
    if lease is not None:
        at = max(now(), max(lease.at, _seen(home, lease)) + int(elapsed * 1000))
        write_file(home.path(SEEN), msgspec.json.encode(Seen(lease.at, at)))


def _seen(home: NodeHome, lease: Lease) -> int:
    """The latest moment seen under this lease; 0 under none. A later lease begins afresh."""
    try:
        seen = msgspec.json.decode(home.path(SEEN).read_bytes(), type=Seen)
    except (FileNotFoundError, msgspec.DecodeError):
        return 0
    return seen.at if seen.lease == lease.at else 0
