"""What the sheet says that closes a shift: how many crossed, and how far the journal went by then."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec
from django.db.models import Count, Q, Sum
from django.utils import timezone

from openmidas.crossings.models import CancelledInspection, CountOnly, Crossing, Recorded, Status
from openmidas.exchange.status import exchange_status
from openmidas.journal.models import Journal
from openmidas.journal.witnessed import HeldLogHead
from openmidas.nodes.identity import this_node
from openmidas.nodes.services import node_time
from openmidas.nodes.witnesses import moment, short

LENGTHS = (6, 8, 12, 24)
"""Hours that a shift may have lasted."""


class ReceiptTold(msgspec.Struct, frozen=True):
    """The last receipt for this post's journal. ``missing``: entries that have none yet."""

    witness: str
    sequence: int
    at: datetime
    missing: int


class LogTold(msgspec.Struct, frozen=True):
    """The log of heads at headquarters, as this post holds it."""

    size: int
    root: str
    at: datetime


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """A shift at this post. ``counted``: travellers who were only counted, on the days that it touches;
    ``about``: of them, by estimates; ``open_hits``: how many were admitted while a hit that asks for an
    answer had none.
    """

    start: datetime
    end: datetime
    entries: int
    exits: int
    open_hits: int
    referred: int
    refused: int
    handed_over: int
    cancelled: int
    from_paper: int
    counted: int
    about: int
    epoch: int
    sequence: int
    head: str
    receipt: ReceiptTold | None
    log: LogTold | None


def closing_sheet(hours: int) -> Sheet:
    """The sheet of the shift that ends now and began so many hours ago."""
    node, end = this_node(), node_time()
    start = end - timedelta(hours=hours)
    live = Q(recorded__in=(Recorded.LIVE, Recorded.COLLECTED))
    admitted = live & Q(status=Status.ADMITTED)
    # By when they came; what was on paper, by when it crossed.
    counts = Crossing.objects.filter(node=node.id, at__gt=start, at__lte=end).aggregate(
        entries=Count("id", filter=admitted & Q(direction="entry")),
        exits=Count("id", filter=admitted & Q(direction="exit")),
        referred=Count("id", filter=live & Q(status=Status.REFERRED)),
        refused=Count("id", filter=live & Q(status=Status.REFUSED)),
        handed_over=Count("id", filter=live & Q(status=Status.HANDED_OVER)),
        from_paper=Count("id", filter=~live),
    )
    # By when they were let cross: somebody who was referred before midnight may be admitted after it.
    open_hits = Crossing.objects.filter(
        node=node.id, resolved_at__gt=start, resolved_at__lte=end, open_hit_reason__gt=""
    )
    cancelled = CancelledInspection.objects.filter(node=node.id, at__gt=start, at__lte=end)
    days = Q(day__gte=timezone.localdate(start), day__lte=timezone.localdate(end))
    counted = CountOnly.objects.filter(days, node=node.id).aggregate(
        all=Sum("number", default=0), about=Sum("number", filter=Q(about=True), default=0)
    )
    journal = Journal.objects.get(node=node.id, epoch=node.epoch)
    return Sheet(
        start=start,
        end=end,
        **counts,
        open_hits=open_hits.count(),
        cancelled=cancelled.count(),
        counted=counted["all"],
        about=counted["about"],
        epoch=journal.epoch,
        sequence=journal.sequence,
        head=short(bytes(journal.hash)),
        receipt=_receipt(),
        log=_log(),
    )


def _receipt() -> ReceiptTold | None:
    hq = exchange_status().hq
    if hq is None or hq.receipt_at is None:
        return None
    return ReceiptTold(hq.name, hq.receipt, hq.receipt_at, hq.to_go)


def _log() -> LogTold | None:
    held = HeldLogHead.objects.order_by("-epoch").first()
    if held is None:
        return None
    return LogTold(held.size, short(bytes(held.root)), moment(held.at))
