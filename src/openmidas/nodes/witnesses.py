"""How far the journals here are proved, and who else can vouch for them: one look, a few queries."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import msgspec

from openmidas.journal.local import HeldReceipt
from openmidas.journal.models import Journal
from openmidas.journal.store import CLOSED
from openmidas.journal.witnessed import CarriedHead, Contradiction, HeldLogHead, Version
from openmidas.nodes.identity import this_node
from openmidas.nodes.local import JournalProof
from openmidas.nodes.models import LastReport, NodeReport

MOST_SHOWN = 200


class Witness(msgspec.Struct, frozen=True):
    """Who holds a journal up to a place, and since when that is signed."""

    node: UUID
    sequence: int
    at: datetime


class Witnessed(msgspec.Struct, frozen=True, kw_only=True):
    """One epoch of a journal. ``proved``: how far its own node last proved it, None if it never told;
    ``problem``: what that proof found; ``stopped``: why it is not taken further."""

    node: UUID
    epoch: int
    sequence: int
    hash: bytes
    own: bool
    stopped: str
    closed: bool
    proved: int | None = None
    proved_at: datetime | None = None
    problem: str = ""
    witnesses: tuple[Witness, ...] = ()


class Log(msgspec.Struct, frozen=True):
    """The latest head of a log of heads. ``shown``: at a post, how far its journal is shown to be in it."""

    node: UUID
    epoch: int
    size: int
    root: bytes
    at: datetime
    shown: int


class Sides(msgspec.Struct, frozen=True, kw_only=True):
    """A contradiction with both its versions."""

    id: UUID
    code: str
    node: UUID
    teller: UUID
    since: datetime
    ours: Version
    theirs: Version
    settled: datetime | None


class Picture(msgspec.Struct, frozen=True, kw_only=True):
    """All of it. ``left_out``: journals beyond `MOST_SHOWN`; ``carried``: heads of neighbours kept."""

    journals: tuple[Witnessed, ...]
    left_out: int
    logs: tuple[Log, ...]
    carried: int
    contradictions: tuple[Sides, ...]


def picture() -> Picture:
    """How the journals stand now; our own first, then those that are stopped."""
    node = this_node().id
    found = sorted(
        Journal.objects.exclude(sequence=0),
        key=lambda one: (one.node != node, one.stopped in ("", CLOSED), str(one.node), one.epoch),
    )
    shown = found[:MOST_SHOWN]
    receipts: dict[tuple[UUID, int], list[Witness]] = {}
    for kept in HeldReceipt.objects.filter(node__in={one.node for one in shown}):
        said = Witness(kept.witness, kept.sequence, moment(kept.at))
        receipts.setdefault((kept.node, kept.epoch), []).append(said)
    last = LastReport.objects.values_list("report", flat=True)
    reports = {one.node: one for one in NodeReport.objects.filter(id__in=list(last))}
    return Picture(
        journals=tuple(
            _witnessed(one, receipts.get((one.node, one.epoch), []), reports.get(one.node))
            for one in shown
        ),
        left_out=len(found) - len(shown),
        logs=tuple(
            Log(one.log, one.epoch, one.size, bytes(one.root), moment(one.at), one.shown)
            for one in HeldLogHead.objects.order_by("log", "epoch")
        ),
        carried=CarriedHead.objects.count(),
        contradictions=tuple(
            _sides(one) for one in Contradiction.objects.order_by("-since", "-id")[:MOST_SHOWN]
        ),
    )


def short(raw: bytes) -> str:
    """The beginning of a hash in groups of four: to be compared by eye, or by telephone."""
    figures = raw.hex()[:16]
    return " ".join(figures[at : at + 4] for at in range(0, len(figures), 4))


def moment(milliseconds: int) -> datetime:
    """A signed time as pages show it."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def _witnessed(journal: Journal, witnesses: list[Witness], report: NodeReport | None) -> Witnessed:
    node = this_node()
    own = journal.node == node.id
    proved, proved_at, problem = None, None, ""
    if own:
        proof = JournalProof.objects.filter(epoch=journal.epoch).order_by("-at").first()
        if proof is not None:
            proved, proved_at, problem = proof.verified, moment(proof.at), proof.code
    elif report is not None:
        proved, proved_at = report.verified, report.verified_at
        problem = report.verified_problem
    return Witnessed(
        node=journal.node,
        epoch=journal.epoch,
        sequence=journal.sequence,
        hash=bytes(journal.hash),
        own=own,
        stopped="" if journal.stopped == CLOSED else journal.stopped,
        closed=journal.stopped == CLOSED,
        proved=proved,
        proved_at=proved_at,
        problem=problem,
        witnesses=tuple(sorted(witnesses, key=lambda one: (-one.sequence, str(one.node)))),
    )


def _sides(one: Contradiction) -> Sides:
    ours, theirs = one.versions()
    return Sides(
        id=one.id,
        code=one.code,
        node=one.node,
        teller=one.teller,
        since=moment(one.since),
        ours=ours,
        theirs=theirs,
        settled=None if one.settled is None else moment(one.settled),
    )
