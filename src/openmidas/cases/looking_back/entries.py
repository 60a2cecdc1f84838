"""What looking back writes into the journal of the HQ, and into no other."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from msgspec import Meta

from openmidas.cases.entries import HitSaid, ListCode
from openmidas.journal import TO_NODE, Content, NodeKind, kind

Count = Annotated[int, Meta(ge=0)]
Milliseconds = Annotated[int, Meta(ge=0)]


@kind("hit.found_later", version=1, audience=TO_NODE, authority=[NodeKind.HQ])
class HitFoundLater(Content, frozen=True, kw_only=True):
    """Somebody who crossed before may be somebody whom a list has named since.

    ``post``: where, ``crossed_at``: when, in milliseconds since 1970.
    """

    crossing: UUID
    post: UUID
    crossed_at: Milliseconds
    hit: HitSaid


@kind("list.looked_back", version=1, audience=TO_NODE, authority=[NodeKind.HQ])
class ListLookedBack(Content, frozen=True, kw_only=True):
    """What is new in an edition was held against every crossing of a time, as far as it was here.

    ``before``: the edition that it was compared with, None for the first; ``listings``: how many are
    new or changed; ``since``, ``until``: the time of the crossings; ``strong``, ``possible``: hits;
    ``not_kept``: more possible ones, of listings that have too many to be of use; ``known``: hits of
    whom the counter knew.
    """

    edition: UUID
    before: UUID | None
    list_code: ListCode
    listings: Count
    crossings: Count
    since: Milliseconds
    until: Milliseconds
    strong: Count
    possible: Count
    not_kept: Count
    known: Count
