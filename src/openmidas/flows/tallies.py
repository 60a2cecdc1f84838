"""The roll-up: each crossing is counted under every kind that pages ask for, as it arrives.

A day has the counts by one dimension of the traveller, a month those by any two as well: in that
way a year of a hundred posts is a sum of thousands of rows and not of millions. Only an HQ counts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection

from openmidas.crossings.changes import on_change
from openmidas.crossings.models import Crossing
from openmidas.flows.dimensions import PAIRS, RECORDED, SINGLES, facets_of
from openmidas.flows.models import EVERYWHERE, CountryTally, Span, Tally
from openmidas.journal.inserting import copy_in
from openmidas.journal.projecting import together
from openmidas.nodes.identity import this_node

ROWS = 500
"""Tallies that one statement of SQLite writes."""


class Key(msgspec.Struct, frozen=True):
    """What is counted together: the columns of a `Tally` but its number."""

    post: UUID
    span: str
    start: date
    direction: str
    status: str
    facet: str = ""
    value: str = ""
    other: str = ""

    @property
    def id(self) -> UUID:
        """The id of its row: the same at every node and after every rebuild.

        Of a hash that databases have as well: `recounting` makes millions of rows in theirs.
        """
        said = (self.post.hex, self.span, self.start.isoformat(), self.direction, self.status)
        text = "\t".join((*said, self.facet, self.value, self.other))
        return UUID(sha256(text.encode()).hexdigest()[:32])


Base = tuple[UUID, str, date, str, str]
"""Post (or everywhere), span, start, direction and status."""
Cell = tuple[str, str, str]
"""Facet, value and other: what divides a base. Plain tuples, of which a busy HQ counts millions."""
Counts = list[tuple[Base, list[Cell]]]


def _counts_of(crossing: Crossing) -> Counts:
    """Everything that a crossing counts under: at its post by day and month, and for the country."""
    values = facets_of(crossing)
    ones: list[Cell] = [("", "", ""), *((facet, values[facet], "") for facet in SINGLES)]
    at_post: list[Cell] = [*ones, (RECORDED, values[RECORDED], "")]
    twos = [(pair, values[pair[0]], values[pair[1]]) for pair in PAIRS]
    day, kind = crossing.day, (crossing.direction, crossing.status)
    month = day.replace(day=1)
    return [
        ((crossing.node, Span.DAY.value, day, *kind), at_post),
        ((crossing.node, Span.MONTH.value, month, *kind), at_post + twos),
        ((EVERYWHERE, Span.DAY.value, day, *kind), ones + twos),
    ]


def all_keys_of(crossing: Crossing) -> Iterator[Key]:
    """Everything that a crossing counts under, at its post and for the country."""
    for base, cells in _counts_of(crossing):
        for cell in cells:
            yield Key(*base, *cell)


def keys_of(crossing: Crossing) -> Iterator[Key]:
    """Everything that a crossing counts under at its post."""
    return (key for key in all_keys_of(crossing) if key.post != EVERYWHERE)


def country_keys_of(crossing: Crossing) -> Iterator[Key]:
    """Everything that a crossing counts under for the country as a whole, by day."""
    return (key for key in all_keys_of(crossing) if key.post == EVERYWHERE)


@on_change
def count(before: Crossing | None, after: Crossing) -> None:
    """Keep the tallies up to date with one crossing that came, or that was decided otherwise."""
    if not this_node().is_hq:
        return
    together(_add_all, (_counts_of(after), 1))
    if before is not None:
        together(_add_all, (_counts_of(before), -1))


def _add_all(changes: list[tuple[Counts, int]]) -> None:
    """Add what many crossings change: most of them to the same tallies."""
    total: defaultdict[Base, Counter[Cell]] = defaultdict(Counter)
    for counts, number in changes:
        for base, cells in counts:
            held = total[base]
            for cell in cells:
                held[cell] += number
    changed = [
        (Key(*base, *cell), number)
        for base, cells in total.items()
        for cell, number in cells.items()
        if number
    ]
    add(dict(changed))


def add(change: dict[Key, int]) -> None:
    """Add to the tallies, which are made where they are missing, and go where nothing is left.

    In that way they are the same rows in whatever batches they came about.
    """
    country = {key: number for key, number in change.items() if key.post == EVERYWHERE}
    posts = {key: number for key, number in change.items() if key.post != EVERYWHERE}
    for model, part in ((Tally, posts), (CountryTally, country)):
        if part:
            _add_to(model._meta.db_table, part)
        if gone := [key.id for key, number in part.items() if number < 0]:
            model._default_manager.filter(id__in=gone, number=0).delete()


def _add_to(table: str, change: dict[Key, int]) -> None:
    add_rows = _add_by_copy if connection.vendor == "postgresql" else _add_as_values
    add_rows(
        table,
        [
            (
                key.id,
                key.post,
                key.span,
                key.start,
                key.direction,
                key.status,
                key.facet,
                key.value,
                key.other,
                number,
            )
            for key, number in change.items()
        ],
    )


def _add_as_values(table: str, rows: list[tuple[Any, ...]]) -> None:
    one = "(" + ", ".join(["%s"] * len(_COLUMNS)) + ")"
    for start in range(0, len(rows), ROWS):
        some = rows[start : start + ROWS]
        told = "VALUES " + ", ".join([one] * len(some))
        with connection.cursor() as cursor:
            values = [_plain(value) for row in some for value in row]
            cursor.execute(_adding(table, told), values)


def _plain(value: Any) -> Any:
    """As SQLite has it, which knows neither ids nor days."""
    if isinstance(value, UUID):
        return value.hex
    return value.isoformat() if isinstance(value, date) else value


def _add_by_copy(table: str, rows: list[tuple[Any, ...]]) -> None:
    """By way of a table of this connection's own: as text, they would take longer than all the rest."""
    columns = ", ".join(f"{name} {kind}" for name, kind in _COLUMNS.items())
    with connection.cursor() as cursor:
        # Once a connection: a table made anew each time would fill the database's own catalogue.
        cursor.execute(
            f"CREATE TEMPORARY TABLE IF NOT EXISTS {_ADDED} ({columns}) ON COMMIT DELETE ROWS"
        )
        copy_in(_ADDED, _COLUMNS, rows)
        cursor.execute(_adding(table, f"SELECT * FROM {_ADDED}"))  # noqa: S608  names from here
        cursor.execute(f"TRUNCATE {_ADDED}")


def _adding(table: str, told: str) -> str:
    return (
        f"INSERT INTO {table} AS held ({', '.join(_COLUMNS)}) {told} "
        "ON CONFLICT (id) DO UPDATE SET number = held.number + excluded.number"
    )


_ADDED = "flows_added"
_COLUMNS = {
    "id": "uuid",
    "node": "uuid",
    "span": "text",
    "start": "date",
    "direction": "text",
    "status": "text",
    "facet": "text",
    "value": "text",
    "other": "text",
    "number": "integer",
}
