"""How each post of the State is: what the HQ last heard of it, and what is wrong."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

import msgspec
from django.db.models import Count, OuterRef, Subquery, Sum

from openmidas.crossings.inspection import UsedEdition
from openmidas.crossings.models import Crossing
from openmidas.exchange.status import PeerStatus, exchange_status
from openmidas.journal import NodeKind
from openmidas.journal.local import HeldReceipt, Quarantined, RefusedSegment
from openmidas.journal.models import Journal
from openmidas.lists.editions import latest_editions
from openmidas.nodes.local import Peer
from openmidas.nodes.services import node_day


class ReportedList(msgspec.Struct, frozen=True, kw_only=True):
    """A list that a post's last traveller was checked against; ``age_days`` as of today.

    ``stale``: past its limit; ``newest``: the day of the edition that the HQ has published since.
    """

    code: str
    dated: date
    age_days: int
    stale: bool
    newest: date | None


class PostHealth(msgspec.Struct, frozen=True, kw_only=True):
    """A post as the HQ knows it.

    ``received``: how many of its entries are here; ``receipt_at``: when the HQ last gave it a
    receipt; ``quarantined``: entries that are stored and could not be read into tables; ``refused``:
    segments that did not hold.
    """

    peer: PeerStatus
    received: int
    receipt_at: datetime | None
    quarantined: int
    refused: int
    lists: tuple[ReportedList, ...]
    last_crossing: datetime | None

    @property
    def clock_seconds(self) -> int | None:
        """How far the post's clock is ahead of ours, in seconds."""
        ahead = self.peer.clock_ahead
        return None if ahead is None else round(ahead / 1000)


def post_health() -> list[PostHealth]:
    """All posts that this HQ has enrolled, by name."""
    known = _Known()
    peers = exchange_status().peers
    return [known.health(peer) for peer in peers if peer.kind is NodeKind.POST]


class _Known:
    """What is counted once for all posts."""

    def __init__(self) -> None:
        received = Journal.objects.values("node").annotate(entries=Sum("sequence"))
        self.received: dict[UUID, int] = dict(received.values_list("node", "entries"))
        quarantined = Quarantined.objects.values("node").annotate(entries=Count("entry"))
        self.quarantined: dict[UUID, int] = dict(quarantined.values_list("node", "entries"))
        refused = RefusedSegment.objects.values("peer").annotate(segments=Count("id"))
        self.refused: dict[UUID, int] = dict(refused.values_list("peer", "segments"))
        receipts = HeldReceipt.objects.order_by("at").values_list("node", "at")
        self.receipts: dict[UUID, int] = dict(receipts)
        self.crossings = _last_crossings()
        self.latest = {edition.list_code: edition for edition in latest_editions()}
        self.today = node_day()

    def health(self, peer: PeerStatus) -> PostHealth:
        receipt = self.receipts.get(peer.id)
        last = self.crossings.get(peer.id)
        return PostHealth(
            peer=peer,
            received=self.received.get(peer.id, 0),
            receipt_at=datetime.fromtimestamp(receipt / 1000, UTC) if receipt else None,
            quarantined=self.quarantined.get(peer.id, 0),
            refused=self.refused.get(peer.id, 0),
            lists=tuple(self._reported(used) for used in _lists_of(last)),
            last_crossing=last.at if last else None,
        )

    def _reported(self, used: UsedEdition) -> ReportedList:
        dated = date.fromisoformat(used.dated)
        age = max(0, (self.today - dated).days)
        latest = self.latest.get(used.code)
        return ReportedList(
            code=used.code,
            dated=dated,
            age_days=age,
            stale=latest is not None and age > latest.limit_days,
            newest=latest.day if latest and latest.id != used.edition else None,
        )


def _last_crossings() -> dict[UUID, Crossing]:
    """The last crossing of each post: two queries, however many posts there are."""
    of_post = Crossing.objects.filter(node=OuterRef("id")).order_by("-at", "-id").values("id")
    posts = Peer.objects.annotate(last=Subquery(of_post[:1])).exclude(last=None)
    last = Crossing.objects.in_bulk(list(posts.values_list("last", flat=True)))
    return {crossing.node: crossing for crossing in last.values()}


def _lists_of(last: Crossing | None) -> list[UsedEdition]:
    if last is None:
        return []
    return [used for used in last.inspected().editions if used.kind == "list"]
