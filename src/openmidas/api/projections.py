"""From the API room's entries to rows."""

from __future__ import annotations

from datetime import date

from openmidas.api import entries
from openmidas.api.models import DayOfUse, PersonsRead, System
from openmidas.journal.projecting import Origin, amend, moment, projects, put


@projects(entries.SystemAdmitted)
def system_admitted(origin: Origin, content: entries.SystemAdmitted) -> None:
    put(
        System,
        origin,
        content.system,
        name=content.name,
        responsible=content.responsible,
        purpose=content.purpose,
        scopes=list(content.scopes),
        digest=content.digest,
        admitted_at=origin.at,
        admitted_by=origin.actor.officer,
        expires_at=moment(content.expires),
    )


@projects(entries.SystemRevoked)
def system_revoked(origin: Origin, content: entries.SystemRevoked) -> None:
    amend(
        System,
        origin,
        content.system,
        revoked_at=origin.at,
        revoked_by=origin.actor.officer,
        reason=content.reason,
    )


@projects(entries.SystemRead)
def system_read(origin: Origin, content: entries.SystemRead) -> None:
    put(
        PersonsRead,
        origin,
        content.read,
        system=content.system,
        asked=content.asked,
        records=content.records,
        first=content.first,
        last=content.last,
        at=origin.at,
    )


@projects(entries.SystemUsed)
def system_used(origin: Origin, content: entries.SystemUsed) -> None:
    put(
        DayOfUse,
        origin,
        content.use,
        system=content.system,
        scope=content.scope,
        day=date.fromisoformat(content.day),
        requests=content.requests,
        records=content.records,
        last_at=moment(content.last),
    )
