"""What a post brings to its HQ: one stream that stays open, frames one way and receipts the other.

Eight frames are on their way at the most. Each has a receipt of its own, so that nothing that
arrived whole is ever sent again, whatever becomes of the link.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from openmidas.exchange import asking, contact
from openmidas.exchange.advance import urgent_entries
from openmidas.exchange.contact import OURS
from openmidas.exchange.core import PROBLEMS, SEGMENT_ENTRIES, Outcome, Standing, Upload
from openmidas.exchange.link import Link, LinkError, Stream
from openmidas.exchange.messages import JournalId, now
from openmidas.exchange.reading import OwnJournal, read_run
from openmidas.exchange.receipts import our_place
from openmidas.exchange.records import Ahead, Frame, Nudge, Ping, Pong, Received, Stopped, Told
from openmidas.exchange.speed import Speed
from openmidas.exchange.threads import DatabaseThreads
from openmidas.journal.frames import FrameWriter
from openmidas.journal.segments import pack
from openmidas.nodes.local import Peer

logger = logging.getLogger(__name__)

PING_SECONDS = 120.0
"""How often an idle post says that it is still there: some 7 kB an hour on the wire."""


class RefusedError(Exception):
    """The HQ refused what we brought or asked. ``code`` says why."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


class Uploading:
    """Brings this post's journals to one HQ.

    ``opened`` is called when the HQ has answered in a new stream, ``well`` when it takes what we
    bring, ``nudged`` when it has something for us.
    """

    def __init__(
        self,
        hq: Peer,
        link: Link,
        database: DatabaseThreads,
        *,
        opened: Callable[[], None],
        well: Callable[[], None],
        nudged: Callable[[], None],
    ) -> None:
        self.uploads: dict[JournalId, Upload] = {}
        self._hq = hq
        self._link = link
        self._database = database
        self._opened = opened
        self._well = well
        self._nudged = nudged
        self._looked: dict[JournalId, int] = {}
        self._speed = Speed()
        self._more = asyncio.Event()
        self._pinged = 0.0
        self._round_trip = 0

    @property
    def behind(self) -> bool:
        """Whether the HQ does not hold all that we wrote."""
        return any(upload.behind for upload in self.uploads.values())

    def look(self, journals: list[OwnJournal]) -> None:
        """See how far our journals go now."""
        grown = False
        for own in journals:
            head = own.head.place.sequence
            upload = self.uploads.setdefault(own.journal, Upload(own.journal, held=own.held))
            grown |= upload.written(head)
        if grown:
            self.wake()

    def wake(self) -> None:
        """There is something to send, or room for it."""
        self._more.set()

    async def run(self) -> float | None:
        """Open a stream and bring what there is until it is over; 0: another may be opened at once.

        Raises `LinkError`, `RefusedError`, `openmidas.journal.JournalError`.
        """
        self._looked.clear()
        for upload in self.uploads.values():
            upload.broken_off()
        self._pinged = asyncio.get_running_loop().time()
        async with self._link.stream(Ping(now(), self._round_trip)) as stream:
            tasks = [
                asyncio.create_task(self._send(stream)),
                asyncio.create_task(self._listen(stream)),
            ]
            try:
                done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)
            try:
                # What the HQ said last matters more than that it then hung up.
                for task in sorted(done, key=tasks.index, reverse=True):
                    task.result()
            except StreamOver:
                return 0.0
        return None

    async def _send(self, stream: Stream) -> None:
        frames = FrameWriter()
        clock = asyncio.get_running_loop().time
        due = self._pinged + PING_SECONDS
        while True:
            self._more.clear()
            for urgent in await self._urgent():
                await stream.send(urgent)
            if clock() >= due:
                self._pinged = clock()
                await stream.send(Ping(now(), self._round_trip))
                due = clock() + PING_SECONDS
            elif (frame := await self._next(frames)) is not None:
                await stream.send(frame)
                due = clock() + PING_SECONDS
            else:
                try:
                    async with asyncio.timeout_at(due):
                        await self._more.wait()
                except TimeoutError:
                    continue

    async def _urgent(self) -> list[Ahead]:
        """What must not wait behind the backlog, once."""
        return [
            ahead
            for upload in self.uploads.values()
            if upload.head > max(self._looked.get(upload.journal, 0), upload.sent + SEGMENT_ENTRIES)
            for ahead in await self._database.run(self._read_urgent, upload)
        ]

    def _read_urgent(self, upload: Upload) -> list[Ahead]:
        after = max(self._looked.get(upload.journal, 0) - SEGMENT_ENTRIES, upload.sent)
        head = upload.head
        segments = urgent_entries(self._hq, upload.journal, after)
        self._looked[upload.journal] = head
        return [Ahead(pack(segment)) for segment in segments]

    async def _next(self, frames: FrameWriter) -> Frame | None:
        """The next frame. Epochs go in their order: a later one builds on what the one before says."""
        for upload in self.uploads.values():
            after = upload.next_after()
            if after is not None:
                return await self._database.run(self._read, frames, upload, after)
            if upload.sent < upload.head:
                return None
        return None

    def _read(self, frames: FrameWriter, upload: Upload, after: int) -> Frame | None:
        run = read_run(self._hq, upload.journal, after)
        if run is None:
            return None
        raw = frames.write(run.entries, run.head)
        last = run.head.place.sequence
        upload.sending(last, len(raw))
        return Frame(raw, sum(max(0, each.head - each.sent) for each in self.uploads.values()))

    async def _listen(self, stream: Stream) -> None:
        await self._hear(await stream.receive())
        self._opened()
        while True:
            await self._hear(await stream.receive())

    async def _hear(self, told: Told) -> None:
        match told:
            case Received():
                await self._received(told)
            case Stopped():
                await self._stopped(told)
            case Nudge():
                self._nudged()
            case Pong():
                took = asyncio.get_running_loop().time() - self._pinged
                self._round_trip = int(took * 1000)
                await self._database.run(asking.note_pong, self._hq, told, self._round_trip)
                if not self.behind:
                    self._well()

    async def _received(self, told: Received) -> None:
        kept = await self._database.run(asking.keep_received, self._hq, told)
        upload = self.uploads[kept.theirs.node, kept.theirs.epoch]
        due = upload.awaited
        outcome = upload.heard(kept.theirs, kept.ours)
        if outcome not in (Outcome.MOVED, Outcome.REPEATED):
            raise RefusedError(f"{OURS}{PROBLEMS[Standing(outcome)]}")
        if upload.held < due:
            raise RefusedError(f"{OURS}segment.not_receipted")
        await self._measure()
        self._well()
        self.wake()

    async def _measure(self) -> None:
        if not self.behind:
            self._speed.idle()
            return
        gone = sum(upload.held for upload in self.uploads.values())
        per_minute = self._speed.gone(asyncio.get_running_loop().time(), gone)
        if per_minute is not None:
            await self._database.run(contact.note_speed, self._hq.id, per_minute)

    async def _stopped(self, told: Stopped) -> None:
        """Nothing more is taken from this stream. Raises `RefusedError` unless the next may be."""
        if told.code in ("node.unknown", "database.busy"):
            raise LinkError(told.code)
        outcome = Outcome.REFUSED
        if told.held is not None:
            upload = self.uploads.get((told.held.node, told.held.epoch))
            ours = await self._database.run(our_place, told.held)
            outcome = Outcome.REFUSED if upload is None else upload.refused(told.held, ours)
        if outcome not in (Outcome.MOVED, Outcome.REWOUND):
            raise RefusedError(f"{OURS}{told.code}")
        raise StreamOver


class StreamOver(Exception):  # noqa: N818  no error: the HQ said where to go on, in another stream
    """The stream ended with a word on where to go on."""
