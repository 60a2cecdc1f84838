"""The lists that this process screens with: in memory, opened or built once, swapped in one step.

The counter asks `lists_now` within the request of a scan, so nobody waits there for an index: it is
opened (or built, where it is not kept compiled yet) by `warm_up` when the server starts, and when a
newer edition arrives, the one before goes on answering until the new index stands. An answer names the
editions that it was made with, never those that are about to be used.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from datetime import date
from uuid import UUID

import msgspec
from django.db import DatabaseError, connection
from django.utils import timezone

from openmidas.lists.compiled import Opened, kept, open_editions
from openmidas.lists.editions import Latest, latest_clocks
from openmidas.lists.models import ListEdition
from openmidas.nodes.services import node_day
from openmidas.screening import Hit, Index, Lexicon, Query

logger = logging.getLogger(__name__)


class EditionInUse(msgspec.Struct, frozen=True, kw_only=True):
    """An edition that travellers are screened with, and its age in days today."""

    list_code: str
    title: str
    edition: UUID
    dated: date
    age_days: int
    limit_days: int

    @property
    def stale(self) -> bool:
        """Whether it is past its own limit: no match in it never means "clear"."""
        return self.age_days > self.limit_days


class ListHit(Hit, frozen=True):
    """A hit, with the edition that it was found in."""

    edition: EditionInUse


class Snapshot:
    """The lists as they are at one moment: what is asked of it is answered by the same editions."""

    def __init__(self, editions: tuple[EditionInUse, ...], index: Index, day: date) -> None:
        self.editions = editions
        self._index = index
        self._day = day

    @property
    def lexicon(self) -> Lexicon:
        """How common words are in all these lists together."""
        return self._index.lexicon

    def screen(self, query: Query) -> tuple[ListHit, ...]:
        """The listings that may be this traveller and have not expired, the surest first."""
        editions = {edition.list_code: edition for edition in self.editions}
        return tuple(
            ListHit(**msgspec.structs.asdict(hit), edition=editions[hit.list_code])
            for hit in self._index.screen(query)
            if hit.listing.expires_on is None or hit.listing.expires_on >= self._day
        )


class _Loaded(msgspec.Struct, frozen=True):
    """What is in memory, and what was the latest of each list when it was made."""

    latest: Latest
    rows: tuple[ListEdition, ...]
    index: Index

    @classmethod
    def kept(cls, latest: Latest) -> _Loaded | None:
        """What was compiled before and is kept; None where it has to be built."""
        found = kept(latest)
        return cls(latest, found.rows, found.index) if found is not None else None

    @classmethod
    def build(cls, latest: Latest, opened: Sequence[Opened]) -> _Loaded:
        rows = tuple(item.row for item in opened)
        return cls(latest, rows, Index.build([item.edition for item in opened]))


class Lists:
    """The lists in the memory of a process."""

    def __init__(self) -> None:
        self._loaded: _Loaded | None = None
        self._coming: Latest | None = None
        self._lock = threading.Lock()

    def now(self) -> Snapshot:
        """The lists to screen with now."""
        loaded = self._current()
        day = _today(loaded.rows)
        return Snapshot(tuple(in_use(row, day) for row in loaded.rows), loaded.index, day)

    def forget(self) -> None:
        """Have nothing in memory: the next question reads the lists again, and waits for them."""
        with self._lock:
            self._loaded = self._coming = None

    def _current(self) -> _Loaded:
        """What to answer with. Waits for an index only where there is no list to answer with."""
        latest = latest_clocks()
        loaded = self._loaded
        if loaded is not None and loaded.latest == latest:
            return loaded
        with self._lock:
            if self._loaded is None or (not self._loaded.rows and self._loaded.latest != latest):
                self._loaded = _Loaded.kept(latest) or _Loaded.build(latest, open_editions())
            elif latest not in (self._loaded.latest, self._coming):
                self._swap(latest)
            return self._loaded

    def _swap(self, latest: Latest) -> None:
        found = _Loaded.kept(latest)
        if found is not None:
            self._loaded, self._coming = found, None
            return
        self._coming = latest
        self._replace(latest, open_editions())

    def _replace(self, latest: Latest, opened: Sequence[Opened]) -> None:
        """Build in a thread that needs no database, then swap, unless something newer is coming."""

        def build() -> None:
            loaded = _Loaded.build(latest, opened)
            with self._lock:
                if self._coming == latest:
                    self._loaded, self._coming = loaded, None

        threading.Thread(target=build, name="lists", daemon=True).start()


LISTS = Lists()


def lists_now() -> Snapshot:
    """The lists that this node screens with now: their editions, and the question to them."""
    return LISTS.now()


def editions_in_use() -> tuple[EditionInUse, ...]:
    """The editions that this node screens with, by the code of their list; empty: no list at all."""
    return LISTS.now().editions


def warm_up() -> threading.Thread:
    """Read the lists in the background, so that the first traveller does not wait for them."""
    thread = threading.Thread(target=_warm_up, name="lists", daemon=True)
    thread.start()
    return thread


def in_use(row: ListEdition, day: date) -> EditionInUse:
    """An edition with its age on a day; one that is dated in the future has no age."""
    return EditionInUse(
        list_code=row.list_code,
        title=row.title,
        edition=row.id,
        dated=row.day,
        age_days=max(0, (day - row.day).days),
        limit_days=row.limit_days,
    )


def _today(rows: Sequence[ListEdition]) -> date:
    """No edition is in use on a day before it was published."""
    return max([node_day(), *(timezone.localdate(row.published_at) for row in rows)])


def _warm_up() -> None:
    try:
        LISTS.now()
    except DatabaseError:
        logger.warning("the lists could not be read ahead", exc_info=True)
    finally:
        connection.close()
