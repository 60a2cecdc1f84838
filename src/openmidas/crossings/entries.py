"""What the crossings room writes into journals."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from openmidas.crossings import limits
from openmidas.crossings.inspection import Conveyance, Direction, Inspection
from openmidas.crossings.reasons import RefusalReason as RefusalReason
from openmidas.crossings.rules import RuleSet
from openmidas.journal import TO_HQ, TO_STATE, Content, NodeKind, kind
from openmidas.nodes.collecting.entries import collectable

OLDEST_YEARS = 3
OLDEST = timedelta(days=365 * OLDEST_YEARS)
"""How long ago a crossing may have taken place that is written down now."""


class ReferralReason(StrEnum):
    """Why an officer sends somebody to the second line beyond what the findings say."""

    FINDINGS = "findings"
    DOCUMENT_DOUBT = "document_doubt"
    IDENTITY_DOUBT = "identity_doubt"
    MINOR = "minor"
    PROTECTION = "protection"
    HEALTH = "health"
    ASKED = "asked"
    OTHER = "other"


class AdmissionReason(StrEnum):
    """Why somebody is let cross. The primary line's is plain from the findings; the second says it."""

    CLEAR = "clear"
    FINDINGS_CONSIDERED = "findings_considered"
    NOT_THE_PERSON = "not_the_person"
    DOCUMENT_ACCEPTED = "document_accepted"
    EXEMPT = "exempt"
    HUMANITARIAN = "humanitarian"


class HandedTo(StrEnum):
    """Whom the second line hands a traveller over to who is neither admitted nor refused here."""

    POLICE = "police"
    JUSTICE = "justice"
    CUSTOMS = "customs"
    HEALTH = "health"
    CHILD_PROTECTION = "child_protection"
    PROTECTION = "protection"
    CONSULATE = "consulate"
    OTHER = "other"


class OpenHitReason(StrEnum):
    """Why somebody is let cross while nobody has answered a hit on them that is very likely."""

    HEADQUARTERS = "headquarters"
    EMERGENCY = "emergency"
    DANGER = "danger"
    NOT_COMPARABLE = "not_comparable"
    OTHER = "other"


class RecordSource(StrEnum):
    """Where a crossing that is written down later was recorded first."""

    PAPER = "paper"
    REGISTER = "register"


class CountReason(StrEnum):
    """Why travellers were only counted."""

    CROWD = "crowd"
    POWER = "power"
    EMERGENCY = "emergency"
    OTHER = "other"


class Outcome(StrEnum):
    """How the second line ends."""

    ADMITTED = "admitted"
    REFUSED = "refused"
    HANDED_OVER = "handed_over"


class CollectedOutcome(StrEnum):
    """What an officer decided while the post was shut."""

    ADMITTED = "admitted"
    REFERRED = "referred"


MOST_OPEN_HITS = 100
ClockTime = Annotated[str, Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$|^$")]


class OpenHits(Struct, frozen=True, kw_only=True):
    """The hits (`crossings.hits.hit_id`) that stood open when a traveller was let cross, and why."""

    hits: Annotated[tuple[UUID, ...], Meta(min_length=1, max_length=MOST_OPEN_HITS)]
    reason: OpenHitReason


@kind("crossing.admitted", version=1, audience=TO_HQ, authority=[NodeKind.POST])
class CrossingAdmitted(Content, frozen=True, kw_only=True):
    """An officer at the primary line lets a traveller cross. The crossing has the inspection's id."""

    inspection: Inspection
    reason: AdmissionReason


@kind("crossing.referred", version=1, audience=TO_HQ, authority=[NodeKind.POST], urgent=True)
class CrossingReferred(Content, frozen=True, kw_only=True):
    """An officer sends a traveller to the second line."""

    inspection: Inspection
    reason: ReferralReason


@kind("crossing.resolved", version=1, audience=TO_HQ, authority=[NodeKind.POST])
class CrossingResolved(Content, frozen=True, kw_only=True):
    """The second line decides on a traveller who was referred, with the reason of its outcome.

    ``open_hits``: those that should have been answered first; None where there were none.
    ``handed_to``: of who is handed over, to whom.
    """

    crossing: UUID
    outcome: Outcome
    refusal: RefusalReason | None = None
    admission: AdmissionReason | None = None
    note: str = ""
    open_hits: OpenHits | None = None
    handed_to: HandedTo | None = None


@kind("crossing.recorded", version=1, audience=TO_HQ, authority=[NodeKind.POST])
class CrossingRecorded(Content, frozen=True, kw_only=True):
    """A crossing of some time ago, from paper or from an earlier register of the post.

    ``crossed_at``: when it took place, milliseconds since 1970; the entry's own time says when it
    was written down. The checks, if any were made, are those of the day of writing. ``pages``: what the
    photos of the register are about that were beside the form, so that they go with the crossing.
    """

    inspection: Inspection
    outcome: Outcome
    crossed_at: int
    source: RecordSource
    refusal: RefusalReason | None = None
    pages: UUID | None = None


@collectable
@kind("crossing.collected", version=1, audience=TO_HQ, authority=[NodeKind.POST])
class CrossingCollected(Content, frozen=True, kw_only=True):
    """An officer decided while the post's database was shut: on nothing but the traveller and papers.

    It stands in no journal by itself: it is the body of what a post collects, which only the HQ can
    open (`openmidas.nodes.collecting`). Nothing was checked, and its one finding says so.
    """

    inspection: Inspection
    outcome: CollectedOutcome
    note: str = ""


@kind("crossing.counted", version=1, audience=TO_HQ, authority=[NodeKind.POST])
class CrossingsCounted(Content, frozen=True, kw_only=True):
    """So many travellers crossed on a day without being recorded one by one.

    ``day``: where the post is, written as 2026-11-25. Written again with the same ``count``, it
    corrects the number. ``since``, ``until``: the hours that it tells of, where the post is, as 14:00,
    or empty for the whole day; ``about``: it is an estimate; ``conveyance``: None where it was not
    looked at, or there were several.
    """

    count: UUID
    day: str
    direction: Direction
    number: int
    reason: CountReason
    since: ClockTime = ""
    until: ClockTime = ""
    about: bool = False
    conveyance: Conveyance | None = None
    note: Annotated[str, Meta(max_length=limits.COUNT_NOTE)] = ""


@kind("crossing.erased", version=1, audience=TO_HQ, authority=[NodeKind.HQ])
class CrossingsErased(Content, frozen=True, kw_only=True):
    """So many crossings of a post, on a day, are erased: that they took place is all that stays known.

    Written with the order to erase them. ``day``: where the HQ is, written as 2026-11-25;
    ``outcome``: how they ended, "referred" where nobody had decided yet.
    """

    count: UUID
    post: UUID
    day: str
    direction: Direction
    outcome: Annotated[str, Meta(max_length=11)]
    number: Annotated[int, Meta(ge=1)]


@kind("inspection.cancelled", version=1, audience=TO_HQ, authority=[NodeKind.POST])
class InspectionCancelled(Content, frozen=True, kw_only=True):
    """A scan was cancelled, with what the checks had found: nothing disappears because somebody paid."""

    inspection: Inspection


@kind("rules.published", version=1, audience=TO_STATE, authority=[NodeKind.HQ])
class RulesPublished(Content, frozen=True, kw_only=True):
    """The HQ publishes the rules of stay and the closures that its posts work by."""

    edition: UUID
    rules: RuleSet
