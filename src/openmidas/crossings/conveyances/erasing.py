"""A manifest names many: it goes, whole, with the crossing or the document of any one of them.

So does the closing, for its note. That a bus stood there, its plate and company stay.
"""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from openmidas.crossings.conveyances.comparing import key_of
from openmidas.crossings.conveyances.models import Manifest, OpenedConveyance
from openmidas.crossings.erasing import tells_beside
from openmidas.crossings.models import CancelledInspection, Crossing
from openmidas.journal.finding import entries_naming
from openmidas.journal.models import JournalEntry

KINDS = ("conveyance.manifest", "conveyance.closed")


@tells_beside
def entries_of_conveyances(crossings: Collection[UUID], key: str) -> list[JournalEntry]:
    """The manifests and closings of the conveyances that these came with, or whose manifest names
    the document."""
    came = [
        *Crossing.objects.filter(id__in=crossings).values_list("conveyance_id", flat=True),
        *(
            row.inspected().conveyance_id
            for row in CancelledInspection.objects.filter(id__in=crossings)
        ),
    ]
    came_with = {conveyance for conveyance in came if conveyance is not None}
    if key:
        came_with |= {
            row.conveyance
            for row in Manifest.objects.iterator()
            if any(key_of(line.number) == key for line in row.listed())
        }
    nodes = dict(OpenedConveyance.objects.filter(id__in=came_with).values_list("id", "node"))
    return list(entries_naming(nodes, KINDS, sorted(set(nodes.values()))))
