"""What is written of referrals. The most guarded bodies of the journal: for the HQ, and nobody else."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from openmidas.cases.entries import Note
from openmidas.cases.referrals.pathways import Code, Consent, Pathways
from openmidas.journal import TO_HQ, TO_STATE, Content, NodeKind, kind
from openmidas.posts.entries import Compartment

LONGEST_VALUE = 500
LONGEST_REACHED = 120
MOST_STEPS = 20

Value = Annotated[str, Meta(min_length=1, max_length=LONGEST_VALUE)]
Reached = Annotated[str, Meta(max_length=LONGEST_REACHED)]
StepNumber = Annotated[int, Meta(ge=1, le=MOST_STEPS)]


class Outcome(StrEnum):
    """What came of a referral. Closed: what is not in it is "other", with a note in words."""

    HANDED_OVER = "handed_over"
    HELPED_HERE = "helped_here"
    DECLINED = "declined"
    LEFT = "left"
    OTHER = "other"


class Datum(Struct, frozen=True, kw_only=True):
    """One field of the minimum data set, as it was told. ``code``: of the pathway's field."""

    code: Code
    value: Value


@kind("pathways.published", version=1, audience=TO_STATE, authority=[NodeKind.HQ])
class PathwaysPublished(Content, frozen=True, kw_only=True):
    """The HQ publishes whom its posts call for whom."""

    edition: UUID
    pathways: Pathways


@kind("referral.made", version=1, audience=TO_HQ, authority=[NodeKind.POST], confined=True)
class ReferralMade(Content, frozen=True, kw_only=True):
    """An officer begins to refer the traveller of a crossing. ``compartment``: by which pathway.

    ``edition``: of the pathways, which has the steps and the labels; ``consent``, ``why``: by what, and
    why where nobody consented.
    """

    referral: UUID
    crossing: UUID
    compartment: Compartment
    edition: UUID
    consent: Consent
    why: Note = ""
    data: Annotated[tuple[Datum, ...], Meta(max_length=20)] = ()


@kind("referral.noted", version=1, audience=TO_HQ, authority=[NodeKind.POST], confined=True)
class ReferralNoted(Content, frozen=True, kw_only=True):
    """A step was taken, or something is to be known; what stands there stays.

    ``step``: which one of the pathway, from 1; None: a note alone. ``reached``: who answered.
    """

    note: UUID
    referral: UUID
    crossing: UUID
    step: StepNumber | None = None
    reached: Reached = ""
    text: Note = ""


@kind("referral.closed", version=1, audience=TO_HQ, authority=[NodeKind.POST], confined=True)
class ReferralClosed(Content, frozen=True, kw_only=True):
    """A referral has come to its end. Notes can still be added."""

    referral: UUID
    crossing: UUID
    outcome: Outcome
    text: Note = ""
