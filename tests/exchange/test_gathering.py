"""Records of a stream: what lies there is taken together, within bounds."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from aiohttp.base_protocol import BaseProtocol
from aiohttp.streams import StreamReader

from openmidas.exchange.gathering import MOST_BYTES_TOGETHER, MOST_TOGETHER, Records
from openmidas.exchange.records import MAX_RECORD_BYTES
from openmidas.journal import JournalError


def told(record: bytes) -> bytes:
    return len(record).to_bytes(4, "big") + record


def played(story: Callable[[StreamReader, Records], Awaitable[None]]) -> None:
    async def play() -> None:
        loop = asyncio.get_running_loop()
        protocol = BaseProtocol(loop)
        protocol.connection_made(asyncio.Transport())
        stream = StreamReader(protocol, limit=2**16, loop=loop)
        await story(stream, Records(stream, silent=0.2, slow=0.2))

    asyncio.run(play())


def test_what_came_whole_comes_together_and_the_rest_waits() -> None:
    async def story(stream: StreamReader, records: Records) -> None:
        stream.feed_data(told(b"one") + told(b"two") + told(b"three")[:5])
        assert await records.together() == [b"one", b"two"]
        stream.feed_data(told(b"three")[5:])
        assert await records.together() == [b"three"]

    played(story)


def test_a_record_may_come_byte_by_byte() -> None:
    async def story(stream: StreamReader, records: Records) -> None:
        reading = asyncio.create_task(records.together())
        for byte in told(b"slow"):
            await asyncio.sleep(0)
            stream.feed_data(bytes((byte,)))
        assert await reading == [b"slow"]

    played(story)


def test_no_more_are_taken_together_than_a_short_transaction_holds() -> None:
    async def story(stream: StreamReader, records: Records) -> None:
        stream.feed_data(told(b"x") * (MOST_TOGETHER + 1))
        assert len(await records.together()) == MOST_TOGETHER
        assert len(await records.together()) == 1
        heavy = bytes(MOST_BYTES_TOGETHER // 2 + 1)
        stream.feed_data(told(heavy) * 2)
        assert await records.together() == [heavy]
        assert await records.together() == [heavy]

    played(story)


def test_the_end_a_silence_and_a_length_that_nobody_sends_are_told_apart() -> None:
    async def story(stream: StreamReader, records: Records) -> None:
        with pytest.raises(TimeoutError):
            await records.together()
        stream.feed_data(told(b"last") + (MAX_RECORD_BYTES + 1).to_bytes(4, "big"))
        assert await records.together() == [b"last"]
        with pytest.raises(JournalError, match=r"message\.malformed"):
            await records.together()
        stream.feed_eof()

    played(story)

    async def ended(stream: StreamReader, records: Records) -> None:
        stream.feed_data(told(b"cut off")[:6])
        stream.feed_eof()
        with pytest.raises(asyncio.IncompleteReadError):
            await records.together()

    played(ended)
