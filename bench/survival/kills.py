"""SIGKILL at random moments to the processes of a post and its HQ that write, exchange and follow."""

from __future__ import annotations

import random
import socket
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

from bench.survival.processes import Machine, Seen, Writing, compare
from bench.survival.tally import Amounts, Done
from openmidas.journal.kinds import NodeKind

KILLS = 10
"""So many in one run of the processes, before everything is compared."""
SETTLE_SECONDS = 240


class Kills:
    """Kills of real processes."""

    name = "kills"
    unit = "kills"
    amounts = Amounts(quick=10, whole=300)

    def why_not(self) -> str:
        return ""

    def run(self, first: int, number: int) -> Iterator[Done]:
        for start in range(first, first + number, KILLS):
            with tempfile.TemporaryDirectory(prefix="openmidas-kills-") as folder:
                yield from Run(Path(folder), start).kill(min(KILLS, first + number - start))

    def controls(self) -> dict[str, int]:
        lost = 0
        with tempfile.TemporaryDirectory(prefix="openmidas-kills-") as folder:
            post = Machine(Path(folder) / "post", NodeKind.POST)
            post.make()
            for _ in range(5):
                writing = post.write(early=True)
                writing.wait_for_first()
                acknowledged = set(writing.kill())
                lost += compare(acknowledged, post.look(), "")[0]["lost"]
        return {"a writer that acknowledges before the commit, entries lost": lost}


class Run:
    """A post that writes and exchanges with its HQ, where both are killed again and again."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311  moments and victims
        self.post = Machine(folder / "post", NodeKind.POST)
        self.hq = Machine(folder / "hq", NodeKind.HQ, _free_address())
        for machine in (self.post, self.hq):
            machine.make()
        self.post.meet(self.hq)
        self.hq.meet(self.post)
        self.acknowledged: set[UUID] = set()
        self.running: dict[str, Any] = {}

    def kill(self, number: int) -> Iterator[Done]:
        """Kill so many times, then compare."""
        writing = self._start()
        try:
            for _ in range(number - 1):
                writing = self._kill_one(writing)
                yield Done({"lost": 0, "doubled": 0, "damaged": 0})
            self.acknowledged |= set(writing.kill())
            yield self._compare()
        finally:
            self.stop()

    def stop(self) -> None:
        """End everything that runs here."""
        for process in self.running.values():
            process.kill()
            process.join()

    def _start(self) -> Writing:
        for name in ("post exchange", "hq exchange", "hq worker"):
            self.begin(name)
        writing = self.post.write()
        writing.wait_for_first()
        return writing

    def _kill_one(self, writing: Writing) -> Writing:
        time.sleep(self.chance.uniform(0.05, 0.6))
        victim = self.chance.choice(["writer", *self.running])
        if victim == "writer":
            self.acknowledged |= set(writing.kill())
            writing = self.post.write()
            writing.wait_for_first()
        else:
            self.running[victim].kill()
            self.running[victim].join()
            self.begin(victim)
        return writing

    def begin(self, name: str) -> None:
        """Start one of the processes."""
        machine = self.post if name.startswith("post") else self.hq
        self.running[name] = machine.start(_work if name.endswith("worker") else _exchange)

    def _compare(self) -> Done:
        at_post = self.post.look()
        counts, words = compare(self.acknowledged, at_post, "post")
        deadline = time.monotonic() + SETTLE_SECONDS
        at_hq = self.hq.look()
        # The HQ is at work while it is looked at: its rows may be younger than its entries.
        while time.monotonic() < deadline and not _caught_up(at_hq, at_post):
            time.sleep(0.5)
            at_hq = self.hq.look()
        more, said = compare(set(at_post.entries), at_hq, "HQ")
        counts = {name: number + more[name] for name, number in counts.items()}
        return Done({"acknowledged entries": len(self.acknowledged), **counts}, words + said)


def _caught_up(hq: Seen, post: Seen) -> bool:
    return hq.rows == len(hq.entries) == len(post.entries)


def _exchange() -> None:
    from openmidas.exchange.process import run_exchange

    run_exchange()


def _work() -> None:
    from openmidas.exchange.worker import run_worker

    run_worker()


def _free_address() -> str:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return f"127.0.0.1:{free.getsockname()[1]}"
