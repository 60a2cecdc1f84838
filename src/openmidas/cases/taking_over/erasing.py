"""Who asked for an interview, and what was said of it, is about a traveller's crossing: it goes with it."""

from __future__ import annotations

from uuid import UUID

from openmidas.cases.taking_over import entries
from openmidas.crossings.erasing import tells_of_crossing
from openmidas.journal import Content

KINDS = {
    "interview.take_over_asked": entries.TakeOverAsked,
    "interview.take_over_answered": entries.TakeOverAnswered,
    "interview.taken_back": entries.TakenBack,
    "interview.directed": entries.Directed,
}


def crossing_of(content: Content) -> UUID | None:
    """Which crossing such an entry is about; None for any other content."""
    return (
        getattr(content, "crossing", None) if isinstance(content, tuple(KINDS.values())) else None
    )


for name in KINDS:
    tells_of_crossing(name, crossing_of)
