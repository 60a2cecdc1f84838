"""What a post brings to its HQ: one stream that stays open, frames one way and receipts the other.

Eight frames are on their way at the most. Each has a receipt of its own, and nothing that has one is
ever sent again, whatever becomes of the link. The database is asked in threads; what is on its way is
only noted here, on the loop, so that nothing of a stream that is over reaches into the next.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable

from openmidas.exchange import asking, contact, versions
from openmidas.exchange.advance import urgent_entries
from openmidas.exchange.contact import OURS
from openmidas.exchange.core import PROBLEMS, Outcome, Standing, Upload
from openmidas.exchange.link import Link, LinkError, Stream
from openmidas.exchange.messages import JournalId, now
from openmidas.exchange.pace import Pace
from openmidas.exchange.reading import OwnJournal, read_run
from openmidas.exchange.receipts import our_place
from openmidas.exchange.records import Ahead, Frame, Nudge, Ping, Pong, Received, Stopped, Told
from openmidas.exchange.speed import Speed
from openmidas.exchange.threads import DatabaseThreads
from openmidas.journal.frames import FrameWriter
from openmidas.journal.segments import pack
from openmidas.nodes.local import Peer

logger = logging.getLogger(__name__)

_OF_A_JOURNAL = ("journal.", "chain.", "segment.", "head.", "header.", "entry.")
"""How codes begin that refuse one journal, and leave the others to go on."""
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
        self._due: deque[tuple[JournalId, int]] = deque()
        self._refused: dict[JournalId, Pace] = {}
        self._redirected = False
        self._speed = Speed()
        self._more = asyncio.Event()
        self._pinged: float | None = None
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

    async def run(self) -> float:
        """Open a stream and bring what there is until it is over; 0: another may be opened at once.

        Raises `LinkError`, `RefusedError`, `openmidas.journal.JournalError`: one of the two sides may be
        too old for the other.
        """
        self._looked.clear()
        self._due.clear()
        self._pinged = None  # how long opening takes says nothing of how long a ping does
        for upload in self.uploads.values():
            upload.broken_off()
        first = Ping(now(), self._round_trip, versions.own_formats())
        async with self._link.stream(first) as stream:
            number = versions.agree_with_hq(stream.reads)
            tasks = [
                asyncio.create_task(self._send(stream, number)),
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
        except Redirected:
            return 0.0
        raise AssertionError("a stream ends with a reason")

    async def _send(self, stream: Stream, number: int) -> None:
        frames = FrameWriter(number)
        clock = asyncio.get_running_loop().time
        due = clock() + PING_SECONDS
        while True:
            self._more.clear()
            for urgent in await self._urgent(number):
                await stream.send(urgent)
            if clock() >= due:
                self._pinged = clock()
                await stream.send(Ping(now(), self._round_trip))
                due = clock() + PING_SECONDS
            elif (frame := await self._next(frames)) is not None:
                await stream.send(frame)
                due = clock() + PING_SECONDS
            else:
                await self._wait(min(due, clock() + self._until_tried_again()))

    async def _wait(self, until: float) -> None:
        """Wait for something to send, no longer than this."""
        try:
            async with asyncio.timeout_at(until):
                await self._more.wait()
        except TimeoutError:
            return

    async def _urgent(self, number: int) -> list[Ahead]:
        """What must not wait behind the backlog, once."""
        ahead: list[Ahead] = []
        for upload in self._tried():
            head, after = upload.head, max(self._looked.get(upload.journal, 0), upload.sent)
            if head <= after:
                continue
            leaving = self._leaving()
            begins = leaving.sent if leaving is upload else None
            found = await self._database.run(
                urgent_entries, self._hq, upload.journal, after, begins
            )
            self._looked[upload.journal] = head
            ahead += [Ahead(pack(segment, number)) for segment in found]
        return ahead

    def _leaving(self) -> Upload | None:
        """The journal of which the next frame is; None where none may leave now.

        Epochs go in their order: a later one builds on what the one before says.
        """
        for upload in self._tried():
            if upload.sent < upload.head:
                return None if upload.next_after() is None else upload
        return None

    async def _next(self, frames: FrameWriter) -> Frame | None:
        """The next frame, if one may leave now."""
        upload = self._leaving()
        if upload is None:
            return None
        after = upload.sent
        run = await self._database.run(read_run, self._hq, upload.journal, after)
        # Meanwhile the HQ may have said that it lost some: then it is to go on from there.
        if run is None or upload.sent != after:
            return None
        raw, last = frames.write(run.entries, run.head), run.head.place.sequence
        upload.sending(last, len(raw))
        self._due.append((upload.journal, last))
        return Frame(raw, sum(max(0, each.head - each.sent) for each in self.uploads.values()))

    def _tried(self) -> list[Upload]:
        """Our journals, but for those that the HQ refused and that are not to be tried again yet."""
        now = asyncio.get_running_loop().time()
        paces = self._refused
        return [
            upload
            for upload in list(self.uploads.values())
            if upload.journal not in paces or paces[upload.journal].wait(now) == 0
        ]

    def _until_tried_again(self) -> float:
        now = asyncio.get_running_loop().time()
        waits = [wait for pace in self._refused.values() if (wait := pace.wait(now))]
        return min(waits, default=PING_SECONDS)

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
                if self._pinged is not None:
                    took = asyncio.get_running_loop().time() - self._pinged
                    self._round_trip = int(took * 1000)
                    await self._database.run(asking.note_pong, self._hq, told, self._round_trip)
                if not self.behind:
                    self._well()

    async def _received(self, told: Received) -> None:
        journal, last = self._due.popleft() if self._due else (None, 0)
        if journal is None or told.epoch != journal[1] or told.sequence < last:
            raise RefusedError(f"{OURS}segment.not_receipted")
        self._refused.pop(journal, None)
        well = not self._refused
        kept = await self._database.run(asking.keep_received, self._hq, told, well=well)
        outcome = self.uploads[journal].heard(kept.theirs, kept.ours)
        if outcome not in (Outcome.MOVED, Outcome.REPEATED):
            raise RefusedError(f"{OURS}{PROBLEMS[Standing(outcome)]}")
        self._redirected = False
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
        # Twice in a row without a receipt is no way forward.
        if outcome in (Outcome.MOVED, Outcome.REWOUND) and not self._redirected:
            self._redirected = True
            raise Redirected
        if told.code.startswith(_OF_A_JOURNAL) and self._due:
            pace = self._refused.setdefault(self._due[0][0], Pace(None))
            pace.failed(asyncio.get_running_loop().time())
        raise RefusedError(f"{OURS}{told.code}")


class Redirected(Exception):  # noqa: N818  no error: the HQ said where to go on, in another stream
    """The stream ended with a word on where to go on."""
