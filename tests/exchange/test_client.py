"""A post's dealings with an HQ that forgets, refuses or goes away: in one process, without a network."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from django.db import OperationalError, transaction

from openmidas.exchange import client
from openmidas.exchange.client import Caller
from openmidas.exchange.link import LinkError
from openmidas.exchange.messages import Ask, News, now
from openmidas.exchange.records import Brought, Frame, Ping, Pong, Received, Stopped, Told
from openmidas.exchange.status import PeerStatus, exchange_status
from openmidas.exchange.threads import DatabaseThreads
from openmidas.journal import Actor, NodeKind, Place, SealedEntry, Segment
from openmidas.journal.entry import NO_HASH, Header, hash_header
from openmidas.journal.frames import FrameReader
from openmidas.journal.models import JournalEntry
from openmidas.journal.segments import MAX_SEGMENT_BYTES, pack
from openmidas.nodes.identity import this_node
from openmidas.nodes.local import Peer
from openmidas.nodes.services import record
from tests.exchange.peers import befriend, opened, receipt_by

# The database work is done in threads, which see what is committed.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_journal")]


LONG_AGO = 1_760_000_000_000


class Hq:
    """Both an HQ and the link to it. ``signs_at``: the time that its receipts bear."""

    reads = (1,)

    def __init__(self, entries: int = 0) -> None:
        self.pen, self.peer = befriend(NodeKind.HQ, entries)
        self.held: list[SealedEntry] = []
        self.brought: list[int] = []
        self.asks: list[Ask] = []
        self.signs_at: Callable[[], int] = now
        self.refusal = ""
        self.away = False
        self.spoilt = False

    def place(self) -> Place:
        last = hash_header(self.held[-1].header) if self.held else NO_HASH
        return Place(this_node().id, 1, len(self.held), last)

    async def call(self, message: Ask) -> News:
        await asyncio.sleep(0)
        if self.away:
            raise LinkError("link.unreachable")
        return self._news(message)

    @asynccontextmanager
    async def stream(self, first: Brought) -> AsyncIterator[Hq]:
        if self.away:
            raise LinkError("link.unreachable")
        self.reader = FrameReader(MAX_SEGMENT_BYTES)
        self.told: asyncio.Queue[Told] = asyncio.Queue()
        await self.send(first)
        yield self

    async def send(self, record: Brought) -> None:
        if isinstance(record, Ping):
            self.told.put_nowait(Pong(now()))
        else:
            self.told.put_nowait(self._take(record))

    async def receive(self) -> Told:
        while True:
            if self.away:
                raise LinkError("link.broken_off")
            try:
                async with asyncio.timeout(0.05):
                    return await self.told.get()
            except TimeoutError:
                continue

    def _news(self, ask: Ask) -> News:
        self.asks.append(ask)
        receipts = (receipt_by(self.pen, self.place(), self.signs_at()),) if self.held else ()
        reached = max((each.place.sequence for each in ask.held), default=0)
        run = self.pen.entries[reached : reached + 2] if ask.wants else []
        segments = (pack(self._segment(reached)),) if run else ()
        waiting = len(self.pen.entries) - reached - len(run)
        return News(time=now(), receipts=receipts, segments=segments, waiting=waiting)

    def _segment(self, start: int) -> Segment:
        segment = self.pen.segment(start, start + 2)
        return Segment(segment.entries[:1], segment.head) if self.spoilt else segment

    def _take(self, frame: Frame) -> Received | Stopped:
        run, _ = self.reader.read(frame.raw)
        first = Header.decode(run[0].header).sequence
        self.brought += range(first, first + len(run))
        if self.refusal:
            return Stopped(self.refusal, {}, self.place())
        if first > len(self.held) + 1:
            return Stopped("chain.gap", {}, self.place())
        self.held += run[len(self.held) - first + 1 :]
        return self.received()

    def received(self) -> Received:
        receipt = receipt_by(self.pen, self.place(), self.signs_at())
        return Received(1, receipt.place.sequence, receipt.at, receipt.signature)

    @property
    def status(self) -> PeerStatus:
        found = exchange_status().hq
        assert found is not None
        return found


def write(count: int) -> None:
    for _ in range(count):
        with transaction.atomic():
            record(opened("x"), actor=Actor())


def exchange(hq: Hq, *steps: Callable[[], object]) -> None:
    """Run the post's side; do each step in turn, and wait after each until it says that it is so."""

    async def story() -> None:
        database = DatabaseThreads(3)
        calling = asyncio.create_task(Caller(hq.peer, hq, database).run())  # type: ignore[arg-type]
        try:
            for step in steps:
                async with asyncio.timeout(8):
                    while await database.run(step) is False:
                        assert not calling.done(), calling.result()
                        await asyncio.sleep(0.01)
        finally:
            calling.cancel()
            await asyncio.gather(calling, return_exceptions=True)
            await database.close()

    asyncio.run(story())


def has_all(hq: Hq) -> bool:
    own = JournalEntry.objects.filter(node=this_node().id).order_by("sequence")
    return [entry.header for entry in hq.held] == [bytes(entry.header) for entry in own]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "ASK_SECONDS", 0.1)
    monkeypatch.setattr(client, "LOOK_SECONDS", 0.02)


def test_new_entries_go_by_themselves_and_nothing_goes_twice() -> None:
    hq = Hq()
    write(2)
    exchange(
        hq,
        lambda: has_all(hq),
        lambda: write(3),
        lambda: hq.status.to_go == 0,
        lambda: len(hq.asks) > 5,
    )
    assert hq.brought == [1, 2, 3, 4, 5, 6]
    assert (hq.status.to_go, hq.status.receipt, hq.status.reachable) == (0, 6, True)


def test_all_that_waits_at_the_hq_comes_in_one_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "ASK_SECONDS", 60.0)
    hq = Hq(entries=7)
    exchange(
        hq,
        lambda: JournalEntry.objects.filter(node=hq.peer.id).count() == 7,
        lambda: hq.status.to_come == 0,
    )


def test_an_hq_that_lost_entries_gets_them_again() -> None:
    """Restored from a backup: it holds less than it gave receipts for, too long ago to be late."""
    hq = Hq()
    hq.signs_at = lambda: LONG_AGO
    write(5)
    exchange(
        hq,
        lambda: has_all(hq),
        lambda: hq.status.to_go == 0,
        lambda: hq.held.__delitem__(slice(2, None)),
        lambda: has_all(hq),
        lambda: hq.status.reachable,
    )
    assert hq.brought == [1, 2, 3, 4, 5, 6, 3, 4, 5, 6]
    # It gave receipts for what it lacked then, and never said that it was restored.
    assert hq.status.problem == "receipt.withdrawn"


def test_a_post_that_starts_anew_goes_on_from_its_receipt() -> None:
    hq = Hq()
    exchange(hq, lambda: hq.status.to_go == 0)
    write(1)
    exchange(hq, lambda: has_all(hq))
    assert hq.brought == [1, 2]


def test_a_refused_journal_is_tried_ever_more_rarely_and_shown() -> None:
    hq = Hq()
    hq.refusal = "entry.body_changed"
    exchange(
        hq,
        lambda: len(hq.brought) >= 2,
        lambda: len(hq.asks) > 8,
    )
    assert len(hq.brought) <= 4
    assert hq.status.problem == "ours.entry.body_changed"
    assert hq.status.reachable, "the link itself works"
    hq.refusal = ""
    exchange(hq, lambda: has_all(hq), lambda: hq.status.problem == "")


def test_an_hq_that_never_gives_a_receipt_is_not_flooded() -> None:
    hq = Hq()
    hq._take = lambda frame: (hq.brought.append(1), hq.received())[1]  # type: ignore[method-assign]
    exchange(hq, lambda: len(hq.brought) >= 2, lambda: len(hq.asks) > 8)
    assert len(hq.brought) <= 4
    assert hq.status.problem == "ours.segment.not_receipted"


def test_when_the_hq_comes_back_all_goes_at_once() -> None:
    hq = Hq()
    hq.away = True
    exchange(
        hq,
        lambda: hq.status.problem == "link.unreachable",
        lambda: write(2),
        lambda: setattr(hq, "away", False),
        lambda: has_all(hq),
        lambda: hq.status.reachable,
    )


def test_what_is_wrong_with_the_hqs_journal_is_told_to_it() -> None:
    hq = Hq(entries=2)
    hq.spoilt = True
    exchange(
        hq,
        lambda: any(ask.refused == "head.not_signed" for ask in hq.asks),
        lambda: has_all(hq),
        lambda: len(hq.asks) > 8,
    )
    assert sum(ask.wants for ask in hq.asks) <= 4, "and not fetched over and over"
    assert hq.status.problem == "head.not_signed"
    assert hq.status.reachable
    hq.spoilt = False
    exchange(hq, lambda: JournalEntry.objects.filter(node=hq.peer.id).count() == 2)


def test_a_database_that_is_busy_only_takes_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    hq = Hq()
    failures = [OperationalError("database is locked")] * 3
    real = client.own_journals

    def own_journals(peer: Peer) -> Any:
        if failures:
            raise failures.pop()
        return real(peer)

    monkeypatch.setattr(client, "own_journals", own_journals)
    exchange(hq, lambda: has_all(hq))


def test_it_returns_when_the_hq_moves() -> None:
    hq = Hq()

    async def story() -> None:
        database = DatabaseThreads(3)
        calling = asyncio.create_task(Caller(hq.peer, hq, database).run())  # type: ignore[arg-type]
        await database.run(Peer.objects.update, exchange="127.0.0.1:2")
        await asyncio.wait_for(calling, 5)
        await database.close()

    asyncio.run(story())
