"""At the kiosk of a post: what the public tells of a danger, an illness, people in need."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec

from openmidas.crossings.ids import issued_here
from openmidas.incidents.entries import IncidentKind, Place, Severity, Source, Told
from openmidas.incidents.limits import PLACE
from openmidas.incidents.services import Report, milliseconds, report
from openmidas.journal import Actor
from openmidas.posts.refusals import Refused
from openmidas.rights import limits

SEVERITY = Severity.MEDIUM
"""Of what nobody has confirmed. An officer who has looked into it says how bad it is; until then it sets
off no alert, or whoever reaches a kiosk could keep a capital awake.
"""


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody typed. ``at``: when it happened, None where they did not say."""

    kind: IncidentKind | None
    words: str
    place: str = ""
    at: datetime | None = None


def tell(incident: UUID, seen: Seen) -> None:
    """Report it as an incident of this post, by nobody. The same again changes nothing.

    Raises `Refused`: ``request.broken``, ``report.no_kind``, ``report.too_short``, ``report.too_long``,
    and as `incidents.services.report` does.
    """
    if not issued_here(incident):
        raise Refused("request.broken")
    if seen.kind is None:
        raise Refused("report.no_kind")
    words, place = seen.words.strip(), seen.place.strip()
    if len(words) < limits.SHORTEST_WORDS:
        raise Refused("report.too_short")
    if len(words) > limits.REPORT or len(place) > PLACE:
        raise Refused("report.too_long", most=str(limits.REPORT))
    told = Told(
        words=words,
        happened_at=milliseconds(seen.at) if seen.at else None,
        place=Place(name=place) if place else None,
    )
    # Nobody's: no officer, no lane, whoever may be signed in at this machine.
    report(
        Actor(),
        incident,
        Report(kind=seen.kind, severity=SEVERITY, source=Source.PUBLIC, told=told),
    )
