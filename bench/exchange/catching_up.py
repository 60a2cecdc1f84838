"""One run: the post has a backlog, the line comes up, and it is watched until the HQ has receipted all.

Only processes, bytes and the HQ's database are looked at, and the database is asked beside the line:
how nodes exchange may change without a change here.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import msgspec
import psycopg

from bench.exchange.emulator import Line, Traffic
from bench.exchange.nodes import PORT, NodeFailed, Pair, receipted

LOOK_SECONDS = 0.1
CHECK_SECONDS = 5.0
SECONDS_TO_FIRST_PACKET = 60.0
CONGESTION = re.compile(rf":{PORT} *\n\s.*?\b(bbr|cubic|reno)\b")


class Flapping(msgspec.Struct, frozen=True):
    """The line is up for so many seconds, then down for so many, and so on."""

    up: float
    down: float

    def is_up(self, seconds: float) -> bool:
        """Whether it is up so many seconds after it came up first."""
        return seconds % (self.up + self.down) < self.up

    def seconds_up(self, seconds: float) -> float:
        """How long of these seconds it was up."""
        rounds, rest = divmod(seconds, self.up + self.down)
        return rounds * self.up + min(rest, self.up)


class CaughtUp(msgspec.Struct, frozen=True, kw_only=True):
    """How it went. ``seconds``: from the post's first packet until the HQ had receipted all, None
    if that took longer than was waited; ``up``: of these, how long the line was up; ``receipted``:
    how many entries in the end; ``traffic``: what went over the line; ``congestion``: the congestion
    control that the post's socket really used."""

    seconds: float | None
    up: float | None
    receipted: int
    traffic: Traffic
    congestion: str


def catch_up(
    pair: Pair,
    line: Line,
    until: int,
    *,
    limit: float,
    told: Callable[[int], None],
    flapping: Flapping | None = None,
) -> CaughtUp:
    """Start the exchange of both and wait until the HQ has receipted this entry.

    ``limit``: seconds to wait with the line up; ``told`` hears how far it has come. They go on
    running. Raises `NodeFailed` where a process ends.
    """
    pair.listen()
    pair.hq.up("worker")
    pair.post.up("exchange")
    began = _first_packet(pair, line)
    watch = _Watch(pair, line, began, flapping)
    with pair.asking() as database:
        done = watch.follow(database, until, limit, told)
    seconds = time.monotonic() - began
    line.set_up(True)
    time.sleep(2.0)  # the last receipt is still on its way to the post
    return CaughtUp(
        seconds=seconds if done else None,
        up=watch.seconds_up(seconds) if done else None,
        receipted=watch.receipted,
        traffic=line.traffic(),
        congestion=watch.congestion,
    )


class _Watch:
    """Looks how far it has come, and lets the line flap."""

    def __init__(self, pair: Pair, line: Line, began: float, flapping: Flapping | None) -> None:
        self._pair = pair
        self._line = line
        self._began = began
        self._flapping = flapping
        self._checked = 0.0
        self.receipted = 0
        self.congestion = "?"

    def follow(
        self,
        database: psycopg.Connection[tuple[object, ...]],
        until: int,
        limit: float,
        told: Callable[[int], None],
    ) -> bool:
        """Until this entry is receipted (True), or the line was up for too long (False)."""
        while self.receipted < until:
            seconds = time.monotonic() - self._began
            if self.seconds_up(seconds) > limit:
                return False
            if self._flapping is not None:
                self._line.set_up(self._flapping.is_up(seconds))
            if seconds - self._checked > CHECK_SECONDS:
                self._check(seconds)
            time.sleep(LOOK_SECONDS)
            self.receipted = receipted(database)
            told(self.receipted)
        return True

    def seconds_up(self, seconds: float) -> float:
        """How long of these seconds the line was up."""
        return seconds if self._flapping is None else self._flapping.seconds_up(seconds)

    def _check(self, seconds: float) -> None:
        self._checked = seconds
        self._pair.hq.check()
        self._pair.post.check()
        if found := CONGESTION.search(self._pair.networks.post.sockets()):
            self.congestion = found[1]


def _first_packet(pair: Pair, line: Line) -> float:
    """When the post said its first word: starting Python is no part of the link. Raises `NodeFailed`."""
    until = time.monotonic() + SECONDS_TO_FIRST_PACKET
    while line.first_packet is None:
        pair.post.check()
        if time.monotonic() > until:
            raise NodeFailed("the post does not call its headquarters")
        time.sleep(0.02)
    return line.first_packet
