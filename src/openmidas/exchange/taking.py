"""Taking in a segment that a peer brought: verified, stored and receipted in one transaction, or refused."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import NamedTuple

from django.db import transaction

from openmidas.exchange.advance import reached
from openmidas.exchange.contact import note_problem
from openmidas.exchange.messages import Refusal, now
from openmidas.exchange.receipts import give_receipts
from openmidas.journal import JournalError, Place, Receipt, Segment
from openmidas.journal.clock import COUNTER_BITS, follow
from openmidas.journal.entry import Header, decode_body
from openmidas.journal.erasing import may_be_kept
from openmidas.journal.local import RefusedSegment
from openmidas.journal.models import Journal, JournalEntry
from openmidas.journal.segments import check_segment, journal_of, pack, unpack
from openmidas.journal.store import lock_journal, receive_all
from openmidas.nodes.identity import this_node
from openmidas.nodes.local import Peer
from openmidas.nodes.refusals import Refused
from openmidas.nodes.room import check_room
from openmidas.nodes.services import node_time

logger = logging.getLogger(__name__)

MAX_ENTRIES = 1000
"""The most entries that one segment over the link may bring: its transaction must stay short."""
KEPT_REFUSED = 20
"""How many refused segments are kept of one peer, the newest: enough to look at, too few to fill a disk."""

# What a segment says against entries that are stored already. If the peer signed it, it contradicts itself.
_CONTRADICTIONS = ("journal.fork", "chain.broken")


class _Bad(NamedTuple):
    """What a segment is refused for before any of it is held against its journal."""

    segment: Segment | None
    raw: bytes
    error: JournalError


def read_alone(raw: bytes) -> Segment:
    """Read a segment that rests on no other. Raises `JournalError` as `unpack` does."""
    return unpack(raw, MAX_ENTRIES)


def take_segment(
    peer: Peer, raw: bytes, read: Callable[[bytes], Segment] = read_alone
) -> Receipt | Refusal:
    """Store what a peer's segment brings of its own journal, and give the receipt for all that is held.

    ``read`` reads its bytes: those of a stream rest on the ones before.

    Never raises on bad input: what does not hold is kept for a closer look and refused by its code,
    and the journal stays where it was. If the peer signed two histories, its journal is stopped
    (``journal.fork``) until a person decides.
    """
    return take_segments(peer, [raw], read)[0]


def take_segments(
    peer: Peer, raws: Sequence[bytes], read: Callable[[bytes], Segment] = read_alone
) -> list[Receipt | Refusal]:
    """Take several segments, one after the other, as `take_segment` does: an answer for each.

    A refusal is the last answer: nothing behind it is taken. Those that go on from one another are
    one transaction, and each has its receipt once that is on disk.
    """
    try:
        check_room()
    except Refused as refused:
        return [Refusal(time=now(), code=refused.code, params=refused.params)]
    segments, bad = _read_all(peer, raws, read)
    answers = _take(peer, segments, raws) if segments else []
    if bad is not None and not (answers and isinstance(answers[-1], Refusal)):
        answers.append(_refuse(peer, bad.segment, bad.raw, bad.error))
    return answers


def _read_all(
    peer: Peer, raws: Sequence[bytes], read: Callable[[bytes], Segment]
) -> tuple[list[Segment], _Bad | None]:
    """The segments before the first that cannot be read, or that is not the peer's own; and that."""
    segments: list[Segment] = []
    for raw in raws:
        segment: Segment | None = None
        try:
            segment = read(raw)
            _check_carrier(segment, peer)
        except JournalError as error:
            return segments, _Bad(segment, raw, error)
        segments.append(segment)
    return segments, None


def _take(
    peer: Peer, segments: Sequence[Segment], raws: Sequence[bytes]
) -> list[Receipt | Refusal]:
    """Take what could be read: together, and one by one where that does not hold."""
    try:
        stored, receipts = _store(segments)
    except JournalError as error:
        if len(segments) == 1:
            return [_refuse(peer, segments[0], raws[0], error)]
        return _take_one_by_one(peer, segments, raws)
    _follow_clock(stored)
    return list(receipts)


def _take_one_by_one(
    peer: Peer, segments: Sequence[Segment], raws: Sequence[bytes]
) -> list[Receipt | Refusal]:
    answers: list[Receipt | Refusal] = []
    for segment, raw in zip(segments, raws, strict=False):
        answers += _take(peer, [segment], [raw])
        if isinstance(answers[-1], Refusal):
            break
    return answers


@transaction.atomic
def _store(segments: Sequence[Segment]) -> tuple[list[JournalEntry], list[Receipt]]:
    journal = lock_journal(*journal_of(segments[0]))
    arrived = round(node_time().timestamp() * 1000)
    stored, places = receive_all(segments, journal, arrived=arrived)
    reached(journal, stored)
    return stored, give_receipts(journal, places)


def _check_carrier(segment: Segment, peer: Peer) -> None:
    """A node brings its own journal and nobody else's."""
    node, epoch = journal_of(segment)
    if node != peer.id:
        raise JournalError("segment.of_another_node", node=str(node), epoch=str(epoch))


@transaction.atomic
def _refuse(peer: Peer, segment: Segment | None, raw: bytes, error: JournalError) -> Refusal:
    code, params = error.code, {name: text[:200] for name, text in error.params.items()}
    journal = _journal(peer, segment)
    if journal is not None and code in _CONTRADICTIONS and signed(segment, journal):
        code = "journal.fork"
        journal.stopped = code
        journal.save(update_fields=["stopped"])
        logger.error("%s signed two histories: its journal is stopped (%s)", peer, params)
    if code not in ("journal.stopped", "chain.gap"):  # neither says anything new about the bytes
        _keep(peer, raw if segment is None else pack(segment), code, params)
    note_problem(peer.id, code)
    logger.warning("segment of %s refused: %s %s", peer, code, params)
    held = journal.place() if journal is not None and code != "journal.fork" else None
    return Refusal(time=now(), code=code, params=params, held=held)


def _journal(peer: Peer, segment: Segment | None) -> Journal | None:
    """The peer's journal that a segment speaks of, locked; None where it speaks of no such journal."""
    if segment is None:
        return None
    try:
        node, epoch = journal_of(segment)
        return lock_journal(node, epoch) if node == peer.id else None
    except JournalError:
        return None


def signed(segment: Segment | None, journal: Journal) -> bool:
    """Whether a segment, taken by itself, is an unbroken run that the journal's writer signed."""
    if segment is None:
        return False
    try:
        first = Header.decode(segment.entries[0].header)
        before = Place(first.node, first.epoch, first.sequence - 1, first.previous)
        check_segment(segment, before, bytes(journal.public_key))
    except JournalError:
        return False
    return True


def _keep(peer: Peer, raw: bytes, code: str, params: dict[str, str]) -> None:
    raw = may_be_kept(raw, peer.id)
    if RefusedSegment.objects.filter(peer=peer.id, code=code, raw=raw).exists():
        return
    clean = {name: text.replace("\0", "\ufffd") for name, text in params.items()}
    RefusedSegment.objects.create(peer=peer.id, code=code, params=clean, raw=raw)
    kept = RefusedSegment.objects.filter(peer=peer.id).order_by("-id").values_list("id", flat=True)
    RefusedSegment.objects.filter(id__in=list(kept[KEPT_REFUSED:])).delete()


def _follow_clock(stored: list[JournalEntry]) -> None:
    """Our own journal's clock follows what it has now heard of, within bounds.

    Whatever we write from here on is later than what we know, without being dragged along by a peer
    whose clock is wrong. A transaction of its own: no two journals are ever locked at once.
    """
    node, wall = this_node(), now()
    heard = max((clock for entry in stored if (clock := _clock_of(entry)) is not None), default=0)
    if heard >> COUNTER_BITS < wall:
        return
    clock, within = follow(0, heard, wall)
    if not within:
        logger.warning(
            "the clock of %s is %s ms ahead", stored[0].node, (heard >> COUNTER_BITS) - wall
        )
        return
    Journal.objects.filter(node=node.id, epoch=node.epoch, clock__lt=clock).update(clock=clock)


def _clock_of(entry: JournalEntry) -> int | None:
    if entry.body is None:
        return None
    try:
        return decode_body(bytes(entry.body)).clock
    except JournalError:
        return None
