"""Advance copies: an urgent entry does not wait behind the backlog of its journal.

It travels ahead, signed by itself, and is provisional at the HQ until the journal reaches it. There
the two must be the same: a post that signed one thing in a hurry and another in its journal has
forked. Nothing else leaves the order of its journal.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence

from django.db import transaction

from openmidas.exchange.contact import note_problem
from openmidas.exchange.messages import JournalId
from openmidas.exchange.reading import end_of_run, segment_for
from openmidas.journal import JournalError, NodeKind, Place, SealedEntry, Segment
from openmidas.journal.entry import Header, decode_body, hash_header
from openmidas.journal.erasing import without_erased
from openmidas.journal.kinds import entry_kinds, find_kind
from openmidas.journal.local import AdvanceCopy
from openmidas.journal.models import Journal, JournalEntry
from openmidas.journal.segments import check_segment, unpack
from openmidas.journal.store import lock_journal, place_at
from openmidas.nodes.local import Peer

logger = logging.getLogger(__name__)

MOST_AHEAD = 20
"""Of a long backlog, how many urgent entries go ahead: the newest, the others are of yesterday."""
MOST_KEPT = 50
"""How many are kept of one peer that sends no journal behind them."""
MOST_BYTES = 64 * 1024
"""How long the body of one may be."""


def urgent_entries(
    peer: Peer, journal: JournalId, after: int, leaving: int | None
) -> list[Segment]:
    """What of our journal behind a place is to go ahead, each by itself, the oldest first.

    ``leaving``: behind which place the frame begins that is about to leave; None where none is, be it
    that too much is on its way or that another journal comes first. What that frame holds does not
    overtake it: as few entries as it may be where they are heavy.
    """
    urgent = [kind.name for kind in entry_kinds().values() if kind.urgent]
    found = JournalEntry.objects.filter(
        node=journal[0], epoch=journal[1], sequence__gt=after, kind__in=urgent
    )
    newest = list(found.order_by("-sequence")[:MOST_AHEAD])
    if newest and leaving is not None:
        end = end_of_run(journal, leaving)
        newest = [entry for entry in newest if entry.sequence > end]
    segments = [segment_for(peer, journal, [entry]) for entry in reversed(newest)]
    return [segment for segment in segments if segment.entries[0].body is not None]


def take_ahead(peer: Peer, raw: bytes) -> None:
    """Keep a peer's entry that was sent ahead. What is here already is passed over.

    Raises `JournalError` for what is not one urgent entry of the peer's own, signed with its own key,
    and ``journal.stopped``. Another entry at its place is a fork: the journal is then stopped.
    """
    segment = unpack(raw, most_entries=1)
    sealed = segment.entries[0]
    header = Header.decode(sealed.header)
    if header.node != peer.id:
        raise JournalError("segment.of_another_node", node=str(header.node))
    if not _is_urgent(peer, sealed):
        return
    with transaction.atomic():
        journal = lock_journal(header.node, header.epoch)
        if journal.stopped:
            raise JournalError("journal.stopped", reason=journal.stopped)
        before = Place(header.node, header.epoch, header.sequence - 1, header.previous)
        check_segment(segment, before, bytes(journal.public_key))
        there = _hash_there(journal, header.sequence)
        if there is None:
            if without_erased([sealed])[0].body is None:
                return
            AdvanceCopy.objects.create(
                node=header.node,
                epoch=header.epoch,
                sequence=header.sequence,
                header=sealed.header,
                body=sealed.body,
                salt=sealed.salt,
            )
            _forget_oldest(peer)
        elif there != hash_header(sealed.header):
            _stop(journal, header.sequence)


def _is_urgent(peer: Peer, sealed: SealedEntry) -> bool:
    """Whether this is a kind that we know. Only what is urgent goes ahead, and not too much of it.

    A newer post may send ahead what we have never heard of: its journal brings it all the same.
    """
    if sealed.body is None or len(sealed.body) > MOST_BYTES:
        raise JournalError("entry.not_urgent", bytes=str(len(sealed.body or b"")))
    body = decode_body(sealed.body)
    known = find_kind(body.kind)
    if known is None:
        return False
    if not known.urgent:
        raise JournalError("entry.not_urgent", kind=body.kind[:64])
    body.check_authority(NodeKind(peer.kind))
    return True


def reached(journal: Journal, entries: Sequence[JournalEntry]) -> None:
    """A locked journal has come to these entries: whatever was sent ahead of them must be the same."""
    if not entries:
        return
    copies = list(AdvanceCopy.objects.filter(node=journal.node, epoch=journal.epoch))
    by_place = {entry.sequence: bytes(entry.header) for entry in entries} if copies else {}
    for copy in copies:
        if copy.matched and copy.sequence <= journal.projected:
            copy.delete()
        elif copy.sequence not in by_place:
            continue
        elif bytes(copy.header) == by_place[copy.sequence]:
            copy.matched = True
            copy.save(update_fields=["matched"])
        else:
            _stop(journal, copy.sequence)


def _hash_there(journal: Journal, sequence: int) -> bytes | None:
    """The hash of what is known at a place, from the journal or from a copy; None where nothing is."""
    if sequence <= journal.sequence:
        return place_at(journal, sequence).hash
    copy = AdvanceCopy.objects.filter(
        node=journal.node, epoch=journal.epoch, sequence=sequence
    ).first()
    return None if copy is None else hash_header(bytes(copy.header))


def _stop(journal: Journal, sequence: int) -> None:
    journal.stopped = "journal.fork"
    journal.save(update_fields=["stopped"])
    note_problem(journal.node, "journal.fork")
    logger.error("%s sent another entry %d ahead than it wrote", journal.node, sequence)


def _forget_oldest(peer: Peer) -> None:
    kept = AdvanceCopy.objects.filter(node=peer.id).order_by("-id").values_list("id", flat=True)
    AdvanceCopy.objects.filter(id__in=list(kept[MOST_KEPT : MOST_KEPT + 10])).delete()
