"""From entries about lost and stolen documents to rows."""

from __future__ import annotations

from uuid import uuid5

from openmidas.journal import JournalError
from openmidas.journal.projecting import Origin, projects, put
from openmidas.lists.lost import entries
from openmidas.lists.lost.models import LostChange, LostEdition


@projects(entries.LostPublished)
def lost_published(origin: Origin, content: entries.LostPublished) -> None:
    if LostEdition.objects.filter(id=content.edition).exclude(digest=content.digest).exists():
        raise JournalError("edition.changed", edition=str(content.edition))
    put(
        LostEdition,
        origin,
        content.edition,
        title=content.title,
        dated=content.dated,
        digest=content.digest,
        size=content.size,
        key=content.key,
        documents=content.documents,
        left_out=content.left_out,
        limit_days=content.limit_days,
        published_at=origin.at,
        clock=origin.clock,
    )


@projects(entries.LostChanged)
def lost_changed(origin: Origin, content: entries.LostChanged) -> None:
    """Changes never change: others in the place of some that are here are refused."""
    id = uuid5(content.edition, f"changes {content.number}")
    if LostChange.objects.filter(id=id).exclude(digest=content.digest).exists():
        raise JournalError("edition.changed", edition=str(content.edition))
    put(
        LostChange,
        origin,
        id,
        edition=content.edition,
        number=content.number,
        dated=content.dated,
        digest=content.digest,
        size=content.size,
        added=content.added,
        removed=content.removed,
        left_out=content.left_out,
    )
