"""A reader on a serial port of this machine (Linux), without a package for it: `termios` is enough.

Frames of DESKO and of Elyctis, see `frames`. The speed is 9600 baud, 8 bits, no parity; readers at USB pass
over it.
"""

from __future__ import annotations

import asyncio
import errno
import fcntl
import os
import termios
from collections.abc import AsyncGenerator, AsyncIterator

from openmidas.documents.readers.adapters import Event, Gone, Read, There, Why
from openmidas.documents.readers.frames import Frames

SILENCE = 1.0
"""Seconds after which a frame that broke off is forgotten."""
AGAIN = 1.0
"""Seconds until a port that is not there is tried again."""
PIECE = 4096
_WHYS = {errno.EBUSY: Why.BUSY, errno.EACCES: Why.NOT_ALLOWED, errno.EPERM: Why.NOT_ALLOWED}


class SerialReader:
    """The reader at ``path``, such as ``/dev/serial/by-id/usb-…`` or ``/dev/ttyACM0``."""

    def __init__(self, path: str) -> None:
        self.path = path

    async def events(self) -> AsyncGenerator[Event, None]:
        """See `Adapter`. Never ends."""
        told: Event | None = None
        while True:
            try:
                port = open_port(self.path)
            except OSError as error:
                gone = Gone(_why(error))
                if gone != told:
                    yield gone
                told = gone
                await asyncio.sleep(AGAIN)
                continue
            yield There(self.path)
            try:
                async for text in _texts(port):
                    yield Read(text)
            finally:
                os.close(port)
            told = Gone(Why.UNPLUGGED)
            yield told
            await asyncio.sleep(AGAIN)


def open_port(path: str) -> int:
    """A port, raw, for this program alone: its file descriptor.

    Raises `OSError`, also for what is no serial port.
    """
    port = os.open(path, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
    try:
        fcntl.ioctl(port, termios.TIOCEXCL)
        speed = termios.B9600
        ways = termios.tcgetattr(port)[6]
        ways[termios.VMIN], ways[termios.VTIME] = 1, 0
        control = termios.CS8 | termios.CREAD | termios.CLOCAL
        termios.tcsetattr(port, termios.TCSANOW, [0, 0, control, 0, speed, speed, ways])
        termios.tcflush(
            port, termios.TCIFLUSH
        )  # what was read while nobody listened is no traveller
    except termios.error as error:
        os.close(port)
        raise OSError(*error.args) from error
    except OSError:
        os.close(port)
        raise
    return port


async def _texts(port: int) -> AsyncIterator[str]:
    """The texts of whole frames, until the port is lost."""
    frames = Frames()
    while True:
        try:
            data = await _piece(port)
        except TimeoutError:
            frames.forget()
            continue
        except OSError:
            return
        if not data:
            return
        for text in frames.feed(data):
            yield text


async def _piece(port: int) -> bytes:
    """The next bytes. Raises `TimeoutError` after a silence, `OSError` when the port is lost."""
    loop = asyncio.get_running_loop()
    ready = asyncio.Event()
    loop.add_reader(port, ready.set)
    try:
        await asyncio.wait_for(ready.wait(), SILENCE)
    finally:
        loop.remove_reader(port)
    try:
        return os.read(port, PIECE)
    except BlockingIOError:  # it was ready, and another read took it: nothing is lost
        return await _piece(port)


def _why(error: OSError) -> Why:
    return _WHYS.get(error.errno or 0, Why.UNPLUGGED)
