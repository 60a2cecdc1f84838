"""Carrying out erasures to their end, beside everything else that a node does."""

from __future__ import annotations

import logging
import threading
from datetime import timedelta

from django.db import Error as DatabaseError
from django.db import connections

from openmidas.nodes.erasing import follow_erasures
from openmidas.nodes.jobs import every

logger = logging.getLogger(__name__)

_one = threading.Lock()


@every(timedelta(minutes=1))
def follow() -> None:
    """Let tables and files follow what was erased, in a thread of its own.

    A rebuild may take hours at a large headquarters: reports, copies and the sign of life must not
    wait for it. Only one is under way at a time.
    """
    begin()


def begin() -> threading.Thread:
    """Start the thread; it ends at once where another is at work."""
    thread = threading.Thread(target=_follow, name="erasing", daemon=True)
    thread.start()
    return thread


def _follow() -> None:
    if not _one.acquire(blocking=False):
        return
    try:
        follow_erasures()
    except (DatabaseError, OSError):  # a full or busy disk: it is tried again in a minute
        logger.exception("erasures could not be carried out to the end")
    finally:
        _one.release()
        connections.close_all()
