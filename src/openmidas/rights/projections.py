"""From the rights room's entries to rows."""

from __future__ import annotations

from datetime import date

from openmidas.journal.projecting import Origin, projects, put
from openmidas.rights import entries
from openmidas.rights.models import (
    ClosedComplaint,
    Complaint,
    ComplaintAnswer,
    ReceivedComplaint,
)
from openmidas.rights.sealing import complaint_number


@projects(entries.ComplaintMade)
def complaint_made(origin: Origin, content: entries.ComplaintMade) -> None:
    number = complaint_number(content.complaint)
    put(Complaint, origin, content.complaint, number=number, sealed=content.sealed, at=origin.at)


@projects(entries.ComplaintReceived)
def complaint_received(origin: Origin, content: entries.ComplaintReceived) -> None:
    due = date.fromisoformat(content.due)
    put(ReceivedComplaint, origin, content.complaint, about=content.about or "", due=due)


@projects(entries.ComplaintAnswered)
def complaint_answered(origin: Origin, content: entries.ComplaintAnswered) -> None:
    put(
        ComplaintAnswer,
        origin,
        content.answer,
        complaint=content.complaint,
        sealed=content.sealed,
        officer=origin.actor.officer,
        at=origin.at,
    )


@projects(entries.ComplaintClosed)
def complaint_closed(origin: Origin, content: entries.ComplaintClosed) -> None:
    put(
        ClosedComplaint,
        origin,
        content.complaint,
        outcome=content.outcome,
        officer=origin.actor.officer,
        at=origin.at,
        clock=origin.clock,
    )
