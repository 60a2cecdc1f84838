"""How each post of the State is: what the HQ last heard of it, what it reported, and what is wrong.

A post reports every hour (`nodes.reports`). Of one that has not done so yet, the lists are told that
its last traveller was checked against.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

import msgspec
from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery, Sum

from openmidas.crossings.models import Crossing, PublishedRules
from openmidas.exchange.status import PeerStatus, exchange_status
from openmidas.journal import JournalError, NodeKind
from openmidas.journal.entry import decode_body
from openmidas.journal.local import HeldReceipt, RefusedSegment
from openmidas.journal.models import Journal, JournalEntry
from openmidas.journal.projecting import moment
from openmidas.journal.quarantine import by_node
from openmidas.lists.editions import latest_editions
from openmidas.lists.lost.in_use import LOST, latest_lost
from openmidas.nodes.entries import LONGEST_OUTAGE, HeldEdition
from openmidas.nodes.local import Peer, StickNote
from openmidas.nodes.models import LastReport, NodeReport
from openmidas.nodes.services import node_day, node_time
from openmidas.posts.models import Post
from openmidas.posts.silence import Silence, silence_of

OUTAGES_OF = timedelta(days=7)
"""Of how long the outages are told."""
_UNKNOWN = UUID(int=0)


class ReportedList(msgspec.Struct, frozen=True, kw_only=True):
    """A list, or the rules, that a post works with; ``age_days`` as of today.

    ``kind``: "list" or "rules". ``limit_days`` None: the HQ has published none of this code, so that
    nobody can say whether it is stale. ``newest``: the day of the edition that the HQ has published
    since.
    """

    code: str
    dated: date
    age_days: int
    limit_days: int | None
    newest: date | None
    kind: str = "list"

    @property
    def stale(self) -> bool:
        """Whether it is past its limit."""
        return self.limit_days is not None and self.age_days > self.limit_days


class Outages(msgspec.Struct, frozen=True):
    """How often a post was down in the time of `OUTAGES_OF`, and how long in all."""

    number: int
    lasted: timedelta


class PostHealth(msgspec.Struct, frozen=True, kw_only=True):
    """A post as the HQ knows it.

    ``received``: how many of its entries are here, ``of_epoch``: those of its latest epoch;
    ``receipt_at``: when the HQ last gave it a receipt; ``quarantined``: entries that are stored and
    could not be read into tables; ``refused``: segments that did not hold; ``report``: the last
    report, None if there was none; ``editions``: lists and rules that it works with; ``lacking``:
    kinds and codes of those that the HQ has published and it does not have; ``lists_known``: whether
    it has told which it has; ``written_at``: when the last of its entries that are here was written,
    by its clock; ``silence``: whether it should have been heard of; ``stick_in``, ``stick_out``: when
    the last stick of it was taken in here, and the last one for it made.
    """

    peer: PeerStatus
    received: int
    of_epoch: int
    written_at: datetime | None
    receipt_at: datetime | None
    silence: Silence
    stick_in: datetime | None
    stick_out: datetime | None
    quarantined: int
    refused: int
    editions: tuple[ReportedList, ...]
    lacking: tuple[tuple[str, str], ...]
    lists_known: bool
    report: NodeReport | None
    outages: Outages | None

    @property
    def lists(self) -> tuple[ReportedList, ...]:
        """The lists alone."""
        return tuple(edition for edition in self.editions if edition.kind == "list")

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


class _Latest(msgspec.Struct, frozen=True):
    """The edition of a list, or of the rules, that the HQ published last."""

    id: UUID
    day: date
    limit_days: int


class _Known:
    """What is looked up once for all posts."""

    def __init__(self) -> None:
        received = Journal.objects.values("node").annotate(entries=Sum("sequence"))
        self.received: dict[UUID, int] = dict(received.values_list("node", "entries"))
        begun = Journal.objects.filter(sequence__gt=0).order_by("epoch")
        self.of_epoch: dict[UUID, int] = dict(begun.values_list("node", "sequence"))
        self.written = _written_last(self.of_epoch)
        self.quarantined = by_node()
        refused = RefusedSegment.objects.values("peer").annotate(segments=Count("id"))
        self.refused: dict[UUID, int] = dict(refused.values_list("peer", "segments"))
        receipts = HeldReceipt.objects.order_by("at").values_list("node", "at")
        self.receipts: dict[UUID, int] = dict(receipts)
        self.reports = _last_reports()
        self.outages = _outages()
        self.crossings = _last_crossings(without=self.reports.keys())
        self.latest = _latest()
        self.layouts = Post.objects.in_bulk()
        self.sticks = _last_sticks()
        self.now, self.today = node_time(), node_day()

    def health(self, peer: PeerStatus) -> PostHealth:
        receipt = self.receipts.get(peer.id)
        report = self.reports.get(peer.id)
        last = self.crossings.get(peer.id)
        editions = tuple(self._reported(held) for held in _editions(report, last))
        held = {(one.kind, one.code if one.kind == "list" else "") for one in editions}
        return PostHealth(
            peer=peer,
            received=self.received.get(peer.id, 0),
            of_epoch=self.of_epoch.get(peer.id, 0),
            written_at=self.written.get(peer.id),
            receipt_at=_moment(receipt),
            silence=silence_of(self.layouts.get(peer.id), peer.last_contact, self.now),
            stick_in=self.sticks.get((peer.id, False)),
            stick_out=self.sticks.get((peer.id, True)),
            quarantined=self.quarantined.get(peer.id, 0),
            refused=self.refused.get(peer.id, 0),
            editions=editions,
            lacking=tuple(sorted(self.latest.keys() - held)) if report or last else (),
            lists_known=report is not None or last is not None,
            report=report,
            outages=self.outages.get(peer.id),
        )

    def _reported(self, held: HeldEdition) -> ReportedList:
        age = max(0, (self.today - held.dated).days)
        latest = self.latest.get((held.kind, held.code if held.kind == "list" else ""))
        return ReportedList(
            kind=held.kind,
            code=held.code,
            dated=held.dated,
            age_days=age,
            limit_days=latest.limit_days if latest else None,
            newest=latest.day if latest and latest.id != held.edition else None,
        )


def _moment(milliseconds: int | None) -> datetime | None:
    """None also for what is no time: posts write what they like."""
    try:
        return moment(milliseconds) if milliseconds else None
    except JournalError:
        return None


def _written_last(ends: Mapping[UUID, int]) -> dict[UUID, datetime]:
    """When the last entry here was written, of each post that said it has more for us.

    By its own clock; of one that came without its body, when it arrived. ``ends``: the last sequence.
    """
    behind = Peer.objects.filter(waiting__gt=0, id__in=list(ends)).values_list("id", flat=True)
    places = [Q(node=id, sequence=ends[id]) for id in behind]
    if not places:
        return {}
    found = JournalEntry.objects.filter(reduce(or_, places)).order_by("epoch")
    times = {entry.node: _moment(_written(entry)) for entry in found}
    return {node: at for node, at in times.items() if at is not None}


def _written(entry: JournalEntry) -> int | None:
    try:
        return decode_body(bytes(entry.body or b"")).at
    except JournalError:
        return entry.arrived


def _last_sticks() -> dict[tuple[UUID, bool], datetime]:
    """When the last stick of each peer was taken in (False) and the last one for it made (True)."""
    notes = StickNote.objects.order_by().values_list("peer", "outgoing").annotate(last=Max("at"))
    return {(peer, outgoing): last for peer, outgoing, last in notes}


def _latest() -> dict[tuple[str, str], _Latest]:
    """What the HQ published last: lists by code, the rules without."""
    latest = {
        ("list", row.list_code): _Latest(row.id, row.day, row.limit_days)
        for row in latest_editions()
    }
    lost = latest_lost()
    if lost is not None:
        latest["list", LOST] = _Latest(lost.edition, lost.dated, lost.limit_days)
    rules = PublishedRules.objects.order_by("-clock", "-id").defer("rules").first()
    if rules is not None:
        latest["rules", ""] = _Latest(rules.id, rules.dated, rules.limit_days)
    return latest


def _last_reports() -> dict[UUID, NodeReport]:
    last = LastReport.objects.values_list("report", flat=True)
    return {report.node: report for report in NodeReport.objects.in_bulk(list(last)).values()}


def _outages() -> dict[UUID, Outages]:
    now = node_time()
    lately = NodeReport.objects.filter(outage__gt=0, at__gte=now - OUTAGES_OF, at__lte=now)
    found = lately.order_by().values("node")
    counted = found.annotate(number=Count("id"), all=Sum("outage"))
    most = LONGEST_OUTAGE // timedelta(milliseconds=1)
    return {
        row["node"]: Outages(row["number"], timedelta(milliseconds=min(int(row["all"]), most)))
        for row in counted
    }


def last_crossed() -> dict[UUID, datetime]:
    """When the last crossing took place that is here, of each post that has written one."""
    return _of_last_crossings(Peer.objects.all(), "at")


def _last_crossings(without: Collection[UUID]) -> dict[UUID, Crossing]:
    """The last crossing of each post but these: two queries, however many there are."""
    ids = _of_last_crossings(Peer.objects.exclude(id__in=list(without)), "id")
    last = Crossing.objects.in_bulk(list(ids.values()))
    return {crossing.node: crossing for crossing in last.values()}


def _of_last_crossings(posts: QuerySet[Peer], column: str) -> dict[UUID, Any]:
    """A column of the last crossing of each of these posts that has written one."""
    of_post = Crossing.objects.filter(node=OuterRef("id")).order_by("-at", "-id").values(column)
    found = posts.annotate(last=Subquery(of_post[:1])).values_list("id", "last")
    return {post: last for post, last in found if last is not None}


def _editions(report: NodeReport | None, last: Crossing | None) -> list[HeldEdition]:
    if report is not None:
        return msgspec.convert(report.editions, list[HeldEdition])
    if last is None:
        return []
    return [
        HeldEdition(
            kind=used.kind, code=used.code, edition=used.edition or _UNKNOWN,
            dated=date.fromisoformat(used.dated),
        )
        for used in last.inspected().editions
    ]  # fmt: skip
