"""A post's dealings with its HQ: asks for news, brings what it wrote, and does neither in vain."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from hashlib import sha256

from django.db import Error as DatabaseError

from openmidas.exchange import asking, contact
from openmidas.exchange.contact import Concern, concern
from openmidas.exchange.fetching import Fetching
from openmidas.exchange.link import Link, LinkError
from openmidas.exchange.messages import News, Refusal, Return, now
from openmidas.exchange.pace import Pace
from openmidas.exchange.reading import own_journals
from openmidas.exchange.threads import DatabaseThreads
from openmidas.exchange.uploading import RefusedError, Uploading
from openmidas.journal import JournalError, Place
from openmidas.nodes.local import Peer

logger = logging.getLogger(__name__)

ASK_SECONDS = 30 * 60.0
"""How often to ask without a reason. The HQ says in the stream when it has something for us."""
LOOK_SECONDS = 0.5
"""How often to look whether something new was written: one indexed row."""


class Caller:
    """Exchanges with one HQ until it is cancelled, or until the HQ's card changes.

    Asking, bringing and fetching are tasks of their own, so that a long list on its way down holds up
    no crossing. What is brought goes in a stream, and in it the HQ says when there is reason to ask.
    News and the pieces of a list take turns.
    """

    def __init__(self, hq: Peer, link: Link, database: DatabaseThreads) -> None:
        self._hq = hq
        self._link = link
        self._database = database
        self._ask_now = asyncio.Event()
        self._bring_now = asyncio.Event()
        self._uploading = Uploading(
            hq,
            link,
            database,
            opened=self._ask_now.set,
            well=self._brought,
            nudged=self._ask_now.set,
        )
        self._turn = asyncio.Lock()
        self._fetching = Fetching(
            hq, link, database, turn=self._turn, answers=lambda: not self._trouble
        )
        start = asyncio.get_running_loop().time()
        self._asking = Pace(ASK_SECONDS, start=start)
        self._bringing = Pace(0.0, start=start)
        self._taking = Pace(0.0, start=start)
        self._round_trip = 0
        self._refused = ""
        self._troubled = ""
        self._trouble = ""
        self._lost: tuple[Place, ...] = ()
        self._asked_back: set[Place] = set()
        self._given_back: set[bytes] = set()

    async def run(self) -> None:
        """Exchange. Returns when the HQ is to be called by another address or certificate."""
        tasks = [
            asyncio.create_task(self._watch()),
            asyncio.create_task(self._repeat(self._asking, self._ask_now, self._ask)),
            asyncio.create_task(self._fetching.run()),
            asyncio.create_task(self._repeat(self._bringing, self._bring_now, self._uploading.run)),
        ]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _watch(self) -> None:
        while True:
            try:
                hq = await self._database.run(contact.find_hq)
                if hq is None or card(hq) != card(self._hq):
                    return
                self._uploading.look(await self._database.run(own_journals, hq))
            except DatabaseError as error:
                logger.warning("the database is busy: %s", error)
            await asyncio.sleep(LOOK_SECONDS)

    async def _ask(self) -> float | None:
        """Ask for news; in how many seconds there is reason to ask again, None where there is none."""
        ask = await self._database.run(
            asking.make_ask,
            self._hq,
            round_trip=self._round_trip,
            wants=self._taking.wait(asyncio.get_running_loop().time()) == 0,
            refused=self._refused,
            troubled=self._troubled,
            lacks=self._lost[:1],
        )
        before = {journal: each.held for journal, each in self._uploading.uploads.items()}
        async with self._turn:
            started = asyncio.get_running_loop().time()
            news = await self._link.call(ask)
            self._round_trip = int((asyncio.get_running_loop().time() - started) * 1000)
        if isinstance(news, Refusal):
            raise RefusedError(news.code)
        if not isinstance(news, News):
            raise LinkError("link.not_understood", "no news")
        digest = await self._database.run(asking.digest, self._hq, ask, news, self._round_trip)
        changed = digest.troubled != self._troubled
        self._troubled = digest.troubled
        # Asked for once from each place: what the HQ cannot give it will not have the next time.
        self._lost = tuple(place for place in digest.lost if place not in self._asked_back)
        self._asked_back.update(ask.lacks)
        if ask.wants:
            self._taken(digest.refused)
        told = {(each.theirs.node, each.theirs.epoch): each for each in digest.receipts}
        for journal, held in before.items():
            upload, receipt = self._uploading.uploads[journal], told.get(journal)
            if receipt is not None:
                upload.heard(receipt.theirs, receipt.ours)
            upload.lacks(receipt.theirs.sequence if receipt else 0, held_when_asked=held)
        self._uploading.wake()
        for raw in digest.kept:
            await self._give_back(raw)
        if digest.more or changed or self._lost:
            return 0.0
        return self._taking.wait(asyncio.get_running_loop().time()) if self._refused else None

    async def _give_back(self, raw: bytes) -> None:
        """Give the restored HQ what it lacks of its own journal; what it refuses is not offered again."""
        offered = sha256(raw).digest()
        if offered in self._given_back:
            return
        answer = await self._link.call(Return(time=now(), segment=raw))
        self._given_back.add(offered)
        if isinstance(answer, Refusal):
            raise RefusedError(answer.code)

    def _taken(self, refused: str) -> None:
        """What does not hold is fetched again ever more rarely, while asking goes on as ever."""
        self._refused = refused
        clock = asyncio.get_running_loop().time()
        if refused:
            self._taking.failed(clock)
        else:
            self._taking.succeeded(clock)

    async def _repeat(
        self, pace: Pace, wake: asyncio.Event, step: Callable[[], Awaitable[float | None]]
    ) -> None:
        clock = asyncio.get_running_loop().time
        while True:
            await _until_due(pace, wake)
            try:
                again = await step()
            except (LinkError, RefusedError, JournalError) as error:
                pace.failed(clock())
                await self._failed(error.code, str(error))
            except DatabaseError as error:
                pace.failed(clock())
                logger.warning("the database is busy: %s", error)
            else:
                self._well()
                pace.succeeded(clock(), within=again)

    def _brought(self) -> None:
        """The HQ takes what we bring: whatever fails next fails for the first time."""
        self._bringing.failures = 0
        self._well()

    def _well(self) -> None:
        if self._trouble:
            logger.info("%s answers again", self._hq)
            self._trouble = ""
            self._ask_now.set()
            self._bring_now.set()

    async def _failed(self, code: str, reason: str) -> None:
        if concern(code) is not Concern.LINK:
            logger.error("%s: %s", self._hq, reason)
        elif code != self._trouble:
            logger.warning("%s: %s", self._hq, reason)
            self._trouble = code
        try:
            await self._database.run(contact.note_problem, self._hq.id, code)
        except DatabaseError as error:
            logger.warning("the database is busy: %s", error)


def card(hq: Peer) -> tuple[str, str, bytes]:
    """What a link to an HQ depends on."""
    return hq.exchange, hq.fingerprint, bytes(hq.public_key)


async def _until_due(pace: Pace, wake: asyncio.Event) -> None:
    clock = asyncio.get_running_loop().time
    while (wait := pace.wait(clock())) != 0:
        try:
            async with asyncio.timeout(wait):
                await wake.wait()
        except TimeoutError:
            return
        wake.clear()
        pace.woken(clock())
