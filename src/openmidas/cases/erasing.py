"""Answers to hits, and what confirms them, are about a traveller's crossing: they go with it."""

from __future__ import annotations

from uuid import UUID

from openmidas.cases.entries import HitResolved
from openmidas.cases.settled.entries import HitSettled
from openmidas.crossings.erasing import tells_of_crossing
from openmidas.journal import Content


def crossing_of(content: Content) -> UUID | None:
    """Which crossing an answer is about."""
    return content.crossing if isinstance(content, HitResolved | HitSettled) else None


tells_of_crossing("hit.resolved", crossing_of)
tells_of_crossing("hit.settled", crossing_of)
