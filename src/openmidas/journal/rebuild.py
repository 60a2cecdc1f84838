"""Making every projection again from the journals: into a shadow, then swapped.

The shadow (`shadow.py`) is made of temporary tables that hide the real ones from this connection
only: the projections write there without knowing it, while the counter goes on with the real
tables. The last entries and the swap are one transaction.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from uuid import UUID

from django.apps import apps
from django.db import transaction

from openmidas.journal.kinds import NodeKind
from openmidas.journal.local import ErasureUnderWay, Quarantined
from openmidas.journal.models import Journal, JournalEntry, Projection
from openmidas.journal.projecting import project_or_quarantine
from openmidas.journal.shadow import drop_shadow, make_shadow, swap_shadow

BATCH = 200
"""Entries a transaction: small, since the counter waits while one is open on SQLite."""

Progress = Callable[[int], None]
Cursors = dict[tuple[UUID, int], int]


def rebuilt_tables() -> list[str]:
    """The tables that journals make, quarantine included. Nothing else is touched."""
    made = [model for model in apps.get_models() if issubclass(model, Projection | Quarantined)]
    return sorted(model._meta.db_table for model in made)


def rebuild(progress: Progress = lambda _: None) -> int:
    """Replay all journals into a shadow and swap it in; how many entries it took.

    If anything fails, the tables are as they were.
    """
    tables = rebuilt_tables()
    cursors: Cursors = {}
    taken = 0
    # What is erased while this runs may have been replayed already: that waits for the next time.
    erased = dict(ErasureUnderWay.objects.values_list("id", "entries"))
    try:
        for table in tables:
            make_shadow(table)
        while batch := _next_batch(cursors):
            with transaction.atomic():
                taken += _replay(batch, cursors)
            progress(len(batch))
        with transaction.atomic():
            # Holding every journal's row: nobody appends between the last entry and the swap.
            journals = list(Journal.objects.select_for_update().order_by("pk"))
            while batch := _next_batch(cursors):
                taken += _replay(batch, cursors)
            for journal in journals:
                journal.projected = cursors.get((journal.node, journal.epoch), 0)
                journal.save(update_fields=["projected"])
            for table in tables:
                swap_shadow(table)
            _follow(erased)
    finally:
        for table in tables:
            drop_shadow(table)
    return taken


def _follow(erased: dict[UUID, int]) -> None:
    """The tables hold nothing any more of so many entries that these orders took the bodies of."""
    for id, entries in erased.items():
        ErasureUnderWay.objects.filter(id=id, entries=entries).update(tables_follow=True)


def _replay(batch: list[JournalEntry], cursors: Cursors) -> int:
    kinds = {(j.node, j.epoch): NodeKind(j.node_kind) for j in Journal.objects.all()}
    for entry in batch:
        project_or_quarantine(entry, kinds[entry.node, entry.epoch])
        cursors[entry.node, entry.epoch] = entry.sequence
    return len(batch)


def _next_batch(cursors: Cursors) -> list[JournalEntry]:
    """The next entries in their order of arrival, each journal strictly by its sequence.

    Ids carry the clock of arrival, and clocks jump; the sequence within a journal does not.
    """
    runs = [_run(journal, cursors) for journal in Journal.objects.order_by("node", "epoch")]
    fronts = [
        (entry.id, number, entry) for number, run in enumerate(runs) if (entry := next(run, None))
    ]
    heapq.heapify(fronts)
    batch: list[JournalEntry] = []
    while fronts and len(batch) < BATCH:
        _, number, entry = heapq.heappop(fronts)
        batch.append(entry)
        if following := next(runs[number], None):
            heapq.heappush(fronts, (following.id, number, following))
    return batch


def _run(journal: Journal, cursors: Cursors) -> Iterator[JournalEntry]:
    after = cursors.get((journal.node, journal.epoch), 0)
    found = JournalEntry.objects.filter(
        node=journal.node, epoch=journal.epoch, sequence__gt=after
    ).order_by("sequence")[:BATCH]
    return iter(list(found))
