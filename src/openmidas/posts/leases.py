"""At the HQ: which posts are sealed, until when each may be read, who opened it; and setting that.

What is known of a post comes from three places: its own reports (sealed or not, and openings, which
may wait with the rest of its journal), what the HQ itself gave it (share and lease), and what somebody
decided here.
"""

from __future__ import annotations

from uuid import UUID

import msgspec
from django.db import transaction
from django.db.models import OuterRef, Subquery

from openmidas.exchange.leasing import set_days
from openmidas.journal import Actor, NodeKind
from openmidas.nodes.entries import LONGEST_REASON
from openmidas.nodes.local import HeldShare, Peer, PostLease
from openmidas.nodes.models import LastReport, LeaseChange, NodeReport, Unsealing
from openmidas.nodes.sealing.entries import MOST_DAYS
from openmidas.nodes.services import node_time
from openmidas.posts.mandate import hold_journal, mandate_of
from openmidas.posts.refusals import Refused


class SealOf(msgspec.Struct, frozen=True, kw_only=True):
    """How a post stands, as the HQ knows it. ``sealed``: as it reported last, None where it has not.

    ``lease``: what the HQ gives it, None where it never asked; ``over``: its lease has run out, as far
    as the HQ knows; ``share``: the newest that the HQ keeps; ``last``: the last opening that is here.
    """

    peer: Peer
    sealed: bool | None
    lease: PostLease | None
    over: bool
    share: HeldShare | None
    last: Unsealing | None


def seals(post: UUID | None = None) -> list[SealOf]:
    """How the posts that this HQ knows stand, by name; or this one alone."""
    found = Peer.objects.filter(kind=NodeKind.POST).order_by("name", "id")
    peers = list(found if post is None else found.filter(id=post))
    ids, now = [peer.id for peer in peers], node_time()
    leases = PostLease.objects.in_bulk(ids)
    shares = {
        share.post: share
        for share in HeldShare.objects.filter(post__in=ids).order_by("deposited_at", "id")
    }
    reports = LastReport.objects.filter(id__in=ids).values_list("report", flat=True)
    sealed = dict(NodeReport.objects.filter(id__in=list(reports)).values_list("node", "sealed"))
    last = _last_openings(ids)
    return [
        SealOf(
            peer=peer,
            sealed=sealed.get(peer.id),
            lease=(lease := leases.get(peer.id)),
            over=lease is not None and lease.until is not None and lease.until <= now,
            share=shares.get(peer.id),
            last=last.get(peer.id),
        )
        for peer in peers
    ]


def _last_openings(posts: list[UUID]) -> dict[UUID, Unsealing]:
    newest = Unsealing.objects.filter(node=OuterRef("id")).order_by("-at", "-id")
    found = Peer.objects.filter(id__in=posts).annotate(opening=Subquery(newest.values("id")[:1]))
    ids = list(found.exclude(opening=None).values_list("opening", flat=True))
    return {one.node: one for one in Unsealing.objects.filter(id__in=ids)}


def openings_of(post: UUID, most: int) -> list[Unsealing]:
    """The last openings of a post, the newest first."""
    return list(Unsealing.objects.filter(node=post).order_by("-at", "-id")[:most])


def changes_of(post: UUID, most: int) -> list[LeaseChange]:
    """What was decided here on a post's lease, the newest first."""
    return list(LeaseChange.objects.filter(post=post).order_by("-at", "-id")[:most])


@transaction.atomic
def change_lease(actor: Actor, post: UUID, days: int, reason: str) -> None:
    """Prolong the leases of a post from the next renewal on, shorten them, or (0) give none any more.

    Raises `Refused`: ``mandate.missing``, ``reason.missing``, ``post.unknown``, ``lease.days``.
    """
    hold_journal()
    if not mandate_of(actor).at_hq:
        raise Refused("mandate.missing")
    if not 0 <= days <= MOST_DAYS:
        raise Refused("lease.days", most=str(MOST_DAYS))
    said = " ".join(reason.split())
    if not 3 <= len(said) <= LONGEST_REASON:
        raise Refused("reason.missing")
    if not Peer.objects.filter(id=post, kind=NodeKind.POST).exists():
        raise Refused("post.unknown")
    set_days(post, days, said, actor=actor)
