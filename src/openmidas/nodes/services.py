"""What a node can do as a node: write in its own name, open its journal, get to know its peers."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import UTC, date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from openmidas.journal import Actor, Audience, Content, NodeKind, clock
from openmidas.journal.entry import NO_HASH, decode_body
from openmidas.journal.local import HeldReceipt
from openmidas.journal.models import Journal, JournalEntry
from openmidas.journal.store import CLOSED, ClockReading, append, append_all, open_journal
from openmidas.journal.verify import WitnessKeys
from openmidas.nodes.entries import EpochFollowed, EpochOpened, NodeEnrolled, NodeRevoked
from openmidas.nodes.identity import NodeCard, this_node
from openmidas.nodes.keys import (
    certificate_fingerprint,
    epochs_with_keys,
    public_bytes,
    signing_key,
)
from openmidas.nodes.local import Peer
from openmidas.nodes.room import LEAST_TO_READ, LEAST_TO_RECORD, check_room


class OldCard(Exception):  # noqa: N818  reads as a sentence where it is raised
    """The card of an epoch before the one that the node is known in: of a machine that was replaced."""

    def __init__(self, known: int) -> None:
        self.known = known
        super().__init__(f"epoch {known} is known")


def record(
    content: Content,
    *,
    actor: Actor,
    audience: Audience | None = None,
    least: int = LEAST_TO_RECORD,
) -> JournalEntry:
    """Write what happened into this node's journal and project it, in the caller's transaction.

    ``least``: bytes that must be free on the disk (`nodes.room`). Raises
    `openmidas.nodes.refusals.Refused` ``disk.full``, before anything is written.
    """
    check_room(least)
    return append(this_node(), content, actor=actor, audience=audience, time_known=clock_reading())


def record_reading(content: Content, *, actor: Actor) -> JournalEntry:
    """Write who reads what: as `record`, and for as long as there is any room at all."""
    check_room(LEAST_TO_READ)
    return append(this_node(), content, actor=actor, time_known=clock_reading())


def record_all(
    contents: Sequence[Content], *, actor: Actor, least: int = LEAST_TO_RECORD
) -> list[JournalEntry]:
    """Write many entries at once, as `record` writes one: all of them or none."""
    check_room(least)
    return append_all(this_node(), contents, actor=actor, time_known=clock_reading())


def witness_keys() -> WitnessKeys:
    """The public keys of all whose receipts this node holds: its peers' and its own, of each epoch."""
    node = this_node()
    keys: WitnessKeys = {peer: keys_of(peer) for peer in Peer.objects.values_list("id", flat=True)}
    return {**keys, node.id: tuple(own_keys().values())}


def writer_keys() -> dict[tuple[UUID, int], bytes]:
    """The keys that journals here must bear: our own from their files, posts' as they were enrolled.

    At a post that of the HQ, whose card was carried here by hand, and those of the epochs into which
    it was followed from there. At a machine that replaced another, the HQ's journal has the keys of
    the epochs that were written before it.
    """
    node = this_node()
    keys = {(peer.id, peer.epoch): bytes(peer.public_key) for peer in Peer.objects.all()}
    first: dict[tuple[UUID, int], bytes] = {}
    own = JournalEntry.objects.filter(node=node.id, kind__in=("node.enrolled", "epoch.followed"))
    for entry in own.exclude(body=None).order_by("epoch", "sequence"):
        content = decode_body(bytes(entry.body or b"")).read()
        if isinstance(content, NodeEnrolled):
            first.setdefault((content.enrolled, content.epoch), content.public_key)
        elif isinstance(content, EpochFollowed):
            first.setdefault((content.followed, content.after_epoch), content.key_before)
            first.setdefault((content.followed, content.epoch), content.public_key)
    own_by_file = {(node.id, epoch): key for epoch, key in own_keys().items()}
    return keys | first | _keys_before(node.id) | own_by_file


def _keys_before(node: UUID) -> dict[tuple[UUID, int], bytes]:
    """The keys that the HQ enrolled this node with, of its epochs that are here."""
    here = set(Journal.objects.filter(node=node).values_list("epoch", flat=True))
    enrolled = JournalEntry.objects.filter(kind="node.enrolled").exclude(node=node)
    keys: dict[tuple[UUID, int], bytes] = {}
    for entry in enrolled.exclude(body=None).order_by("epoch", "sequence"):
        content = decode_body(bytes(entry.body or b"")).read()
        if not isinstance(content, NodeEnrolled) or content.enrolled != node:
            continue
        if content.epoch in here:
            keys.setdefault((node, content.epoch), content.public_key)
    return keys


def clock_reading() -> ClockReading:
    """What this node knows of time from its HQ: nothing at the HQ itself."""
    if this_node().is_hq:
        return ClockReading()
    ahead = Peer.objects.filter(kind=NodeKind.HQ).values_list("clock_ahead", flat=True).first()
    return ClockReading(signed=_signed_time(), error=None if ahead is None else -ahead)


def node_time() -> datetime:
    """What an entry written now would be dated: a clock that fell back does not turn back the node."""
    node = this_node()
    own = Journal.objects.filter(node=node.id).order_by("-at")
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
    """Open this node's journal with its first entry; does nothing where that has been done.

    A later epoch continues from where the one before ends here, and never runs behind its time.
    """
    node = this_node()
    key = public_bytes(node.key)
    before = Journal.objects.filter(node=node.id, epoch__lt=node.epoch).order_by("-epoch").first()
    place = before.place() if before is not None and before.sequence else None
    journal = open_journal(
        node.id, node.epoch, node.kind, key, place.hash if place is not None else NO_HASH
    )
    if journal.sequence:
        return
    if before is not None:
        Journal.objects.filter(pk=journal.pk).update(at=before.at, clock=before.clock)
        # A process that was not stopped still writes under the old key: it may not any more.
        Journal.objects.filter(pk=before.pk).update(stopped=CLOSED)
    record(
        EpochOpened(
            name=node.config.name,
            state=node.config.state,
            public_key=key,
            continues=place.hash if place else None,
            after_epoch=place.epoch if place else 0,
            after=place.sequence if place else 0,
        ),
        actor=Actor(),
    )


def own_keys() -> dict[int, bytes]:
    """The public keys of all of this node's epochs, from their files."""
    home = this_node().home
    return {epoch: public_bytes(signing_key(home, epoch)) for epoch in epochs_with_keys(home)}


def keys_of(node: UUID) -> tuple[bytes, ...]:
    """All keys that a peer is known to have signed with, receipts too; the newest first."""
    met = Peer.objects.filter(id=node).values_list("public_key", flat=True)
    epochs = Journal.objects.filter(node=node).order_by("-epoch")
    return tuple(dict.fromkeys(map(bytes, [*met, *epochs.values_list("public_key", flat=True)])))


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
def revoke(node: UUID, reason: str, *, actor: Actor) -> None:
    """At the HQ: trust a post no more, from now on. What it wrote stays; enrolling it ends this.

    Raises `Peer.DoesNotExist` where no such post is trusted.
    """
    peer = Peer.objects.select_for_update().get(id=node, revoked=False)
    peer.revoked = True
    peer.save(update_fields=["revoked"])
    record(NodeRevoked(revoked=node, reason=reason), actor=actor)


@transaction.atomic
def meet(card: NodeCard) -> None:
    """Exchange with this node from now on. Raises `ValueError` on a bad certificate, `OldCard`."""
    known = Peer.objects.filter(id=card.id).values_list("epoch", flat=True).first()
    if known is not None and card.epoch < known:
        raise OldCard(known)
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
            "revoked": False,
        },
    )
    open_journal(card.id, card.epoch, card.kind, card.public_key)
