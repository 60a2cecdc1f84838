"""How long a question takes, and what it reads: warm, or with the file forgotten."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

FORGET_EVERY = 50


class Asked(NamedTuple):
    """Microseconds of one question, and bytes that it read from the disk.

    ``processor``: the 99th percentile of processor time, which others at work do not lengthen.
    """

    p50: float
    p99: float
    processor: float
    read: float


def ask(questions: Sequence[int], find: Callable[[int], object], path: Path | None) -> Asked:
    """Ask all of them; cold where a file is to be forgotten, else with all that they read in memory."""
    if path is None:
        for question in questions:
            find(question)
    took, worked, before = [], [], _bytes_read()
    for at, question in enumerate(questions):
        if path is not None and at % FORGET_EVERY == 0:
            forget(path)
        started, working = time.perf_counter(), time.thread_time()
        find(question)
        took.append((time.perf_counter() - started) * 1e6)
        worked.append((time.thread_time() - working) * 1e6)
    read = (_bytes_read() - before) / len(questions)
    p50, p99 = np.percentile(took, [50, 99])
    return Asked(float(p50), float(p99), float(np.percentile(worked, 99)), read)


def _bytes_read() -> int:
    """What this process has had read from disks."""
    lines = Path("/proc/self/io").read_text(encoding="ascii").splitlines()
    return int(next(line for line in lines if line.startswith("read_bytes:")).split()[1])


def forget(path: Path) -> None:
    """Have the system forget what it remembers of a file."""
    descriptor = os.open(path, os.O_RDONLY)
    os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
    os.close(descriptor)
