"""What the header of the counter says: the link to the HQ, what it lacks, the age of the lists."""

from __future__ import annotations

from datetime import datetime

import msgspec
from django.utils import timezone

from openmidas.exchange.status import exchange_status
from openmidas.lists.in_use import EditionInUse, editions_in_use
from openmidas.lists.lost.in_use import lost_editions


class Signals(msgspec.Struct, frozen=True, kw_only=True):
    """``unsent``: journal entries that the HQ has not yet given a receipt for."""

    reachable: bool
    last_contact: datetime | None
    unsent: int
    oldest_list: EditionInUse | None

    @property
    def contact_today(self) -> bool:
        """Whether the hour alone says when the last contact was."""
        return (
            self.last_contact is not None
            and timezone.localdate(self.last_contact) == timezone.localdate()
        )


def signals() -> Signals:
    """The state of this moment."""
    hq = exchange_status().hq
    return Signals(
        reachable=hq is not None and hq.reachable,
        last_contact=hq.last_contact if hq else None,
        unsent=hq.to_go if hq else 0,
        oldest_list=max(
            (*editions_in_use(), *lost_editions()),
            key=lambda edition: edition.age_days,
            default=None,
        ),
    )
