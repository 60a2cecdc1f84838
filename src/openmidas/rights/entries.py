"""What the rights room writes into journals: complaints, and what the oversight makes of them."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from openmidas.journal import TO_HQ, TO_NODE, Content, NodeKind, kind
from openmidas.rights import limits

Day = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")]


class ComplaintKind(StrEnum):
    """What a complaint is about."""

    MONEY = "money"
    DELAY = "delay"
    VIOLENCE = "violence"
    DISCRIMINATION = "discrimination"
    LOST_DOCUMENT = "lost_document"
    OTHER = "other"


class ComplaintOutcome(StrEnum):
    """How the oversight closed a complaint."""

    UPHELD = "upheld"
    PARTLY = "partly"
    NOT_UPHELD = "not_upheld"
    NOT_KNOWN = "not_known"
    PASSED_ON = "passed_on"


@kind("complaint.made", version=1, audience=TO_HQ, authority=[NodeKind.POST])
class ComplaintMade(Content, frozen=True, kw_only=True):
    """Somebody complained at the kiosk of a post. That is all that the post can read of it.

    ``sealed``: what was said (`rights.sealing.Said`), for the headquarters' key and filled up, so that
    neither words nor their number are told. No officer is its actor.
    """

    complaint: UUID
    sealed: Annotated[bytes, Meta(max_length=limits.SEALED_COMPLAINT)]


@kind("complaint.received", version=1, audience=TO_NODE, authority=[NodeKind.HQ])
class ComplaintReceived(Content, frozen=True, kw_only=True):
    """The HQ opened a complaint, by itself, to know its kind and until when it is to be answered.

    ``about`` None: it could not be opened.
    """

    complaint: UUID
    about: ComplaintKind | None
    due: Day


@kind("complaint.answered", version=1, audience=TO_HQ, authority=[NodeKind.HQ])
class ComplaintAnswered(Content, frozen=True, kw_only=True):
    """The oversight answers. Its audience is widened to the post where the complaint was made.

    ``sealed``: the answer (`rights.sealing.Answer`), for whoever has the complaint's code word.
    """

    answer: UUID
    complaint: UUID
    sealed: Annotated[bytes, Meta(max_length=limits.SEALED_ANSWER)]


@kind("complaint.closed", version=1, audience=TO_NODE, authority=[NodeKind.HQ])
class ComplaintClosed(Content, frozen=True, kw_only=True):
    """The oversight closes a complaint, with what came of it. Nobody else can."""

    complaint: UUID
    outcome: ComplaintOutcome
