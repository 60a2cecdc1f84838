"""Whose a declaration is tells of their crossing: it goes with it, and the numbers stay."""

from __future__ import annotations

from uuid import UUID

from openmidas.crossings.erasing import tells_of_crossing
from openmidas.declarations.entries import DeclarantNamed
from openmidas.journal import Content


def crossing_of(content: Content) -> UUID | None:
    """Which crossing a declarant came with; None where none is known."""
    return content.crossing if isinstance(content, DeclarantNamed) else None


tells_of_crossing("declarant.named", crossing_of)
