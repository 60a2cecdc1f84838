"""Each reading to one page, once: kept until the page has said that it has it, and never for long.

What is read while no page listens may be of another traveller by the time one does: after `KEPT` seconds it
is forgotten, and the next page is told that a document has to be read again.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from collections import deque

import msgspec

from openmidas.documents.readers.adapters import Gone, Read, There
from openmidas.documents.readers.chip_messages import ChipMessage, OnReader

KEPT = 10.0
"""Seconds that a reading waits for a page."""
MOST = 32
"""Readings that wait at once."""
PATIENCE = 2.0
"""Seconds that a reader waits for a page with so many readings, before the oldest is given up."""


class Reader(msgspec.Struct, frozen=True, tag="reader", tag_field="kind"):
    """Whether the reader is there; ``name`` if so, ``why`` not if not."""

    there: bool
    name: str = ""
    why: str = ""


class Document(msgspec.Struct, frozen=True, tag="read", tag_field="kind"):
    """What was read. ``run`` and ``number`` name it: a page that gets it twice takes it once."""

    run: str
    number: int
    text: str


class Missed(msgspec.Struct, frozen=True, tag="missed", tag_field="kind"):
    """So many documents were read while no page listened, and are forgotten."""

    many: int


Message = Reader | Document | Missed | ChipMessage


class Page:
    """What one page has been told."""

    def __init__(self) -> None:
        self.sent = 0
        self.reader: Reader | None = None
        self.chip = 0
        self.own: deque[ChipMessage] = deque()
        """For this page and no other: what it asked of a chip."""
        self.news = asyncio.Event()
        self.replaced = False


class Delivery:
    """The readings on their way, and the page that gets them: the one that came last."""

    def __init__(self) -> None:
        self._run = secrets.token_hex(8)
        self._number = 0
        self._waiting: dict[int, tuple[float, str]] = {}
        self._missed = 0
        self._reader = Reader(there=False)
        self._chip = 0
        self._page: Page | None = None
        self._room = asyncio.Event()

    async def take(self, event: There | Gone | Read) -> None:
        """Something happened at the reader. Returns at once, but while too many readings wait."""
        if isinstance(event, Read):
            await self._make_room()
            self._number += 1
            self._waiting[self._number] = (time.monotonic(), event.text)
            asyncio.get_running_loop().call_later(KEPT, self._forget)
        elif isinstance(event, There):
            self._reader = Reader(there=True, name=event.name)
        else:
            self._reader = Reader(there=False, why=event.why)
        self._wake()

    def chip(self, number: int) -> None:
        """The chip of this number lies on the reader; 0 for none."""
        self._chip = number
        self._wake()

    def tell(self, page: Page, message: ChipMessage) -> None:
        """An answer to this page alone; forgotten where it listens no more."""
        if page is self._page:
            page.own.append(message)
            page.news.set()

    def join(self) -> Page:
        """A page that listens from now on, in place of the one before."""
        self.leave(self._page, replaced=True)
        self._page = Page()
        return self._page

    def leave(self, page: Page | None, *, replaced: bool = False) -> None:
        """The page listens no more."""
        if page is not None and page is self._page:
            page.replaced = replaced
            page.own.clear()
            page.news.set()
            self._page = None

    async def next(self, page: Page) -> Message | None:
        """What to tell this page next, waiting for it; None once another page has taken its place."""
        while page is self._page:
            page.news.clear()
            message = self._untold(page)
            if message is not None:
                return message
            await page.news.wait()
        return None

    def arrived(self, number: int) -> None:
        """The page has taken all readings up to this one."""
        for known in [known for known in self._waiting if known <= number]:
            del self._waiting[known]
            self._room.set()

    def _untold(self, page: Page) -> Message | None:
        if page.reader != self._reader:
            page.reader = self._reader
            return self._reader
        if self._missed:
            missed, self._missed = Missed(self._missed), 0
            return missed
        for number, (_, text) in self._waiting.items():
            if number > page.sent:
                page.sent = number
                return Document(self._run, number, text)
        if page.chip != self._chip:
            page.chip = self._chip
            return OnReader(self._chip)
        return page.own.popleft() if page.own else None

    async def _make_room(self) -> None:
        """Waits a moment for a page that has too much to do, or is on its way; then gives up the oldest."""
        if len(self._waiting) < MOST:
            return
        self._room.clear()
        try:
            await asyncio.wait_for(self._room.wait(), PATIENCE)
        except TimeoutError:
            del self._waiting[min(self._waiting)]
            self._missed += 1

    def _forget(self) -> None:
        """What nobody took in time."""
        late = time.monotonic() - KEPT
        for number in [n for n, (since, _) in self._waiting.items() if since <= late]:
            del self._waiting[number]
            self._missed += 1
            self._room.set()
        self._wake()

    def _wake(self) -> None:
        if self._page is not None:
            self._page.news.set()
