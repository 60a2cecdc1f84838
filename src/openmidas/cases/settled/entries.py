"""What the headquarters writes about answers that it confirms for all posts, or takes back."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from msgspec import Meta

from openmidas.cases.entries import Day, HitSaid, Sha256
from openmidas.journal import TO_STATE, Content, NodeKind, kind

Key = Annotated[bytes, Meta(min_length=32, max_length=32)]


@kind("hit.settled", version=1, audience=TO_STATE, authority=[NodeKind.HQ])
class HitSettled(Content, frozen=True, kw_only=True):
    """From now on, every post remembers that a hit was somebody else's.

    ``resolution``: the answer that is confirmed, ``crossing``: of which crossing. ``bearer``: a digest of
    whom it is remembered for, under ``key``, which was made for this entry alone: posts learn neither
    document nor birth date of a traveller whom they never saw. ``until``: its last day.
    """

    settlement: UUID
    resolution: UUID
    crossing: UUID
    hit: HitSaid
    key: Key
    bearer: Sha256
    until: Day


@kind("hit.unsettled", version=1, audience=TO_STATE, authority=[NodeKind.HQ])
class HitUnsettled(Content, frozen=True, kw_only=True):
    """The headquarters takes back what it confirmed. Each post goes by its own answers again."""

    settlement: UUID
