"""At the HQ: the shares from outside of sealed posts, and their leases.

A share is given to the very post that deposited it, known by its certificate, and only against what
enough of its officers' pass phrases give: who stole the disk and has neither gets nothing, and is
noted. A post that was revoked is refused before any of this is asked.

The share that a post shows to be in force is its last: those before it open old copies of its disk, and
are forgotten. An HQ that lost a share with its database still gives the lease: it trusts the post.
"""

from __future__ import annotations

import hmac
import logging
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from openmidas.exchange import contact
from openmidas.exchange.messages import Deposit, Leased, Release, now
from openmidas.journal import Actor, JournalError
from openmidas.journal.models import new_id
from openmidas.nodes.local import HeldShare, Peer, PostLease
from openmidas.nodes.sealing.entries import LeaseChanged
from openmidas.nodes.sealing.wrapping import proof_of
from openmidas.nodes.services import record

logger = logging.getLogger(__name__)

DEFAULT_DAYS = 14
KEPT = 4
"""Shares of one post: the newest, and those before it where a sealing was broken off."""
DAY = timedelta(days=1)
LOST = "share.unknown"
"""Noted of a post that is sealed with a share which we do not have: ``midas seal hq`` makes another."""


def keep(peer: Peer, deposit: Deposit) -> Leased:
    """Keep a share. Raises `JournalError` ``share.no_lease``."""
    with transaction.atomic():
        seconds = _lease(peer)
        HeldShare.objects.get_or_create(
            id=deposit.id,
            defaults={
                "post": peer.id,
                "share": deposit.share,
                "proof": deposit.proof,
                "deposited_at": timezone.now(),
            },
        )
        newest = HeldShare.objects.filter(post=peer.id).order_by("-deposited_at", "-id")
        kept = list(newest.values_list("id", flat=True)[:KEPT])
        HeldShare.objects.filter(post=peer.id).exclude(id__in=kept).delete()
        Peer.objects.filter(id=peer.id, last_problem=LOST).update(last_problem="")
    logger.info("a share of %s is kept", peer)
    return Leased(time=now(), lease=seconds)


def give(peer: Peer, release: Release) -> Leased:
    """Give a post its share, or only a lease where we have lost the share; a token opens it then.

    Raises `JournalError` ``share.not_proved``, ``share.no_lease``.
    """
    held = HeldShare.objects.filter(id=release.id, post=peer.id).first()
    if held is None:
        return Leased(time=now(), lease=_without_share(peer))
    moment = timezone.now()
    if not hmac.compare_digest(proof_of(release.release), bytes(held.proof)):
        HeldShare.objects.filter(id=held.id).update(refused_at=moment)
        raise JournalError("share.not_proved")
    with transaction.atomic():
        seconds = _lease(peer)
        HeldShare.objects.filter(id=held.id).update(released_at=moment, released=F("released") + 1)
        _forget_before(held)
    logger.info("%s was given its share", peer)
    return Leased(time=now(), lease=seconds, share=bytes(held.share))


def renew(peer: Peer, share: UUID | None) -> int:
    """For how many seconds a post may be read from now on; 0 where it is not sealed, or no longer."""
    if share is None:
        return 0
    held = HeldShare.objects.filter(id=share, post=peer.id).first()
    try:
        if held is None:
            return _without_share(peer)
        _forget_before(held)
        return _lease(peer)
    except JournalError:
        return 0


def forget_machine(post: UUID) -> None:
    """Another machine is this post from now on: what opened the one before must open nothing.

    A lease that was refused to that one is not refused to the next.
    """
    HeldShare.objects.filter(post=post).delete()
    PostLease.objects.filter(post=post, days=0).delete()
    PostLease.objects.filter(post=post).update(until=None)


@transaction.atomic
def set_days(post: UUID, days: int, reason: str, *, actor: Actor) -> None:
    """How long the leases of a post are from the next renewal on, and why; 0: none is given any more.

    The lease that the post has now lasts until its end: nothing reaches a post that does not ask.
    Raises `openmidas.nodes.refusals.Refused` ``disk.full``.
    """
    PostLease.objects.update_or_create(post=post, defaults={"days": days})
    record(LeaseChanged(change=new_id(), post=post, days=days, reason=reason), actor=actor)


def _lease(peer: Peer) -> int:
    lease, _made = PostLease.objects.get_or_create(post=peer.id, defaults={"days": DEFAULT_DAYS})
    if not lease.days:
        raise JournalError("share.no_lease")
    PostLease.objects.filter(post=peer.id).update(until=timezone.now() + lease.days * DAY)
    return int((lease.days * DAY).total_seconds())


def _forget_before(held: HeldShare) -> None:
    HeldShare.objects.filter(post=held.post, deposited_at__lt=held.deposited_at).delete()


def _without_share(peer: Peer) -> int:
    """The lease of a sealed post whose share is not here. Raises `JournalError` ``share.no_lease``."""
    logger.warning("%s asks for a lease with a share that is not here", peer)
    if not peer.last_problem:
        contact.note_problem(peer.id, LOST)
    return _lease(peer)
