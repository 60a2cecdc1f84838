"""From the nodes room's entries to rows."""

from __future__ import annotations

from datetime import date, datetime
from uuid import uuid5

import msgspec

from openmidas.journal import JournalError
from openmidas.journal.erasing import MOST_PLACES, erase
from openmidas.journal.projecting import Origin, amend, moment, projects, put
from openmidas.nodes import slots
from openmidas.nodes.entries import (
    LONGEST_SPAN,
    EntriesErased,
    NodeEnrolled,
    NodeReported,
    NodeRevoked,
    QuarantineRetried,
    StickAccepted,
)
from openmidas.nodes.models import (
    AcceptedStick,
    EnrolledNode,
    Erasure,
    LastReport,
    NodeReport,
    QuarantineRetry,
    Revocation,
    UpMonth,
)


@projects(NodeEnrolled)
def node_enrolled(origin: Origin, content: NodeEnrolled) -> None:
    put(
        EnrolledNode,
        origin,
        content.enrolled,
        kind=content.node_kind,
        name=content.name,
        state=content.state,
        epoch=content.epoch,
        public_key=content.public_key,
        certificate=content.certificate,
        enrolled_at=origin.at,
        revoked_at=None,
        revoked_reason="",
    )


@projects(NodeRevoked)
def node_revoked(origin: Origin, content: NodeRevoked) -> None:
    amend(
        EnrolledNode,
        origin,
        content.revoked,
        revoked_at=origin.at,
        revoked_reason=content.reason,
    )
    put(
        Revocation,
        origin,
        uuid5(origin.node, f"revocation {origin.epoch} {origin.sequence}"),
        of=content.revoked,
        at=origin.at,
        clock=origin.clock,
    )


@projects(StickAccepted)
def stick_accepted(origin: Origin, content: StickAccepted) -> None:
    put(
        AcceptedStick,
        origin,
        uuid5(origin.node, f"stick {origin.epoch} {origin.sequence}"),
        of=content.of,
        made_at=moment(content.made),
        digest=content.digest,
        reason=content.reason,
        officer=origin.actor.officer,
        at=origin.at,
    )


@projects(EntriesErased)
def entries_erased(origin: Origin, content: EntriesErased) -> None:
    """Obey the order, and keep it to be shown. Raises ``entry.malformed`` for too many places."""
    places = sum(len(each.sequences) for each in content.places)
    if places > MOST_PLACES:
        raise JournalError("entry.malformed", kind="entries.erased", reason="places")
    erase(origin, content.erasure, content.places)
    put(
        Erasure,
        origin,
        content.erasure,
        epoch=origin.epoch,
        sequence=origin.sequence,
        reason=content.reason,
        places=places,
        officer=origin.actor.officer,
        role=origin.actor.role,
        at=origin.at,
    )


@projects(QuarantineRetried)
def quarantine_retried(origin: Origin, content: QuarantineRetried) -> None:
    put(
        QuarantineRetry,
        origin,
        content.retry,
        of_node=content.of_node,
        epoch=content.epoch,
        sequence=content.sequence,
        officer=origin.actor.officer,
        role=origin.actor.role,
        at=origin.at,
    )


@projects(NodeReported)
def node_reported(origin: Origin, content: NodeReported) -> None:
    """A report, the last report, and the time that the post was up. Raises ``entry.malformed``.

    The span ends when the report was written at the latest: a clock may have fallen back since, or
    have run ahead of the HQ's.
    """
    end = min(moment(content.up_until), origin.at)
    start = min(moment(content.up_from), end)
    if content.up_from > content.up_until or end - start > LONGEST_SPAN:
        raise JournalError("entry.malformed", kind="node.reported", reason="up_from, up_until")
    put(
        NodeReport,
        origin,
        content.report,
        at=origin.at,
        up_from=start,
        up_until=end,
        outage=content.outage,
        editions=msgspec.to_builtins(content.editions),
        verified=content.verified,
        verified_at=None if content.verified_at is None else moment(content.verified_at),
        verified_problem=content.verified_problem,
        mains=content.mains,
        battery=content.battery,
        charge=content.charge,
        disk_free=content.disk_free,
        clock_error=content.clock_error,
        program=content.program,
        sqlite=content.sqlite,
        erased_epoch=content.erased_epoch,
        erased=content.erased,
        sealed=content.sealed,
    )
    _put_last(origin, content, start, end)
    for month in slots.months_of(start, end):
        _put_up(origin, month, slots.span_in(month, start, end))


def _put_last(origin: Origin, content: NodeReported, start: datetime, end: datetime) -> None:
    """The latest by its time: a late entry of an old epoch changes only where it all began."""
    this = (origin.at, content.report)
    held = LastReport.objects.filter(id=origin.node).first()
    at, report = max(this, (held.at, held.report)) if held else this
    put(
        LastReport,
        origin,
        origin.node,
        at=at,
        report=report,
        known_from=min(start, held.known_from) if held else start,
        known_until=max(end, held.known_until) if held else end,
    )


def _put_up(origin: Origin, month: date, bits: int) -> None:
    """Bits are added to those that are there: no order of reports makes a difference."""
    id = uuid5(origin.node, f"up {month.isoformat()}")
    held = UpMonth.objects.filter(id=id).first()
    known = slots.from_bytes(bytes(held.slots)) if held else 0
    put(UpMonth, origin, id, month=month, slots=slots.to_bytes(known | bits, month))
