"""From the entries of the State's own lists to rows.

Whatever wrote an entry, one pair of eyes are not four: an approval by the proposer, by nobody, of
something else than was proposed, or of what has ended, changes nothing and is set aside.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec

from openmidas.journal import JournalError
from openmidas.journal.projecting import Origin, amend, projects, put
from openmidas.lists.national import entries
from openmidas.lists.national.digests import digest_of
from openmidas.lists.national.models import End, ListingProposal, NationalList, NationalListing
from openmidas.lists.national.searching import words_of


@projects(entries.ListConfigured)
def list_configured(origin: Origin, content: entries.ListConfigured) -> None:
    put(
        NationalList,
        origin,
        content.list,
        code=content.code,
        title=content.title,
        owners=[str(owner) for owner in content.owners],
        readers=list(content.readers),
        limit_days=content.limit_days,
        officer=origin.actor.officer,
        configured_at=origin.at,
        clock=origin.clock,
    )


@projects(entries.ListingProposed)
def listing_proposed(origin: Origin, content: entries.ListingProposed) -> None:
    """A proposal never changes: another one in its place is refused."""
    if content.digest != digest_of(content):
        raise JournalError("listing.digest", proposal=str(content.proposal))
    known = ListingProposal.objects.filter(id=content.proposal).first()
    if known is not None and known.digest != content.digest:
        raise JournalError("listing.changed", proposal=str(content.proposal))
    if origin.actor.officer is None:
        raise JournalError("listing.nobody", proposal=str(content.proposal))
    put(
        ListingProposal,
        origin,
        content.proposal,
        listing=content.listing,
        list=content.list,
        change=content.change,
        number=content.number,
        body=b"" if content.said is None else msgspec.msgpack.encode(content.said),
        digest=content.digest,
        why=content.why,
        rests_on=content.rests_on,
        batch=content.batch,
        proposed_by=origin.actor.officer,
        proposed_at=origin.at,
    )


@projects(entries.ListingApproved)
def listing_approved(origin: Origin, content: entries.ListingApproved) -> None:
    proposal = _waiting(content.proposal)
    if origin.actor.officer in (None, proposal.proposed_by):
        raise JournalError("listing.same_person", proposal=str(proposal.id))
    if content.digest != proposal.digest:
        raise JournalError("listing.changed", proposal=str(proposal.id))
    _end(origin, proposal.id, End.APPROVED)
    said = proposal.said()
    approved = {
        "proposal": proposal.id,
        "proposed_by": proposal.proposed_by,
        "approved_by": origin.actor.officer,
        "approved_at": origin.at,
        "clock": origin.clock,
    }
    if said is None:
        amend(NationalListing, origin, proposal.listing, removed=True, **approved)
        return
    put(
        NationalListing,
        origin,
        proposal.listing,
        list=proposal.list,
        number=proposal.number,
        category=said.category,
        action=said.action,
        discreet=said.discreet,
        expires_on=said.expires_on,
        body=bytes(proposal.body),
        words=words_of(said),
        removed=False,
        **approved,
    )


@projects(entries.ListingRefused)
def listing_refused(origin: Origin, content: entries.ListingRefused) -> None:
    _end(origin, _waiting(content.proposal).id, End.REFUSED, answer=content.reason)


@projects(entries.ListingWithdrawn)
def listing_withdrawn(origin: Origin, content: entries.ListingWithdrawn) -> None:
    _end(origin, _waiting(content.proposal).id, End.WITHDRAWN)


def _waiting(id: UUID) -> ListingProposal:
    proposal = ListingProposal.objects.filter(id=id).first()
    if proposal is None:
        raise JournalError("row.missing", table="lists_listingproposal", id=str(id))
    if proposal.end:
        raise JournalError("listing.ended", proposal=str(id))
    return proposal


def _end(origin: Origin, id: UUID, end: End, **more: Any) -> None:
    amend(
        ListingProposal,
        origin,
        id,
        end=end,
        ended_by=origin.actor.officer,
        ended_at=origin.at,
        **more,
    )
