"""The processes of a node wait until it is open, and end when it is shut again.

Each looks for itself, so it does not matter who keeps it running. It ends by the signal by which it is
stopped otherwise, and whoever started it starts it again: then it waits.
"""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from collections.abc import Callable

from openmidas.nodes.home import this_home
from openmidas.nodes.sealing.memory import forget_key
from openmidas.nodes.sealing.standing import Standing, State, standing

logger = logging.getLogger(__name__)

LOOK_SECONDS = 0.5


def run_when_open(run: Callable[[], None]) -> None:
    """Wait until the node is open, run this, and end the process when the node is shut."""
    wait_until_open()
    end_when_shut()
    run()


def wait_until_open() -> None:
    """Return once officers have unsealed the node; at once where it is not sealed."""
    if not (now := standing()).is_open:
        logger.info("the node is sealed and waits: %s", now.reason)
    while not (now := standing()).is_open:
        keep_no_key(now)
        time.sleep(LOOK_SECONDS)


def keep_no_key(now: Standing) -> None:
    """Forget the key of a node whose lease has run out, as often as one is found."""
    if now.state is State.COLLECT_ONLY:
        forget_key(this_home().config().id)


def end_when_shut(process: int | None = None) -> None:
    """Watch, in a thread, and stop a process (SIGTERM; this one) when it may read no longer."""
    if standing().reason == "never_sealed":
        return  # it is sealed only while it is stopped
    threading.Thread(
        target=_watch, args=(process or os.getpid(),), name="seal", daemon=True
    ).start()


def _watch(process: int) -> None:
    while (now := _as_far_as_can_be_told()) is None or now.is_open:
        time.sleep(LOOK_SECONDS)
    logger.warning("the node is shut: %s", now.reason)
    try:
        keep_no_key(now)
    finally:
        os.kill(process, signal.SIGTERM)


def _as_far_as_can_be_told() -> Standing | None:
    """How the node stands; None where a file does not answer now. The watch must outlast that."""
    try:
        return standing()
    except OSError:
        logger.exception("how the node stands cannot be told at this moment")
        return None
