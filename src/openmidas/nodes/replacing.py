"""At the HQ: what a replacement machine is told, so that it goes on as the post that it replaces.

A machine that burned left a journal of which the HQ holds what it gave receipts for. The next machine
takes the same number and opens the next epoch, which names the last of those receipts (decision 0022).
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from uuid import UUID

import msgspec
from django.db import transaction

from openmidas.journal import Actor, JournalError, NodeKind, Place
from openmidas.journal.clock import COUNTER_BITS
from openmidas.journal.entry import NO_HASH, decode_body
from openmidas.journal.models import Journal, JournalEntry
from openmidas.journal.store import open_journal
from openmidas.nodes.identity import NodeCard, this_node
from openmidas.nodes.local import Peer
from openmidas.nodes.services import enrol


class PastEpoch(msgspec.Struct, frozen=True):
    """A closed epoch: its key, the hash that its first header names, and how far the HQ holds it."""

    epoch: int
    public_key: bytes
    continues: bytes
    sequence: int
    hash: bytes


class PostIdentity(msgspec.Struct, frozen=True, kw_only=True):
    """Who a machine is from now on.

    ``epoch``: the one that it opens; ``past``: those that were before, in their order; ``hq_past``:
    those of the HQ before its present one; ``at``, ``clock``: of the last entry that is known, so
    that the new machine never writes an earlier time.
    """

    id: UUID
    name: str
    epoch: int
    past: tuple[PastEpoch, ...]
    hq_past: tuple[PastEpoch, ...]
    at: int
    clock: int

    @property
    def continues(self) -> Place | None:
        """The place of the last receipt; None where the HQ holds nothing of the post's."""
        held = [one for one in self.past if one.sequence]
        if not held:
            return None
        last = held[-1]
        return Place(self.id, last.epoch, last.sequence, last.hash)


def next_identity(post: UUID) -> PostIdentity:
    """What the next machine of a post is told. Raises `Peer.DoesNotExist`."""
    peer, hq = Peer.objects.get(id=post), this_node()
    journals = list(Journal.objects.filter(node=post).order_by("epoch"))
    at, clock = _last_time(post)
    return PostIdentity(
        id=post,
        name=peer.name,
        epoch=max([peer.epoch, *(journal.epoch for journal in journals)]) + 1,
        past=_past(journals),
        hq_past=_past(Journal.objects.filter(node=hq.id, epoch__lt=hq.epoch).order_by("epoch")),
        at=at,
        clock=clock,
    )


@transaction.atomic
def enrol_next_machine(card: NodeCard, identity: PostIdentity, *, actor: Actor) -> None:
    """Trust the machine with this card as the post, in its next epoch, and no other any more.

    The epoch can only begin where it was told to. What was noted of the machine before is over.
    """
    place = identity.continues
    open_journal(
        identity.id,
        identity.epoch,
        NodeKind.POST,
        card.public_key,
        NO_HASH if place is None else place.hash,
    )
    as_the_post = msgspec.structs.replace(
        card, id=identity.id, name=identity.name, epoch=identity.epoch
    )
    enrol(as_the_post, actor=actor)
    Peer.objects.filter(id=identity.id).update(
        waiting=0,
        clock_ahead=None,
        per_minute=None,
        last_problem="",
        last_problem_at=None,
        lacks=[[past.epoch, 0, True] for past in identity.past],
    )


def _past(journals: Iterable[Journal]) -> tuple[PastEpoch, ...]:
    return tuple(
        PastEpoch(
            journal.epoch,
            bytes(journal.public_key),
            bytes(journal.continues),
            journal.sequence,
            bytes(journal.hash),
        )
        for journal in journals
    )


def _last_time(post: UUID) -> tuple[int, int]:
    """Time and logical clock of the last entry of a post that can be read, as far as they can be.

    A post whose clock ran ahead does not hand that down: nothing is later than it is here.
    """
    entries = JournalEntry.objects.filter(node=post).exclude(body=None)
    last = entries.order_by("-epoch", "-sequence").first()
    if last is None:
        return 0, 0
    try:
        body = decode_body(bytes(last.body or b""))
    except JournalError:
        return 0, 0
    now = time.time_ns() // 1_000_000
    return min(body.at, now), min(body.clock, now << COUNTER_BITS)
