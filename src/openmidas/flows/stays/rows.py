"""Making the rows of presences, of many documents at once, what they should be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TypeVar
from uuid import UUID

from openmidas.flows.models import Presence, UnmatchedExit
from openmidas.flows.stays.counts import Key, keys_of
from openmidas.journal.inserting import insert

RowT = TypeVar("RowT", Presence, UnmatchedExit)


def keep_presences(wanted: Mapping[UUID, Presence | None]) -> Counter[Key]:
    """For each document its presence, or none; what changes in the counts by it."""
    held = Presence.objects.in_bulk(list(wanted))
    change: Counter[Key] = Counter()
    for row in held.values():
        change.subtract(keys_of(row))
    for now in wanted.values():
        change.update(keys_of(now) if now is not None else ())
    _keep(Presence, held, wanted)
    return change


def keep_unmatched(wanted: Mapping[UUID, UnmatchedExit | None]) -> None:
    """For each document its unmatched exit, or none."""
    _keep(UnmatchedExit, UnmatchedExit.objects.in_bulk(list(wanted)), wanted)


def _keep(model: type[RowT], held: Mapping[UUID, RowT], wanted: Mapping[UUID, RowT | None]) -> None:
    gone = [id for id in held if wanted[id] is None]
    if gone:
        model._default_manager.filter(id__in=gone).delete()
    rows = [row for row in wanted.values() if row is not None]
    insert(model, [row for row in rows if row.id not in held])
    for row in rows:
        if row.id in held and _values(held[row.id]) != _values(row):
            row.save(force_update=True)


def _values(row: Presence | UnmatchedExit) -> list[object]:
    return [getattr(row, field.attname) for field in row._meta.concrete_fields]
