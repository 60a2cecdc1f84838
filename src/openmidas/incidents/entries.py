"""What the incidents room writes into journals.

Nothing is ever changed: an incident is what was reported, and every step since. How severe it is, and
whether it is open, is what the last step that says so says.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from openmidas.incidents import limits
from openmidas.journal import TO_HQ, Content, NodeKind, kind

Words = Annotated[str, Meta(max_length=limits.WORDS)]
Said = Annotated[str, Meta(min_length=1, max_length=limits.WORDS)]
PlaceName = Annotated[str, Meta(max_length=limits.PLACE)]
Plate = Annotated[str, Meta(max_length=limits.PLATE)]
Milliseconds = Annotated[int, Meta(ge=0)]
People = Annotated[int, Meta(ge=0, le=limits.MOST_PEOPLE)]
Code = Annotated[str, Meta(min_length=1, max_length=32)]
Value = Annotated[str, Meta(max_length=120)]
WRITERS = (NodeKind.POST, NodeKind.HQ)


class IncidentKind(StrEnum):
    """What an incident is about."""

    SECURITY = "security"
    HEALTH = "health"
    HUMANITARIAN = "humanitarian"
    BORDER = "border"
    TECHNICAL = "technical"


class Severity(StrEnum):
    """How bad it is, the least first."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"

    @property
    def alerts(self) -> bool:
        """Whether headquarters is to hear of it before everything else."""
        return self in (Severity.HIGH, Severity.CRITICAL)


class Source(StrEnum):
    """Who reports it. Of somebody who wants to stay unknown nothing else is ever written.

    ``public``: written at the kiosk or on a telephone by nobody knows whom, and confirmed by nobody yet.
    """

    OFFICER = "officer"
    PATROL = "patrol"
    FOCAL_POINT = "focal_point"
    ANONYMOUS = "anonymous"
    OTHER_POST = "other_post"
    PUBLIC = "public"


class Outcome(StrEnum):
    """How an incident ended."""

    RESOLVED = "resolved"
    HANDED_OVER = "handed_over"
    NOTHING_FOUND = "nothing_found"
    FALSE_ALARM = "false_alarm"
    DUPLICATE = "duplicate"
    PASSED = "passed"
    OTHER = "other"


class Bearing(StrEnum):
    """In which direction from a place."""

    NORTH = "n"
    NORTH_EAST = "ne"
    EAST = "e"
    SOUTH_EAST = "se"
    SOUTH = "s"
    SOUTH_WEST = "sw"
    WEST = "w"
    NORTH_WEST = "nw"


class Point(Struct, frozen=True, kw_only=True):
    """A point on the map, in degrees."""

    latitude: Annotated[float, Meta(ge=-90, le=90)]
    longitude: Annotated[float, Meta(ge=-180, le=180)]


class Away(Struct, frozen=True, kw_only=True):
    """How far, and in which direction, from a place that has a name."""

    kilometres: Annotated[float, Meta(gt=0, le=limits.MOST_KILOMETRES)]
    bearing: Bearing


class Place(Struct, frozen=True, kw_only=True):
    """Where something happened, as well as it is known; nothing said: at the post itself."""

    name: PlaceName = ""
    point: Point | None = None
    away: Away | None = None


class Told(Struct, frozen=True, kw_only=True):
    """What can be said of an incident at first, or later. None and empty: nothing is said of that.

    ``happened_at``: milliseconds since 1970; ``people``: how many are involved.
    """

    words: Words = ""
    happened_at: Milliseconds | None = None
    place: Place | None = None
    people: People | None = None


@kind("incident.reported", version=1, audience=TO_HQ, authority=[NodeKind.POST])
class IncidentReported(Content, frozen=True, kw_only=True):
    """Somebody reports an incident."""

    incident: UUID
    kind: IncidentKind
    severity: Severity
    source: Source = Source.OFFICER
    told: Told = Told()


@kind("incident.raised", version=1, audience=TO_HQ, authority=WRITERS)
class IncidentRaised(Content, frozen=True, kw_only=True):
    """A rule raises an incident by itself.

    ``incident``: made of the rule and its cause, so that one cause raises one incident; ``rule``,
    ``edition``: which rule, of which rules; ``post``: about which post; ``cause``: what the rule saw, by
    name, worded in `incidents.wording`. It names nobody.
    """

    incident: UUID
    rule: Code
    edition: Code
    kind: IncidentKind
    severity: Severity
    post: UUID
    cause: Annotated[dict[Code, Value], Meta(max_length=12)] = {}
    told: Told = Told()


@kind("incident.alerted", version=1, audience=TO_HQ, authority=[NodeKind.POST], urgent=True)
class IncidentAlerted(Content, frozen=True, kw_only=True):
    """An incident is of high or critical severity: whoever reads this needs nothing else.

    Written right behind the entry that says so, be it a report, an update or a rule. It makes no rows:
    they come with the journal. ``words``: their beginning.
    """

    incident: UUID
    kind: IncidentKind
    severity: Severity
    rule: Annotated[str, Meta(max_length=32)] = ""
    cause: Annotated[dict[Code, Value], Meta(max_length=12)] = {}
    told: Told = Told()


@kind("incident.updated", version=1, audience=TO_HQ, authority=WRITERS)
class IncidentUpdated(Content, frozen=True, kw_only=True):
    """More is known. What is said counts from now on, what was said before stays in its history."""

    step: UUID
    incident: UUID
    severity: Severity | None = None
    told: Told = Told()


@kind("incident.linked", version=1, audience=TO_HQ, authority=WRITERS)
class IncidentLinked(Content, frozen=True, kw_only=True):
    """An incident has to do with one crossing, one vehicle by its plate, or one other incident.

    An entry for each: that of a crossing goes when the crossing is erased, and the incident stays.
    """

    link: UUID
    incident: UUID
    crossing: UUID | None = None
    plate: Plate = ""
    other: UUID | None = None


@kind("incident.commented", version=1, audience=TO_HQ, authority=WRITERS)
class IncidentCommented(Content, frozen=True, kw_only=True):
    """Somebody says something about an incident, open or closed; the HQ also about a post's."""

    comment: UUID
    incident: UUID
    words: Said


@kind("incident.closed", version=1, audience=TO_HQ, authority=WRITERS)
class IncidentClosed(Content, frozen=True, kw_only=True):
    """An incident has ended. It still takes comments."""

    step: UUID
    incident: UUID
    outcome: Outcome
    words: Words = ""


@kind("incident.reopened", version=1, audience=TO_HQ, authority=WRITERS)
class IncidentReopened(Content, frozen=True, kw_only=True):
    """An incident that was closed goes on, with the reason."""

    step: UUID
    incident: UUID
    words: Said
