"""Fetching attachments, the last of all that is exchanged: one piece at a time, each about a second long.

A piece stands in nobody's way for longer than that: receipts come by a connection of their own, news
take their turn before the next piece, and what is written here goes up beside it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from django.db import Error as DatabaseError

from openmidas.exchange import contact
from openmidas.exchange.asking import afresh
from openmidas.exchange.attachment_taking import next_fetch, take_piece
from openmidas.exchange.contact import Concern
from openmidas.exchange.link import Link, LinkError
from openmidas.exchange.messages import MOST_PIECE_BYTES, Fetch, Piece, Refusal
from openmidas.exchange.pace import Pace
from openmidas.exchange.threads import DatabaseThreads
from openmidas.journal import JournalError
from openmidas.nodes.local import Peer
from openmidas.nodes.refusals import Refused

logger = logging.getLogger(__name__)

LOOK_SECONDS = 5.0
"""How often to look whether an attachment is lacking."""
REFUSED_SECONDS = 15 * 60.0
"""How long to leave one alone that the HQ does not have, or that did not come to what it should."""
FIRST_PIECE = 8 * 1024
LEAST_PIECE = 2 * 1024
QUICK_SECONDS = 1.0
SLOW_SECONDS = 2.0


def next_room(room: int, took: float) -> int:
    """How many bytes the next piece may have, when one with this much room took so many seconds."""
    if took < QUICK_SECONDS:
        return min(MOST_PIECE_BYTES, room * 2)
    return room if took <= SLOW_SECONDS else max(LEAST_PIECE, room // 2)


class Fetching:
    """Fetches what is lacking from one HQ.

    ``turn`` is held while something comes down: who asks for news takes it too. ``answers``: whether
    the HQ is there, as far as is known.
    """

    def __init__(
        self,
        hq: Peer,
        link: Link,
        database: DatabaseThreads,
        *,
        turn: asyncio.Lock,
        answers: Callable[[], bool],
    ) -> None:
        self._hq = hq
        self._link = link
        self._database = database
        self._turn = turn
        self._answers = answers
        self._room = FIRST_PIECE
        self._left_alone: dict[bytes, float] = {}

    async def run(self) -> None:
        """Fetch for as long as it is not cancelled."""
        clock = asyncio.get_running_loop().time
        pace = Pace(LOOK_SECONDS, start=clock())
        while True:
            await asyncio.sleep(pace.wait(clock()) or 0.0)
            try:
                fetched = self._answers() and await self._step()
            except LinkError as error:
                logger.info("a piece did not come: %s", error)
                self._room = max(LEAST_PIECE, self._room // 2)
                pace.failed(clock())
            except (JournalError, Refused, DatabaseError) as error:
                logger.warning("nothing can be kept: %s", error)
                pace.failed(clock())
            else:
                pace.succeeded(clock(), within=0.0 if fetched else None)

    async def _step(self) -> bool:
        """Fetch one piece; whether there may be more."""
        clock = asyncio.get_running_loop().time
        fetch = await self._database.run(next_fetch, self._room)
        if fetch is None or clock() < self._left_alone.get(fetch.attachment, 0.0):
            return False
        try:
            await self._fetch(fetch)
        except JournalError as error:
            logger.error("%s: %s", self._hq, error)
            self._left_alone = {fetch.attachment: clock() + REFUSED_SECONDS}
            await self._database.run(contact.note_problem, self._hq.id, error.code)
            return False
        await self._database.run(self._well)
        return True

    def _well(self) -> None:
        contact.over(afresh(self._hq), Concern.ATTACHMENT)

    async def _fetch(self, fetch: Fetch) -> None:
        clock = asyncio.get_running_loop().time
        async with self._turn:
            started = clock()
            answer = await self._link.call(fetch)
            took = clock() - started
        if isinstance(answer, Refusal):
            raise JournalError(answer.code, **answer.params)
        if not isinstance(answer, Piece):
            raise LinkError("link.not_understood", "no piece")
        self._room = next_room(self._room, took)
        await self._database.run(take_piece, fetch, answer)
