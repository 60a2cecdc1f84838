"""What is asked of TCP for thin, lossy and slow links, as far as a process may ask.

Measured at 64 kbit/s and 600 ms: see ``docs/administrators/link.en.md``, which also says what only an
administrator can set. What a system does not know is left as it is: these make a bad link better,
never possible.
"""

from __future__ import annotations

import asyncio
import logging
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

logger = logging.getLogger(__name__)

# Numbers of Linux that Python has no names for.
_TCP_THIN_LINEAR_TIMEOUTS = 16
_TCP_RTO_MAX_MS = 44

USER_TIMEOUT_MS = 120_000
"""How long what was sent may stay without an answer before the connection counts as gone."""
RTO_MAX_MS = 4_000
"""The longest pause between two attempts to get lost bytes across."""
KNOCKING_MS = 1_000
"""The same while nothing comes across at all: when the line is back, that is noticed within it. The
least that Linux allows, and too short for a line in use, whose queue alone may take longer."""
GONE_AFTER = 3
"""Attempts in a row that nobody answered, after which the line counts as gone."""
LOOK_SECONDS = 1.0
"""How often we look whether it is gone."""
UNSENT_BYTES = 8 * 1024
"""What may stand in the socket's queue, in the way of whatever is urgent."""
_LINUX = (
    ("TCP_USER_TIMEOUT", getattr(socket, "TCP_USER_TIMEOUT", 18), USER_TIMEOUT_MS),
    ("TCP_NOTSENT_LOWAT", getattr(socket, "TCP_NOTSENT_LOWAT", 25), UNSENT_BYTES),
    ("TCP_RTO_MAX_MS", _TCP_RTO_MAX_MS, RTO_MAX_MS),
    ("TCP_THIN_LINEAR_TIMEOUTS", _TCP_THIN_LINEAR_TIMEOUTS, 1),
    ("TCP_KEEPIDLE", getattr(socket, "TCP_KEEPIDLE", 4), 150),
    ("TCP_KEEPINTVL", getattr(socket, "TCP_KEEPINTVL", 5), 15),
    ("TCP_KEEPCNT", getattr(socket, "TCP_KEEPCNT", 6), 4),
)


def for_calling(address: tuple[Any, ...]) -> socket.socket:
    """A socket to call an HQ with, for this address as ``getaddrinfo`` gives it."""
    family, kind, protocol, _, _ = address
    calling = socket.socket(family=family, type=kind, proto=protocol)
    calling.setblocking(False)
    tune(calling)
    return calling


def tune(link: socket.socket) -> None:
    """Ask for what thin links need."""
    link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    link.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    if sys.platform != "linux":
        return
    for name, option, value in _LINUX:
        _ask(link, name, option, value)
    # Loss is no sign of a full link here; only who sends much has to know that.
    _ask(link, "TCP_CONGESTION", getattr(socket, "TCP_CONGESTION", 13), b"bbr")


@asynccontextmanager
async def knocking(link: socket.socket | None) -> AsyncIterator[None]:
    """As long as it lasts, try again every second on this connection whenever the line is gone.

    TCP waits twice as long after each attempt in vain: a line that is back after half a minute would
    stand idle for seconds more. None, and systems other than Linux: nothing is done.
    """
    if link is None or sys.platform != "linux":
        yield
        return
    knocker = asyncio.create_task(_knock(link))
    try:
        yield
    finally:
        knocker.cancel()


async def _knock(link: socket.socket) -> None:
    gone = False
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        try:
            is_gone = retransmits(link) >= GONE_AFTER
        except OSError:  # closed: whoever reads from it hears that, too
            return
        if is_gone != gone:
            gone = is_gone
            _ask(link, "TCP_RTO_MAX_MS", _TCP_RTO_MAX_MS, KNOCKING_MS if gone else RTO_MAX_MS)


def retransmits(link: socket.socket) -> int:
    """How often in a row TCP has tried again without an answer (``tcpi_retransmits``, Linux).

    Raises `OSError` where the connection is closed.
    """
    return link.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 8)[2]


def _ask(link: socket.socket, name: str, option: int, value: int | bytes) -> None:
    try:
        link.setsockopt(socket.IPPROTO_TCP, option, value)
    except OSError as error:
        logger.debug("%s is not to be had here: %s", name, error)
