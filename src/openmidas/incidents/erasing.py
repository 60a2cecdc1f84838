"""That an incident has to do with a crossing tells of the crossing: it goes with it."""

from __future__ import annotations

from uuid import UUID

from openmidas.crossings.erasing import tells_of_crossing
from openmidas.incidents.entries import IncidentLinked
from openmidas.journal import Content


def crossing_of(content: Content) -> UUID | None:
    """Which crossing a link is about; None for one to a vehicle or to another incident."""
    return content.crossing if isinstance(content, IncidentLinked) else None


tells_of_crossing("incident.linked", crossing_of)
