"""What the cases room writes into journals: what somebody found out about a hit."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from openmidas.crossings import limits
from openmidas.journal import TO_HQ, Content, NodeKind, kind
from openmidas.lists.lost.in_use import LOST
from openmidas.screening import Field, Level

MOST_LISTING = 255

ListCode = Annotated[str, Meta(min_length=1, max_length=32)]
Listing = Annotated[str, Meta(min_length=1, max_length=MOST_LISTING)]
Sha256 = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
Score = Annotated[float, Meta(ge=-10_000, le=10_000)]
Number = Annotated[str, Meta(max_length=limits.NUMBER)]
Issuer = Annotated[str, Meta(max_length=limits.STATE)]
Birth = Annotated[str, Meta(max_length=16)]
Note = Annotated[str, Meta(max_length=limits.NOTE)]
Day = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")]


class Answer(StrEnum):
    """Whether the traveller is the listed person. "Unsure" is an answer, and an honest one."""

    SAME = "same"
    NOT_SAME = "not_same"
    UNSURE = "unsure"


class Reason(StrEnum):
    """What an answer rests on. Closed: what is not in it is "other", with a note in words."""

    BIRTH = "birth"
    NAME = "name"
    FACE = "face"
    DOCUMENT = "document"
    DESCRIPTION = "description"
    KNOWN = "known"
    ADMITS = "admits"
    HEADQUARTERS = "headquarters"
    TOO_LITTLE = "too_little"
    DOCUMENT_DOUBT = "document_doubt"
    NO_ANSWER = "no_answer"
    OTHER = "other"


REASONS: Mapping[Answer, tuple[Reason, ...]] = {
    Answer.NOT_SAME: (
        Reason.BIRTH,
        Reason.NAME,
        Reason.FACE,
        Reason.DOCUMENT,
        Reason.DESCRIPTION,
        Reason.KNOWN,
        Reason.HEADQUARTERS,
        Reason.OTHER,
    ),
    Answer.SAME: (
        Reason.DOCUMENT,
        Reason.FACE,
        Reason.DESCRIPTION,
        Reason.ADMITS,
        Reason.HEADQUARTERS,
        Reason.OTHER,
    ),
    Answer.UNSURE: (
        Reason.TOO_LITTLE,
        Reason.DOCUMENT_DOUBT,
        Reason.NO_ANSWER,
        Reason.OTHER,
    ),
}
"""The reasons that an answer can have."""
REASONS_ON_DOCUMENTS: Mapping[Answer, tuple[Reason, ...]] = {
    Answer.NOT_SAME: (Reason.DOCUMENT, Reason.OTHER),
    Answer.SAME: (Reason.DOCUMENT, Reason.OTHER),
    Answer.UNSURE: (Reason.TOO_LITTLE, Reason.OTHER),
}
"""Those of an answer to a hit on a document that was reported lost: it says nothing of a person."""


def reasons_on(list_code: str) -> Mapping[Answer, tuple[Reason, ...]]:
    """The reasons that answers to hits on a list can have."""
    return REASONS_ON_DOCUMENTS if list_code == LOST else REASONS


class HitSaid(Struct, frozen=True, kw_only=True):
    """A hit as it was said to the officer, whatever has become of list and matching since.

    ``edition``: in which it was found; ``digest``: of what the listing said there
    (`crossings.hits.listing_digest`); ``agreed``: the fields that spoke for one person; ``score`` in bits.
    """

    list_code: ListCode
    listing: Listing
    edition: UUID
    digest: Sha256
    level: Level
    score: Score
    agreed: Annotated[tuple[Field, ...], Meta(max_length=10)] = ()


class Bearer(Struct, frozen=True, kw_only=True):
    """Whom an answer is remembered for: a document and the birth date of its holder, and nothing else.

    ``number``: in the form of `crossings.reading.document_key`; ``birth``: ISO, as far as it is known.
    Any may be empty: then nothing can be remembered.
    """

    number: Number = ""
    issuer: Issuer = ""
    birth: Birth = ""

    @property
    def known(self) -> bool:
        """Whether it tells one traveller from the others."""
        return bool(self.number and self.issuer and self.birth)


@kind("hit.resolved", version=1, audience=TO_HQ, authority=[NodeKind.POST, NodeKind.HQ])
class HitResolved(Content, frozen=True, kw_only=True):
    """Somebody compared a traveller with a listing and says whether they are one person.

    ``crossing``: the inspection that the hit came from; ``found_at``: when that was, in milliseconds
    since 1970. ``until``: the last day, written as 2026-11-25, on which "not the same person" is
    remembered; None where it is not. Of several answers to one hit, the last counts and all stay.
    """

    resolution: UUID
    crossing: UUID
    found_at: Annotated[int, Meta(ge=0)]
    hit: HitSaid
    bearer: Bearer
    answer: Answer
    reason: Reason
    note: Note = ""
    until: Day | None = None
