"""What looking back gives for some scans, whatever they were held against."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple, Protocol
from uuid import UUID

from openmidas.cases.looking_back.entries import HitFoundLater


class Looked(NamedTuple):
    """``scans``: how many there were; ``last``: the id of the last one; ``known``: which of the hits
    (`crossings.hits.hit_id`) stood among the findings already, as far as scans themselves tell."""

    scans: int
    last: UUID | None
    found: list[HitFoundLater]
    known: frozenset[UUID] = frozenset()


class Search(Protocol):
    """The news of one edition, ready to be held against the scans of the past.

    Both may raise `EditionError`, `LostError`, `JournalError` where the edition cannot be read any more.
    """

    def look(self, after: UUID, since: datetime, most: int) -> Looked:
        """The next scans by their ids, of those that were made since; at most so many."""

    def look_at(self, ids: Sequence[UUID], since: datetime) -> Looked:
        """Those of these scans that were made since."""
