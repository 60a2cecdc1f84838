"""Searches by the edition whose news they are, those of persons kept ready: they take seconds to make."""

from __future__ import annotations

from uuid import UUID

from openmidas.cases.looking_back.looked import Search
from openmidas.cases.looking_back.lost import lost_search
from openmidas.cases.looking_back.newcomers import newcomers
from openmidas.cases.looking_back.persons import PersonSearch
from openmidas.lists.lost.in_use import LOST
from openmidas.lists.models import ListEdition

_ready: dict[UUID, PersonSearch] = {}
_MOST_READY = 4


def search_of(edition: UUID, list_code: str, before: UUID | None) -> Search:
    """What was made ready for an edition, or is now: after a start of the worker, or long after.

    Raises `EditionError`, `LostError`, `JournalError` where the edition cannot be read any more.
    """
    if list_code == LOST:
        return lost_search(edition, before)
    found = _ready.get(edition)
    if found is None:
        rows = ListEdition.objects.in_bulk([edition, *([before] if before else [])])
        news = newcomers(rows[edition], rows.get(before) if before else None)
        if len(_ready) >= _MOST_READY:
            _ready.clear()
        found = _ready[edition] = PersonSearch(edition, list_code, news)
    return found


def forget() -> None:
    """Have nothing ready, as after a start of the worker."""
    _ready.clear()
