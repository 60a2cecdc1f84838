"""At the HQ: a list of lost and stolen documents becomes an edition; a list of changes, its changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path
from uuid import UUID

import msgspec
from django.db import transaction

from openmidas.exchange.attachments import keep, prepare
from openmidas.journal import Actor
from openmidas.journal.models import new_id
from openmidas.journal.store import lock_journal
from openmidas.lists.given import ImportRefused
from openmidas.lists.lost import entries
from openmidas.lists.lost.editions import (
    changes_here,
    changes_of,
    edition_here,
    file_of,
    folder,
    kept_up,
    lay,
)
from openmidas.lists.lost.in_use import LOST_NUMBERS
from openmidas.lists.lost.models import LostEdition
from openmidas.lists.models import day_of
from openmidas.lists.services import MOST_LIMIT_DAYS
from openmidas.nodes.identity import this_node
from openmidas.nodes.services import node_day, record
from openmidas.screening import open_list
from openmidas.screening.lost import (
    Built,
    Changes,
    LostFile,
    LostNumbers,
    LostReport,
    LostRow,
    Overlay,
    build,
    make_changes,
    new_key,
    read_lost,
)

TITLE = "Lost and stolen documents"
LIMIT_DAYS = 2
"""This list changes every day: older than two days it is stale, where nobody says otherwise."""

Progress = Callable[[int, int], None]
_TELL_EVERY = 20_000


class LostSource(msgspec.Struct, frozen=True, kw_only=True):
    """Files that say which documents are lost. ``issuer``: alpha-3, where they name none; ``removed``:
    all their rows are to be taken off; ``encoding``: where it is not UTF-8."""

    paths: tuple[Path, ...]
    issuer: str = ""
    removed: bool = False
    encoding: str = ""

    def rows(self, report: LostReport, progress: Progress) -> Iterator[LostRow]:
        """All documents of all files. Raises `ListError`, `OSError`."""
        sizes = [path.stat().st_size for path in self.paths]
        for at, path in enumerate(self.paths):
            done = sum(sizes[:at])
            for read, row in self._rows_of(path, report):
                if read >= 0:
                    progress(done + read, sum(sizes))
                yield row

    def _rows_of(self, path: Path, report: LostReport) -> Iterator[tuple[int, LostRow]]:
        """Each row; now and then with how many bytes of the file are read, else -1."""
        with open_list(path) as stream:
            raw = getattr(stream, "fileobj", stream)
            rows = read_lost(
                stream,
                report,
                issuer=self.issuer,
                removed=self.removed,
                encoding=self.encoding,
            )
            for at, row in enumerate(rows):
                yield raw.tell() if at % _TELL_EVERY == 0 else -1, row


class Published(msgspec.Struct, frozen=True, kw_only=True):
    """An edition that was published, and where its file lies."""

    edition: UUID
    path: Path
    built: Built
    dated: date
    limit_days: int


def publish(
    source: LostSource,
    report: LostReport,
    *,
    actor: Actor,
    dated: date | None = None,
    title: str = "",
    limit_days: int | None = None,
    progress: Progress = lambda done, total: None,
) -> Published:
    """Make an edition of these files under a key of its own, and publish it.

    Raises `ListError`, `LostError`, `OSError`, `ImportRefused` "not_hq", "limit", "empty"; nothing is
    published then. Takes about 350 MB of memory, and some twenty minutes for a hundred million rows.
    """
    last = _check(limit_days)
    key, part = new_key(), folder() / "coming.lost"
    try:
        built = build(part, key, source.rows(report, progress))
        if not built.entries:
            raise ImportRefused("empty")
        known = last.title if last else TITLE
        limit = limit_days or (last.limit_days if last else LIMIT_DAYS)
        return _publish(
            part,
            built,
            key,
            dated or node_day(),
            title or known,
            limit,
            report.left_out,
            actor,
        )
    finally:
        part.unlink(missing_ok=True)


def fold(*, actor: Actor, progress: Progress = lambda done, total: None) -> Published:
    """Make an edition of the one that is here and all that changed, without its source.

    It keeps the key: from hashes nobody can make those of another. Raises `LostError`, `OSError`,
    `ImportRefused` "not_hq", "no_edition", "changed_meanwhile".
    """
    _check(None)
    row = edition_here()
    if row is None:
        raise ImportRefused("no_edition")
    key, part = bytes(row.key), folder() / "coming.lost"
    file = LostFile(file_of(row), key)
    overlay, day = Overlay.none(), row.day
    try:
        for change in changes_here(row):
            overlay, day = lay(overlay, row, change), max(day, day_of(change.dated))
        built = LostNumbers(file, key, overlay).fold(part, progress)
        with transaction.atomic():
            lock_journal(this_node().id, this_node().epoch)
            if changes_of(row).count() != overlay.number:
                raise ImportRefused("changed_meanwhile")
            return _publish(part, built, key, day, row.title, row.limit_days, 0, actor)
    finally:
        file.close()
        part.unlink(missing_ok=True)


def publish_changes(
    source: LostSource,
    report: LostReport,
    *,
    actor: Actor,
    dated: date | None = None,
    progress: Progress = lambda done, total: None,
) -> list[Changes]:
    """Publish what changed, for each edition that is kept up; they travel to the posts by the link.

    Raises `ListError`, `LostError`, `OSError`, `ImportRefused` "not_hq", "no_edition", "empty".
    """
    _check(None)
    rows = list(source.rows(report, progress))
    if not rows:
        raise ImportRefused("empty")
    with transaction.atomic():
        lock_journal(this_node().id, this_node().epoch)
        editions = kept_up()
        if not editions:
            raise ImportRefused("no_edition")
        return [
            _change(edition, rows, report.left_out, dated or node_day(), actor)
            for edition in editions
        ]


def _check(limit_days: int | None) -> LostEdition | None:
    """The edition before. Raises `ImportRefused`."""
    if not this_node().is_hq:
        raise ImportRefused("not_hq")
    if limit_days is not None and not 1 <= limit_days <= MOST_LIMIT_DAYS:
        raise ImportRefused("limit", most=str(MOST_LIMIT_DAYS))
    return next(iter(kept_up()), None)


def _publish(
    part: Path,
    built: Built,
    key: bytes,
    day: date,
    title: str,
    limit: int,
    left_out: int,
    actor: Actor,
) -> Published:
    """Put the file in its place, then tell of it: never the other way round."""
    content = entries.LostPublished(
        edition=new_id(),
        title=title,
        dated=_noon(day),
        digest=built.digest,
        size=built.size,
        key=key,
        documents=built.entries,
        left_out=left_out,
        limit_days=limit,
    )
    path = folder() / f"{built.digest}.lost"
    part.replace(path)
    with transaction.atomic():
        record(content, actor=actor)
    LOST_NUMBERS.forget()
    return Published(edition=content.edition, path=path, built=built, dated=day, limit_days=limit)


def _change(
    edition: LostEdition, rows: list[LostRow], left_out: int, day: date, actor: Actor
) -> Changes:
    last = changes_of(edition).last()
    number = last.number + 1 if last else 1
    changes = make_changes(bytes(edition.key), edition.digest, number, rows)
    packed = prepare(changes.encode())
    keep(packed)
    content = entries.LostChanged(
        edition=edition.id,
        number=number,
        dated=_noon(day),
        digest=packed.digest,
        size=packed.size,
        added=changes.header.added,
        removed=changes.header.removed,
        left_out=left_out,
    )
    record(content, actor=actor)
    return changes


def _noon(day: date) -> datetime:
    """The day in every zone that a State of ours is in."""
    return datetime.combine(day, time(12), tzinfo=UTC)
