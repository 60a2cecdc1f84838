"""Taking in a stick, which carries what the link carries where there is none, in one file.

A post writes all that its HQ gave no receipt for; the HQ answers with receipts, lists and rules. What
arrived already is passed over, so that a stick can come twice, late or in any order: nothing is
doubled. What a stick lacks because an earlier one was lost comes with the next: it is written again
until there is a receipt for it.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from uuid import UUID

import msgspec
from django.db import transaction
from django.db.models import Q, Sum

from openmidas.exchange.contact import MOST_WAITING, OURS, note_problem
from openmidas.exchange.giving_back import closed_ends, given_back
from openmidas.exchange.heads import check_peers_head
from openmidas.exchange.messages import Refusal, now
from openmidas.exchange.receipts import given_receipts, take_receipt
from openmidas.exchange.stick_attachments import keep_enclosed
from openmidas.exchange.stick_file import MOST_BYTES, StickFile, StickRefused, read
from openmidas.exchange.stick_making import Contents
from openmidas.exchange.taking import take_segment
from openmidas.journal import Actor, JournalError
from openmidas.journal.errors import UNREADABLE
from openmidas.journal.local import HeldReceipt
from openmidas.journal.models import Journal
from openmidas.journal.segments import unpack
from openmidas.nodes.entries import LONGEST_REASON, StickAccepted
from openmidas.nodes.epochs import follow
from openmidas.nodes.identity import this_node
from openmidas.nodes.keys import epochs_with_keys, signing_key
from openmidas.nodes.local import Peer, StickNote
from openmidas.nodes.services import keys_of, record


class Decision(msgspec.Struct, frozen=True):
    """Who decided to take in a stick of a machine that is trusted no more, and why."""

    actor: Actor
    reason: str


class TakenStick(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a stick.

    ``entries``: how many it had, ``new``: how many of them were; ``receipts``: for how many more of
    our own entries it brought a receipt; ``back``: how many of our own it gave back; ``problem``: the
    code of what was not taken; ``newer``: when a later stick of this peer was made that was taken in
    before, if one was.
    """

    peer: Peer
    made: datetime
    entries: int
    new: int
    receipts: int
    back: int
    problem: str
    newer: datetime | None


def take_stick(
    raw: bytes, officer: UUID | None = None, *, decision: Decision | None = None
) -> TakenStick:
    """Take a file in. Raises `StickRefused`, and nothing has changed then.

    ``decision``: to take also that of a machine which is trusted no more. It is written into the
    journal before anything of the stick is stored, where the stick is of such a machine.

    Killed in the midst, it is taken in again: what arrived stays, and is passed over.
    """
    file = _read(raw)
    peer = _sender(file)
    distrusted = _is_distrusted(file, peer)
    if distrusted and decision is None:
        raise StickRefused("revoked", name=peer.name)
    contents = _contents(file)
    if distrusted and decision is not None:
        _write_down(decision, file, raw)
    newer = _newer(peer, contents)
    before, held = _held(peer), _receipts_held(peer)
    own = _own_entries()
    problem = _take(peer, contents)
    if this_node().is_hq and not distrusted:
        told = [[end.epoch, end.sequence, contents.in_parts] for end in contents.lacks]
        Peer.objects.filter(id=peer.id).update(lacks=told)
    peer = Peer.objects.get(id=peer.id)
    made = _moment(file.preface.at)
    taken = TakenStick(
        peer=peer,
        made=made,
        entries=_entries_in(contents),
        new=_held(peer) - before,
        receipts=_receipts_held(peer) - held,
        back=_own_entries() - own,
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


def _sender(file: StickFile) -> Peer:
    peer = Peer.objects.filter(id=file.preface.sender).first()
    if peer is None:
        raise StickRefused("unknown_sender")
    file.check(keys_of(peer.id))
    return peer


def _is_distrusted(file: StickFile, peer: Peer) -> bool:
    """At the HQ: whether a person must decide.

    A machine that was replaced has the key of an epoch before: it is trusted no more either.
    """
    return this_node().is_hq and (peer.revoked or not file.signed_by([bytes(peer.public_key)]))


@transaction.atomic
def _write_down(decision: Decision, file: StickFile, raw: bytes) -> None:
    """A decision without a reason is none. Raises `StickRefused` ``reason_missing``."""
    reason = " ".join(decision.reason.split())
    if not 3 <= len(reason) <= LONGEST_REASON:
        raise StickRefused("reason_missing")
    accepted = StickAccepted(
        of=file.preface.sender,
        made=file.preface.at,
        digest=hashlib.sha256(raw).digest(),
        reason=reason,
    )
    record(accepted, actor=decision.actor)


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
            for raw in contents.returned:
                given_back(peer, raw)
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


def _own_entries() -> int:
    """How many entries of our closed epochs are here: what they had, and what came back."""
    return sum(end.sequence for end in closed_ends())


def _receipts_held(peer: Peer) -> int:
    """For how many of our own entries there is a receipt by a peer."""
    held = HeldReceipt.objects.filter(node=this_node().id, witness=peer.id)
    return held.aggregate(all=Sum("sequence"))["all"] or 0


def _moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)
