"""The chip on the reader, opened for the page that asks: read in a thread, told to that page, forgotten.

Nothing is asked of a chip before a page has sent what opens it. What was read goes to that page alone:
another one may show another traveller.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from openmidas.documents.chip.access import ChipFiles, Password, Transmit, Waiting, read_files
from openmidas.documents.chip.access.reading import LASTING
from openmidas.documents.chip.findings import Unreadable
from openmidas.documents.readers.adapters import Laid
from openmidas.documents.readers.chip_messages import (
    Failed,
    Files,
    Open,
    Progress,
    Unread,
    failed,
)
from openmidas.documents.readers.delivery import Delivery, Page

MOST_BYTES = 1_400_000
"""Of all files together: in base64 they are less than the 2 MB that a post takes."""
TOLD_EVERY = 0.25
"""Seconds between two words of how far a reading is."""


class ChipDesk:
    """What lies on the reader, and the one reading of it that is under way."""

    def __init__(self, delivery: Delivery) -> None:
        self._delivery = delivery
        self._number = 0
        self._laid: Laid | None = None
        self._one = asyncio.Lock()
        self._line: _Line | None = None

    def laid(self, chip: Laid) -> None:
        """A chip lies on the reader; the one before it is gone."""
        self.lifted()
        self._number += 1
        self._laid = chip
        self._delivery.chip(self._number)

    def lifted(self) -> None:
        """No chip lies on the reader."""
        self._laid = None
        if self._line is not None:
            self._line.stopped = True
        self._delivery.chip(0)

    async def read(self, page: Page, asked: Open) -> None:
        """Open the chip that the page means and tell the page what was read, or why it was not.

        Cancelled when the page is gone: the reading then ends after the exchange that is under way, and a
        next one begins after that.
        """
        async with self._one:
            chip = self._laid
            if chip is None or asked.open != self._number:
                self._delivery.tell(page, Unread(asked.open, Failed.LIFTED))
                return
            self._line = line = _Line(self._telling(page, asked.open))
            reading = asyncio.create_task(asyncio.to_thread(_read, chip, asked, line))
            try:
                self._delivery.tell(page, await asyncio.shield(reading))
            except asyncio.CancelledError:
                line.stopped = True
                await asyncio.wait({reading})
                raise
            finally:
                self._line = None

    def _telling(self, page: Page, chip: int) -> Callable[[int], None]:
        """How the thread that reads says how far it is."""
        loop = asyncio.get_running_loop()

        def tell(size: int) -> None:
            loop.call_soon_threadsafe(self._delivery.tell, page, Progress(chip, size))

        return tell


class _Line:
    """A line to a chip that counts what comes over it and can be stopped from another thread."""

    def __init__(self, told: Callable[[int], None]) -> None:
        self.stopped = False
        self._told = told
        self._bytes = 0
        self._due = 0.0

    def through(self, transmit: Transmit) -> Transmit:
        """The same way to the chip, counted. Raises `OSError` where it was stopped."""

        def counted(command: bytes, /) -> bytes:
            if self.stopped:
                raise ConnectionAbortedError
            answer = transmit(command)
            self._bytes += len(answer)
            if time.monotonic() >= self._due:
                self._due = time.monotonic() + TOLD_EVERY
                self._told(self._bytes)
            return answer

        return counted


def _read(chip: Laid, asked: Open, line: _Line) -> Files | Unread:
    """In a thread: the whole of it. Never raises what a chip does."""
    try:
        password = Password.of_can(asked.can) if asked.can else Password.of_printed(asked.printed)
        held = chip.connect()
        try:
            return _told(asked.open, read_files(line.through(Waiting(held)), password))
        finally:
            held.close()
    except Unreadable as error:
        return Unread(asked.open, failed(error))


def _told(chip: int, found: ChipFiles) -> Files | Unread:
    """What the page gets: the whole, or nothing."""
    for finding in found.findings:
        if finding.code in LASTING or finding.code == "too_large":
            return Unread(chip, failed(Unreadable(finding.code)))
    if sum(map(len, found.files.values())) > MOST_BYTES:
        return Unread(chip, Failed.TOO_LARGE)
    if "SOD" not in found.files:
        return Unread(chip, Failed.NO_DOCUMENT)
    groups = {
        name.removeprefix("DG"): file for name, file in found.files.items() if name.startswith("DG")
    }
    notes = tuple(dict.fromkeys(finding.code for finding in found.findings))
    return Files(chip, found.access.lower(), found.files["SOD"], groups, notes, found.proofs)
