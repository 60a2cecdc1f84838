"""Making a stick: everything that the other side gave no receipt for, in one file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

import msgspec
from django.utils.text import slugify

from openmidas.exchange.giving_back import closed_ends, kept_of_first, takes_parts
from openmidas.exchange.messages import Few
from openmidas.exchange.reading import OwnJournal, own_journals, read_run
from openmidas.exchange.receipts import given_receipts
from openmidas.exchange.stick_attachments import Enclosed, enclosed
from openmidas.exchange.stick_file import MOST_BYTES, seal
from openmidas.journal import Head, JournalError, NodeKind, Place, Receipt
from openmidas.journal.local import HeldReceipt
from openmidas.journal.models import Journal
from openmidas.journal.segments import MAX_SEGMENT_BYTES, pack, unpack
from openmidas.journal.signing import Succession, check_receipt
from openmidas.journal.store import place_at
from openmidas.nodes.epochs import successions
from openmidas.nodes.identity import this_node
from openmidas.nodes.local import Peer, StickNote
from openmidas.nodes.services import node_time

MOST_SEGMENTS = 100_000
_ROOM = MOST_BYTES - MAX_SEGMENT_BYTES


class Contents(msgspec.Struct, frozen=True, kw_only=True):
    """What a stick carries.

    ``heads``: of the sender's journals; ``receipts``: its own for the recipient's journals;
    ``successions``: its later epochs; ``segments``: runs of its journals, in order; ``attachments``:
    of an HQ, those that every post needs now. Of a post that was restored or replaced, ``lacks``: where its
    closed epochs end; ``in_parts``: it takes those in parts. For such a post, ``returned``: runs of its
    own journal, in order.
    """

    heads: Annotated[tuple[Head, ...], Few]
    receipts: Annotated[tuple[Receipt, ...], Few]
    successions: Annotated[tuple[Succession, ...], Few] = ()
    segments: Annotated[tuple[bytes, ...], msgspec.Meta(max_length=MOST_SEGMENTS)] = ()
    attachments: Annotated[tuple[Enclosed, ...], Few] = ()
    lacks: Annotated[tuple[Place, ...], Few] = ()
    in_parts: bool = False
    returned: Annotated[tuple[bytes, ...], msgspec.Meta(max_length=MOST_SEGMENTS)] = ()


class MadeStick(msgspec.Struct, frozen=True):
    """A file for a peer. ``entries``: how many are in it; ``left``: how many did not fit."""

    raw: bytes
    at: datetime
    entries: int
    left: int


def peers_for_sticks() -> list[Peer]:
    """The nodes that this one carries sticks to: a post's HQ, an HQ's posts; by name."""
    other = NodeKind.POST if this_node().is_hq else NodeKind.HQ
    return list(Peer.objects.filter(kind=other, revoked=False).order_by("name", "id"))


def file_name(peer: Peer, at: datetime) -> str:
    """The name of a file for a peer: who wrote it, for whom and when, in letters that every disk takes."""
    parts = (slugify(this_node().config.name), slugify(peer.name), f"{at:%Y%m%d-%H%M%S}")
    return f"midas-{'-'.join(part for part in parts if part)}.stick"


def make_stick(peer: Peer, officer: UUID | None = None) -> MadeStick:
    """Everything that this peer gave no receipt for, as far as it may have it, in one file."""
    node, at = this_node(), round(node_time().timestamp() * 1000)
    segments, entries, left = _runs(peer)
    room = _ROOM - sum(map(len, segments))
    returned = tuple(_returned(peer, room)) if node.is_hq else ()
    room -= sum(map(len, returned))
    lacks = () if node.is_hq else closed_ends()
    contents = Contents(
        heads=tuple(own.head for own in own_journals(peer) if own.head.place.sequence),
        receipts=given_receipts(peer),
        successions=successions() if node.is_hq else (),
        segments=tuple(segments),
        lacks=lacks,
        in_parts=takes_parts(lacks),
        returned=returned,
        attachments=tuple(enclosed(room)) if node.is_hq else (),
    )
    raw = seal(
        msgspec.msgpack.encode(contents),
        sender=node.id,
        epoch=node.epoch,
        key=node.key,
        recipient=peer.id,
        recipient_key=bytes(peer.public_key),
        at=at,
    )
    made = datetime.fromtimestamp(at / 1000, UTC)
    StickNote.objects.create(
        peer=peer.id, outgoing=True, made_at=made, entries=entries, left=left, officer=officer
    )
    return MadeStick(raw, made, entries, left)


def _runs(peer: Peer) -> tuple[list[bytes], int, int]:
    """Packed runs of our journals for a peer, how many entries are in them, and how many did not fit."""
    runs: list[bytes] = []
    entries = left = weight = 0
    for own in own_journals(peer):
        reached = _held_by(peer, own)
        while weight < _ROOM and len(runs) < MOST_SEGMENTS:
            run = read_run(peer, own.journal, reached)
            if run is None:
                break
            runs.append(pack(run))
            weight += len(runs[-1])
            entries += len(run.entries)
            reached = run.head.place.sequence
        left += max(0, own.head.place.sequence - reached)
    return runs, entries, left


def _returned(peer: Peer, room: int) -> Iterator[bytes]:
    """Runs of the peer's own journal that it lacks, as it told last, as far as there is room."""
    for epoch, sequence, in_parts in peer.lacks:
        journal = Journal.objects.filter(node=peer.id, epoch=epoch).first()
        if journal is None or sequence > journal.sequence:
            continue
        place = place_at(journal, sequence)
        while room > 0 and (raw := kept_of_first(peer, [place], in_parts=in_parts)) is not None:
            room -= len(raw)
            yield raw
            place = unpack(raw).head.place


def _held_by(peer: Peer, own: OwnJournal) -> int:
    """How far the machine that the peer is now holds a journal: what the one before had burned with it."""
    node, epoch = own.journal
    held = HeldReceipt.objects.filter(node=node, epoch=epoch, witness=peer.id).first()
    if held is None:
        return 0
    try:
        check_receipt(held.receipt(), bytes(peer.public_key))
    except JournalError:
        return 0
    return own.held
