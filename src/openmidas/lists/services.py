"""Importing a list at the HQ: read, made an edition, published to every post, in one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from uuid import UUID

import msgspec
from django.db import transaction

from openmidas.exchange.attachments import Packed, keep, prepare
from openmidas.journal import Actor
from openmidas.journal.models import new_id
from openmidas.journal.store import lock_journal
from openmidas.lists import entries
from openmidas.lists.editions import latest_edition, whole_editions
from openmidas.lists.given import (
    GivenFile,
    ImportRefused,
    Naming,
    Progress,
    check_given,
    one_source,
    read_given,
)
from openmidas.lists.models import day_of
from openmidas.lists.source_files import compress, in_parts
from openmidas.nodes.identity import this_node
from openmidas.nodes.services import record
from openmidas.screening import ColumnRead, Problem, ReadList

LIMIT_DAYS = 14
"""How old an edition may grow before it is called stale, where nobody says otherwise."""

RECENT_EDITIONS = 4
"""Against so many editions before it a new one is packed."""
MOST_LIMIT_DAYS = 3650
MOST_FILE_BYTES = 256 * 1024 * 1024
"""Of all files of a list together: the largest list of today, OFAC's advanced XML, is half of it."""


class ImportReport(msgspec.Struct, frozen=True, kw_only=True):
    """What an import came to. ``repeated``: the very same was in use already and nothing was written.

    ``columns``: of a table, what each was taken for.
    """

    edition: UUID
    list_code: str
    title: str
    dated: date
    persons: int
    entities: int
    limit_days: int
    bytes: int
    problems: tuple[Problem, ...]
    columns: tuple[ColumnRead, ...] = ()
    repeated: bool = False


def import_un(
    path: Path,
    *,
    actor: Actor,
    limit_days: int | None = None,
    file_name: str = "",
    accept_older: bool = False,
    progress: Progress = lambda done, total: None,
) -> ImportReport:
    """Publish the UN Security Council's consolidated list (XML, plain or gzipped); see `import_list`."""
    return import_list(
        "un",
        [GivenFile(path, file_name)],
        actor=actor,
        limit_days=limit_days,
        accept_older=accept_older,
        progress=progress,
    )


def import_list(
    kind: str,
    files: Sequence[GivenFile],
    *,
    actor: Actor,
    naming: Naming | None = None,
    limit_days: int | None = None,
    accept_older: bool = False,
    progress: Progress = lambda done, total: None,
) -> ImportReport:
    """Publish a list of some kind (see `openmidas.screening.FORMATS`) to every post.

    ``limit_days``: from which age on it is stale; None keeps the list's last, `LIMIT_DAYS` at first.
    Raises `ListError` when the files cannot be read as that list, `ImportRefused` when it may not be
    taken, `OSError` when there is no such file. In each case nothing is stored.
    """
    if not this_node().is_hq:
        raise ImportRefused("not_hq")
    if limit_days is not None and not 1 <= limit_days <= MOST_LIMIT_DAYS:
        raise ImportRefused("limit", most=str(MOST_LIMIT_DAYS))
    naming = naming or Naming()
    check_given(kind, files, naming, MOST_FILE_BYTES)
    read = read_given(kind, files, naming, progress)
    made = _Made(read, *one_source(files, read.edition.list_code))
    packed = prepare(
        made.data, _recent(read.edition.list_code)
    )  # seconds, and nobody waits for them
    with transaction.atomic():
        lock_journal(this_node().id, this_node().epoch)  # two imports at once go one by one
        current = latest_edition(read.edition.list_code)
        limit = limit_days or (current.limit_days if current else LIMIT_DAYS)
        if current is not None:
            if current.says == made.says and current.limit_days == limit:
                return made.report(current.id, limit, repeated=True)
            if current.dated > read.edition.dated and not accept_older:
                raise ImportRefused(
                    "older", dated=str(day_of(read.edition.dated)), current=str(current.day)
                )
        keep(packed)
        return _publish(made, packed, limit, actor)


def _recent(list_code: str) -> list[str]:
    """The editions that posts are likely to have: each gets a delta."""
    editions = whole_editions().filter(list_code=list_code).order_by("-clock", "-id")
    return list(editions.values_list("digest", flat=True)[:RECENT_EDITIONS])


class _Made:
    """A list that was read, with the bytes that it travels and is kept in."""

    def __init__(self, read: ReadList, file_name: str, source: bytes) -> None:
        self.edition = read.edition
        self.problems = read.problems
        self.columns = read.columns
        self.says = read.edition.digest()
        self.data = read.edition.encode()
        self.source = source
        self.file_name = file_name[-255:]

    def count(self, kind: str) -> int:
        return sum(listing.kind == kind for listing in self.edition.listings)

    def report(self, id: UUID, limit_days: int, *, repeated: bool = False) -> ImportReport:
        return ImportReport(
            edition=id,
            list_code=self.edition.list_code,
            title=self.edition.title,
            dated=day_of(self.edition.dated),
            persons=self.count("person"),
            entities=self.count("entity"),
            limit_days=limit_days,
            bytes=len(self.data),
            problems=self.problems,
            columns=self.columns,
            repeated=repeated,
        )


def _publish(made: _Made, packed: Packed, limit_days: int, actor: Actor) -> ImportReport:
    id = new_id()
    report = made.report(id, limit_days)
    _keep_source(made, id, actor)
    published = entries.EditionPublished(
        edition=id,
        list_code=report.list_code,
        title=report.title,
        dated=made.edition.dated,
        digest=packed.digest,
        says=made.says,
        size=packed.size,
        parts=0,
        persons=report.persons,
        entities=report.entities,
        limit_days=limit_days,
        problems=len(made.problems),
    )
    record(published, actor=actor)
    return report


def _keep_source(made: _Made, id: UUID, actor: Actor) -> None:
    """The file itself, then what of it was not understood; both stay at the HQ."""
    parts = list(in_parts(compress(made.source)))
    for number, data in parts:
        record(entries.SourcePartKept(edition=id, number=number, data=data), actor=actor)
    kept = entries.SourceKept(
        edition=id,
        file_name=made.file_name,
        size=len(made.source),
        digest=hashlib.sha256(made.source).hexdigest(),
        parts=len(parts),
    )
    record(kept, actor=actor)
    for first in range(0, len(made.problems), entries.PROBLEMS_TOGETHER):
        some = made.problems[first : first + entries.PROBLEMS_TOGETHER]
        problems = tuple(_source_problem(problem) for problem in some)
        record(entries.SourceProblemsFound(edition=id, first=first, problems=problems), actor=actor)


def _source_problem(problem: Problem) -> entries.SourceProblem:
    """Cut to what an entry takes; the full text stands in the listing and in the source."""
    return entries.SourceProblem(
        problem.listing[:64], problem.field[:120], problem.code, problem.text[:2_000]
    )
