"""A node that was restored gets back what it had written since its backup, from those who copied it.

Only of *closed* epochs, those that the restored node goes on from: what was written there is signed
with its own old key, so that nobody can put anything in. Bodies that nobody was to have are lost.

A machine that replaced another has nothing at all of these epochs and no old key: it gets them whole,
in parts, and has the key to hold the signed end against from the HQ that told it who it is.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from openmidas.exchange.receipts import CheckedReceipt
from openmidas.journal import JournalError, NodeKind, Place, Segment
from openmidas.journal.erasing import first_without_body
from openmidas.journal.models import Journal, JournalEntry
from openmidas.journal.projecting import project_or_quarantine
from openmidas.journal.segments import MAX_SEGMENT_BYTES, journal_of, pack, unpack
from openmidas.journal.signing import NO_SIGNATURE, Head
from openmidas.journal.store import entries_after, lock_journal, place_at, take_back
from openmidas.nodes.identity import this_node
from openmidas.nodes.keys import epochs_with_keys
from openmidas.nodes.local import Peer
from openmidas.nodes.revocations import heed_revocations

logger = logging.getLogger(__name__)

MOST_BYTES = MAX_SEGMENT_BYTES * 3 // 4
"""What may go back at once. It must be one run: only its end is signed. Many days of a busy post."""
MOST_ENTRIES = 50_000
PART_BYTES = 1024 * 1024
"""What one part weighs before it is packed: half a minute at 64 kbit/s, and the lists come in between."""
PART_ENTRIES = 5000

_asked: set[tuple[UUID, int]] = set()
"""Peers that have given back the bodies they have, by epoch; once more after a restart does no harm."""


def lacking(checked: Iterable[CheckedReceipt]) -> tuple[Place, ...]:
    """Where our own closed epochs end, those of which a peer holds more than we do."""
    ends = []
    for each in checked:
        if each.lost:
            journal = Journal.objects.get(node=this_node().id, epoch=each.theirs.epoch)
            ends.append(journal.place())
    return tuple(ends)


def without_bodies(peer: Peer) -> tuple[Place, ...]:
    """At a restored HQ: where its closed epochs first lack a body that this peer may have."""
    node = this_node()
    places = []
    for journal in Journal.objects.filter(node=node.id, epoch__lt=node.epoch).order_by("epoch"):
        if (peer.id, journal.epoch) in _asked:
            continue
        first = first_without_body(node.id, journal.epoch)
        if first is not None:
            places.append(place_at(journal, first - 1))
    return tuple(places)


def closed_ends() -> tuple[Place, ...]:
    """Where our own closed epochs end here."""
    node = this_node()
    closed = Journal.objects.filter(node=node.id, epoch__lt=node.epoch).order_by("epoch")
    return tuple(journal.place() for journal in closed)


def takes_parts(lacks: Iterable[Place]) -> bool:
    """Whether this machine has no key of these epochs: it replaced the one that wrote them."""
    with_keys = epochs_with_keys(this_node().home)
    return any(place.epoch not in with_keys for place in lacks)


def kept_of_first(peer: Peer, lacks: Iterable[Place], *, in_parts: bool = False) -> bytes | None:
    """What we hold after the first of these places that we hold more of; None if of none.

    One run a message: each is as large as a message may be, and the next is asked for again.
    """
    give = part_of if in_parts else kept_of
    return next((raw for place in dict.fromkeys(lacks) if (raw := give(peer, place))), None)


def part_of(peer: Peer, after: Place) -> bytes | None:
    """The next part of a peer's own journal after a place; signed where it reaches the signed end."""
    journal = _further(peer, after)
    if journal is None:
        return None
    entries, weight = [], 0
    for entry in entries_after(peer.id, after.epoch, after.sequence, PART_ENTRIES):
        entries.append(entry.sealed())
        weight += _weight(entry)
        if weight > PART_BYTES:
            break
    last = place_at(journal, after.sequence + len(entries))
    head = journal.head() if last == journal.place() else Head(last, NO_SIGNATURE)
    return pack(Segment(tuple(entries), head))


def kept_of(peer: Peer, after: Place) -> bytes | None:
    """What we hold of a peer's own journal after a place, up to its signed end; None if it is nothing.

    None also where the peer's journal went another way, or where it is too much to go back at once.
    """
    journal = _further(peer, after)
    if journal is None:
        return None
    entries = []
    weight = 0
    for entry in entries_after(peer.id, after.epoch, after.sequence, MOST_ENTRIES + 1):
        entries.append(entry.sealed())
        weight += _weight(entry)
    if weight > MOST_BYTES or len(entries) > MOST_ENTRIES:
        logger.error("%s lost more entries than can go back to it: %d", peer, len(entries))
        return None
    return pack(Segment(tuple(entries), journal.head()))


def _further(peer: Peer, after: Place) -> Journal | None:
    """The peer's journal, where ours goes on from this place of it; None otherwise."""
    journal = Journal.objects.filter(node=peer.id, epoch=after.epoch).first()
    if journal is None or after.sequence >= journal.sequence:
        return None
    if after.node != peer.id or place_at(journal, after.sequence) != after:
        return None
    return journal


def _weight(entry: JournalEntry) -> int:
    return len(entry.header) + len(entry.body or b"") + 64


def given_back(peer: Peer, raw: bytes) -> int:
    """Take our own entries back from a peer; how many. Raises `JournalError`.

    Tables follow at once where a body came back to an entry that they had passed; for the rest the
    worker sees to it.
    """
    segment = unpack(raw, MOST_ENTRIES)
    node, epoch = journal_of(segment)
    own = this_node()
    if node != own.id or epoch >= own.epoch:
        raise JournalError("segment.of_another_node", node=str(node), epoch=str(epoch))
    _asked.add((peer.id, epoch))
    with transaction.atomic():
        journal = lock_journal(node, epoch, alone=True)
        came = take_back(segment, journal, in_parts=takes_parts([journal.place()]))
        for entry in came:
            if entry.sequence <= journal.projected:
                project_or_quarantine(entry, NodeKind(journal.node_kind))
        distrusted = heed_revocations() if came and own.is_hq else []
    if came:
        logger.warning("%s gave back %d entries of epoch %d", peer, len(came), epoch)
    for each in distrusted:
        logger.error("%s had been revoked after the backup: it is trusted no more", each)
    return len(came)
