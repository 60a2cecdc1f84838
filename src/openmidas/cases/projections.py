"""From the cases room's entries to rows."""

from __future__ import annotations

from datetime import date

from openmidas.cases import entries
from openmidas.cases.models import HitResolution
from openmidas.crossings.hits import hit_id
from openmidas.journal.projecting import Origin, moment, projects, put


@projects(entries.HitResolved)
def hit_resolved(origin: Origin, content: entries.HitResolved) -> None:
    """A row for each answer: the one before it stays as it was given."""
    hit, bearer = content.hit, content.bearer
    put(
        HitResolution,
        origin,
        content.resolution,
        hit=hit_id(content.crossing, hit.list_code, hit.listing),
        crossing=content.crossing,
        list_code=hit.list_code,
        listing=hit.listing,
        edition=hit.edition,
        digest=hit.digest,
        level=hit.level,
        score=hit.score,
        agreed=sorted(set(hit.agreed)),
        number=bearer.number,
        issuer=bearer.issuer,
        birth=bearer.birth,
        answer=content.answer,
        reason=content.reason,
        note=content.note,
        until=date.fromisoformat(content.until) if content.until else None,
        officer=origin.actor.officer,
        role=origin.actor.role,
        found_at=moment(content.found_at),
        at=origin.at,
        clock=origin.clock,
    )
