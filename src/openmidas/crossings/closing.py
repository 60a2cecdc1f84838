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
    """A shift at this post. ``from_paper``: lines that were typed in during it, whenever the travellers
    crossed, of which ``late`` crossed before it; ``counted``: travellers who were only counted, by when
    that was typed in, too, of which ``counted_late`` on days before it; ``about``: of them, by
    estimates; ``open_hits``: how many were admitted while a hit that asks for an
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
    late: int
    counted: int
    counted_late: int
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
    # By when they came.
    counts = Crossing.objects.filter(node=node.id, at__gt=start, at__lte=end).aggregate(
        entries=Count("id", filter=admitted & Q(direction="entry")),
        exits=Count("id", filter=admitted & Q(direction="exit")),
        referred=Count("id", filter=live & Q(status=Status.REFERRED)),
        refused=Count("id", filter=live & Q(status=Status.REFUSED)),
        handed_over=Count("id", filter=live & Q(status=Status.HANDED_OVER)),
    )
    # By when it was typed in, or a line that is typed after a shift ended would stand on no sheet.
    paper = Crossing.objects.filter(node=node.id, typed_at__gt=start, typed_at__lte=end).aggregate(
        all=Count("id"), late=Count("id", filter=Q(at__lte=start))
    )
    # By when they were let cross: somebody who was referred before midnight may be admitted after it.
    open_hits = Crossing.objects.filter(
        node=node.id, resolved_at__gt=start, resolved_at__lte=end, open_hit_reason__gt=""
    )
    cancelled = CancelledInspection.objects.filter(node=node.id, at__gt=start, at__lte=end)
    counted = CountOnly.objects.filter(node=node.id, at__gt=start, at__lte=end).aggregate(
        all=Sum("number", default=0),
        about=Sum("number", filter=Q(about=True), default=0),
        late=Sum("number", filter=Q(day__lt=timezone.localdate(start)), default=0),
    )
    journal = Journal.objects.get(node=node.id, epoch=node.epoch)
    return Sheet(
        start=start,
        end=end,
        **counts,
        open_hits=open_hits.count(),
        cancelled=cancelled.count(),
        from_paper=paper["all"],
        late=paper["late"],
        counted=counted["all"],
        counted_late=counted["late"],
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
