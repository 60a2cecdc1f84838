"""How a file that a page answers is carried to the browser: piece by piece, never as a whole.

The thread that made the page is free, and the page's own file closed, before the first piece goes:
a browser that takes a table of a million lines slowly takes neither a thread nor memory.
"""

from __future__ import annotations

import asyncio
import io
import os
from collections.abc import Iterator
from contextlib import suppress
from typing import IO, Any, Protocol

from granian.rsgi import ProtocolClosed  # type: ignore[attr-defined]  # it is there, unlisted

PIECE = 64 * 1024
AT_ONCE = 1024 * 1024
"""A file up to so many bytes is answered as other pages are."""


class Transport(Protocol):
    """The way to the browser while an answer is under way (RSGI 1)."""

    async def send_bytes(self, data: bytes) -> None: ...


class WrappedFile:
    """The ``wsgi.file_wrapper`` of PEP 3333: a page's way to answer a file."""

    def __init__(self, file: IO[bytes], block_size: int = PIECE) -> None:
        self._file = file
        self._block_size = block_size

    def __iter__(self) -> Iterator[bytes]:
        while block := self._file.read(self._block_size):
            yield block

    def close(self) -> None:
        """Close the page's answer: Django hands itself over as the file's ``close``."""
        self._file.close()

    def large(self) -> IO[bytes] | None:
        """A file of its own on the same bytes, which outlives the page's; None of a small one."""
        try:
            number, at = self._file.fileno(), self._file.tell()
        except (AttributeError, io.UnsupportedOperation):
            return None  # it is in memory already
        if os.fstat(number).st_size - at <= AT_ONCE:
            return None
        copy = os.fdopen(os.dup(number), "rb")
        copy.seek(at)
        return copy


def large_file(answered: Any) -> IO[bytes] | None:
    """The file that an application answered, where it is to be carried piece by piece."""
    return answered.large() if isinstance(answered, WrappedFile) else None


async def send_file(file: IO[bytes], transport: Transport) -> None:
    """Send a file and close it. A browser that goes away in between has what it has."""
    with file, suppress(ProtocolClosed):
        while piece := await asyncio.to_thread(file.read, PIECE):
            await transport.send_bytes(piece)
