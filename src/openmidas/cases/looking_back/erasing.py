"""What was found of a crossing goes when the crossing is erased."""

from __future__ import annotations

from uuid import UUID

from openmidas.cases.looking_back.entries import HitFoundLater
from openmidas.crossings.erasing import tells_of_crossing
from openmidas.journal import Content


def crossing_of(content: Content) -> UUID | None:
    """Which crossing a later hit is about."""
    return content.crossing if isinstance(content, HitFoundLater) else None


tells_of_crossing("hit.found_later", crossing_of)
