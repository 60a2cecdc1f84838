"""Writing one's own journal, taking in others', reading runs of entries."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from typing import Protocol
from uuid import UUID

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import transaction

from openmidas.journal import clock, projecting
from openmidas.journal.entry import (
    NO_HASH,
    Actor,
    Body,
    Header,
    SealedEntry,
    commit,
    encode_body,
    hash_header,
    new_salt,
    sequence_of,
)
from openmidas.journal.erasing import without_erased
from openmidas.journal.errors import JournalError
from openmidas.journal.inserting import insert
from openmidas.journal.kinds import Audience, Content, NodeKind, kind_of
from openmidas.journal.known import check_known, fill, split
from openmidas.journal.models import Journal, JournalEntry
from openmidas.journal.rows import kind_name, row_of
from openmidas.journal.segments import Segment, check_chain, check_segment
from openmidas.journal.signing import NO_SIGNATURE, Place, sign_head

CLOSED = "epoch.closed"
"""Why nothing more is written into an epoch of one's own: a later one has been opened."""


class Writer(Protocol):
    """The node that writes: what a journal needs to know of it."""

    @property
    def id(self) -> UUID: ...
    @property
    def kind(self) -> NodeKind: ...
    @property
    def epoch(self) -> int: ...
    @property
    def key(self) -> Ed25519PrivateKey: ...


class ClockReading(msgspec.Struct, frozen=True):
    """What the node knows of time: the latest moment signed by the HQ, and its own clock's error (ms)."""

    signed: int = 0
    error: int | None = None


def open_journal(
    node: UUID, epoch: int, kind: NodeKind, public_key: bytes, continues: bytes = NO_HASH
) -> Journal:
    """Make room for an epoch of a node's journal; does nothing where there is one already."""
    journal, _ = Journal.objects.get_or_create(
        node=node,
        epoch=epoch,
        defaults={"node_kind": kind, "public_key": public_key, "continues": continues},
    )
    return journal


def lock_journal(node: UUID, epoch: int, *, alone: bool = False) -> Journal:
    """The journal's row, held until the transaction ends. Raises `JournalError` ``journal.unknown``.

    Nobody else writes into this journal meanwhile; ``alone``: nor do the tables follow it.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a journal is only written inside a transaction")
    rows = Journal.objects.select_for_update(no_key=not alone)
    journal = rows.filter(node=node, epoch=epoch).first()
    if journal is None:
        raise JournalError("journal.unknown", node=str(node), epoch=str(epoch))
    return journal


def append(
    writer: Writer,
    content: Content,
    *,
    actor: Actor,
    audience: Audience | None = None,
    time_known: ClockReading = ClockReading(),  # noqa: B008  a frozen value
) -> JournalEntry:
    """Write one entry into this node's own journal and project it, in the caller's transaction.

    Raises `JournalError` ``entry.not_authorised`` where this node may not write the kind, and
    ``journal.stopped`` where it has opened a later epoch.
    """
    written = append_all(writer, [content], actor=actor, audience=audience, time_known=time_known)
    return written[0]


def append_all(
    writer: Writer,
    contents: Sequence[Content],
    *,
    actor: Actor,
    audience: Audience | None = None,
    time_known: ClockReading = ClockReading(),  # noqa: B008  a frozen value
) -> list[JournalEntry]:
    """Write entries one after the other, as `append` does: all of them or none.

    The head is signed once, at the last of them: nobody can see the journal in between.
    """
    if not contents:
        return []
    journal = lock_journal(writer.id, writer.epoch)
    if journal.stopped:
        raise JournalError("journal.stopped", reason=journal.stopped)
    written: list[tuple[JournalEntry, Body]] = []
    for content in contents:
        body = _body_of(content, journal, actor, audience, time_known)
        body.check_authority(writer.kind)
        raw, salt = encode_body(body), new_salt()
        place = journal.place()
        header = Header(writer.id, writer.epoch, place.sequence + 1, place.hash, commit(salt, raw))
        sealed = SealedEntry(header.encode(), raw, salt)
        entry = row_of(sealed, writer.id, writer.epoch, header.sequence, body.kind)
        journal.sequence, journal.hash = header.sequence, hash_header(sealed.header)
        journal.at, journal.clock, journal.projected = body.at, body.clock, header.sequence
        written.append((entry, body))
    insert(JournalEntry, [entry for entry, _ in written])
    journal.signature = sign_head(journal.place(), writer.key).signature
    journal.save()
    for entry, body in written:
        projecting.project(entry, body, writer.kind)
    return [entry for entry, _ in written]


def receive(segment: Segment, journal: Journal, arrived: int | None = None) -> list[JournalEntry]:
    """Store what a segment brings that is new to a locked journal; the new entries.

    ``arrived``: the time of this node, in milliseconds; what its clock says, if not given.

    What is here already is compared and passed over, so that repeats are harmless. Raises
    `JournalError`: those of `check_segment`, ``journal.fork``, ``journal.stopped``.
    """
    return receive_all([segment], journal, arrived=arrived)[0]


def receive_all(
    segments: Sequence[Segment], journal: Journal, *, arrived: int | None = None
) -> tuple[list[JournalEntry], list[Place]]:
    """Store what segments of one journal bring, in order, all or nothing; each is checked by itself.

    The new entries, and where the journal stands after each segment. Raises as `receive` does.
    """
    if journal.stopped:
        raise JournalError("journal.stopped", reason=journal.stopped)
    for segment in segments[:1]:
        _adopt_beginning(segment, journal)
    return _take(segments, journal, arrived=arrived or time.time_ns() // 1_000_000)


def take_back(segment: Segment, journal: Journal, *, in_parts: bool = False) -> list[JournalEntry]:
    """Complete a locked, closed epoch of our own from what a peer kept of it; entries that got a body.

    The run must be signed with our own key. A body that we lack is put back where its commitment
    fits. ``in_parts``: a run may also end before a signed end. The journal is not whole then, and
    proves nothing, until the run with the signed end has come and fits behind it. Raises
    `JournalError` as `receive` does.
    """
    known, _ = split(segment, journal)
    check_known(known, journal)
    filled = [entry for sealed in known if (entry := fill(sealed, journal)) is not None]
    part = in_parts and segment.head.signature == NO_SIGNATURE
    return filled + _take([segment], journal, signed=not part)[0]


def _take(
    segments: Sequence[Segment],
    journal: Journal,
    *,
    arrived: int | None = None,
    signed: bool = True,
) -> tuple[list[JournalEntry], list[Place]]:
    stored: list[JournalEntry] = []
    proved: list[SealedEntry] = []
    places = []
    for segment in segments:
        known, new = split(segment, journal)
        if known:  # perhaps by what came just before it
            stored += _store(proved, journal, arrived)
            proved = []
            check_known(known, journal)
        if new:
            _go_on(Segment(tuple(new), segment.head), journal, signed=signed)
            proved += new
        places.append(journal.place())
    stored += _store(proved, journal, arrived)
    if stored:
        journal.save(update_fields=["continues", "sequence", "hash", "signature"])
    return stored, places


def _go_on(segment: Segment, journal: Journal, *, signed: bool) -> None:
    """The journal reaches to the end of a segment, if that continues it and its writer signed it."""
    if signed:
        place = check_segment(segment, journal.place(), bytes(journal.public_key))
    else:
        place = check_chain(segment.entries, journal.place())
    journal.sequence, journal.hash = place.sequence, place.hash
    journal.signature = segment.head.signature


def _store(
    proved: Sequence[SealedEntry], journal: Journal, arrived: int | None
) -> list[JournalEntry]:
    # The chain was proved with what came, and holds without what was erased.
    rows = [
        row_of(
            sealed,
            journal.node,
            journal.epoch,
            sequence_of(sealed.header),
            kind_name(sealed),
            arrived,
        )
        for sealed in without_erased(proved)
    ]
    insert(JournalEntry, rows)
    return rows


def _adopt_beginning(segment: Segment, journal: Journal) -> None:
    """A later epoch's first header names what it continues from; its writer's signature covers that."""
    if journal.epoch > 1 and journal.sequence == 0 and bytes(journal.continues) == NO_HASH:
        first = Header.decode(segment.entries[0].header)
        if first.sequence == 1:
            journal.continues = first.previous


def entries_after(node: UUID, epoch: int, sequence: int, limit: int) -> Iterator[JournalEntry]:
    """Up to ``limit`` stored entries of a journal that follow a sequence, in order."""
    found = JournalEntry.objects.filter(node=node, epoch=epoch, sequence__gt=sequence)
    return found.order_by("sequence")[:limit].iterator()


def place_at(journal: Journal, sequence: int) -> Place:
    """The place with this sequence. Raises `JournalError` ``journal.no_such_place``."""
    if sequence == 0:
        return Place(journal.node, journal.epoch, 0, bytes(journal.continues))
    entry = JournalEntry.objects.filter(
        node=journal.node, epoch=journal.epoch, sequence=sequence
    ).first()
    if entry is None:
        raise JournalError("journal.no_such_place", sequence=str(sequence))
    return Place(journal.node, journal.epoch, sequence, hash_header(bytes(entry.header)))


def _body_of(
    content: Content,
    journal: Journal,
    actor: Actor,
    audience: Audience | None,
    time_known: ClockReading,
) -> Body:
    """The body of the next entry of a journal, dated after the one before."""
    kind = kind_of(content)
    now = clock.tick(time.time_ns() // 1_000_000, max(journal.at, time_known.signed), journal.clock)
    return Body(
        kind=kind.name,
        version=kind.version,
        audience=audience or kind.audience,
        actor=actor,
        at=now.at,
        clock=now.clock,
        clock_error=time_known.error,
        content=msgspec.Raw(msgspec.msgpack.encode(content)),
    )
