"""A process of its own for what comes from outside: it can break nothing else, and it ends."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence


def run_confined(
    arguments: Sequence[str], data: bytes, seconds: float
) -> subprocess.CompletedProcess[bytes]:
    """Start Python with these arguments, give it the data, and wait for so many seconds at most.

    Of what this process was told, the other is told what it needs to begin, and no more. It bounds itself
    by `bound` before it reads. Raises `subprocess.TimeoutExpired`.
    """
    environment = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    # Without it, Python does not start on Windows.
    environment |= {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
    return subprocess.run(  # noqa: S603  our own modules, nothing from outside on the line
        [sys.executable, *arguments],
        input=data,
        capture_output=True,
        timeout=seconds,
        env=environment,
        check=False,
    )


def bound(room: int, seconds: int, *, writes: bool = True) -> None:
    """Take from this process what it does not need: memory beyond ``room`` bytes, processor time, dumps.

    ``writes``: whether it may write files.
    """
    if sys.platform == "win32":  # which has no such bounds: there is the time that the caller waits
        return
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (room, room))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if not writes:
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
