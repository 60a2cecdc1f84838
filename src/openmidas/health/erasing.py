"""A health check tells of a crossing: it goes with it."""

from __future__ import annotations

from uuid import UUID

from openmidas.crossings.erasing import tells_of_crossing
from openmidas.health.entries import HealthAnswered, HealthChecked
from openmidas.journal import Content


def crossing_of(content: Content) -> UUID | None:
    """Which crossing an entry of this room is about."""
    return content.crossing if isinstance(content, HealthChecked | HealthAnswered) else None


for name in ("health.checked", "health.answered"):
    tells_of_crossing(name, crossing_of)
