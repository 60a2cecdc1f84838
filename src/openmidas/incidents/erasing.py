"""That an incident has to do with a crossing tells of the crossing: it goes with it.

So does a plate that a rule linked, with the crossing of whoever drove that vehicle, or came in that car:
nothing else is left of it then.
"""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from openmidas.crossings.conveyances.erasing import own_conveyances
from openmidas.crossings.conveyances.models import OpenedConveyance
from openmidas.crossings.conveyances.plates import plate_key
from openmidas.crossings.erasing import tells_beside, tells_of_crossing
from openmidas.incidents.entries import IncidentLinked
from openmidas.incidents.limits import PLATE
from openmidas.incidents.models import Incident, IncidentLink
from openmidas.incidents.raising.plates import CODE
from openmidas.journal import Content
from openmidas.journal.finding import entries_naming
from openmidas.journal.models import JournalEntry


def crossing_of(content: Content) -> UUID | None:
    """Which crossing a link is about; None for one to a vehicle or to another incident."""
    return content.crossing if isinstance(content, IncidentLinked) else None


tells_of_crossing("incident.linked", crossing_of)


@tells_beside
def plates_of_their_own(crossings: Collection[UUID], key: str) -> list[JournalEntry]:
    """The links that the rule of plates made to the vehicles of these travellers.

    ``key``, of a document, finds none: a plate is on no document.
    """
    own = OpenedConveyance.objects.filter(id__in=own_conveyances(crossings))
    plates = {plate[:PLATE] for plate in own.values_list("plate_key", flat=True)}
    raised = Incident.objects.filter(rule=CODE).values("id")
    links = IncidentLink.objects.filter(incident__in=raised).exclude(plate="")
    found = {one.id: one.node for one in links if plate_key(one.plate)[:PLATE] in plates}
    return list(entries_naming(found, ("incident.linked",), sorted(set(found.values()))))
