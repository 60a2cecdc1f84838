"""A manifest names many: it goes, whole, with the crossing or the document of any one of them.

So do the photos of the list, and the note of the closing; the closing stays, with its numbers. Plate and
owner may be the driver's: with the driver's crossing goes all that was said of the conveyance, with
anybody's who came in a car.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from uuid import UUID

from openmidas.crossings.conveyances.comparing import key_of
from openmidas.crossings.conveyances.entries import ConveyanceDriven
from openmidas.crossings.conveyances.models import ConveyanceDriver, Manifest, OpenedConveyance
from openmidas.crossings.conveyances.pictures import pictures_of_list
from openmidas.crossings.erasing import tells_beside, tells_of_crossing
from openmidas.crossings.inspection import Conveyance
from openmidas.crossings.models import CancelledInspection, Crossing
from openmidas.journal import Content
from openmidas.journal.finding import entries_naming
from openmidas.journal.models import JournalEntry
from openmidas.pictures.erasing import entries_on

OF_MANY = ("conveyance.manifest", "conveyance.note")
OF_ITSELF = (*OF_MANY, "conveyance.opened", "conveyance.closed")


def driver_of(content: Content) -> UUID | None:
    """Which crossing is told to be the driver's."""
    return content.crossing if isinstance(content, ConveyanceDriven) else None


tells_of_crossing("conveyance.driver", driver_of)


@tells_beside
def entries_of_conveyances(crossings: Collection[UUID], key: str) -> list[JournalEntry]:
    """The manifests and notes of the conveyances that these came with, or whose manifest names the
    document; of their own car, and of what they drove, all."""
    own, came_with = own_conveyances(crossings), _came_with(crossings)
    if key:
        came_with |= {
            row.conveyance
            for row in Manifest.objects.iterator()
            if any(key_of(line.number) == key for line in row.listed())
        }
    lists = {pictures_of_list(id): node for id, node in _nodes(came_with | own).items()}
    return [
        *_entries(came_with - own, OF_MANY),
        *_entries(own, OF_ITSELF),
        *entries_on(lists),
    ]


def own_conveyances(crossings: Collection[UUID]) -> set[UUID]:
    """The conveyances that tell of these travellers by themselves: what they drove, and their cars."""
    driven = ConveyanceDriver.objects.filter(crossing__in=crossings).values_list("id", flat=True)
    cars = OpenedConveyance.objects.filter(id__in=_came_with(crossings), what=Conveyance.CAR)
    return {*driven, *cars.values_list("id", flat=True)}


def _came_with(crossings: Collection[UUID]) -> set[UUID]:
    """The conveyances that these came with, also those whose scan was cancelled."""
    came = [
        *Crossing.objects.filter(id__in=crossings).values_list("conveyance_id", flat=True),
        *(
            row.inspected().conveyance_id
            for row in CancelledInspection.objects.filter(id__in=crossings)
        ),
    ]
    return {conveyance for conveyance in came if conveyance is not None}


def _entries(conveyances: Collection[UUID], kinds: Sequence[str]) -> Iterator[JournalEntry]:
    nodes = _nodes(conveyances)
    return entries_naming(nodes, kinds, sorted(set(nodes.values())))


def _nodes(conveyances: Collection[UUID]) -> dict[UUID, UUID]:
    return dict(OpenedConveyance.objects.filter(id__in=conveyances).values_list("id", "node"))
