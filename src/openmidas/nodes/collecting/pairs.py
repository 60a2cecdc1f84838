"""What was collected stands in two journals: sealed in the post's, opened in the HQ's."""

from __future__ import annotations

from uuid import UUID

from openmidas.journal.models import JournalEntry
from openmidas.nodes.models import CollectedEntry, OpenedEntry


def partner_of(node: UUID, epoch: int, sequence: int) -> JournalEntry | None:
    """The entry that holds the same body as the one at a place, and has not lost it; None if none does.

    One must not be erased without the other: the HQ would open it again, or the post bring it again.
    """
    place = {"node": node, "epoch": epoch, "sequence": sequence}
    for here, there in ((CollectedEntry, OpenedEntry), (OpenedEntry, CollectedEntry)):
        row = here._default_manager.filter(**place).first()
        other = there._default_manager.filter(id=row.id).first() if row is not None else None
        if other is not None:
            return JournalEntry.objects.filter(
                node=other.node, epoch=other.epoch, sequence=other.sequence, body__isnull=False
            ).first()
    return None
