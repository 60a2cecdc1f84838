"""The lost and stolen documents that this process asks: one file, open, and what changed since.

Asked within the request of a scan. Opening a file takes milliseconds, so it is done there and then,
when a newer one has been put in its place or more changes have come.
"""

from __future__ import annotations

import logging
import threading
from datetime import date
from uuid import UUID

import msgspec

from openmidas.journal import JournalError
from openmidas.lists.in_use import EditionInUse
from openmidas.lists.lost.editions import (
    all_editions,
    changes_here,
    changes_of,
    edition_here,
    file_of,
    kept_up,
    lay,
)
from openmidas.lists.lost.models import LostChange, LostEdition
from openmidas.lists.models import day_of
from openmidas.nodes.services import node_day
from openmidas.screening.lost import (
    LostError,
    LostFile,
    LostMatch,
    LostNumbers,
    Overlay,
    can_look,
)

logger = logging.getLogger(__name__)

LOST = "lost"
"""The code of this list, beside those of persons."""


class LostHit(msgspec.Struct, frozen=True):
    """A listed document, and the edition that says so."""

    match: LostMatch
    edition: EditionInUse


class LostAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What the list says of a document. ``unknown``: why it says nothing, where it could not be asked:
    "missing" (published, not here), "damaged", "document" (no issuer, or no number); else ""."""

    hit: LostHit | None = None
    unknown: str = ""


class LostNow:
    """The list at one moment. ``edition``: what is asked; ``published``: whether there is a list at all."""

    def __init__(
        self, edition: EditionInUse | None, numbers: LostNumbers | None, *, published: bool
    ) -> None:
        self.edition = edition
        self.published = published
        self._numbers = numbers

    def look(self, issuer: str, code: str, number: str) -> LostAnswer:
        """Whether a document is on the list: its issuer (alpha-3), its code ("P"), its number."""
        if not self.published or not number:
            return LostAnswer()
        if self.edition is None:
            return LostAnswer(unknown="missing")
        if self._numbers is None:
            return LostAnswer(unknown="damaged")
        if not can_look(issuer, number):
            return LostAnswer(unknown="document")
        try:
            match = self._numbers.look(issuer, code, number)
        except (LostError, OSError) as error:
            logger.error("the file of lost documents cannot be read: %s", error)
            return LostAnswer(unknown="damaged")
        return LostAnswer(hit=LostHit(match, self.edition) if match else None)


class _Opened(msgspec.Struct, frozen=True):
    """A file that is open, with so many changes over it; ``numbers`` None where it cannot be read."""

    edition: UUID
    file: LostFile | None
    overlay: Overlay

    def numbers(self, key: bytes) -> LostNumbers | None:
        return LostNumbers(self.file, key, self.overlay) if self.file else None


class Lost:
    """The list as this process has it open."""

    def __init__(self) -> None:
        self._opened: _Opened | None = None
        self._lock = threading.Lock()

    def now(self) -> LostNow:
        """The list to ask now."""
        published = all_editions()
        row = edition_here(published)
        if row is None:
            return LostNow(None, None, published=bool(published))
        changes = changes_here(row)
        with self._lock:
            opened = self._opened = _opened(row, changes, self._opened)
        edition = lost_in_use(row, changes[: opened.overlay.number])
        return LostNow(edition, opened.numbers(bytes(row.key)), published=True)

    def forget(self) -> None:
        """Have nothing open: the next question opens the file again."""
        with self._lock:
            self._opened = None


LOST_NUMBERS = Lost()


def lost_now() -> LostNow:
    """The lost and stolen documents that this node asks now."""
    return LOST_NUMBERS.now()


def lost_editions() -> tuple[EditionInUse, ...]:
    """The edition that this node asks, with its age; none where its file is not here."""
    row = edition_here()
    return (lost_in_use(row, changes_here(row)),) if row else ()


def latest_lost() -> EditionInUse | None:
    """The edition that the headquarters published last, wherever its file is; None where there is none."""
    row = next(iter(kept_up()), None)
    return lost_in_use(row, list(changes_of(row))) if row else None


def lost_in_use(row: LostEdition, changes: list[LostChange]) -> EditionInUse:
    """An edition with these changes, and its age today: it is as old as the last of them."""
    day = max([row.day, *(day_of(change.dated) for change in changes)])
    return EditionInUse(
        list_code=LOST,
        title=row.title,
        edition=row.id,
        dated=day,
        age_days=max(0, (_today(row) - day).days),
        limit_days=row.limit_days,
    )


def _today(row: LostEdition) -> date:
    """No edition is in use on a day before it was published."""
    return max(node_day(), day_of(row.published_at))


def _opened(row: LostEdition, changes: list[LostChange], before: _Opened | None) -> _Opened:
    """The file open, and all changes over it that can be read."""
    if before is None or before.edition != row.id or before.file is None:
        before = _Opened(row.id, _open(row), Overlay.none())
    overlay = before.overlay
    for change in changes[overlay.number :]:
        try:
            overlay = lay(overlay, row, change)
        except (LostError, JournalError) as error:
            logger.error("changes %s of lost documents cannot be read: %s", change.number, error)
            break
    return _Opened(row.id, before.file, overlay)


def _open(row: LostEdition) -> LostFile | None:
    try:
        return LostFile(file_of(row), bytes(row.key))
    except (LostError, OSError) as error:
        logger.error("the file of lost documents %s cannot be opened: %s", row.digest, error)
        return None
