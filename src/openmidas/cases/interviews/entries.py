"""What the second line writes down while it works on one traveller."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from openmidas.crossings import limits
from openmidas.crossings.entries import ReferralReason
from openmidas.journal import TO_HQ, Content, NodeKind, kind

MOST_SAID = 80
MOST_ITEMS = 20

Text = Annotated[str, Meta(min_length=1, max_length=limits.NOTE)]
Said = Annotated[str, Meta(max_length=MOST_SAID)]


class Care(StrEnum):
    """What somebody who waits is owed, or asks for."""

    INTERPRETER = "interpreter"
    FEMALE_OFFICER = "female_officer"
    WATER = "water"
    FOOD = "food"
    REST = "rest"
    DOCTOR = "doctor"
    CALL = "call"
    CONSULATE = "consulate"


class CareAnswer(StrEnum):
    """What became of it. "Declined": by the traveller."""

    ASKED = "asked"
    GIVEN = "given"
    DECLINED = "declined"
    NOT_POSSIBLE = "not_possible"


class HoldGround(StrEnum):
    """Why somebody may not leave the second line. Closed: what is not in it needs a note."""

    IDENTITY = "identity"
    LISTED = "listed"
    FALSE_DOCUMENT = "false_document"
    AWAITS_POLICE = "awaits_police"
    AWAITS_RETURN = "awaits_return"
    OTHER = "other"


class Item(StrEnum):
    """A thing to do or to ask in an interview."""

    HITS_COMPARED = "hits_compared"
    FEATURES_SEEN = "features_seen"
    UNDER_LIGHT = "under_light"
    PORTRAIT_COMPARED = "portrait_compared"
    SECOND_PAPER = "second_paper"
    JOURNEY_ASKED = "journey_asked"
    ISSUER_ASKED = "issuer_asked"
    SPOKEN_ALONE = "spoken_alone"
    COMPANION_ASKED = "companion_asked"
    PARENTS_REACHED = "parents_reached"
    CHILD_SERVICE_CALLED = "child_service_called"
    RIGHTS_EXPLAINED = "rights_explained"
    INTERPRETER_PRESENT = "interpreter_present"
    PROTECTION_SERVICE_CALLED = "protection_service_called"
    DISTANCE_KEPT = "distance_kept"
    HEALTH_SERVICE_CALLED = "health_service_called"
    CONTACTS_ASKED = "contacts_asked"


CHECKLISTS: Mapping[ReferralReason, tuple[Item, ...]] = {
    ReferralReason.FINDINGS: (
        Item.HITS_COMPARED,
        Item.PORTRAIT_COMPARED,
        Item.SECOND_PAPER,
        Item.JOURNEY_ASKED,
    ),
    ReferralReason.DOCUMENT_DOUBT: (
        Item.FEATURES_SEEN,
        Item.UNDER_LIGHT,
        Item.PORTRAIT_COMPARED,
        Item.SECOND_PAPER,
        Item.ISSUER_ASKED,
    ),
    ReferralReason.IDENTITY_DOUBT: (
        Item.PORTRAIT_COMPARED,
        Item.SECOND_PAPER,
        Item.JOURNEY_ASKED,
        Item.INTERPRETER_PRESENT,
    ),
    ReferralReason.MINOR: (
        Item.COMPANION_ASKED,
        Item.SPOKEN_ALONE,
        Item.PARENTS_REACHED,
        Item.INTERPRETER_PRESENT,
        Item.CHILD_SERVICE_CALLED,
    ),
    ReferralReason.PROTECTION: (
        Item.SPOKEN_ALONE,
        Item.INTERPRETER_PRESENT,
        Item.RIGHTS_EXPLAINED,
        Item.PROTECTION_SERVICE_CALLED,
    ),
    ReferralReason.HEALTH: (
        Item.DISTANCE_KEPT,
        Item.HEALTH_SERVICE_CALLED,
        Item.CONTACTS_ASKED,
    ),
    ReferralReason.ASKED: (Item.SECOND_PAPER, Item.JOURNEY_ASKED),
    ReferralReason.OTHER: (Item.SECOND_PAPER, Item.JOURNEY_ASKED),
}
"""What to do, by why somebody was sent. It reminds; nothing depends on how much of it is done."""


@kind("case.taken", version=1, audience=TO_HQ, authority=[NodeKind.POST])
class CaseTaken(Content, frozen=True, kw_only=True):
    """An officer takes a traveller of the second line on: the last who did has them."""

    taking: UUID
    crossing: UUID


@kind("case.left", version=1, audience=TO_HQ, authority=[NodeKind.POST])
class CaseLeft(Content, frozen=True, kw_only=True):
    """An officer gives back to the queue what they had taken."""

    taking: UUID
    crossing: UUID


@kind("case.noted", version=1, audience=TO_HQ, authority=[NodeKind.POST], confined=True)
class CaseNoted(Content, frozen=True, kw_only=True):
    """A note on a traveller's interview, also after the decision. Notes are added, never changed."""

    note: UUID
    crossing: UUID
    text: Text


@kind("case.checked", version=1, audience=TO_HQ, authority=[NodeKind.POST], confined=True)
class CaseChecked(Content, frozen=True, kw_only=True):
    """Which things of the checklist are done now; the last such entry holds."""

    crossing: UUID
    done: Annotated[tuple[Item, ...], Meta(max_length=MOST_ITEMS)] = ()


@kind("care.recorded", version=1, audience=TO_HQ, authority=[NodeKind.POST], confined=True)
class CareRecorded(Content, frozen=True, kw_only=True):
    """What somebody who waits asked for or was given. ``said``: the language, who came, why not."""

    care: UUID
    crossing: UUID
    what: Care
    answer: CareAnswer
    said: Said = ""


@kind("hold.begun", version=1, audience=TO_HQ, authority=[NodeKind.POST], confined=True)
class HoldBegun(Content, frozen=True, kw_only=True):
    """From now on the traveller may not leave: who ordered it is the entry's actor."""

    hold: UUID
    crossing: UUID
    ground: HoldGround
    note: Annotated[str, Meta(max_length=limits.NOTE)] = ""


@kind("hold.ended", version=1, audience=TO_HQ, authority=[NodeKind.POST])
class HoldEnded(Content, frozen=True, kw_only=True):
    """The traveller is free to leave again, or is handed over with the decision."""

    hold: UUID
    crossing: UUID
