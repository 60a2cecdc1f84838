"""From what an interview writes to rows."""

from __future__ import annotations

from openmidas.cases.interviews import entries
from openmidas.cases.interviews.models import (
    CareRecord,
    CaseChecklist,
    CaseNote,
    CaseTaking,
    Hold,
)
from openmidas.journal.projecting import Origin, amend, projects, put


@projects(entries.CaseTaken)
def case_taken(origin: Origin, content: entries.CaseTaken) -> None:
    put(
        CaseTaking,
        origin,
        content.taking,
        crossing=content.crossing,
        officer=origin.actor.officer,
        at=origin.at,
        clock=origin.clock,
    )


@projects(entries.CaseLeft)
def case_left(origin: Origin, content: entries.CaseLeft) -> None:
    amend(CaseTaking, origin, content.taking, left_at=origin.at, clock=origin.clock)


@projects(entries.CaseNoted)
def case_noted(origin: Origin, content: entries.CaseNoted) -> None:
    put(
        CaseNote,
        origin,
        content.note,
        crossing=content.crossing,
        text=content.text,
        officer=origin.actor.officer,
        role=origin.actor.role,
        at=origin.at,
    )


@projects(entries.CaseChecked)
def case_checked(origin: Origin, content: entries.CaseChecked) -> None:
    put(
        CaseChecklist,
        origin,
        content.crossing,
        done=sorted(set(content.done)),
        officer=origin.actor.officer,
        at=origin.at,
        clock=origin.clock,
    )


@projects(entries.CareRecorded)
def care_recorded(origin: Origin, content: entries.CareRecorded) -> None:
    put(
        CareRecord,
        origin,
        content.care,
        crossing=content.crossing,
        what=content.what,
        answer=content.answer,
        said=content.said,
        officer=origin.actor.officer,
        at=origin.at,
    )


@projects(entries.HoldBegun)
def hold_begun(origin: Origin, content: entries.HoldBegun) -> None:
    put(
        Hold,
        origin,
        content.hold,
        crossing=content.crossing,
        ground=content.ground,
        note=content.note,
        officer=origin.actor.officer,
        at=origin.at,
        clock=origin.clock,
    )


@projects(entries.HoldEnded)
def hold_ended(origin: Origin, content: entries.HoldEnded) -> None:
    amend(
        Hold,
        origin,
        content.hold,
        ended_at=origin.at,
        ended_by=origin.actor.officer,
        clock=origin.clock,
    )
