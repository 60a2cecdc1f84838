"""A hit as a finding: open, or resolved before as somebody else's."""

from __future__ import annotations

from openmidas.crossings.hits import Remembered, listing_digest
from openmidas.crossings.inspection import Evidence, Finding, Severity
from openmidas.crossings.telling import asked_by, severity_of, told_of
from openmidas.lists.in_use import ListHit


def finding_of(hit: ListHit, known: Remembered | None) -> Finding:
    """What the check says of a hit; ``known``: what is remembered of it.

    One that is known to be somebody else's informs, and keeps nobody back. All that an answer is given
    on goes along: the edition, what the listing said (its digest), score and evidence.
    """
    params = {
        "list": hit.edition.title,
        "list_code": hit.list_code,
        "listing": hit.listing.id,
        "name": hit.name,
        "level": hit.level,
        "score": f"{hit.score:.2f}",
        "programme": hit.listing.programme,
        "edition": str(hit.edition.edition),
        "edition_date": hit.edition.dated.isoformat(),
        "age_days": str(hit.edition.age_days),
        "digest": listing_digest(hit.listing),
        **asked_by(hit.listing),
    }
    if known is not None:
        params |= {"by": known.by, "on": known.on.isoformat(), "until": known.until.isoformat()}
    return Finding(
        code="list_hit" if known is None else "hit_resolved",
        severity=severity_of(hit) if known is None else Severity.INFO,
        params=params,
        evidence=tuple(
            Evidence(e.field, e.agrees, e.ours, e.theirs, e.how, e.weight, e.parts)
            for e in hit.evidence
        ),
        told=told_of(hit.listing),
    )
