"""What the header of the counter says: the link to the HQ, what it lacks, the age of the lists."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec
from django.utils import timezone

from openmidas.journal.kinds import NodeKind
from openmidas.journal.local import HeldReceipt
from openmidas.journal.models import Journal
from openmidas.lists.in_use import EditionInUse, editions_in_use
from openmidas.nodes.identity import this_node
from openmidas.nodes.local import Peer

FRESH = timedelta(minutes=2)
"""A contact older than this is told by its hour: the link may be down."""


class Signals(msgspec.Struct, frozen=True, kw_only=True):
    """``unsent``: journal entries that the HQ has not yet given a receipt for."""

    last_contact: datetime | None
    unsent: int
    oldest_list: EditionInUse | None

    @property
    def reachable(self) -> bool:
        """Whether the HQ answered a moment ago."""
        return self.last_contact is not None and timezone.now() - self.last_contact < FRESH

    @property
    def contact_today(self) -> bool:
        """Whether the hour alone says when the last contact was."""
        return (
            self.last_contact is not None
            and timezone.localdate(self.last_contact) == timezone.localdate()
        )


def signals() -> Signals:
    """The state of this moment."""
    hq = Peer.objects.filter(kind=NodeKind.HQ).order_by("-last_contact").first()
    lists = editions_in_use()
    return Signals(
        last_contact=hq.last_contact if hq else None,
        unsent=_unsent(),
        oldest_list=max(lists, key=lambda edition: edition.age_days, default=None),
    )


def _unsent() -> int:
    node = this_node()
    own = Journal.objects.filter(node=node.id, epoch=node.epoch).first()
    receipt = (
        HeldReceipt.objects.filter(node=node.id, epoch=node.epoch)
        .exclude(witness=node.id)
        .order_by("-sequence")
        .first()
    )
    return (own.sequence if own else 0) - (receipt.sequence if receipt else 0)
