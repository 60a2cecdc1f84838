"""Chip readers that the system reaches by PC/SC: whether a chip lies on one, and the way to it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping
from functools import partial

from openmidas.documents.chip.access.pcsc import Connection, slots
from openmidas.documents.chip.findings import Unreadable
from openmidas.documents.readers.adapters import Event, Gone, Held, Laid, Lifted, There, Why

LOOKS = 0.3
"""Seconds between two looks at the readers."""


class PcscReader:
    """The readers whose names have ``name`` in them; all of them where it is empty.

    Many devices are two readers, one for contacts and one without: the chip may lie on either. ``look`` and
    ``connect``: how the system is asked.
    """

    def __init__(
        self,
        name: str = "",
        look: Callable[[], Mapping[str, bool]] = slots,
        connect: Callable[[str], Held] = Connection,
    ) -> None:
        self._name = name
        self._look, self._connect = look, connect

    async def events(self) -> AsyncGenerator[Event, None]:
        """See `Adapter`. Never ends."""
        told: Event | None = None
        laid = ""
        while True:
            found, now = await self._found()
            holder = laid if found.get(laid) else next((one for one in found if found[one]), "")
            if laid and holder != laid:
                yield Lifted()
            if now != told:
                yield now
            if holder and holder != laid:
                yield Laid(partial(self._connect, holder))
            told, laid = now, holder
            await asyncio.sleep(LOOKS)

    async def _found(self) -> tuple[Mapping[str, bool], There | Gone]:
        """The readers that are meant, and what to tell of them."""
        try:
            there = await asyncio.to_thread(self._look)
        except Unreadable:
            return {}, Gone(Why.NO_SERVICE)
        found = {
            one: chip for one, chip in there.items() if self._name.casefold() in one.casefold()
        }
        return found, There(", ".join(found)) if found else Gone(Why.UNPLUGGED)
