"""Showing the page of a sealed post until the post is open: a process of its own, which then ends.

It has its own settings, so it cannot become the pages themselves. The key is handed over in memory
(`openmidas.nodes.sealing.memory`) and never passes through a process's arguments or environment.
"""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import time
from types import FrameType

from openmidas.nodes.sealing.guarding import keep_no_key
from openmidas.nodes.sealing.standing import standing

logger = logging.getLogger(__name__)

LOOK_SECONDS = 0.2
GRACE = 5.0


def show_gate_until_open(address: str) -> None:
    """Return once the post is open, at once if it is; ``address``: where its pages are."""
    if standing().is_open:
        return
    logger.info("the post is sealed: %s", standing().reason)
    before = signal.signal(signal.SIGTERM, _stop)
    gate = _start(address)
    try:
        while not (now := standing()).is_open:
            keep_no_key(now)
            if gate.poll() is not None:
                time.sleep(1.0)
                gate = _start(address)
            time.sleep(LOOK_SECONDS)
    finally:
        _end(gate)
        signal.signal(signal.SIGTERM, before)


def _start(address: str) -> subprocess.Popen[bytes]:
    settings = {"DJANGO_SETTINGS_MODULE": "openmidas.web.gate.settings"}
    return subprocess.Popen(  # noqa: S603  our own module
        [sys.executable, "-m", "openmidas.web.gate", address],
        env=os.environ | settings,
        stdin=subprocess.PIPE,
        start_new_session=True,
    )


def _end(gate: subprocess.Popen[bytes]) -> None:
    gate.terminate()
    try:
        gate.wait(timeout=GRACE)
    except subprocess.TimeoutExpired:
        # With the worker that it forked: an orphan would keep the address.
        os.killpg(gate.pid, signal.SIGKILL)
        gate.wait()


def _stop(number: int, frame: FrameType | None) -> None:
    raise SystemExit(0)
