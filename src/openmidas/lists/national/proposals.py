"""Changes of a State's own lists under four eyes: proposed by one officer, approved by another.

Adding, changing and removing are the same: a proposal of what the listing is to say. Whoever approves
names the digest of what they saw, and all is checked while the journal is held, so that two who
approve at once, or a listing that changed meanwhile, cannot make one pair of eyes out of four.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import msgspec
from django.db import transaction

from openmidas.journal import Actor
from openmidas.journal.models import new_id
from openmidas.lists.national import entries
from openmidas.lists.national.batches import digest_of_batch, waiting_of
from openmidas.lists.national.checking import check
from openmidas.lists.national.digests import digest_of
from openmidas.lists.national.entries import Change, ListingProposed, Said
from openmidas.lists.national.models import ListingProposal, NationalList, NationalListing
from openmidas.lists.national.owners import check_owner, list_of, owners_of
from openmidas.nodes.identity import this_node
from openmidas.nodes.services import node_day, record, record_all
from openmidas.posts.refusals import Refused

SHORTEST_REASON = 3
LONGEST = 200
NOT_YET = "0" * 64


@transaction.atomic
def propose(actor: Actor, list: UUID, said: Said, why: str = "") -> ListingProposal:
    """Ask for a new listing. Raises `Refused`, as `checking.check` and `owners.check_owner` do."""
    of = list_of(list)
    check_owner(actor, of)
    check(said, node_day())
    id = new_id()
    content = _proposed(of, id, Change.ADD, next_number(), said, _short(why), None)
    record(content, actor=actor)
    return ListingProposal.objects.get(id=content.proposal)


@transaction.atomic
def propose_many(actor: Actor, list: UUID, said: Sequence[Said], why: str) -> UUID:
    """Ask for many new listings at once, all or none; the number of their batch.

    Raises `Refused`: of a listing that cannot be one, ``line`` in ``params`` says which, from 1.
    """
    of = list_of(list)
    check_owner(actor, of)
    if not said:
        raise Refused("batch.empty")
    today = node_day()
    for line, one in enumerate(said, start=1):
        try:
            check(one, today)
        except Refused as refused:
            raise Refused(refused.code, **refused.params, line=str(line)) from refused
    batch, first = new_id(), _numbers_given()
    contents = [
        _proposed(of, new_id(), Change.ADD, _number(at), one, _short(why), None, batch)
        for at, one in enumerate(said, start=first + 1)
    ]
    record_all(contents, actor=actor)
    return batch


@transaction.atomic
def propose_change(actor: Actor, listing: UUID, said: Said, why: str) -> ListingProposal:
    """Ask that a listing says something else from now on, stricter or softer.

    Raises `Refused`: ``listing.unknown``, ``listing.waiting``, ``listing.same``, ``reason.missing``.
    """
    row = _changeable(actor, listing)
    check(said, node_day())
    if said == row.said():
        raise Refused("listing.same")
    return _propose_on(actor, row, Change.CHANGE, said, why)


@transaction.atomic
def propose_removal(actor: Actor, listing: UUID, why: str) -> ListingProposal:
    """Ask that a listing is removed. Raises `Refused` as `propose_change` does."""
    return _propose_on(actor, _changeable(actor, listing), Change.REMOVE, None, why)


@transaction.atomic
def approve(actor: Actor, proposal: UUID, digest: str) -> None:
    """Agree, as a second person, to what was seen.

    Raises `Refused`: ``proposal.unknown``, ``proposal.ended``, ``proposal.same_person``,
    ``proposal.changed``, ``proposal.outdated``, ``proposal.expired``, ``proposal.proposer_gone``.
    """
    known = _waiting(actor, proposal)
    record(_approval(actor, known, digest), actor=actor)


@transaction.atomic
def approve_batch(actor: Actor, batch: UUID, digest: str) -> int:
    """Agree to all that waits of a batch; how many. ``digest``: see `batches.digest_of_batch`.

    Raises `Refused` as `approve` does, and approves none then.
    """
    waiting = waiting_of(batch)
    if not waiting:
        raise Refused("proposal.ended")
    check_owner(actor, list_of(waiting[0].list))
    waiting = waiting_of(batch)  # again, now that nobody else can end any of them
    if digest_of_batch(waiting) != digest:
        raise Refused("proposal.changed")
    record_all([_approval(actor, one, one.digest) for one in waiting], actor=actor)
    return len(waiting)


@transaction.atomic
def refuse(actor: Actor, proposal: UUID, reason: str) -> None:
    """Not agree, as a second person, and say why. Raises `Refused` as `approve`, ``reason.missing``."""
    known = _waiting(actor, proposal)
    if actor.officer == known.proposed_by:
        raise Refused("proposal.same_person")
    content = entries.ListingRefused(proposal=known.id, reason=_reason(reason))
    record(content, actor=actor)


@transaction.atomic
def withdraw(actor: Actor, proposal: UUID) -> None:
    """Take one's own proposal back. Raises `Refused` as `approve`, ``proposal.not_yours``."""
    known = _waiting(actor, proposal)
    if actor.officer != known.proposed_by:
        raise Refused("proposal.not_yours")
    record(entries.ListingWithdrawn(proposal=known.id), actor=actor)


def waiting_on(listing: UUID) -> ListingProposal | None:
    """The change of a listing that waits for a second person, if one does."""
    return ListingProposal.objects.filter(listing=listing, end="").first()


def next_number() -> str:
    """What the next listing of this HQ is called, whichever list it stands on."""
    return _number(_numbers_given() + 1)


def _numbers_given() -> int:
    return ListingProposal.objects.filter(node=this_node().id, change=Change.ADD).count()


def _number(at: int) -> str:
    return f"{this_node().config.state}-{at:06d}"


def _propose_on(
    actor: Actor, row: NationalListing, change: Change, said: Said | None, why: str
) -> ListingProposal:
    content = _proposed(
        list_of(row.list), row.id, change, row.number, said, _reason(why), row.proposal
    )
    record(content, actor=actor)
    return ListingProposal.objects.get(id=content.proposal)


def _proposed(
    of: NationalList,
    listing: UUID,
    change: Change,
    number: str,
    said: Said | None,
    why: str,
    rests_on: UUID | None,
    batch: UUID | None = None,
) -> ListingProposed:
    content = ListingProposed(
        proposal=new_id(),
        listing=listing,
        list=of.id,
        change=change,
        number=number,
        said=said,
        digest=NOT_YET,
        why=why,
        rests_on=rests_on,
        batch=batch,
    )
    return msgspec.structs.replace(content, digest=digest_of(content))


def _changeable(actor: Actor, listing: UUID) -> NationalListing:
    row = NationalListing.objects.filter(id=listing, node=this_node().id, removed=False).first()
    if row is None:
        raise Refused("listing.unknown")
    check_owner(actor, list_of(row.list))
    row.refresh_from_db()  # the journal is held now: nobody changes it any more
    if row.removed:
        raise Refused("listing.unknown")
    if waiting_on(row.id) is not None:
        raise Refused("listing.waiting")
    return row


def _waiting(actor: Actor, proposal: UUID) -> ListingProposal:
    """The proposal, while the journal is held. Raises `Refused`."""
    known = ListingProposal.objects.filter(id=proposal, node=this_node().id).first()
    if known is None:
        raise Refused("proposal.unknown")
    check_owner(actor, list_of(known.list))
    known.refresh_from_db()
    if known.end:
        raise Refused("proposal.ended")
    return known


def _approval(actor: Actor, known: ListingProposal, digest: str) -> entries.ListingApproved:
    if actor.officer == known.proposed_by:
        raise Refused("proposal.same_person")
    if known.proposed_by not in owners_of(list_of(known.list)):
        raise Refused("proposal.proposer_gone")
    if not digest == known.digest == digest_of(known):
        raise Refused("proposal.changed")
    said = known.said()
    if said is not None and said.expires_on <= node_day():
        raise Refused("proposal.expired")
    current = NationalListing.objects.filter(id=known.listing).first()
    stands_by = None if current is None or current.removed else current.proposal
    if known.rests_on != stands_by:
        raise Refused("proposal.outdated")
    return entries.ListingApproved(proposal=known.id, digest=digest)


def _reason(text: str) -> str:
    said = _short(text)
    if len(said) < SHORTEST_REASON:
        raise Refused("reason.missing")
    return said


def _short(text: str) -> str:
    return " ".join(text.split())[:LONGEST]
