"""One direction of a bad line, as a value that is fed with packets and times. No I/O, no clock.

A packet that is offered waits its turn in a bounded queue, takes its time on the line, and may be
lost there; it arrives after the delay and some jitter, never before one that was sent earlier. What
is lost depends on the seed alone, so that a run can be had again.
"""

from __future__ import annotations

from collections import deque
from random import Random

import msgspec

UNLIMITED = 10**9
"""Bit/s of a line that is never what one waits for."""


class Loss(msgspec.Struct, frozen=True, kw_only=True):
    """How packets are lost on the line.

    ``share``: of all packets, 0 to 1. ``burst``: how long the line is bad at a time, in seconds on
    the average (Gilbert-Elliott: nothing passes while it is bad, everything while it is good); 0:
    each packet for itself.
    """

    share: float = 0.0
    burst: float = 0.0


class Shape(msgspec.Struct, frozen=True, kw_only=True):
    """What one direction is like. ``rate``: bit/s; ``delay``, ``jitter``: seconds, the jitter is
    added evenly spread from 0; ``queue``: seconds of the line's rate that wait at most."""

    rate: int = UNLIMITED
    delay: float = 0.0
    jitter: float = 0.0
    queue: float = 2.0
    loss: Loss = Loss()

    @property
    def queue_bytes(self) -> float:
        """How many bytes may wait or be on their way onto the line."""
        return self.queue * self.rate / 8


class Count(msgspec.Struct, frozen=True):
    """Packets and bytes, with the IP header."""

    packets: int = 0
    bytes: int = 0

    def plus(self, size: int) -> Count:
        """One packet more, of so many bytes."""
        return Count(self.packets + 1, self.bytes + size)

    def since(self, before: Count) -> Count:
        """What has come since."""
        return Count(self.packets - before.packets, self.bytes - before.bytes)


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """What became of packets. ``sent``: went onto the line, the lost ones too, as an operator bills
    them; ``passed``: came out at the other end; ``dropped``: the queue was full, or the line down."""

    offered: Count = Count()
    sent: Count = Count()
    passed: Count = Count()
    dropped: Count = Count()

    def since(self, before: Counts) -> Counts:
        """What has happened since."""
        return Counts(
            offered=self.offered.since(before.offered),
            sent=self.sent.since(before.sent),
            passed=self.passed.since(before.passed),
            dropped=self.dropped.since(before.dropped),
        )


class Weather:
    """When the line is bad: good and bad spells follow each other, each of random length.

    By time and not by packet: a fade ends by itself, also while a sender waits to try again.
    """

    def __init__(self, loss: Loss, chance: Random) -> None:
        self._loss = loss
        self._chance = chance
        self._until = 0.0
        self._bad = True  # so that the first spell, drawn below, is a good one

    def bad(self, moment: float) -> bool:
        """Whether nothing passes at this moment. Moments must not run backwards."""
        while self._until <= moment:
            self._bad = not self._bad
            mean = self._loss.burst
            if not self._bad:
                mean *= (1 - self._loss.share) / self._loss.share
            self._until += self._chance.expovariate(1 / mean)
        return self._bad


class Direction:
    """One direction of the line, from its seed. Times are seconds since it began."""

    def __init__(self, shape: Shape, seed: str) -> None:
        self._shape = shape
        self._losing = Random(f"{seed}/loss")  # noqa: S311  repeatable, no secret
        self._shaking = Random(f"{seed}/jitter")  # noqa: S311  repeatable, no secret
        bursty = 0 < shape.loss.share < 1 and shape.loss.burst > 0
        self._weather = Weather(shape.loss, self._losing) if bursty else None
        self._free = 0.0
        self._last_arrival = 0.0
        self._way: deque[tuple[float, bytes]] = deque()
        self.up = True
        self.counts = Counts()

    def offer(self, packet: bytes, now: float) -> bool:
        """A packet comes to the line; whether the line took it (it may be lost on it still)."""
        counts, size = self.counts, len(packet)
        waiting = max(0.0, self._free - now) * self._shape.rate / 8
        taken = self.up and waiting + size <= max(self._shape.queue_bytes, size)
        self.counts = msgspec.structs.replace(
            counts,
            offered=counts.offered.plus(size),
            sent=counts.sent.plus(size) if taken else counts.sent,
            dropped=counts.dropped if taken else counts.dropped.plus(size),
        )
        if taken:
            self._send(packet, now)
        return taken

    def due(self, now: float) -> list[bytes]:
        """The packets that have arrived at the other end by now."""
        arrived = []
        while self._way and self._way[0][0] <= now:
            packet = self._way.popleft()[1]
            self.counts = msgspec.structs.replace(
                self.counts, passed=self.counts.passed.plus(len(packet))
            )
            arrived.append(packet)
        return arrived

    def next_due(self) -> float | None:
        """When the next packet arrives; None while none is under way."""
        return self._way[0][0] if self._way else None

    def cut(self) -> None:
        """The line goes down: what waits or is under way is lost, and nothing is taken."""
        self.up = False
        self._way.clear()
        self._free = 0.0

    def mend(self) -> None:
        """The line is up again."""
        self.up = True

    def _send(self, packet: bytes, now: float) -> None:
        self._free = max(now, self._free) + len(packet) * 8 / self._shape.rate
        # Drawn for each packet, lost or not: the n-th packet shares its fate in every run.
        shaken = self._shaking.random() * self._shape.jitter
        if self._lost(self._free):
            return
        arrival = max(self._last_arrival, self._free + self._shape.delay + shaken)
        self._last_arrival = arrival
        self._way.append((arrival, packet))

    def _lost(self, moment: float) -> bool:
        if self._weather is not None:
            return self._weather.bad(moment)
        return self._losing.random() < self._shape.loss.share
