"""From the displacements room's entries to rows."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import msgspec
from django.utils import timezone

from openmidas.displacements import entries
from openmidas.displacements.models import (
    Displacement,
    DisplacementCount,
    DisplacementMark,
    DisplacementStanding,
)
from openmidas.journal import JournalError
from openmidas.journal.projecting import Origin, moment, projects, put


@projects(entries.DisplacementOpened)
def displacement_opened(origin: Origin, content: entries.DisplacementOpened) -> None:
    """The displacement."""
    put(
        Displacement,
        origin,
        content.displacement,
        origin=content.origin,
        destination=content.destination,
        since=date.fromisoformat(content.since),
        cause=content.cause,
        direction=content.direction,
        incident=content.incident,
        words=content.words,
        officer=origin.actor.officer,
        role=origin.actor.role,
        at=origin.at,
    )


@projects(entries.DisplacementCounted)
def displacement_counted(origin: Origin, content: entries.DisplacementCounted) -> None:
    """A row for each count; the one that it takes the place of stays as it was."""
    _own(origin, content.displacement)
    until = moment(content.until)
    put(
        DisplacementCount,
        origin,
        content.count,
        displacement=content.displacement,
        **msgspec.structs.asdict(content.people),
        **msgspec.structs.asdict(content.special),
        needs=[str(need) for need in content.needs],
        since=None if content.since is None else moment(content.since),
        until=until,
        day=timezone.localdate(until),
        place=content.place,
        about=content.about,
        instead_of=content.instead_of,
        officer=origin.actor.officer,
        role=origin.actor.role,
        at=origin.at,
    )


@projects(entries.DisplacementRegistered)
def displacement_registered(origin: Origin, content: entries.DisplacementRegistered) -> None:
    """A row for each mark."""
    if content.displacement is not None:
        _own(origin, content.displacement)
    put(
        DisplacementMark,
        origin,
        content.mark,
        crossing=content.crossing,
        displacement=content.displacement,
        officer=origin.actor.officer,
        at=origin.at,
        clock=origin.clock,
    )


@projects(entries.DisplacementClosed)
def displacement_closed(origin: Origin, content: entries.DisplacementClosed) -> None:
    """How it stands, beside the displacement and in it."""
    row = _own(origin, content.displacement)
    standing = put(
        DisplacementStanding,
        origin,
        content.displacement,
        closed=content.closed,
        officer=origin.actor.officer,
        at=origin.at,
        clock=origin.clock,
    )
    row.open = not standing.closed
    row.save()


def _own(origin: Origin, displacement: UUID) -> Displacement:
    """The displacement. Raises ``row.missing`` or ``row.not_owned``: it is its own post's alone."""
    row = Displacement.objects.filter(id=displacement).first()
    table = Displacement._meta.db_table
    if row is None:
        raise JournalError("row.missing", table=table, id=str(displacement))
    if row.node != origin.node:
        raise JournalError("row.not_owned", table=table, id=str(displacement))
    return row
