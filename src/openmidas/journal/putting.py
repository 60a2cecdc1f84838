"""Rows that many entries make, written together at the end of their batch.

An HQ has thousands of crossings a minute to put into its tables: one question for all that are there,
and one statement for all that are new, instead of two for each.
"""

from __future__ import annotations

import copy
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

import msgspec

from openmidas.journal.errors import JournalError
from openmidas.journal.inserting import insert
from openmidas.journal.models import Projection
from openmidas.journal.projecting import Origin, Row, set_values, together

Then = Callable[[Row | None, Row], None]


class _Put(msgspec.Struct, frozen=True):
    model: type[Projection]
    origin: Origin
    id: UUID
    values: dict[str, Any]
    then: Callable[[Any, Any], None]
    amends: bool


def put_then(model: type[Row], origin: Origin, id: UUID, then: Then[Row], /, **values: Any) -> None:
    """As `projecting.put`, together with the others of a batch.

    ``then`` is called when the row is written, with the row as it was before (None: there was none)
    and as it is now. Who reads these rows while a batch is projected has to do it there.
    """
    together(_put_all, _Put(model, origin, id, values, then, amends=False))


def amend_then(
    model: type[Row], origin: Origin, id: UUID, then: Then[Row], /, **values: Any
) -> None:
    """As `projecting.amend`, in its turn among those that `put_then` puts off."""
    together(_put_all, _Put(model, origin, id, values, then, amends=True))


def _put_all(puts: Sequence[_Put]) -> None:
    by_model: defaultdict[type[Projection], list[_Put]] = defaultdict(list)
    for put in puts:
        by_model[put.model].append(put)
    for model, of_model in by_model.items():
        for put, before, after in _put_rows(model, of_model):
            put.then(before, after)


def _put_rows(
    model: type[Projection], puts: Sequence[_Put]
) -> list[tuple[_Put, Projection | None, Projection]]:
    """Write what these make of the rows; for each, the row before it and behind it."""
    rows = dict(model._default_manager.in_bulk([put.id for put in puts]))
    new: list[UUID] = []
    changed: dict[UUID, None] = {}
    steps = []
    for put in puts:
        before = rows.get(put.id)
        if before is not None:
            after = copy.copy(before)
            if set_values(after, put.origin, put.values):
                changed[put.id] = None
        elif put.amends:
            raise JournalError("row.missing", table=model._meta.db_table, id=str(put.id))
        else:
            after = model(id=put.id, node=put.origin.node, **put.values)
            new.append(put.id)
        rows[put.id] = after
        steps.append((put, before, after))
    insert(model, [rows[id] for id in new])
    for id in changed.keys() - new:
        rows[id].save()
    return steps
