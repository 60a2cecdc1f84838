"""What of a post's journal headquarters has not confirmed, in words that a head of post uses."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec
from django.db.models import Count

from openmidas.exchange.status import PeerStatus
from openmidas.journal import JournalError
from openmidas.journal.entry import decode_body
from openmidas.journal.kinds import entry_kinds
from openmidas.journal.models import JournalEntry
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
    """What waits at this post for its HQ."""
    node = this_node()
    entries = JournalEntry.objects.filter(
        node=node.id,
        epoch=node.epoch,
        sequence__gt=hq.receipt if hq.receipt_epoch == node.epoch else 0,
    )
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
        since=_written(entries.order_by("sequence").first()),
    )


def _written(entry: JournalEntry | None) -> datetime | None:
    if entry is None or entry.body is None:
        return None
    try:
        return datetime.fromtimestamp(decode_body(bytes(entry.body)).at / 1000, UTC)
    except JournalError:
        return None
