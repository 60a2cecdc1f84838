"""A full-page reader that is not there: it sends the zone of each document and holds its chip."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from datetime import date

from cryptography.hazmat.primitives.asymmetric import ec

from openmidas.documents.chip.access import Password
from openmidas.documents.chip.findings import Unreadable
from openmidas.documents.mrz import read_mrz
from openmidas.documents.readers.adapters import Event, Gone, Held, Laid, Lifted, Read, There, Why
from openmidas.documents.readers.specimen_chip import SpecimenChip
from openmidas.documents.readers.specimen_state import SpecimenState, country_of

LIES = 20.0
"""Seconds for which a document stays on the reader."""


class ChipSimulator:
    """Documents with chips, laid on the reader one after the other, each for so many seconds."""

    def __init__(
        self,
        states: Mapping[str, SpecimenState],
        documents: AsyncIterator[str],
        lies: float = LIES,
    ) -> None:
        """``states``: who signs the chips, by `country_of`."""
        self._states = states
        self._documents = documents
        self._lies = lies

    async def events(self) -> AsyncGenerator[Event, None]:
        """See `Adapter`. Ends after the last document."""
        yield There("chip (simulator)")
        async for zone in self._documents:
            yield Read(zone)
            laid = self._laid(zone)
            if laid is not None:
                yield laid
                await asyncio.sleep(self._lies)
                yield Lifted()
        yield Gone(Why.UNPLUGGED)

    def _laid(self, zone: str) -> Laid | None:
        """The chip of a document; None where its zone could open none."""
        today = date.today()  # noqa: DTZ011  for the century only
        try:
            password = Password.of_zone(read_mrz(zone, today=today))
        except Unreadable:
            return None
        key = ec.generate_private_key(ec.SECP256R1())
        files = self._states[country_of(zone, today)].chip(zone, key.public_key())
        chip = SpecimenChip(files, password, key)

        def connect() -> Held:
            return chip

        return Laid(connect)
