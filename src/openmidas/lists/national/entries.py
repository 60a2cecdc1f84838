"""What a State's own lists write into the journal of the HQ, and into no other.

No post gets any of this: what a post may see of a listing is in the editions.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from openmidas.journal import TO_NODE, Content, NodeKind, kind
from openmidas.lists.entries import Sha256
from openmidas.lists.national.categories import Action, Category

MOST_EACH = 50
"""So many names, births, nationalities or documents one listing has at most."""
MOST_LIMIT_DAYS = 3650

ListCode = Annotated[str, Meta(pattern="^[a-z][a-z0-9-]{1,31}$", max_length=32)]
Short = Annotated[str, Meta(max_length=200)]
Number = Annotated[str, Meta(max_length=64)]
Words = Annotated[str, Meta(max_length=2_000)]
Alpha3 = Annotated[str, Meta(max_length=3)]


@kind("list.configured", version=1, audience=TO_NODE, authority=[NodeKind.HQ])
class ListConfigured(Content, frozen=True, kw_only=True):
    """The HQ keeps this list of its own; written again when something of it changes.

    ``owners``: the officers who propose, approve and publish; none: all officers for lists.
    ``readers``: roles beside them that may look into it; ``limit_days``: see `EditionPublished`.
    """

    list: UUID
    code: ListCode
    title: Short
    owners: Annotated[tuple[UUID, ...], Meta(max_length=200)] = ()
    readers: Annotated[tuple[str, ...], Meta(max_length=20)] = ()
    limit_days: Annotated[int, Meta(ge=1, le=MOST_LIMIT_DAYS)] = 14


class NameOf(msgspec.Struct, frozen=True, omit_defaults=True):
    """A name as the authority wrote it; ``quality`` as in `openmidas.screening.ListedName`."""

    text: Short
    quality: Literal["primary", "good", "low"] = "primary"
    script: Annotated[str, Meta(max_length=4)] = "Latn"


class BirthOf(msgspec.Struct, frozen=True, omit_defaults=True):
    """A time of birth as a range of days, both included; both None where it was not understood."""

    earliest: date | None
    latest: date | None
    text: Short


class DocumentOf(msgspec.Struct, frozen=True, omit_defaults=True):
    """A document. ``issuer``: alpha-3, None where it is not known."""

    kind: Literal["passport", "national_id", "other"]
    number: Number
    issuer: Alpha3 | None = None
    text: Short = ""


Names = Annotated[tuple[NameOf, ...], Meta(max_length=MOST_EACH)]
Births = Annotated[tuple[BirthOf, ...], Meta(max_length=MOST_EACH)]
States = Annotated[tuple[Alpha3, ...], Meta(max_length=MOST_EACH)]
Documents = Annotated[tuple[DocumentOf, ...], Meta(max_length=MOST_EACH)]


class Said(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a national listing says: all of it, at the HQ.

    Without a name it is a document by itself. ``reason``, ``legal_basis`` and ``authority`` stay here;
    ``told`` is what the second line of a post reads. ``expires_on``: the last day that it holds.
    What is empty is not written, so that its digest stays the same when it learns new fields.
    """

    category: Category
    action: Action
    discreet: bool
    expires_on: date
    reason: Words
    legal_basis: Short
    authority: Short
    told: Annotated[str, Meta(max_length=500)] = ""
    names: Names = ()
    births: Births = ()
    sex: Literal["F", "M"] | None = None
    nationalities: States = ()
    documents: Documents = ()


class Change(StrEnum):
    """What is proposed: a new listing, another wording of one, or its removal."""

    ADD = "add"
    CHANGE = "change"
    REMOVE = "remove"


@kind("listing.proposed", version=1, audience=TO_NODE, authority=[NodeKind.HQ])
class ListingProposed(Content, frozen=True, kw_only=True):
    """An owner of a list proposes a change. Nothing happens before somebody else approves.

    ``number``: what people call the listing; ``said``: what it is to say, None where it is to be
    removed; ``digest``: what is proposed, whole (see `national.proposals.digest_of`); ``rests_on``: the
    proposal that the listing stands by now, which this one replaces; ``batch``: of those that came in
    one file; ``why``: why the proposer asks.
    """

    proposal: UUID
    listing: UUID
    list: UUID
    change: Change
    number: Number
    said: Said | None
    digest: Sha256
    why: Short = ""
    rests_on: UUID | None = None
    batch: UUID | None = None


@kind("listing.approved", version=1, audience=TO_NODE, authority=[NodeKind.HQ])
class ListingApproved(Content, frozen=True, kw_only=True):
    """A second person agrees to what they saw: ``digest`` names it."""

    proposal: UUID
    digest: Sha256


@kind("listing.refused", version=1, audience=TO_NODE, authority=[NodeKind.HQ])
class ListingRefused(Content, frozen=True, kw_only=True):
    """A second person does not agree, and says why."""

    proposal: UUID
    reason: Short


@kind("listing.withdrawn", version=1, audience=TO_NODE, authority=[NodeKind.HQ])
class ListingWithdrawn(Content, frozen=True, kw_only=True):
    """The proposer takes a proposal back."""

    proposal: UUID
