"""From what looking back wrote to rows."""

from __future__ import annotations

from openmidas.cases.looking_back import entries
from openmidas.cases.looking_back.models import LaterHit, LookedBack
from openmidas.crossings.hits import hit_id
from openmidas.journal.projecting import Origin, moment, projects, put


@projects(entries.HitFoundLater)
def hit_found_later(origin: Origin, content: entries.HitFoundLater) -> None:
    hit = content.hit
    put(
        LaterHit,
        origin,
        hit_id(content.crossing, hit.list_code, hit.listing),
        crossing=content.crossing,
        post=content.post,
        list_code=hit.list_code,
        listing=hit.listing,
        edition=hit.edition,
        digest=hit.digest,
        level=hit.level,
        score=hit.score,
        agreed=sorted(set(hit.agreed)),
        crossed_at=moment(content.crossed_at),
        found_at=origin.at,
    )


@projects(entries.ListLookedBack)
def list_looked_back(origin: Origin, content: entries.ListLookedBack) -> None:
    put(
        LookedBack,
        origin,
        content.edition,
        before=content.before,
        list_code=content.list_code,
        listings=content.listings,
        crossings=content.crossings,
        since=moment(content.since),
        until=moment(content.until),
        strong=content.strong,
        possible=content.possible,
        not_kept=content.not_kept,
        known=content.known,
        at=origin.at,
        clock=origin.clock,
    )
