"""The cursor that lets the tables follow the journals that were copied, batch by batch.

Many journals go in one transaction: what all of them add to, such as the counts of the country, is
then written once. Receipts do not wait for it: whoever takes in more of a journal holds its row
(`openmidas.journal.store.lock_journal`) beside whoever lets the tables follow it, and only what
changes a journal behind its head holds it alone.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence

from django.db import OperationalError, connection, transaction

from openmidas.journal.entry import decode_body
from openmidas.journal.kinds import NodeKind
from openmidas.journal.models import Journal, JournalEntry
from openmidas.journal.projecting import (
    PutOff,
    is_of_database,
    project,
    project_or_quarantine,
    put_off,
)

logger = logging.getLogger(__name__)

BATCH = 200
"""Entries of one journal that a transaction takes, so that none keeps the others' news back."""
TOGETHER = 1_000
"""Entries of several journals that it takes: what they touch is held until it ends."""

Run = tuple[Journal, list[JournalEntry]]

_apart: set[int] = set()
"""Journals that spoilt a batch of several since this process began: they no longer delay others."""


def project_pending(journal: Journal, batch: int = BATCH) -> int:
    """Let the tables follow a copied journal by one batch; how many entries were taken.

    The cursor moves in the same transaction as the rows, so that a kill in between repeats nothing.
    """
    with transaction.atomic():
        runs = _runs([journal], batch)
        for held, entries in runs:
            if not _project_together([(held, entries)]):
                for entry in entries:
                    project_or_quarantine(entry, NodeKind(held.node_kind))
        return _move_on(runs)


def project_all(journals: Sequence[Journal]) -> int:
    """Let the tables follow these journals, of different nodes, by one batch each; how many were taken."""
    taken = 0
    several: list[Journal] = []
    waiting = 0
    for journal in journals:
        if journal.pk in _apart:
            taken += project_pending(journal)
            continue
        several.append(journal)
        waiting += min(BATCH, journal.sequence - journal.projected)
        if waiting >= TOGETHER:
            taken += _project_several(several)
            several, waiting = [], 0
    return taken + _project_several(several)


def _project_several(journals: Sequence[Journal]) -> int:
    """One batch of each, all in one transaction; where one of them fails, each by itself."""
    with transaction.atomic():
        runs = _runs(journals, BATCH)
        if _project_together(runs):
            return _move_on(runs)
    return sum(_project_alone(journal) for journal in journals)


def _project_alone(journal: Journal) -> int:
    with transaction.atomic():
        runs = _runs([journal], BATCH)
        if _project_together(runs):
            return _move_on(runs)
    _apart.add(journal.pk)
    return project_pending(journal)


def _runs(journals: Sequence[Journal], batch: int) -> list[Run]:
    """What the tables lack of each, up to a batch; held until the transaction ends, by their keys."""
    runs = []
    for held in _hold(journals):
        pending = JournalEntry.objects.filter(
            node=held.node, epoch=held.epoch, sequence__gt=held.projected
        ).order_by("sequence")[:batch]
        if entries := list(pending):
            runs.append((held, entries))
    return runs


def _hold(journals: Sequence[Journal]) -> Sequence[Journal]:
    """These rows, so that nobody else lets tables follow them, or changes what stands in them.

    On PostgreSQL more may be written into such a journal meanwhile. Two that let tables follow one
    journal would not see each other: the second finds that the cursor is not where it was.
    """
    found = Journal.objects.filter(pk__in=[journal.pk for journal in journals]).order_by("pk")
    if connection.vendor != "postgresql":
        return list(found.select_for_update())
    table = Journal._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id FROM {table} WHERE id = ANY(%s) ORDER BY id FOR KEY SHARE",  # noqa: S608
            [[journal.pk for journal in journals]],
        )
    return list(found)  # as they are now that they are held


def _move_on(runs: Sequence[Run]) -> int:
    """The tables have followed so far; how many entries that were."""
    for held, entries in runs:
        moved = Journal.objects.filter(pk=held.pk, projected=held.projected).update(
            projected=entries[-1].sequence
        )
        if not moved:
            raise OperationalError("another process lets the tables follow the same journal")
    return sum(len(entries) for _, entries in runs)


def _project_together(runs: Sequence[Run]) -> bool:
    """Project batches in one go; whether it went well. If not, nothing of it has been done.

    Nearly always all of it does, and a savepoint for each entry is a third of the work. What goes
    wrong is found again, told and set aside when the entries are projected one by one: hence the
    broad clause.
    """
    waiting: PutOff = {}
    token = put_off.set(waiting)
    try:
        with transaction.atomic():
            for journal, entries in runs:
                writer = NodeKind(journal.node_kind)
                for entry in entries:
                    if entry.body is not None:
                        project(entry, decode_body(bytes(entry.body)), writer)
            while waiting:  # what is done at the end may put off more
                do = next(iter(waiting))
                do(waiting.pop(do))
    except Exception as error:
        if is_of_database(error):
            raise
        logger.info("a batch is projected entry by entry", exc_info=True)
        return False
    finally:
        put_off.reset(token)
    return True
