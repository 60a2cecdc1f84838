"""Power cuts by the kernel: an ext4 is told to drop everything that is not on its device.

``FS_IOC_SHUTDOWN`` without flushing the log, on a file system in a file. The writer is frozen first:
an acknowledgement after the cut would be none. Needs root and loop devices.
"""

from __future__ import annotations

import fcntl
import os
import random
import shutil
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from bench.survival.processes import Machine, compare
from bench.survival.tally import Amounts, Done
from openmidas.journal.kinds import NodeKind

SHUTDOWN = 0x8004587D
"""``_IOR('X', 125, __u32)`` of linux/fs.h."""
WITHOUT_LOG = 2
MEGABYTES = 256
LONGEST = 0.5
"""Seconds that the writer writes at most before the power goes."""


class PowerCuts:
    """A post's process writes, and the power goes, as far as a kernel can tell."""

    name = "power-cuts"
    unit = "kernel-level power cuts"
    amounts = Amounts(quick=6, whole=100)

    def why_not(self) -> str:
        if sys.platform != "linux" or os.geteuid() != 0:
            return "It needs Linux and root."
        missing = [tool for tool in ("mkfs.ext4", "mount", "umount") if not shutil.which(tool)]
        if missing:
            return f"It needs {', '.join(missing)}."
        try:
            with _file_system():
                return ""
        except (OSError, subprocess.CalledProcessError) as error:
            return f"No ext4 in a file can be mounted here: {error}"

    def run(self, first: int, number: int) -> Iterator[Done]:
        yield from _cuts(first, number, "")

    def controls(self) -> dict[str, int]:
        cuts = _cuts(0, 3, "NORMAL")
        return {"synchronous=NORMAL, entries lost": sum(one.counts["lost"] for one in cuts)}


def _cuts(first: int, number: int, synchronous: str) -> Iterator[Done]:
    chance = random.Random(first)  # noqa: S311  moments to cut at
    if number <= 0:
        return
    with _file_system() as folder:
        machine = Machine(folder / "node", NodeKind.POST, synchronous=synchronous)
        machine.make()
        os.sync()
        known: set[UUID] = set()
        for each in range(first, first + number):
            new = _cut(machine, folder, chance)
            seen = machine.look()
            counts, words = compare(known | new, seen, f"cut {each}")
            # What is lost is counted once.
            known = (known | new) & seen.entries.keys()
            yield Done({"acknowledged entries": len(new), **counts}, words)


def _cut(machine: Machine, folder: Path, chance: random.Random) -> set[UUID]:
    """Write, freeze, cut, and put the power back; what had been acknowledged."""
    writing = machine.write()
    writing.wait_for_first()
    time.sleep(chance.uniform(0.0, LONGEST))
    writing.freeze()
    opened = os.open(folder, os.O_RDONLY)
    try:
        fcntl.ioctl(opened, SHUTDOWN, struct.pack("I", WITHOUT_LOG))
    finally:
        os.close(opened)
    acknowledged = set(writing.kill())
    _run("umount", folder)
    _run("mount", "-o", "loop", _image(folder), folder)
    return acknowledged


@contextmanager
def _file_system() -> Iterator[Path]:
    """A new ext4, mounted."""
    folder = Path(tempfile.mkdtemp(prefix="openmidas-power-"))
    try:
        with _image(folder).open("wb") as file:
            file.truncate(MEGABYTES * 2**20)
        _run("mkfs.ext4", "-q", _image(folder))
        _run("mount", "-o", "loop", _image(folder), folder)
        try:
            yield folder
        finally:
            _run("umount", folder)
    finally:
        _image(folder).unlink(missing_ok=True)
        folder.rmdir()


def _image(folder: Path) -> Path:
    return folder.with_suffix(".ext4")


def _run(*line: str | Path) -> None:
    subprocess.run(line, check=True, capture_output=True)
