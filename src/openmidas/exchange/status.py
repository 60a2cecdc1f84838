"""How the exchange stands, for the pages and for health: one look, a handful of queries."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from uuid import UUID

import msgspec
from django.db.models import Q, Sum
from django.utils import timezone

from openmidas.exchange.contact import Concern, concern
from openmidas.journal import NodeKind
from openmidas.journal.clock import MAX_LEAD
from openmidas.journal.local import HeldReceipt, Quarantined, RefusedSegment
from openmidas.journal.models import Journal
from openmidas.nodes.identity import this_node
from openmidas.nodes.keys import epochs_with_keys
from openmidas.nodes.local import Peer

FRESH = timedelta(minutes=5)
"""A contact older than this says nothing about now: an idle post says every two minutes that it is there."""


class PeerStatus(msgspec.Struct, frozen=True, kw_only=True):
    """How the exchange with one peer stands.

    ``to_go``: entries of ours that it gave no receipt for; ``to_come``: entries it said it still has
    for us, None where it was never heard of; ``receipt``, ``receipt_epoch``, ``receipt_at``: the last
    sequence it gave a receipt for, in which epoch, and when; ``clock_ahead``: its clock minus ours in
    milliseconds, None if never compared; ``per_minute``: entries that it took of our last backlog;
    ``problem``: a code, empty if there is none; ``stopped``: why its journal is not taken any further
    (an alarm).
    """

    id: UUID
    name: str
    kind: NodeKind
    reachable: bool
    last_contact: datetime | None
    to_go: int
    to_come: int | None
    receipt: int
    receipt_epoch: int
    receipt_at: datetime | None
    clock_ahead: int | None
    per_minute: int | None
    problem: str
    problem_at: datetime | None
    stopped: str
    revoked: bool = False

    @property
    def minutes_to_go(self) -> int | None:
        """How long our entries still need at the last speed; None where that is not known."""
        return -(-self.to_go // self.per_minute) if self.per_minute else None

    @property
    def clock_differs(self) -> bool:
        """Whether the two clocks differ by more than may be followed."""
        return self.clock_ahead is not None and abs(self.clock_ahead) > MAX_LEAD


class ExchangeStatus(msgspec.Struct, frozen=True, kw_only=True):
    """How the exchange of this node stands. ``quarantined``, ``refused``: set aside, to be looked at."""

    peers: tuple[PeerStatus, ...]
    quarantined: int
    refused: int

    @property
    def hq(self) -> PeerStatus | None:
        """The HQ, at a post that has met one."""
        return next((peer for peer in self.peers if peer.kind is NodeKind.HQ), None)


def exchange_status() -> ExchangeStatus:
    """How the exchange of this node stands now."""
    node = this_node()
    # What was written before this machine, it has from the HQ: none of that waits.
    own = Q(node=node.id, epoch__in=epochs_with_keys(node.home))
    written = Journal.objects.filter(own).aggregate(all=Sum("sequence"))["all"] or 0
    receipts: defaultdict[UUID, list[HeldReceipt]] = defaultdict(list)
    for receipt in HeldReceipt.objects.filter(own).order_by("epoch"):
        receipts[receipt.witness].append(receipt)
    stopped = dict(Journal.objects.exclude(stopped="").values_list("node", "stopped"))
    return ExchangeStatus(
        peers=tuple(
            _peer_status(peer, written, receipts[peer.id], stopped.get(peer.id, ""))
            for peer in Peer.objects.order_by("name", "id")
        ),
        quarantined=Quarantined.objects.count(),
        refused=RefusedSegment.objects.count(),
    )


def _peer_status(peer: Peer, written: int, receipts: list[HeldReceipt], stopped: str) -> PeerStatus:
    last = receipts[-1] if receipts else None
    return PeerStatus(
        id=peer.id,
        name=peer.name,
        kind=NodeKind(peer.kind),
        reachable=_reachable(peer),
        last_contact=peer.last_contact,
        to_go=max(0, written - sum(receipt.sequence for receipt in receipts)),
        to_come=peer.waiting if peer.last_contact else None,
        receipt=last.sequence if last else 0,
        receipt_epoch=last.epoch if last else 0,
        receipt_at=datetime.fromtimestamp(last.at / 1000, UTC) if last else None,
        clock_ahead=peer.clock_ahead,
        per_minute=peer.per_minute,
        problem=peer.last_problem,
        problem_at=peer.last_problem_at if peer.last_problem else None,
        stopped=stopped,
        revoked=peer.revoked,
    )


def _reachable(peer: Peer) -> bool:
    """Heard of a moment ago, and nothing wrong with the link since."""
    if peer.last_contact is None or (
        peer.last_problem and concern(peer.last_problem) is Concern.LINK
    ):
        return False
    # In both directions: a contact "in the future" was noted before the clock was put right.
    return abs(timezone.now() - peer.last_contact) <= FRESH
