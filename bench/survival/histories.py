"""Histories by the hundred: on stores in memory, and on the project's own."""

from __future__ import annotations

import atexit
import gc
import multiprocessing
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bench.survival.simulation.controls import CONTROLS
from bench.survival.simulation.disks import Disk
from bench.survival.simulation.history import History, Outcome, Plan
from bench.survival.simulation.memory import Framed, MemoryStore
from bench.survival.simulation.stores import Identity, Store
from bench.survival.tally import Amounts, Done

if TYPE_CHECKING:
    from bench.survival.simulation.real import Machines, RealStore

WHOLE = Plan(posts=20, days=60)
SMALL = Plan(posts=4, days=16, risk=0.05)
REAL_FROM = 1_000_000
"""Seeds from here on are those of histories on real stores."""
FOLLOW_EVERY = 10
FRAMED_EVERY = 10


class InMemory:
    """Histories on stores in memory."""

    name = "simulation"
    unit = "histories"
    amounts = Amounts(quick=4, whole=1000)

    def __init__(self, plan: Plan = WHOLE) -> None:
        self.plan = plan

    def why_not(self) -> str:
        return ""

    def run(self, first: int, number: int) -> Iterator[Done]:
        yield from _in_processes(in_memory, self.plan, range(first, first + number))

    def controls(self) -> dict[str, int]:
        return {
            name: count(History(1, SMALL, store).run().found)
            for name, (store, count) in CONTROLS.items()
        }


class OnRealStores:
    """Histories in which the HQ and two of the posts have the project's own stores."""

    name = "real-stores"
    unit = "histories"
    amounts = Amounts(quick=1, whole=100)

    def __init__(self, plan: Plan = WHOLE) -> None:
        self.plan = plan

    def why_not(self) -> str:
        return ""

    def run(self, first: int, number: int) -> Iterator[Done]:
        seeds = range(REAL_FROM + first, REAL_FROM + first + number)
        yield from _in_processes(on_real_stores, self.plan, seeds)

    def controls(self) -> dict[str, int]:
        """The comparison is the one of the other harness, and proved there."""
        return {}


def in_memory(seed: int, plan: Plan, *, tell: bool = False) -> Outcome:
    """One history on stores in memory; in every tenth, runs travel in the form of real ones."""
    store = MemoryStore if seed % FRAMED_EVERY else Framed
    with _without_collector():
        return History(seed, plan, store, tell=tell).run()


def on_real_stores(seed: int, plan: Plan, *, tell: bool = False) -> Outcome:
    """One history on the project's own stores; at every tenth, the HQ's tables follow as well."""
    from bench.survival.simulation.real import is_real

    made: list[RealStore] = []

    def make(
        own: Identity,
        key: Ed25519PrivateKey,
        peers: Sequence[Identity],
        disk: Disk,
        wall: Callable[[], int],
    ) -> Store:
        if not is_real(own):
            return Framed(own, key, peers, disk, wall)
        made.append(_machines().store(own, key, peers, disk, wall))
        return made[-1]

    with _without_collector():
        history = History(seed, plan, make, tell=tell)
        outcome = history.run()
    if seed % FOLLOW_EVERY == 0:
        _follow(history, made[0], outcome)
    for store in made:
        store.close()
    return outcome


def _follow(history: History, hq: RealStore, outcome: Outcome) -> None:
    """The HQ's tables hold each crossing and look-up that it may have, once."""
    from bench.survival.simulation.checking import fact_of
    from openmidas.journal.entry import decode_body

    expected = set()
    for node in history.nodes:
        for entry in hq.copy_of(node.store.own.id):
            if entry.body is not None:
                expected.add(fact_of(decode_body(entry.body)))
    aside, rows = hq.follow(), hq.rows()
    wanted = len(expected - {None})
    outcome.found.different += aside + abs(rows - wanted)
    if aside or rows != wanted:
        outcome.found.say(f"tables: {rows} rows of {wanted}, {aside} entries set aside")


def done(outcome: Outcome, plan: Plan) -> Done:
    """What a history counts for."""
    found = outcome.found
    return Done(
        {
            "posts": plan.posts,
            "post-days": plan.posts * plan.days,
            "entries": outcome.entries,
            "acknowledged": outcome.acknowledged,
            "power cuts": outcome.cuts,
            "refused by a disk": outcome.refusals,
            "messages lost": outcome.lost_messages,
            "messages doubled": outcome.doubled_messages,
            "lost": found.lost,
            "doubled": found.doubled,
            "reordered": found.reordered,
            "misrouted": found.misrouted,
            "different": found.different,
            "clocks not flagged": found.unflagged,
            "clocks dragged": found.dragged,
        },
        [f"seed {outcome.seed}: {words}" for words in found.words],
    )


def _in_processes(
    one: Callable[[int, Plan], Outcome], plan: Plan, seeds: Sequence[int]
) -> Iterator[Done]:
    context = multiprocessing.get_context("fork")
    workers = min(len(seeds), os.cpu_count() or 1)
    if workers == 0:
        return
    with (
        tempfile.TemporaryDirectory(prefix="openmidas-survival-") as folder,
        context.Pool(workers, initializer=_work_in, initargs=(folder,)) as pool,
    ):
        jobs = ((one, seed, plan) for seed in seeds)
        for outcome in pool.imap(_job, jobs):
            yield done(outcome, plan)


def _work_in(folder: str) -> None:
    """All files of this process go below a folder that whoever started it takes away."""
    tempfile.tempdir = folder


def _job(job: tuple[Callable[[int, Plan], Outcome], int, Plan]) -> Outcome:
    one, seed, plan = job
    return one(seed, plan)


class _without_collector:  # noqa: N801  used as a word in a with statement
    """Garbage is collected between histories: in the midst of one it takes a quarter of the time."""

    def __enter__(self) -> None:
        gc.freeze()
        gc.disable()

    def __exit__(self, *_: object) -> None:
        gc.enable()
        gc.unfreeze()
        gc.collect()


@cache
def _machines() -> Machines:
    from bench.survival.simulation.real import Machines

    folder = Path(tempfile.mkdtemp(prefix="openmidas-survival-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Machines(folder)
