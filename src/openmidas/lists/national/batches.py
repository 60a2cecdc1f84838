"""Proposals that came in one file: what a second person sees of them, and agrees to, at once."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from uuid import UUID

import msgspec

from openmidas.lists.national.digests import digest_of
from openmidas.lists.national.models import ListingProposal

SAMPLE = 20


class Batch(msgspec.Struct, frozen=True, kw_only=True):
    """What waits of a batch. ``sample``: spread evenly over the whole, the same each time."""

    id: UUID
    list: UUID
    proposed_by: UUID | None
    digest: str
    count: int
    categories: tuple[tuple[str, int], ...]
    actions: tuple[tuple[str, int], ...]
    discreet: int
    nameless: int
    sample: tuple[ListingProposal, ...]


def waiting_of(batch: UUID) -> list[ListingProposal]:
    """What waits of a batch, in the order of the file."""
    return list(ListingProposal.objects.filter(batch=batch, end="").order_by("number"))


def digest_of_batch(waiting: Sequence[ListingProposal]) -> str:
    """SHA-256 over what each of them proposes, as it is here now."""
    whole = "".join(digest_of(one) for one in waiting)
    return hashlib.sha256(whole.encode()).hexdigest()


def batch_of(id: UUID) -> Batch | None:
    """What waits of a batch; None where nothing does."""
    waiting = waiting_of(id)
    if not waiting:
        return None
    said = [one.said() for one in waiting]
    known = [one for one in said if one is not None]
    step = max(1, len(waiting) // SAMPLE)
    return Batch(
        id=id,
        list=waiting[0].list,
        proposed_by=waiting[0].proposed_by,
        digest=digest_of_batch(waiting),
        count=len(waiting),
        categories=tuple(Counter(str(one.category) for one in known).most_common()),
        actions=tuple(Counter(str(one.action) for one in known).most_common()),
        discreet=sum(one.discreet for one in known),
        nameless=sum(not one.names for one in known),
        sample=tuple(waiting[::step][:SAMPLE]),
    )
