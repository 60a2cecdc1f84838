"""The roll-up: each crossing is counted under every kind that pages ask for, as it arrives.

A day has the counts by one dimension of the traveller, a month those by any two as well: in that
way a year of a hundred posts is a sum of thousands of rows and not of millions. Only an HQ counts.
"""

from __future__ import annotations

from collections import Counter
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
from openmidas.journal.projecting import together
from openmidas.nodes.identity import this_node

ROWS = 500
"""Tallies that are written by one statement."""


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


def keys_of(crossing: Crossing) -> Iterator[Key]:
    """Everything that a crossing counts under at its post."""
    values = facets_of(crossing)
    day, month = crossing.day, crossing.day.replace(day=1)
    for span, start in ((Span.DAY, day), (Span.MONTH, month)):
        base = (crossing.node, span.value, start, crossing.direction, crossing.status)
        yield Key(*base)
        for facet in (*SINGLES, RECORDED):
            yield Key(*base, facet, values[facet])
        if span is Span.MONTH:
            for pair in PAIRS:
                yield Key(*base, pair, values[pair[0]], values[pair[1]])


def country_keys_of(crossing: Crossing) -> Iterator[Key]:
    """Everything that a crossing counts under for the country as a whole, by day."""
    values = facets_of(crossing)
    base = (EVERYWHERE, Span.DAY.value, crossing.day, crossing.direction, crossing.status)
    yield Key(*base)
    for facet in SINGLES:
        yield Key(*base, facet, values[facet])
    for pair in PAIRS:
        yield Key(*base, pair, values[pair[0]], values[pair[1]])


def all_keys_of(crossing: Crossing) -> Iterator[Key]:
    """Everything that a crossing counts under, at its post and for the country."""
    yield from keys_of(crossing)
    yield from country_keys_of(crossing)


@on_change
def count(before: Crossing | None, after: Crossing) -> None:
    """Keep the tallies up to date with one crossing that came, or that was decided otherwise."""
    if not this_node().is_hq:
        return
    change: Counter[Key] = Counter(all_keys_of(after))
    if before is not None:
        change.subtract(all_keys_of(before))
    together(_add_all, change)


def _add_all(changes: list[Counter[Key]]) -> None:
    """Add what many crossings change: most of them to the same tallies."""
    total: Counter[Key] = Counter()
    for change in changes:
        total.update(change)
    changed = [(key, number) for key, number in total.items() if number]
    for start in range(0, len(changed), ROWS):
        add(dict(changed[start : start + ROWS]))


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
    columns = "id, node, span, start, direction, status, facet, value, other, number"
    rows = ", ".join(["(" + ", ".join(["%s"] * 10) + ")"] * len(change))
    prepare = connection.ops.adapt_datefield_value
    values: list[Any] = []
    for key, number in change.items():
        id, post = (_uuid(one) for one in (key.id, key.post))
        values += [id, post, key.span, prepare(key.start), key.direction, key.status]
        values += [key.facet, key.value, key.other, number]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} AS held ({columns}) VALUES {rows} "  # noqa: S608
            "ON CONFLICT (id) DO UPDATE SET number = held.number + excluded.number",
            values,
        )


def _uuid(value: UUID) -> Any:
    return value if connection.features.has_native_uuid_field else value.hex
