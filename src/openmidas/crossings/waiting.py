"""What of a post's journal headquarters has not confirmed, in words that a head of post uses."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec
from django.db.models import Count, Q, QuerySet

from openmidas.exchange.status import PeerStatus
from openmidas.journal import JournalError
from openmidas.journal.entry import decode_body
from openmidas.journal.kinds import entry_kinds
from openmidas.journal.local import HeldReceipt
from openmidas.journal.models import Journal, JournalEntry
from openmidas.journal.projecting import moment
from openmidas.nodes.identity import this_node


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """Entries that wait, by what goes first. ``since``: when the oldest of them was written."""

    referrals: int = 0
    crossings: int = 0
    others: int = 0
    since: datetime | None = None

    @property
    def all(self) -> int:
        """All of them."""
        return self.referrals + self.crossings + self.others


def waiting(hq: PeerStatus) -> Waiting:
    """What waits at this post for its HQ, of all epochs of its journal."""
    entries = _unconfirmed(hq.id)
    by_kind = dict(entries.order_by().values_list("kind").annotate(Count("id")))
    urgent = {name for name, kind in entry_kinds().items() if kind.urgent}
    referrals = sum(number for kind, number in by_kind.items() if kind in urgent)
    crossings = sum(
        number
        for kind, number in by_kind.items()
        if kind.startswith("crossing.") and kind not in urgent
    )
    return Waiting(
        referrals=referrals,
        crossings=crossings,
        others=sum(by_kind.values()) - referrals - crossings,
        since=_written(entries.order_by("epoch", "sequence").first()),
    )


def _unconfirmed(hq: UUID) -> QuerySet[JournalEntry]:
    """Our entries behind the last receipt of each epoch: one that was closed may have some left."""
    node = this_node().id
    receipts = dict(
        HeldReceipt.objects.filter(node=node, witness=hq).values_list("epoch", "sequence")
    )
    behind = Q()
    for epoch in Journal.objects.filter(node=node).values_list("epoch", flat=True):
        behind |= Q(epoch=epoch, sequence__gt=receipts.get(epoch, 0))
    return JournalEntry.objects.filter(behind, node=node) if behind else JournalEntry.objects.none()


def _written(entry: JournalEntry | None) -> datetime | None:
    """When an entry was written. One that was erased says it no more: its id was made then, too."""
    if entry is None:
        return None
    try:
        return moment(decode_body(bytes(entry.body or b"")).at)
    except JournalError:
        return moment(entry.id.int >> 80)
