"""A page of the paper register names many: its photo goes with the crossing of any one of them.

Of whom a page tells is not known by line: it is all whose line was typed beside it, and all who were
entered from paper on its day.
"""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from openmidas.crossings.entries import CrossingRecorded
from openmidas.crossings.erasing import content_of, entries_about, tells_beside
from openmidas.crossings.models import Crossing, Recorded
from openmidas.crossings.paper_pages import pages_of
from openmidas.journal.models import JournalEntry
from openmidas.pictures.erasing import entries_on


@tells_beside
def photographed_pages(crossings: Collection[UUID], key: str) -> list[JournalEntry]:
    """The pages that these were typed from. ``key``, of a document, finds none: nobody reads a photo."""
    typed = Crossing.objects.filter(id__in=crossings, recorded=Recorded.PAPER)
    rows = list(typed.values_list("id", "node", "day"))
    abouts = {pages_of(node, day): node for _id, node, day in rows}
    for entry in entries_about({id: node for id, node, _day in rows}):
        content = content_of(entry)
        if isinstance(content, CrossingRecorded) and content.pages is not None:
            abouts[content.pages] = entry.node
    return entries_on(abouts)
