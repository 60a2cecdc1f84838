"""What can be done with a conveyance: open it, say who should be on it, scan them, close it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import msgspec
from django.db import transaction

from openmidas.crossings import limits
from openmidas.crossings.conveyances.aboard import (
    aboard_of,
    is_overdue,
    manifest_of,
    overdue_conveyances,
    shown_conveyances,
)
from openmidas.crossings.conveyances.comparing import Aboard, Compared, compare_manifest
from openmidas.crossings.conveyances.entries import (
    ConveyanceClosed,
    ConveyanceDriven,
    ConveyanceListed,
    ConveyanceNoted,
    ConveyanceOpened,
    ManifestLine,
    Source,
)
from openmidas.crossings.conveyances.limits import COMPANY, MOST, PLATE
from openmidas.crossings.conveyances.models import ConveyanceDriver, Manifest, OpenedConveyance
from openmidas.crossings.conveyances.plates import plate_key
from openmidas.crossings.inspection import Conveyance, Direction
from openmidas.crossings.lanes import hold_lane
from openmidas.crossings.local import LaneMemory, Standing
from openmidas.crossings.models import Crossing
from openmidas.crossings.saving import saved_already
from openmidas.journal import Actor
from openmidas.nodes.services import record
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

    Raises `Refused`: ``conveyance.plate`` (none given), ``conveyance.seats``, ``form.saved_already``,
    ``field.too_long``, ``field.unprintable``.
    """
    if not plate_key(said.plate):
        raise Refused("conveyance.plate")
    limits.check_text("plate", said.plate, PLATE)
    limits.check_text("company", said.company, COMPANY)
    limits.check_text("origin", said.origin, limits.PLACE)
    limits.check_text("destination", said.destination, limits.PLACE)
    if not 0 <= said.seats <= MOST:
        raise Refused("conveyance.seats", most=str(MOST))
    if not saved_already(OpenedConveyance, id, **msgspec.structs.asdict(said)):
        content = ConveyanceOpened(conveyance=id, **msgspec.structs.asdict(said))
        record(content, actor=actor)


@transaction.atomic
def give_manifest(
    actor: Actor, conveyance: UUID, id: UUID, source: Source, lines: Sequence[ManifestLine]
) -> None:
    """Say who should be on it, in place of what was said before; the same ``id`` changes nothing.

    Raises `Refused`: ``conveyance.unknown``, ``conveyance.closed``, ``manifest.empty``,
    ``manifest.too_many``, ``form.saved_already``.
    """
    if not lines:
        raise Refused("manifest.empty")
    if len(lines) > MOST:
        raise Refused("manifest.too_many", most=str(MOST))
    _open(conveyance)
    said = msgspec.msgpack.encode(tuple(lines))
    if not saved_already(Manifest, id, conveyance=conveyance, source=source, lines=said):
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
    memory = hold_lane(actor)
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
    memory.bus_comes(conveyance, journey)


@transaction.atomic
def leave_lane(actor: Actor) -> None:
    """Who is scanned at the actor's lane from now on came by themselves.

    Raises `Refused` ``conveyance.no_lane``.
    """
    if not actor.lane:
        raise Refused("conveyance.no_lane")
    hold_lane(actor).bus_leaves()


@transaction.atomic
def name_driver(actor: Actor, conveyance: UUID, crossing: UUID) -> None:
    """Say which of its travellers drives it, whom no manifest names. The same again changes nothing.

    Raises `Refused`: ``conveyance.unknown``, ``conveyance.closed``, ``conveyance.driver`` (nobody who
    came with it was decided on by this number).
    """
    row = _open(conveyance)
    if not Crossing.objects.filter(id=crossing, conveyance_id=row.id, node=row.node).exists():
        raise Refused("conveyance.driver")
    if not ConveyanceDriver.objects.filter(id=conveyance, crossing=crossing).exists():
        record(ConveyanceDriven(conveyance=conveyance, crossing=crossing), actor=actor)


def close_conveyance(actor: Actor, conveyance: UUID, note: str = "") -> None:
    """All are scanned: keep how many, and what differs. The same officer's same note changes nothing.

    Raises `Refused`: ``conveyance.unknown``, ``conveyance.closed`` (by somebody else, or with another note),
    ``conveyance.undecided`` (some stand at a lane), ``conveyance.note`` (something differs, and no note
    says why), ``field.too_long``, ``field.unprintable``.
    """
    note = note.strip()
    limits.check_note(note)
    # Comparing takes seconds: nobody waits for it, unless somebody came aboard meanwhile.
    sides = _sides_of(found(conveyance))
    compared = _compare(sides)
    with transaction.atomic():
        row = found(conveyance)
        if row.closed_at is not None:
            if (row.note, row.closed_by) == (note, actor.officer):
                return
            raise Refused("conveyance.closed")
        # Whoever scans holds the lane: nobody comes aboard while this is counted.
        lanes = LaneMemory.objects.select_for_update().filter(conveyance_id=conveyance)
        at_lanes = list(lanes)
        if Standing.objects.filter(conveyance_id=conveyance).exists():
            raise Refused("conveyance.undecided")
        if (now := _sides_of(row)) != sides:
            sides, compared = now, _compare(now)
        _close(actor, row, len(sides.aboard), compared, note)
        for memory in at_lanes:
            memory.bus_leaves()


class _Sides(msgspec.Struct, frozen=True):
    """What is compared. ``lines`` None: there is no manifest."""

    lines: tuple[ManifestLine, ...] | None
    aboard: list[Aboard]


def _sides_of(row: OpenedConveyance) -> _Sides:
    manifest = manifest_of(row)
    return _Sides(manifest.listed() if manifest else None, aboard_of(row))


def _compare(sides: _Sides) -> Compared | None:
    return None if sides.lines is None else compare_manifest(sides.lines, sides.aboard)


def _close(
    actor: Actor, row: OpenedConveyance, count: int, compared: Compared | None, note: str
) -> None:
    missing, extra = (len(compared.missing), len(compared.extra)) if compared else (0, 0)
    if (missing or extra) and len(note) < limits.SHORTEST_NOTE:
        raise Refused("conveyance.note")
    content = ConveyanceClosed(conveyance=row.id, scanned=count, missing=missing, extra=extra)
    record(content, actor=actor)
    if note:
        record(ConveyanceNoted(conveyance=row.id, note=note), actor=actor)


def compared_of(row: OpenedConveyance) -> tuple[Compared | None, int]:
    """The manifest against who was scanned, and how many were; None without a manifest."""
    sides = _sides_of(row)
    return _compare(sides), len(sides.aboard)


def found(conveyance: UUID) -> OpenedConveyance:
    """A conveyance of this post that its pages still show, or that was never closed.

    Raises `Refused` ``conveyance.unknown``.
    """
    row = (shown_conveyances() | overdue_conveyances()).filter(id=conveyance).first()
    if row is None:
        raise Refused("conveyance.unknown")
    return row


def _open(conveyance: UUID) -> OpenedConveyance:
    row = found(conveyance)
    if is_overdue(row):
        raise Refused("conveyance.unknown")
    if row.closed_at is not None:
        raise Refused("conveyance.closed")
    return row
