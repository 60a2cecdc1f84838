"""What goes to a peer: runs of our own journal, with bodies only where the peer may have them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from openmidas.exchange.core import SEGMENT_BYTES, SEGMENT_ENTRIES
from openmidas.exchange.messages import JournalId
from openmidas.exchange.ways_out import TO_HQ, TO_POST
from openmidas.journal import Head, JournalError, NodeKind, Place, SealedEntry, Segment
from openmidas.journal.entry import Header, decode_body, hash_header
from openmidas.journal.local import HeldReceipt
from openmidas.journal.models import Journal, JournalEntry
from openmidas.journal.signing import sign_head
from openmidas.journal.store import entries_after
from openmidas.nodes.identity import this_node
from openmidas.nodes.keys import epochs_with_keys, signing_key
from openmidas.nodes.local import Peer
from openmidas.nodes.ways_out import may_carry


class OwnJournal(msgspec.Struct, frozen=True):
    """One of our journals: how far we wrote it, and up to where one peer gave a receipt for it."""

    journal: JournalId
    head: Head
    held: int


def own_journals(peer: Peer) -> list[OwnJournal]:
    """This node's journals by epoch, and how far this peer holds each.

    A machine that replaced another has no key of the epochs before: it got them from the HQ, which
    holds them, and can sign no run of them.
    """
    node = this_node()
    receipts = dict(
        HeldReceipt.objects.filter(node=node.id, witness=peer.id).values_list("epoch", "sequence")
    )
    written_here = Journal.objects.filter(node=node.id, epoch__in=epochs_with_keys(node.home))
    return [
        OwnJournal((node.id, journal.epoch), journal.head(), receipts.get(journal.epoch, 0))
        for journal in written_here.order_by("epoch")
    ]


def read_run(peer: Peer, journal: JournalId, after: int) -> Segment | None:
    """The next run of one of our journals for this peer; None where there is nothing more."""
    entries = _run_after(journal, after)
    return segment_for(peer, journal, entries) if entries else None


def end_of_run(journal: JournalId, after: int) -> int:
    """The last sequence of the run that `read_run` would give."""
    entries = _run_after(journal, after)
    return entries[-1].sequence if entries else after


def segment_for(peer: Peer, journal: JournalId, entries: Sequence[JournalEntry]) -> Segment:
    """These entries of one of our journals, as this peer may have them, signed at the last."""
    last = Header.decode(bytes(entries[-1].header))
    place = Place(*journal, last.sequence, hash_header(bytes(entries[-1].header)))
    head = sign_head(place, _key(journal[1]))
    sealed = tuple(for_peer(entry.sealed(), peer) for entry in entries)
    return Segment(sealed, head)


def for_peer(entry: SealedEntry, peer: Peer) -> SealedEntry:
    """The entry as this peer may have it: without its body, unless the audience admits the peer.

    What is confined stays with the HQ, whatever audience was written with it (`nodes.ways_out`).
    """
    if entry.body is None:
        return entry
    try:
        body = decode_body(entry.body)
    except JournalError:
        return entry.bare()  # nobody knows for whom it was meant
    kind = NodeKind(peer.kind)
    way = TO_HQ if kind is NodeKind.HQ else TO_POST
    admitted = body.audience.admits(peer.id, kind) and may_carry(way, body.kind)
    return entry if admitted else entry.bare()


def _run_after(journal: JournalId, after: int) -> list[JournalEntry]:
    return _within(SEGMENT_BYTES, entries_after(*journal, after, SEGMENT_ENTRIES))


def _within(limit: int, entries: Iterable[JournalEntry]) -> list[JournalEntry]:
    """As many of the entries as weigh no more than the limit together, one at the least."""
    taken: list[JournalEntry] = []
    weight = 0
    for entry in entries:
        weight += len(entry.header) + len(entry.body or b"")
        if taken and weight > limit:
            break
        taken.append(entry)
    return taken


def _key(epoch: int) -> Ed25519PrivateKey:
    node = this_node()
    return node.key if epoch == node.epoch else signing_key(node.home, epoch)
