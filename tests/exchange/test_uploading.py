"""A stream that breaks, answers late or refuses one journal: all others go on, and nothing waits for ever."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import msgspec
import pytest

from openmidas.exchange import asking, contact, uploading
from openmidas.exchange.core import Upload
from openmidas.exchange.link import LinkError
from openmidas.exchange.messages import JournalId
from openmidas.exchange.receipts import CheckedReceipt
from openmidas.exchange.records import Brought, Frame, Ping, Pong, Received, Stopped, Told
from openmidas.exchange.threads import DatabaseThreads
from openmidas.exchange.uploading import RefusedError, Uploading
from openmidas.journal import JournalError, Place

NODE = UUID(int=1)
FIRST, SECOND = (NODE, 1), (NODE, 2)
RUN = 60


def place(journal: JournalId, sequence: int) -> Place:
    return Place(NODE, journal[1], sequence, bytes([sequence % 251]) * 32)


class Line:
    """A link whose other end is a function: what is brought, and how to answer."""

    reads = (1,)

    def __init__(self, hq: Callable[[Brought], Told | Exception | None]) -> None:
        self._hq = hq
        self.told: asyncio.Queue[Told | Exception] = asyncio.Queue()
        self.streams = 0

    @asynccontextmanager
    async def stream(self, first: Brought) -> AsyncIterator[Line]:
        self.streams += 1
        self.told = asyncio.Queue()
        await self.send(first)
        yield self

    async def send(self, record: Brought) -> None:
        answer = self._hq(record)
        if answer is not None:
            self.told.put_nowait(answer)

    async def receive(self) -> Told:
        told = await self.told.get()
        if isinstance(told, Exception):
            raise told
        return told


class Post:
    """The post's side, with its journals in memory."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, **heads: int) -> None:
        self.heads = {(NODE, int(name.removeprefix("epoch_"))): end for name, end in heads.items()}
        self.reading: Callable[[], object] = lambda: None
        self.brought: list[tuple[int, int]] = []
        monkeypatch.setattr(uploading, "read_run", self._read_run)
        monkeypatch.setattr(uploading, "urgent_entries", lambda *_: [])
        monkeypatch.setattr(uploading, "our_place", lambda held: held)
        monkeypatch.setattr(uploading, "FrameWriter", lambda _: SimpleNamespace(write=_write))
        monkeypatch.setattr(asking, "keep_received", self.keep)
        monkeypatch.setattr(asking, "note_pong", lambda *_: None)
        monkeypatch.setattr(contact, "note_speed", lambda *_: None)

    def _read_run(self, hq: object, journal: JournalId, after: int) -> Any:
        self.reading()
        last = min(self.heads[journal], after + RUN)
        head = SimpleNamespace(place=place(journal, last))
        return (
            SimpleNamespace(entries=(journal[1], after, last), head=head) if last > after else None
        )

    @staticmethod
    def keep(hq: object, told: Received, *, well: bool) -> CheckedReceipt:
        there = place((NODE, told.epoch), told.sequence)
        return CheckedReceipt(there, there)

    def answer(self, record: Brought) -> Told | None:
        """As an HQ does that takes everything."""
        if isinstance(record, Ping):
            return Pong(0)
        epoch, after, last = self.frame(record)
        self.brought.append((after, last))
        return Received(epoch, last, 0, b"")

    @staticmethod
    def frame(record: Brought) -> tuple[int, int, int]:
        assert isinstance(record, Frame)
        epoch, after, last = msgspec.msgpack.decode(record.raw)
        return epoch, after, last

    def speak(self, line: Line, story: Callable[[Uploading], Awaitable[None]]) -> None:
        """Keep streams open as the caller does, and let a story happen beside."""

        async def play() -> None:
            database = DatabaseThreads(2)
            own = Uploading(
                SimpleNamespace(id=UUID(int=9)),  # type: ignore[arg-type]
                line,  # type: ignore[arg-type]
                database,
                opened=lambda: None,
                well=lambda: None,
                nudged=lambda: None,
            )
            for journal, head in self.heads.items():
                own.uploads[journal] = Upload(journal, head=head)
            speaking = asyncio.create_task(_keep_on(own))
            try:
                async with asyncio.timeout(10):
                    await story(own)
            finally:
                speaking.cancel()
                await asyncio.gather(speaking, return_exceptions=True)
                await database.close()

        asyncio.run(play())


def _write(entries: object, head: object) -> bytes:
    return msgspec.msgpack.encode(entries)


async def _keep_on(own: Uploading) -> None:
    while True:
        try:
            await own.run()
        except (LinkError, RefusedError):
            await asyncio.sleep(0.05)


async def until(happened: Callable[[], bool]) -> None:
    while not happened():
        await asyncio.sleep(0.01)


def test_what_was_read_for_a_stream_that_broke_off_is_sent_in_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    post = Post(monkeypatch, epoch_1=RUN)
    slow, reading = threading.Event(), threading.Event()

    def read_slowly() -> None:
        if not reading.is_set():
            reading.set()
            slow.wait(5)

    post.reading = read_slowly
    line = Line(post.answer)

    async def story(own: Uploading) -> None:
        await until(reading.is_set)
        line.told.put_nowait(LinkError("link.broken_off"))
        await asyncio.sleep(0.1)
        assert line.streams == 1, "the next one waits until the thread of this one has ended"
        slow.set()
        await until(lambda: not own.behind)

    post.speak(line, story)
    assert post.brought == [(0, RUN)]


def test_what_was_read_is_not_sent_where_the_hq_said_meanwhile_that_it_lost_some(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    post = Post(monkeypatch, epoch_1=2 * RUN)
    told: list[asyncio.AbstractEventLoop] = []
    upload = Upload(FIRST, head=2 * RUN, held=RUN)

    def lose() -> None:
        if told:
            told.pop().call_soon_threadsafe(upload.lacks, 10)
            time.sleep(0.1)

    post.reading = lose
    monkeypatch.setattr(upload, "lacks", partial(upload.lacks, held_when_asked=RUN))
    line = Line(post.answer)

    async def story(own: Uploading) -> None:
        own.uploads[FIRST] = upload
        told.append(asyncio.get_running_loop())
        await until(lambda: not told and upload.held == 10)
        own.wake()
        await until(lambda: not own.behind)

    post.speak(line, story)
    assert post.brought == [(10, 10 + RUN), (10 + RUN, 2 * RUN)]
    assert line.streams == 1


def test_a_receipt_that_a_question_overtook_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    post = Post(monkeypatch, epoch_1=2 * RUN)
    waiting: list[Told] = []

    def hold_back(record: Brought) -> Told | None:
        told = post.answer(record)
        if isinstance(told, Received):
            waiting.append(told)
            return None
        return told

    line = Line(hold_back)

    async def story(own: Uploading) -> None:
        await until(lambda: len(waiting) == 2)
        here = place(FIRST, RUN)
        own.uploads[FIRST].heard(here, here)  # by the answer to a question, on another connection
        for told in waiting:
            line.told.put_nowait(told)
        await until(lambda: not own.behind)

    post.speak(line, story)
    assert line.streams == 1
    assert post.brought == [(0, RUN), (RUN, 2 * RUN)], "nothing goes twice"


def test_a_journal_that_is_refused_keeps_no_other_back(monkeypatch: pytest.MonkeyPatch) -> None:
    post = Post(monkeypatch, epoch_1=RUN, epoch_2=3 * RUN)
    refused: list[int] = []

    def answer(record: Brought) -> Told | None:
        if isinstance(record, Frame) and post.frame(record)[0] == 1:
            refused.append(1)
            return Stopped("journal.stopped", {}, place(FIRST, 0))
        return post.answer(record)

    async def story(own: Uploading) -> None:
        await until(lambda: own.uploads[SECOND].held == 3 * RUN)
        before = len(refused)
        await until(lambda: len(refused) > before)

    post.speak(Line(answer), story)
    assert len(refused) <= 6, "and is tried again, ever more rarely"


def test_an_hq_that_only_ever_sends_elsewhere_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    post = Post(monkeypatch, epoch_1=RUN)
    turns = iter(range(1_000_000))

    def answer(record: Brought) -> Told | None:
        if isinstance(record, Ping):
            return Pong(0)
        return Stopped("chain.gap", {}, place(FIRST, 10 + next(turns) % 2))

    line = Line(answer)

    async def story(own: Uploading) -> None:
        await asyncio.sleep(1)

    post.speak(line, story)
    assert line.streams < 12


def test_a_receipt_that_does_not_hold_is_told_as_what_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    post = Post(monkeypatch, epoch_1=RUN)

    def forged(hq: object, told: Received, *, well: bool) -> CheckedReceipt:
        raise JournalError("receipt.not_signed")

    monkeypatch.setattr(asking, "keep_received", forged)
    codes: list[str] = []

    async def story(own: Uploading) -> None:
        try:
            await own.run()
        except (JournalError, LinkError) as error:
            codes.append(error.code)

    monkeypatch.setattr("tests.exchange.test_uploading._keep_on", lambda own: asyncio.sleep(0))
    post.speak(Line(post.answer), story)
    assert codes == ["receipt.not_signed"]


def test_what_is_urgent_waits_for_no_frame_that_does_not_leave(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of a later epoch, while the one before has a backlog; and while too much is on its way."""
    post = Post(monkeypatch, epoch_1=RUN * 20, epoch_2=5)
    looked: list[tuple[int, int, int | None]] = []
    monkeypatch.setattr(
        uploading,
        "urgent_entries",
        lambda _hq, journal, after, leaving: looked.append((journal[1], after, leaving)) or [],
    )
    line = Line(lambda record: Pong(0) if isinstance(record, Ping) else None)  # no receipt comes

    async def story(own: Uploading) -> None:
        await until(lambda: own.uploads[FIRST].next_after() is None)
        assert looked == [(1, 0, 0), (2, 0, None)]
        looked.clear()
        own.uploads[FIRST].written(RUN * 20 + 1)
        own.wake()
        await until(lambda: bool(looked))
        assert looked == [(1, RUN * 20, None)]

    post.speak(line, story)
