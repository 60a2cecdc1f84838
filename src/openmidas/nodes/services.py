"""What a node can do as a node: write in its own name, open its journal, get to know its peers."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import UTC, date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from openmidas.journal import Actor, Audience, Content, NodeKind, clock
from openmidas.journal.entry import decode_body
from openmidas.journal.local import HeldReceipt
from openmidas.journal.models import Journal, JournalEntry
from openmidas.journal.store import ClockReading, append, append_all, open_journal
from openmidas.nodes.entries import EpochOpened, NodeEnrolled
from openmidas.nodes.identity import NodeCard, this_node
from openmidas.nodes.keys import certificate_fingerprint, public_bytes
from openmidas.nodes.local import Peer


def record(content: Content, *, actor: Actor, audience: Audience | None = None) -> JournalEntry:
    """Write what happened into this node's journal and project it, in the caller's transaction."""
    return append(this_node(), content, actor=actor, audience=audience, time_known=clock_reading())


def record_all(contents: Sequence[Content], *, actor: Actor) -> list[JournalEntry]:
    """Write many entries at once, as `record` writes one: all of them or none."""
    return append_all(this_node(), contents, actor=actor, time_known=clock_reading())


def witness_keys() -> dict[UUID, bytes]:
    """The public keys of all whose receipts this node holds: its peers' and its own."""
    node = this_node()
    peers = {peer.id: bytes(peer.public_key) for peer in Peer.objects.all()}
    return {**peers, node.id: public_bytes(node.key)}


def writer_keys() -> dict[tuple[UUID, int], bytes]:
    """The keys that journals here must bear: our own from its file, posts' as they were enrolled.

    At a post that of the HQ, whose card was carried here by hand.
    """
    node = this_node()
    keys = {(peer.id, peer.epoch): bytes(peer.public_key) for peer in Peer.objects.all()}
    enrolled = JournalEntry.objects.filter(node=node.id, kind="node.enrolled").order_by("sequence")
    first: dict[tuple[UUID, int], bytes] = {}
    for entry in enrolled.exclude(body=None):
        content = decode_body(bytes(entry.body or b"")).read()
        if isinstance(content, NodeEnrolled):
            first.setdefault((content.enrolled, content.epoch), content.public_key)
    return keys | first | {(node.id, node.epoch): public_bytes(node.key)}


def clock_reading() -> ClockReading:
    """What this node knows of time from its HQ: nothing at the HQ itself."""
    if this_node().is_hq:
        return ClockReading()
    ahead = Peer.objects.filter(kind=NodeKind.HQ).values_list("clock_ahead", flat=True).first()
    return ClockReading(signed=_signed_time(), error=None if ahead is None else -ahead)


def node_time() -> datetime:
    """What an entry written now would be dated: a clock that fell back does not turn back the node."""
    node = this_node()
    own = Journal.objects.filter(node=node.id, epoch=node.epoch)
    last = own.values_list("at", flat=True).first() or 0
    at = clock.tick(time.time_ns() // 1_000_000, max(last, _signed_time()), 0).at
    return datetime.fromtimestamp(at / 1000, UTC)


def node_day() -> date:
    """The day where this node is, however far its clock has fallen back.

    A post whose battery died must not take an old list for a fresh one.
    """
    return timezone.localdate(node_time())


def _signed_time() -> int:
    """The latest time that the HQ has signed for this node, in milliseconds; 0 at the HQ itself."""
    if this_node().is_hq:
        return 0
    # Receipts for our own journal: those that we gave for others' were signed by our own clock.
    own = HeldReceipt.objects.filter(node=this_node().id)
    return own.order_by("-at").values_list("at", flat=True).first() or 0


@transaction.atomic
def open_own_journal() -> None:
    """Open this node's journal with its first entry; does nothing where that has been done."""
    node = this_node()
    key = public_bytes(node.key)
    journal = open_journal(node.id, node.epoch, node.kind, key)
    if journal.sequence == 0:
        opened = EpochOpened(name=node.config.name, state=node.config.state, public_key=key)
        record(opened, actor=Actor())


@transaction.atomic
def enrol(card: NodeCard, *, actor: Actor) -> None:
    """At the HQ: take a post into the State's network. Raises `ValueError` on a bad certificate."""
    meet(card)
    record(
        NodeEnrolled(
            enrolled=card.id,
            node_kind=card.kind,
            name=card.name,
            state=card.state,
            epoch=card.epoch,
            public_key=card.public_key,
            certificate=card.certificate,
        ),
        actor=actor,
    )


@transaction.atomic
def meet(card: NodeCard) -> None:
    """Exchange with this node from now on. Raises `ValueError` on a bad certificate."""
    Peer.objects.update_or_create(
        id=card.id,
        defaults={
            "kind": card.kind,
            "name": card.name,
            "epoch": card.epoch,
            "public_key": card.public_key,
            "certificate": card.certificate,
            "fingerprint": certificate_fingerprint(card.certificate),
            "exchange": card.exchange,
        },
    )
    open_journal(card.id, card.epoch, card.kind, card.public_key)
