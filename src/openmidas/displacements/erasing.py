"""That a crossing is of a displacement tells of the crossing: it goes with it, and the counts stay."""

from __future__ import annotations

from uuid import UUID

from openmidas.crossings.erasing import tells_of_crossing
from openmidas.displacements.entries import DisplacementRegistered
from openmidas.journal import Content


def crossing_of(content: Content) -> UUID | None:
    """Which crossing a mark is about."""
    return content.crossing if isinstance(content, DisplacementRegistered) else None


tells_of_crossing("displacement.registered", crossing_of)
