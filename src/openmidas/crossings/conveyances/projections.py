"""From what is written of conveyances to rows."""

from __future__ import annotations

import msgspec

from openmidas.crossings.conveyances import entries
from openmidas.crossings.conveyances.models import ConveyanceDriver, Manifest, OpenedConveyance
from openmidas.crossings.conveyances.plates import plate_key
from openmidas.journal.projecting import Origin, amend, projects, put


@projects(entries.ConveyanceOpened)
def conveyance_opened(origin: Origin, content: entries.ConveyanceOpened) -> None:
    put(
        OpenedConveyance,
        origin,
        content.conveyance,
        what=content.what,
        plate=content.plate,
        plate_key=plate_key(content.plate),
        company=content.company,
        origin=content.origin,
        destination=content.destination,
        seats=content.seats,
        direction=content.direction,
        lane=origin.actor.lane,
        officer=origin.actor.officer,
        at=origin.at,
        clock=origin.clock,
    )


@projects(entries.ConveyanceListed)
def conveyance_listed(origin: Origin, content: entries.ConveyanceListed) -> None:
    put(
        Manifest,
        origin,
        content.manifest,
        conveyance=content.conveyance,
        source=content.source,
        lines=msgspec.msgpack.encode(content.lines),
        officer=origin.actor.officer,
        at=origin.at,
        clock=origin.clock,
    )


@projects(entries.ConveyanceDriven)
def conveyance_driven(origin: Origin, content: entries.ConveyanceDriven) -> None:
    put(
        ConveyanceDriver,
        origin,
        content.conveyance,
        crossing=content.crossing,
        officer=origin.actor.officer,
        at=origin.at,
        clock=origin.clock,
    )


@projects(entries.ConveyanceClosed)
def conveyance_closed(origin: Origin, content: entries.ConveyanceClosed) -> None:
    amend(
        OpenedConveyance,
        origin,
        content.conveyance,
        closed_by=origin.actor.officer,
        closed_at=origin.at,
        scanned=content.scanned,
        missing=content.missing,
        extra=content.extra,
        clock=origin.clock,
    )


@projects(entries.ConveyanceNoted)
def conveyance_noted(origin: Origin, content: entries.ConveyanceNoted) -> None:
    # Without the clock: a closing that was set aside and comes after it still counts.
    amend(OpenedConveyance, origin, content.conveyance, note=content.note)
