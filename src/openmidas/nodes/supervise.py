"""Keeping the processes of a node running: what dies is started again, what is stopped stays stopped."""

from __future__ import annotations

import logging
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from types import FrameType

import msgspec

logger = logging.getLogger(__name__)

GRACE = 10.0
"""Seconds that a process may take to stop before it is killed."""
PAUSE = 1.0
"""Seconds before something that died is started again."""


class _Child(msgspec.Struct):
    name: str
    command: list[str]
    process: subprocess.Popen[bytes]
    died: float | None = None


class Supervisor:
    """Runs several `midas` commands beside each other until it is told to stop."""

    def __init__(self, names: Sequence[str]) -> None:
        commands = {name: [sys.executable, "-m", "openmidas.cli", name] for name in names}
        self._children = [
            _Child(name, command, subprocess.Popen(command))  # noqa: S603  our own commands
            for name, command in commands.items()
        ]
        self._stopping = False

    def run(self) -> int:
        """Watch over the processes until SIGTERM or SIGINT; 0 when all stopped."""
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        while not self._stopping:
            for child in self._children:
                self._watch(child)
            time.sleep(0.2)
        return self._end()

    def _watch(self, child: _Child) -> None:
        status = child.process.poll()
        if status is None:
            return
        if child.died is None:
            logger.warning("%s ended with status %s and is started again", child.name, status)
            child.died = time.monotonic()
        elif time.monotonic() - child.died >= PAUSE:
            child.process = subprocess.Popen(child.command)  # noqa: S603  our own commands
            child.died = None

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self._stopping = True

    def _end(self) -> int:
        for child in self._children:
            if child.process.poll() is None:
                child.process.terminate()
        until = time.monotonic() + GRACE
        for child in self._children:
            try:
                child.process.wait(timeout=max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                logger.warning("%s did not stop and is killed", child.name)
                child.process.kill()
                child.process.wait()
        return 0
