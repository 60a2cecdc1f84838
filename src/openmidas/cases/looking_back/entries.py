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
    """Somebody who was scanned before may be somebody whom a list has named since; or the document is.

    ``crossing``: the scan, also one that was cancelled; ``post``: where, ``crossed_at``: when, in
    milliseconds since 1970. Of a lost document the listing is its keyed hash (`lost`).
    """

    crossing: UUID
    post: UUID
    crossed_at: Milliseconds
    hit: HitSaid


@kind("list.looked_back", version=1, audience=TO_NODE, authority=[NodeKind.HQ])
class ListLookedBack(Content, frozen=True, kw_only=True):
    """What is new in an edition was held against every scan of a time, as far as it was here.

    ``before``: the edition that it was compared with, None for the first. Of lost documents
    ``edition`` may be changes of the one ``before``. ``listings``: how many are new or changed;
    ``crossings``: scans, those that were cancelled among them; ``since``, ``until``: their time;
    ``strong``, ``possible``: hits; ``not_kept``: more possible ones, of listings that have too many to
    be of use; ``known``: hits of whom the counter knew.
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
