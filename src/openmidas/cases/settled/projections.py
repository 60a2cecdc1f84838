"""From the headquarters' confirmations to rows."""

from __future__ import annotations

from datetime import date

from openmidas.cases.settled import entries
from openmidas.cases.settled.models import SettledHit
from openmidas.journal.projecting import Origin, amend, projects, put


@projects(entries.HitSettled)
def hit_settled(origin: Origin, content: entries.HitSettled) -> None:
    hit = content.hit
    put(
        SettledHit,
        origin,
        content.settlement,
        resolution=content.resolution,
        list_code=hit.list_code,
        listing=hit.listing,
        digest=hit.digest,
        level=hit.level,
        score=hit.score,
        agreed=sorted(set(hit.agreed)),
        key=content.key,
        bearer=content.bearer,
        until=date.fromisoformat(content.until),
        officer=origin.actor.officer,
        at=origin.at,
    )


@projects(entries.HitUnsettled)
def hit_unsettled(origin: Origin, content: entries.HitUnsettled) -> None:
    amend(
        SettledHit,
        origin,
        content.settlement,
        ended_by=origin.actor.officer,
        ended_at=origin.at,
    )
