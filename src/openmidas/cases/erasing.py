"""Answers to hits are about a traveller's crossing: they go when that is erased."""

from __future__ import annotations

from uuid import UUID

from openmidas.cases.entries import HitResolved
from openmidas.crossings.erasing import tells_of_crossing
from openmidas.journal import Content


def crossing_of(content: Content) -> UUID | None:
    """Which crossing an answer is about."""
    return content.crossing if isinstance(content, HitResolved) else None


tells_of_crossing("hit.resolved", crossing_of)
