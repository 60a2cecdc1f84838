"""Records as they come in a stream, and those that lie there already together with the first."""

from __future__ import annotations

import asyncio

import aiohttp

from openmidas.exchange.records import LENGTH_BYTES, length_of

MOST_TOGETHER = 8
MOST_BYTES_TOGETHER = 64 * 1024
"""How many records are taken in one go, and how much they may weigh unless there is only one. As much
as a post has on its way (`openmidas.exchange.core`): what is stored together stays a short transaction."""


class Records:
    """The records of one stream.

    ``silent``: for how many seconds it may say nothing between two of them; ``slow``: how long one
    that has begun may take. No more is read ahead than what the connection holds by itself.
    """

    def __init__(self, stream: aiohttp.StreamReader, silent: float, slow: float) -> None:
        self._stream = stream
        self._silent = silent
        self._slow = slow
        self._here = bytearray()

    async def together(self) -> list[bytes]:
        """The next record, and those behind it that have come whole already.

        Raises `TimeoutError`, `asyncio.IncompleteReadError` at the end, and `JournalError`
        ``message.malformed`` for one that is too long.
        """
        records = [await self._next()]
        if self._stream.exception() is None:  # what came whole is taken, though its post is gone
            self._here += self._stream.read_nowait()
        weight = len(records[0])
        while len(records) < MOST_TOGETHER:
            length = self._length()
            if length is None or weight + length > MOST_BYTES_TOGETHER:
                break
            if len(self._here) < LENGTH_BYTES + length:
                break
            records.append(self._cut(length))
            weight += length
        return records

    async def _next(self) -> bytes:
        async with asyncio.timeout(self._silent):
            await self._have(LENGTH_BYTES)
        length = length_of(bytes(self._here[:LENGTH_BYTES]))
        async with asyncio.timeout(self._slow):
            await self._have(LENGTH_BYTES + length)
        return self._cut(length)

    def _length(self) -> int | None:
        """How long the next record is, if so much has come of it; one that is too long comes later."""
        if len(self._here) < LENGTH_BYTES:
            return None
        return int.from_bytes(self._here[:LENGTH_BYTES], "big")

    def _cut(self, length: int) -> bytes:
        end = LENGTH_BYTES + length
        record = bytes(self._here[LENGTH_BYTES:end])
        del self._here[:end]
        return record

    async def _have(self, count: int) -> None:
        while len(self._here) < count:
            chunk = await self._stream.readany()
            if not chunk:
                raise asyncio.IncompleteReadError(bytes(self._here), count)
            self._here += chunk
