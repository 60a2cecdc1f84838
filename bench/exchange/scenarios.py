"""What is measured of the exchange: each scenario on a fresh copy of the nodes, over its own line."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import msgspec

from bench.exchange.alerting import Alert, await_alert
from bench.exchange.catching_up import CaughtUp, Flapping, catch_up
from bench.exchange.emulator import Line, Networks, open_line
from bench.exchange.filling import PER_DAY, Filled
from bench.exchange.nodes import Pair, crossings_shown
from bench.exchange.preparing import Nodes
from bench.exchange.shaping import Loss, Shape
from bench.report import Figure, at_least, at_most

RATE, DELAY = 64_000, 0.3
"""A satellite link of a post: 64 kbit/s, 600 ms there and back."""
BYTES_A_CROSSING = 85
FULL = 10_000
"""The backlog that these goals are of."""
SECONDS_AT_LOSS = {0.05: 125, 0.20: 180, 0.30: 350}
BURST_SECONDS = 1.0
FLAPPING = Flapping(up=30, down=30)
FLAPPING_MORE = 10
IDLE_KB = 20
ALERT_SECONDS = 5 + 2 * DELAY
DAYS_OFFLINE = 60
HOURS_TO_CATCH_UP = 1.5
SLOWEST = 0.2
"""Seconds for one crossing after which a run is given up."""
SETTLING = 60.0

Telling = Callable[[str, int], AbstractContextManager[Callable[[int], None]]]
"""Makes a progress bar of a name and a length, and gives what moves it to a place."""


class Bench(msgspec.Struct, frozen=True, kw_only=True):
    """What every scenario needs. ``crossings``: of the backlog; ``filled``: what they are."""

    nodes: Nodes
    networks: Networks
    telling: Telling
    crossings: int
    filled: Filled
    quick: bool

    @contextmanager
    def linked(self, loss: Loss, *, filled: bool = True) -> Iterator[tuple[Pair, Line]]:
        """A fresh copy of the nodes, and the line between them."""
        shape = Shape(rate=RATE, delay=DELAY, loss=loss)
        with (
            self.nodes.copy(self.crossings, filled=filled) as pair,
            open_line(self.networks, shape, shape, f"line/{loss.share}/{loss.burst}") as line,
        ):
            yield pair, line

    def caught_up(
        self, pair: Pair, line: Line, name: str, flapping: Flapping | None = None
    ) -> CaughtUp:
        """The backlog over this line, with a progress bar."""
        end = self.filled.sequence
        with self.telling(name, end) as told:
            limit = SETTLING + SLOWEST * self.crossings
            return catch_up(pair, line, end, limit=limit, told=told, flapping=flapping)


def composition(bench: Bench) -> Iterator[Figure]:
    """What a crossing is before anything is sent."""
    filled = bench.filled
    for name, value, unit in (
        ("entries a crossing", filled.entries, ""),
        ("bodies of a crossing", filled.bodies, "B"),
        ("the same, Zstandard 19 by 60", filled.packed, "B"),
        ("headers and salts of a crossing", filled.sealed, "B"),
    ):
        yield Figure(name, value, unit, None, None)


def convergence(bench: Bench) -> Iterator[Figure]:
    """The backlog at several losses: seconds, and what it weighs on the line."""
    shares = (0.0, 0.05) if bench.quick else (0.0, 0.05, 0.20, 0.30)
    for share in shares:
        with bench.linked(Loss(share=share)) as (pair, line):
            done = bench.caught_up(pair, line, f"{share:.0%} loss")
            shown = crossings_shown(pair, bench.crossings) if share == 0 else 0
        yield from _converged(bench, f"{share:.0%} loss", done, SECONDS_AT_LOSS.get(share))
        if share == 0:
            yield at_least("crossings that the HQ then shows", shown, "", bench.crossings)
            yield from _weight(bench, done)
            yield _offline(bench, done)


def bursts(bench: Bench) -> Iterator[Figure]:
    """The same with losses that come together, as a fade or a passing truck makes them."""
    for share in (0.05,) if bench.quick else (0.05, 0.20):
        name = f"{share:.0%} loss in bursts of {BURST_SECONDS:g} s"
        with bench.linked(Loss(share=share, burst=BURST_SECONDS)) as (pair, line):
            done = bench.caught_up(pair, line, name)
        yield from _converged(bench, name, done, None)


def flapping(bench: Bench) -> Iterator[Figure]:
    """The backlog without loss, over a line that is always up and over one that flaps."""
    took = []
    for name, how in (("line up", None), ("line flapping", FLAPPING)):
        with bench.linked(Loss()) as (pair, line):
            took.append(bench.caught_up(pair, line, name, how).up)
    steady, flapped = took
    name = f"more time up while flapping {FLAPPING.up:g} s/{FLAPPING.down:g} s"
    if steady is None or flapped is None:
        yield Figure(name, None, "%", f"≤ {FLAPPING_MORE}", False)
        return
    yield Figure("seconds up while flapping", flapped, "s", None, None)
    yield at_most(name, (flapped / steady - 1) * 100, "%", FLAPPING_MORE)


def idle(bench: Bench) -> Iterator[Figure]:
    """Both nodes with all their processes, and nothing to say."""
    seconds = 60 if bench.quick else 600
    with bench.linked(Loss(), filled=False) as (pair, line):
        pair.listen()
        pair.hq.up("worker")
        pair.post.up("exchange")
        pair.post.up("worker")
        with bench.telling("idle", seconds) as told:
            time.sleep(SETTLING / 2)
            before, began = line.traffic(), time.monotonic()
            while (passed := time.monotonic() - began) < seconds:
                told(int(passed))
                time.sleep(0.5)
        pair.hq.check()
        pair.post.check()
        spent = line.traffic().since(before).sent
    name = f"idle, an hour (scaled from {seconds / 60:g} min)"
    yield at_most(name, spent / passed * 3600 / 1000, "kB", IDLE_KB)


def alerts(bench: Bench) -> Iterator[Figure]:
    """Somebody on the list comes while the backlog goes up: when does the HQ see it?"""
    for share in (0.0,) if bench.quick else (0.0, 0.05, 0.20):
        name = f"alert behind the backlog, {share:.0%} loss"
        with bench.linked(Loss(share=share)) as (pair, line), bench.telling(name, 1) as told:
            limit = SETTLING + SLOWEST * bench.crossings
            alert = await_alert(pair, line, bench.filled.sequence, limit=limit)
            told(1)
        yield from _alerted(name, alert, ALERT_SECONDS if share == 0 else None)


def sixty_days(bench: Bench) -> Iterator[Figure]:
    """All of it, without scaling: the prepared backlog is that of sixty days."""
    with bench.linked(Loss()) as (pair, line):
        done = bench.caught_up(pair, line, f"{DAYS_OFFLINE} days offline")
    name = f"{DAYS_OFFLINE} days of {PER_DAY} crossings ({done.congestion})"
    hours = None if done.seconds is None else done.seconds / 3600
    yield _at_most(name, hours, "h", HOURS_TO_CATCH_UP)


QUICK = ("composition", "convergence", "alerts")
"""Those that `--quick` runs unless others are asked for."""
SCENARIOS: dict[str, Callable[[Bench], Iterator[Figure]]] = {
    "composition": composition,
    "convergence": convergence,
    "bursts": bursts,
    "flapping": flapping,
    "idle": idle,
    "alerts": alerts,
}


def _converged(bench: Bench, name: str, done: CaughtUp, goal: float | None) -> Iterator[Figure]:
    what = f"{bench.crossings:,} crossings, {name} ({done.congestion})"
    yield _at_most(what, done.seconds, "s", goal if bench.crossings == FULL else None)
    if done.seconds is not None and name != "0% loss":
        sent = done.traffic.sent / bench.crossings
        yield Figure(f"bytes a crossing, {name}", sent, "B", None, None)


def _weight(bench: Bench, done: CaughtUp) -> Iterator[Figure]:
    if done.seconds is None:
        yield Figure("bytes a crossing", None, "B", f"≤ {BYTES_A_CROSSING}", False)
        return
    sent = done.traffic.sent / bench.crossings
    yield at_most("bytes a crossing", sent, "B", BYTES_A_CROSSING)
    up, down = done.traffic.up.sent, done.traffic.down.sent
    yield Figure("of these, upwards", up.bytes / bench.crossings, "B", None, None)
    packets = (up.packets + down.packets) / bench.crossings * 100
    yield Figure("packets for a hundred crossings", packets, "", None, None)


def _offline(bench: Bench, done: CaughtUp) -> Figure:
    scale = DAYS_OFFLINE * PER_DAY / bench.crossings
    name = f"{DAYS_OFFLINE} days of {PER_DAY} crossings (scaled from {bench.crossings:,})"
    hours = None if done.seconds is None else done.seconds * scale / 3600
    return _at_most(name, hours, "h", HOURS_TO_CATCH_UP)


def _alerted(name: str, alert: Alert, goal: float | None) -> Iterator[Figure]:
    yield _at_most(name, alert.seconds, "s", goal)
    yield Figure("backlog left when it was written", alert.behind, "entries", None, None)


def _at_most(name: str, value: float | None, unit: str, goal: float | None) -> Figure:
    """A figure that may be missing because the run was given up, with a goal or without."""
    if value is not None and goal is not None:
        return at_most(name, value, unit, goal)
    met = None if goal is None else False
    return Figure(name, value, unit, None if goal is None else f"≤ {goal:g}", met)
