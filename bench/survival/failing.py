"""Disks that fail or are full at the n-th write or sync of a real process: ``strace`` says so to it.

The call that is to fail is also traced: strace injects nothing into what it does not trace, and says
nothing about it. The writer is the very python binary: a wrapper's calls would be counted too.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from bench.survival.processes import Machine, compare
from bench.survival.tally import Amounts, Done
from openmidas.journal.kinds import NodeKind

FAULTS = (
    ("pwrite64", "error=ENOSPC", ""),
    ("pwrite64", "error=EIO", ""),
    ("fdatasync,fsync", "error=EIO", ""),
    ("pwrite64", "error=ENOSPC", "+"),
    ("fdatasync,fsync", "error=ENOSPC", ""),
    ("fdatasync,fsync", "error=EIO", "+"),
)
"""Which call, what it answers, and whether it goes on so from there."""
COUNT = 8
"""Crossings that a writer tries to write."""
DEAF = ("pwrite64", "error=ENOSPC", "+")
EVERY = 3
"""Writes and syncs between one number and the next."""


class FailingDisks:
    """The n-th write or sync fails, for n after n."""

    name = "failing-disks"
    unit = "injected faults"
    amounts = Amounts(quick=3, whole=120)

    def why_not(self) -> str:
        if sys.platform != "linux" or not shutil.which("strace"):
            return "It needs Linux and strace."
        line = ["strace", "-qq", "-o", os.devnull, "-e", "trace=fsync", "true"]
        done = subprocess.run(line, capture_output=True, text=True)
        return f"strace may not trace here: {done.stderr.strip()}" if done.returncode else ""

    def run(self, first: int, number: int) -> Iterator[Done]:
        with _post() as post:
            known: set[UUID] = set()
            for each in range(first, first + number):
                fault = FAULTS[each % len(FAULTS)]
                where = 1 + (each // len(FAULTS)) * EVERY
                new, refused = _write(post, fault, where)
                seen = post.look()
                known |= new
                counts, words = compare(known, seen, f"{fault} at {where}")
                known &= seen.entries.keys()
                told = {"acknowledged entries": len(new), "refused, and told so": refused}
                yield Done({**told, **counts}, words)

    def controls(self) -> dict[str, int]:
        with _post() as post:
            new, _ = _write(post, DEAF, 10, "deaf")
            counts, _ = compare(new, post.look(), "")
        return {"a writer that takes no notice of errors, entries lost": counts["lost"]}


@contextmanager
def _post() -> Iterator[Machine]:
    with tempfile.TemporaryDirectory(prefix="openmidas-failing-") as folder:
        post = Machine(Path(folder) / "post", NodeKind.POST)
        post.make()
        yield post


def _write(
    post: Machine, fault: tuple[str, str, str], where: int, *how: str
) -> tuple[set[UUID], int]:
    """Write with this fault at this call; what was acknowledged, and how often it was refused."""
    call, answer, on = fault
    line = ["strace", "-f", "-qq", "-o", os.devnull, "-e", f"trace={call}"]
    line += ["-e", f"inject={call}:{answer}:when={where}{on}"]
    python = Path(sys.executable).resolve()
    done = subprocess.run(
        [*line, python, "-m", "bench.survival.writer", str(COUNT), *how],
        env=environment(post),
        capture_output=True,
        text=True,
        timeout=120,
    )
    words = done.stdout.split("\n")
    acknowledged = {UUID(text.split()[0]) for text in words if text and text != "refused"}
    return acknowledged, words.count("refused") + int(done.returncode != 0)


def environment(machine: Machine) -> dict[str, str]:
    """What a writer that is started anew must know: the node, and where all packages are."""
    return os.environ | {
        "OPENMIDAS_HOME": str(machine.home.folder),
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
    }
