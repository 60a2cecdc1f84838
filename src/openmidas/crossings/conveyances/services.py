"""What can be done with a conveyance: open it, say who should be on it, scan them, close it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from django.db import transaction

from openmidas.crossings import limits, services
from openmidas.crossings.conveyances.aboard import aboard_of, manifest_of
from openmidas.crossings.conveyances.comparing import Compared, compare_manifest
from openmidas.crossings.conveyances.entries import (
    ConveyanceClosed,
    ConveyanceListed,
    ConveyanceOpened,
    ManifestLine,
    Source,
)
from openmidas.crossings.conveyances.limits import COMPANY, MOST, PLATE, SHOWN
from openmidas.crossings.conveyances.models import Manifest, OpenedConveyance
from openmidas.crossings.inspection import Conveyance, Direction
from openmidas.crossings.local import LaneMemory, Standing
from openmidas.journal import Actor
from openmidas.nodes.identity import this_node
from openmidas.nodes.services import node_time, record
from openmidas.posts.refusals import Refused


class Opening(msgspec.Struct, frozen=True, kw_only=True):
    """What is said of a conveyance that stands before the post. ``seats`` 0: not known."""

    what: Conveyance
    plate: str
    direction: Direction
    company: str = ""
    origin: str = ""
    destination: str = ""
    seats: int = 0


@transaction.atomic
def open_conveyance(actor: Actor, id: UUID, said: Opening) -> None:
    """Open it; the same ``id`` again changes nothing.

    Raises `Refused`: ``conveyance.plate`` (none given), ``conveyance.seats``, ``field.too_long``,
    ``field.unprintable``.
    """
    if not said.plate:
        raise Refused("conveyance.plate")
    limits.check_text("plate", said.plate, PLATE)
    limits.check_text("company", said.company, COMPANY)
    limits.check_text("origin", said.origin, limits.PLACE)
    limits.check_text("destination", said.destination, limits.PLACE)
    if not 0 <= said.seats <= MOST:
        raise Refused("conveyance.seats", most=str(MOST))
    if not OpenedConveyance.objects.filter(id=id).exists():
        content = ConveyanceOpened(conveyance=id, **msgspec.structs.asdict(said))
        record(content, actor=actor)


@transaction.atomic
def give_manifest(
    actor: Actor, conveyance: UUID, id: UUID, source: Source, lines: Sequence[ManifestLine]
) -> None:
    """Say who should be on it, in place of what was said before; the same ``id`` changes nothing.

    Raises `Refused`: ``conveyance.unknown``, ``conveyance.closed``, ``manifest.empty``,
    ``manifest.too_many``.
    """
    if not lines:
        raise Refused("manifest.empty")
    if len(lines) > MOST:
        raise Refused("manifest.too_many", most=str(MOST))
    _open(conveyance)
    if not Manifest.objects.filter(id=id).exists():
        content = ConveyanceListed(
            manifest=id, conveyance=conveyance, source=source, lines=tuple(lines)
        )
        record(content, actor=actor)


@transaction.atomic
def scan_here(actor: Actor, conveyance: UUID) -> None:
    """Who is scanned at the actor's lane from now on came with it; the lane's journey is its own.

    Raises `Refused`: ``conveyance.unknown``, ``conveyance.closed``, ``lane.occupied``,
    ``conveyance.no_lane``.
    """
    if not actor.lane:
        raise Refused("conveyance.no_lane")
    row = _open(conveyance)
    memory = services.hold_lane(actor)
    if memory.conveyance_id == conveyance:
        return
    if Standing.objects.filter(lane=actor.lane).exists():
        raise Refused("lane.occupied")
    journey = msgspec.structs.replace(
        memory.remembered(),
        direction=Direction(row.direction),
        conveyance=Conveyance(row.what),
        origin=row.origin,
        destination=row.destination,
    )
    memory.journey = msgspec.msgpack.encode(journey)
    memory.conveyance_id = conveyance
    memory.save()


@transaction.atomic
def leave_lane(actor: Actor) -> None:
    """Who is scanned at the actor's lane from now on came by themselves.

    Raises `Refused` ``conveyance.no_lane``.
    """
    if not actor.lane:
        raise Refused("conveyance.no_lane")
    memory = services.hold_lane(actor)
    memory.conveyance_id = None
    memory.save()


@transaction.atomic
def close_conveyance(actor: Actor, conveyance: UUID, note: str = "") -> None:
    """All are scanned: keep how many, and what differs. Closing again what is closed changes nothing.

    Raises `Refused`: ``conveyance.unknown``, ``conveyance.undecided`` (some stand at a lane),
    ``conveyance.note`` (something differs, and no note says why), ``field.too_long``,
    ``field.unprintable``.
    """
    note = note.strip()
    limits.check_note(note)
    row = found(conveyance)
    if row.closed_at is not None:
        return
    # Whoever scans holds the lane: nobody comes aboard while this is counted.
    lanes = LaneMemory.objects.select_for_update().filter(conveyance_id=conveyance)
    at_lanes = list(lanes)
    if Standing.objects.filter(conveyance_id=conveyance).exists():
        raise Refused("conveyance.undecided")
    compared, count = compared_of(conveyance)
    missing, extra = (len(compared.missing), len(compared.extra)) if compared else (0, 0)
    if (missing or extra) and len(note) < limits.SHORTEST_NOTE:
        raise Refused("conveyance.note")
    content = ConveyanceClosed(
        conveyance=conveyance, scanned=count, missing=missing, extra=extra, note=note
    )
    record(content, actor=actor)
    for memory in at_lanes:
        memory.conveyance_id = None
        memory.save()


def compared_of(conveyance: UUID) -> tuple[Compared | None, int]:
    """The manifest against who was scanned, and how many were; None without a manifest."""
    aboard, manifest = aboard_of(conveyance), manifest_of(conveyance)
    return (compare_manifest(manifest.listed(), aboard) if manifest else None), len(aboard)


def found(conveyance: UUID) -> OpenedConveyance:
    """A conveyance of this post that its pages still show. Raises `Refused` ``conveyance.unknown``."""
    rows = shown_conveyances()
    row = next((row for row in rows if row.id == conveyance), None)
    if row is None:
        raise Refused("conveyance.unknown")
    return row


def shown_conveyances(now: datetime | None = None) -> list[OpenedConveyance]:
    """The conveyances that were opened at this post within a day, the last first."""
    since = (now or node_time()) - SHOWN
    return list(
        OpenedConveyance.objects.filter(node=this_node().id, at__gte=since).order_by("-at", "-id")
    )


def _open(conveyance: UUID) -> OpenedConveyance:
    row = found(conveyance)
    if row.closed_at is not None:
        raise Refused("conveyance.closed")
    return row
