"""Clocks a day ahead and ten years back, under real processes: ``libfaketime``, where it is installed.

The order within a journal must be its sequence, and the HQ must see that the post's clock is wrong.
``LIBFAKETIME`` names the library where it is not in one of the usual places.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from uuid import UUID

from bench.survival.failing import environment
from bench.survival.kills import Run
from bench.survival.processes import Machine, compare
from bench.survival.tally import Amounts, Done
from openmidas.journal.kinds import NodeKind

PLACES = (
    "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1",
    "/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1",
    "/usr/lib/faketime/libfaketimeMT.so.1",
    "/usr/lib64/faketime/libfaketimeMT.so.1",
)
CLOCKS = ("", "+1d", "-10y", "+1d", "")
COUNT = 5
CONTACT_SECONDS = 60


class WrongClocks:
    """A post's clock goes wrong again and again."""

    name = "wrong-clocks"
    unit = "posts whose clock jumps"
    amounts = Amounts(quick=1, whole=10)

    def why_not(self) -> str:
        if sys.platform != "linux" or library() is None:
            return "It needs libfaketime (Debian: apt-get install faketime)."
        return ""

    def run(self, first: int, number: int) -> Iterator[Done]:
        for each in range(first, first + number):
            with tempfile.TemporaryDirectory(prefix="openmidas-clocks-") as folder:
                run = Run(Path(folder), each)
                yield self._jump(run, each)

    def controls(self) -> dict[str, int]:
        """The walls' own times, in the order of writing: if they never ran backwards, none jumped."""
        with tempfile.TemporaryDirectory(prefix="openmidas-clocks-") as folder:
            post = Machine(Path(folder) / "post", NodeKind.POST)
            post.make()
            walls = [wall for clock in CLOCKS for _, wall in _write(post, clock)]
        return {"entries ordered by the machine's clock, out of order": _backwards(walls)}

    def _jump(self, run: Run, each: int) -> Done:
        acknowledged: list[UUID] = []
        for clock in CLOCKS:
            acknowledged += [fact for fact, _ in _write(run.post, clock)]
        seen = run.post.look()
        counts, words = compare(set(acknowledged), seen, f"clocks {each}")
        in_order = list(seen.entries) == acknowledged and not _backwards(list(seen.times))
        unflagged = sum(not _is_flagged(run, clock) for clock in ("+1d", "-10y"))
        told = {"acknowledged entries": len(acknowledged), "reordered": int(not in_order)}
        return Done({**told, "clocks not flagged": unflagged, **counts}, words)


def library() -> str | None:
    """The library that tells a process another time; None where there is none."""
    named = os.environ.get("LIBFAKETIME", "")
    return next((place for place in (named, *PLACES) if place and Path(place).exists()), None)


def _write(post: Machine, clock: str) -> list[tuple[UUID, int]]:
    """Some crossings under this clock, and what it said at each (milliseconds)."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.survival.writer", str(COUNT)],
        env=environment(post) | _faked(clock),
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    lines = [line.split() for line in done.stdout.splitlines()]
    return [(UUID(fact), int(wall)) for fact, wall in lines]


def _is_flagged(run: Run, clock: str) -> bool:
    """Whether the HQ shows that the post's clock is wrong, once the post has called."""
    run.begin("hq exchange")
    post = subprocess.Popen(
        [sys.executable, "-m", "openmidas.cli", "exchange"],
        env=environment(run.post) | _faked(clock),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        deadline = time.monotonic() + CONTACT_SECONDS
        while time.monotonic() < deadline:
            if run.hq.look().clock_differs:
                return True
            time.sleep(0.5)
        return False
    finally:
        post.kill()
        post.wait()
        run.stop()
        run.hq.forget_clocks()


def _faked(clock: str) -> dict[str, str]:
    if not clock:
        return {}
    told = {"FAKETIME": clock, "FAKETIME_DONT_FAKE_MONOTONIC": "1", "DONT_FAKE_MONOTONIC": "1"}
    return told | {"LD_PRELOAD": str(library())}


def _backwards(times: list[int]) -> int:
    return sum(after < before for before, after in pairwise(times))
