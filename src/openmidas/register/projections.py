"""From the book's entries to rows."""

from __future__ import annotations

from uuid import UUID

import msgspec

from openmidas.journal.projecting import Origin, amend, moment, projects, put
from openmidas.register import entries
from openmidas.register.models import LinkOutage, Occurrence, Relaxation, Shift


@projects(entries.ShiftOpened)
def shift_opened(origin: Origin, content: entries.ShiftOpened) -> None:
    """A shift that is on duty."""
    put(
        Shift,
        origin,
        content.shift,
        since=moment(content.since),
        team=msgspec.to_builtins(content.team),
        follows=content.follows,
        opened_by=origin.actor.officer,
        opened_at=origin.at,
    )


@projects(entries.ShiftHandedOver)
def shift_handed_over(origin: Origin, content: entries.ShiftHandedOver) -> None:
    """A shift that has ended, and which came next."""
    _ended(origin, content, content.to)


@projects(entries.ShiftClosed)
def shift_closed(origin: Origin, content: entries.ShiftClosed) -> None:
    """A shift that has ended."""
    _ended(origin, content, None)


def _ended(
    origin: Origin, content: entries.ShiftHandedOver | entries.ShiftClosed, to: UUID | None
) -> None:
    amend(
        Shift,
        origin,
        content.shift,
        until=moment(content.until),
        to=to,
        closed_by=origin.actor.officer,
        closed_at=origin.at,
        note=content.note,
        waiting=msgspec.to_builtins(content.waiting),
        figures=msgspec.to_builtins(content.figures),
        closed_epoch=origin.epoch,
        closed_sequence=origin.sequence,
    )


@projects(entries.ShiftRelaxed)
def shift_relaxed(origin: Origin, content: entries.ShiftRelaxed) -> None:
    """A relaxation that lasts."""
    put(
        Relaxation,
        origin,
        content.relaxation,
        shift=content.shift,
        ground=content.ground,
        ordered_by=content.ordered_by,
        words=content.words,
        officer=origin.actor.officer,
        at=origin.at,
    )


@projects(entries.ShiftRelaxationEnded)
def shift_relaxation_ended(origin: Origin, content: entries.ShiftRelaxationEnded) -> None:
    """When it ended, and who said so."""
    amend(
        Relaxation,
        origin,
        content.relaxation,
        ended_at=origin.at,
        ended_by=origin.actor.officer,
    )


@projects(entries.ShiftOccurrence)
def shift_occurrence(origin: Origin, content: entries.ShiftOccurrence) -> None:
    """A line of the book."""
    put(
        Occurrence,
        origin,
        content.occurrence,
        shift=content.shift,
        happened_at=moment(content.happened_at),
        words=content.words,
        corrects=content.corrects,
        officer=origin.actor.officer,
        at=origin.at,
    )


@projects(entries.LinkRestored)
def link_restored(origin: Origin, content: entries.LinkRestored) -> None:
    """A time without a link."""
    put(
        LinkOutage,
        origin,
        content.outage,
        lost_at=moment(content.lost_at),
        restored_at=moment(content.restored_at),
    )
