"""Segments: runs of entries of one journal, as a link, a stick or a neighbour carries them.

A segment is the entries in order and the signed head of the last one; it travels as a frame. It is
untrusted until `check_segment` has seen its chain, its commitments and its signature.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import msgspec

from openmidas.journal.chain import Chain
from openmidas.journal.dictionary import FORMAT
from openmidas.journal.entry import Header, SealedEntry
from openmidas.journal.errors import JournalError
from openmidas.journal.frames import MOST_ENTRIES, FrameReader, FrameWriter
from openmidas.journal.signing import Head, Place, check_head

MAX_SEGMENT_BYTES = 16 * 1024 * 1024
"""The most that a segment may unpack to."""


class Segment(msgspec.Struct, frozen=True):
    """A run of entries of one journal, and the head signed at its last entry."""

    entries: tuple[SealedEntry, ...]
    head: Head


def pack(segment: Segment, number: int = FORMAT) -> bytes:
    """A segment as it travels by itself: a frame that rests on no other, of this format."""
    return FrameWriter(number).write(segment.entries, segment.head)


def unpack(raw: bytes, most_entries: int = MOST_ENTRIES) -> Segment:
    """Read a segment's bytes, within bounds.

    Raises `JournalError` ``segment.malformed``, ``segment.too_large``, ``segment.too_long``, or
    ``segment.format_newer`` and ``segment.format_older`` for a format that is not known here.
    """
    return Segment(*FrameReader(MAX_SEGMENT_BYTES, most_entries).read(raw))


def check_chain(entries: Sequence[SealedEntry], after: Place) -> Place:
    """Follow a chain from the place before its first entry; the place of its last entry.

    Raises `JournalError` that names the first bad entry: ``chain.other_journal``, ``chain.gap``,
    ``chain.broken``, ``entry.body_changed``, ``header.malformed``.
    """
    chain = Chain(after)
    for entry in entries:
        if not (entry.unchanged and chain.follow(entry.header)):
            raise _what_is_wrong(entry, chain.place)
    return chain.place


def _what_is_wrong(entry: SealedEntry, place: Place) -> JournalError:
    """Why this entry is not the one behind this place. Raises what is wrong with it by itself."""
    header = entry.check_commitment()
    where = {
        "node": str(place.node),
        "epoch": str(place.epoch),
        "sequence": str(header.sequence),
    }
    if (header.node, header.epoch) != (place.node, place.epoch):
        return JournalError("chain.other_journal", **where)
    if header.sequence != place.sequence + 1:
        return JournalError("chain.gap", expected=str(place.sequence + 1), **where)
    return JournalError("chain.broken", **where)


def check_segment(segment: Segment, after: Place, public_key: bytes) -> Place:
    """See that a segment continues a journal from ``after`` and that its writer signed its end.

    Raises `JournalError` as `check_chain` does, or ``head.elsewhere``, ``head.not_signed``.
    """
    place = check_chain(segment.entries, after)
    if segment.head.place != place:
        raise JournalError("head.elsewhere", sequence=str(place.sequence))
    check_head(segment.head, public_key)
    return place


def journal_of(segment: Segment) -> tuple[UUID, int]:
    """Which journal (node, epoch) a segment says it belongs to. Raises ``header.malformed``."""
    header = Header.decode(segment.entries[0].header)
    return header.node, header.epoch
