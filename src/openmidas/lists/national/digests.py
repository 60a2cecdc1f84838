"""What a second person agrees to, in 64 characters."""

from __future__ import annotations

import hashlib
from uuid import UUID

import msgspec

from openmidas.lists.national.entries import ListingProposed, Said
from openmidas.lists.national.models import ListingProposal


def digest_of(proposal: ListingProposed | ListingProposal) -> str:
    """SHA-256 of all that is proposed, as it is here now: computed, never taken on trust."""
    said = proposal.said if isinstance(proposal, ListingProposed) else proposal.said()
    return _digest(
        proposal.id if isinstance(proposal, ListingProposal) else proposal.proposal,
        proposal.listing,
        proposal.list,
        str(proposal.change),
        proposal.number,
        said,
        proposal.why,
        proposal.rests_on,
    )


def _digest(
    id: UUID,
    listing: UUID,
    list: UUID,
    change: str,
    number: str,
    said: Said | None,
    why: str,
    rests_on: UUID | None,
) -> str:
    whole = (id, listing, list, change, number, said, why, rests_on)
    return hashlib.sha256(msgspec.msgpack.encode(whole, order="deterministic")).hexdigest()
