"""Readers that are not there: what DESKO's and Elyctis' send on the wire, from documents in a file.

They go the whole way of a real one: bytes in pieces of any size, through `Frames`. Like those frames they are
written after what is known of the makers' protocols.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterable, Mapping
from random import Random

from openmidas.documents.readers.adapters import Event, Gone, Read, There, Why
from openmidas.documents.readers.frames import ETX, STX, Frames

EVERY = 5.0
"""Seconds between two documents, where nothing else is said."""
LONGEST_PIECE = 64
EOD = 0x04
"""End of data, with which DESKO's readers close."""


def desko(zone: str) -> bytes:
    """A zone as DESKO's readers send it."""
    lines = "".join(f"{line}\r" for line in zone.splitlines())
    return bytes([STX]) + lines.encode("ascii", "replace") + bytes([ETX, EOD])


def elyctis(zone: str) -> bytes:
    """A zone as Elyctis' readers send it. Raises `OverflowError` for one of more than 65,535 bytes."""
    data = "\r".join(zone.splitlines()).encode("ascii", "replace")
    return b"I" + len(data).to_bytes(2, "big") + data


MAKERS: Mapping[str, Callable[[str], bytes]] = {"desko": desko, "elyctis": elyctis}


async def spaced(zones: Iterable[str], every: float = EVERY) -> AsyncIterator[str]:
    """Documents laid on the reader one after the other, so many seconds apart."""
    for zone in zones:
        await asyncio.sleep(every)
        yield zone


class Simulator:
    """A reader of one of `MAKERS` on which these documents are laid; then it is unplugged."""

    def __init__(self, maker: str, documents: AsyncIterator[str]) -> None:
        self._maker = maker
        self._documents = documents
        self._chance = Random(9303)  # noqa: S311  the same pieces every time

    async def events(self) -> AsyncGenerator[Event, None]:
        """See `Adapter`. Ends after the last document."""
        frames = Frames()
        yield There(f"{self._maker} (simulator)")
        async for zone in self._documents:
            for piece in self._pieces(MAKERS[self._maker](zone)):
                for text in frames.feed(piece):
                    yield Read(text)
        yield Gone(Why.UNPLUGGED)

    def _pieces(self, wire: bytes) -> Iterable[bytes]:
        while wire:
            size = self._chance.randrange(1, LONGEST_PIECE)
            yield wire[:size]
            wire = wire[size:]
