"""Carrying journals on a stick, where there is no link: what the link carries, in one file.

A post writes all that its HQ gave no receipt for; the HQ answers with receipts, lists and rules. What
arrived already is passed over, so that a stick can come twice, late or in any order: nothing is
doubled. What a stick lacks because an earlier one was lost comes with the next: it is written again
until there is a receipt for it.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

import msgspec
from django.db.models import Q, Sum
from django.utils.text import slugify

from openmidas.exchange.contact import MOST_WAITING, OURS, note_problem
from openmidas.exchange.heads import check_peers_head
from openmidas.exchange.messages import Few, Refusal, now
from openmidas.exchange.reading import own_journals, read_run
from openmidas.exchange.receipts import given_receipts, take_receipt
from openmidas.exchange.stick_attachments import Enclosed, enclosed, keep_enclosed
from openmidas.exchange.stick_file import MOST_BYTES, StickFile, StickRefused, read, seal
from openmidas.exchange.taking import take_segment
from openmidas.journal import Head, JournalError, NodeKind, Receipt
from openmidas.journal.errors import UNREADABLE
from openmidas.journal.local import HeldReceipt
from openmidas.journal.models import Journal
from openmidas.journal.segments import MAX_SEGMENT_BYTES, pack, unpack
from openmidas.journal.signing import Succession
from openmidas.nodes.epochs import follow, successions
from openmidas.nodes.identity import this_node
from openmidas.nodes.keys import epochs_with_keys, signing_key
from openmidas.nodes.local import Peer, StickNote
from openmidas.nodes.services import keys_of, node_time

MOST_SEGMENTS = 100_000
_ROOM = MOST_BYTES - MAX_SEGMENT_BYTES


class Contents(msgspec.Struct, frozen=True, kw_only=True):
    """What a stick carries.

    ``heads``: of the sender's journals; ``receipts``: its own for the recipient's journals;
    ``successions``: its later epochs; ``segments``: runs of its journals, in order; ``attachments``:
    of an HQ, those that every post needs now.
    """

    heads: Annotated[tuple[Head, ...], Few]
    receipts: Annotated[tuple[Receipt, ...], Few]
    successions: Annotated[tuple[Succession, ...], Few] = ()
    segments: Annotated[tuple[bytes, ...], msgspec.Meta(max_length=MOST_SEGMENTS)] = ()
    attachments: Annotated[tuple[Enclosed, ...], Few] = ()


class MadeStick(msgspec.Struct, frozen=True):
    """A file for a peer. ``entries``: how many are in it; ``left``: how many did not fit."""

    raw: bytes
    at: datetime
    entries: int
    left: int


class TakenStick(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a stick.

    ``entries``: how many it had, ``new``: how many of them were; ``receipts``: for how many more of
    our own entries it brought a receipt; ``problem``: the code of what was not taken; ``newer``: when
    a later stick of this peer was made that was taken in before, if one was.
    """

    peer: Peer
    made: datetime
    entries: int
    new: int
    receipts: int
    problem: str
    newer: datetime | None


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
    contents = Contents(
        heads=tuple(own.head for own in own_journals(peer) if own.head.place.sequence),
        receipts=given_receipts(peer),
        successions=successions() if node.is_hq else (),
        segments=tuple(segments),
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
    made = _moment(at)
    StickNote.objects.create(
        peer=peer.id, outgoing=True, made_at=made, entries=entries, left=left, officer=officer
    )
    return MadeStick(raw, made, entries, left)


def take_stick(
    raw: bytes, officer: UUID | None = None, *, from_revoked: bool = False
) -> TakenStick:
    """Take a file in. Raises `StickRefused`, and nothing has changed then.

    ``from_revoked``: also that of a post which is trusted no more, as somebody has decided.

    Killed in the midst, it is taken in again: what arrived stays, and is passed over.
    """
    file = _read(raw)
    peer = _sender(file, from_revoked=from_revoked)
    contents = _contents(file)
    newer = _newer(peer, contents)
    before, held = _held(peer), _receipts_held(peer)
    problem = _take(peer, contents)
    peer = Peer.objects.get(id=peer.id)
    made = _moment(file.preface.at)
    taken = TakenStick(
        peer=peer,
        made=made,
        entries=_entries_in(contents),
        new=_held(peer) - before,
        receipts=_receipts_held(peer) - held,
        problem=problem,
        newer=newer.made_at if newer is not None else None,
    )
    _note(taken, contents, officer)
    return taken


def _read(raw: bytes) -> StickFile:
    if len(raw) > MOST_BYTES:
        raise StickRefused("too_large", most=str(MOST_BYTES // 2**20))
    file, own = read(raw), this_node().id
    if file.preface.sender == own:
        raise StickRefused("own")
    if file.preface.recipient != own:
        raise StickRefused("for_another")
    return file


def _sender(file: StickFile, *, from_revoked: bool) -> Peer:
    peer = Peer.objects.filter(id=file.preface.sender).first()
    if peer is None:
        raise StickRefused("unknown_sender")
    file.check(keys_of(peer.id))
    # A machine that was replaced has the key of an epoch before: it is trusted no more either.
    trusted = not peer.revoked and file.signed_by([bytes(peer.public_key)])
    if this_node().is_hq and not trusted and not from_revoked:
        raise StickRefused("revoked", name=peer.name)
    return peer


def _contents(file: StickFile) -> Contents:
    """What a signed file holds, opened with a key of any of our epochs."""
    home = this_node().home
    keys = [signing_key(home, epoch) for epoch in reversed(epochs_with_keys(home))]
    try:
        return msgspec.msgpack.decode(file.unseal(keys), type=Contents)
    except UNREADABLE as error:
        raise StickRefused("malformed", reason=str(error)) from error


def _take(peer: Peer, contents: Contents) -> str:
    """Take in what is there, as from the link; the code of the first thing that was not taken."""
    try:
        if this_node().is_hq:
            for head in contents.heads:
                check_peers_head(peer, head)
        else:
            for told in contents.successions:
                if follow(peer, told):
                    note_problem(peer.id, "epoch.followed")
        problems = [take_receipt(peer, receipt).problem for receipt in contents.receipts]
        for raw in contents.segments:
            taken = take_segment(peer, raw)
            if isinstance(taken, Refusal):
                return taken.code
        if not this_node().is_hq:
            keep_enclosed(contents.attachments)
        if found := next(filter(None, problems), ""):
            note_problem(peer.id, OURS + found)
            return OURS + found
    except JournalError as error:
        note_problem(peer.id, error.code)
        return error.code
    return ""


def _note(taken: TakenStick, contents: Contents, officer: UUID | None) -> None:
    """Write down that a stick came, and that its node was alive when it was made."""
    epoch, reached = _end(contents)
    StickNote.objects.create(
        peer=taken.peer.id,
        outgoing=False,
        made_at=taken.made,
        epoch=epoch,
        reached=reached,
        entries=taken.entries,
        new=taken.new,
        problem=taken.problem,
        officer=officer,
    )
    held = {receipt.place.epoch: receipt.place.sequence for receipt in given_receipts(taken.peer)}
    behind = sum(
        max(0, head.place.sequence - held.get(head.place.epoch, 0)) for head in contents.heads
    )
    last, heard = taken.peer.last_contact, min(taken.made, _moment(now()))
    if last is None or last < heard:
        waiting = min(behind, MOST_WAITING)
        Peer.objects.filter(id=taken.peer.id).update(last_contact=heard, waiting=waiting)


def _newer(peer: Peer, contents: Contents) -> StickNote | None:
    """A stick of a later state of this peer that was taken in before. Its clock proves nothing of that."""
    epoch, reached = _end(contents)
    later = Q(epoch__gt=epoch) | Q(epoch=epoch, reached__gt=reached)
    before = StickNote.objects.filter(later, peer=peer.id, outgoing=False)
    return before.order_by("-epoch", "-reached", "-id").first()


def _end(contents: Contents) -> tuple[int, int]:
    """How far the journal of its node went when a stick was made: epoch and sequence."""
    ends = [(head.place.epoch, head.place.sequence) for head in contents.heads]
    return max(ends, default=(0, 0))


def _runs(peer: Peer) -> tuple[list[bytes], int, int]:
    """Packed runs of our journals for a peer, how many entries are in them, and how many did not fit."""
    runs: list[bytes] = []
    entries = left = weight = 0
    for own in own_journals(peer):
        reached = own.held
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


def _entries_in(contents: Contents) -> int:
    """How many entries the runs of a stick hold: those that can be read."""
    number = 0
    for raw in contents.segments:
        try:
            number += len(unpack(raw).entries)
        except JournalError:
            continue
    return number


def _held(peer: Peer) -> int:
    """How many entries of a peer's journals are here."""
    return Journal.objects.filter(node=peer.id).aggregate(all=Sum("sequence"))["all"] or 0


def _receipts_held(peer: Peer) -> int:
    """For how many of our own entries there is a receipt by a peer."""
    held = HeldReceipt.objects.filter(node=this_node().id, witness=peer.id)
    return held.aggregate(all=Sum("sequence"))["all"] or 0


def _moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)
