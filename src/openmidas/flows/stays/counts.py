"""Counting presences as they come and go: totals and their parts are sums of the same rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID, uuid5

import msgspec
from django.db import connection

from openmidas.crossings.inspection import Direction
from openmidas.crossings.models import Crossing, Status
from openmidas.flows.models import Counted, Limit, Presence, PresenceCount

_NAMES = UUID("01900000-0000-7000-8000-0000f1005003")
ROWS = 500
"""Counts that are written by one statement."""


class Key(msgspec.Struct, frozen=True):
    """What is counted together: the columns of a `PresenceCount` but its number."""

    post: UUID
    what: str
    nationality: str = ""
    limit: str = ""
    day: date | None = None

    @property
    def id(self) -> UUID:
        """The id of its row: the same after every rebuild."""
        day = self.day.isoformat() if self.day else ""
        return uuid5(
            _NAMES, "\t".join((self.post.hex, self.what, self.nationality, self.limit, day))
        )


def limit_of(rule: str, until: date | None) -> Limit:
    """What kind of limit a stay has. Without a rule it is not known: never "without a limit"."""
    if until is not None:
        return Limit.DAY
    return Limit.NONE if rule else Limit.UNKNOWN


def keys_of(row: Presence) -> Iterator[Key]:
    """Everything that a presence counts under."""
    limit = limit_of(row.rule, row.until).value
    yield Key(row.node, Counted.NOW.value, row.nationality, limit)
    yield Key(row.node, Counted.ENTERED.value, day=row.entered)
    if row.until is not None:
        yield Key(row.node, Counted.UNTIL.value, day=row.until)


def count_without_document(before: Crossing | None, after: Crossing) -> Counter[Key]:
    """What changes in the counts of those who cannot be matched, since they have no document."""
    change: Counter[Key] = Counter(_without(after))
    if before is not None:
        change.subtract(_without(before))
    return change


def _without(crossing: Crossing) -> Iterator[Key]:
    if crossing.status == Status.ADMITTED and not crossing.document_key:
        entry = crossing.direction == Direction.ENTRY
        what = Counted.ENTRY_WITHOUT if entry else Counted.EXIT_WITHOUT
        yield Key(crossing.node, what.value)


def add(change: Counter[Key]) -> None:
    """Add to the counts. None is kept at nought: which ones were there must not show."""
    changed = [(key, number) for key, number in change.items() if number]
    for start in range(0, len(changed), ROWS):
        _add(changed[start : start + ROWS])
    gone = [key.id for key, number in changed if number < 0]
    if gone:
        PresenceCount.objects.filter(id__in=gone, number=0).delete()


def _add(numbers: list[tuple[Key, int]]) -> None:
    columns = "id, node, what, nationality, limit_of, day, number"
    rows = ", ".join(["(" + ", ".join(["%s"] * 7) + ")"] * len(numbers))
    values: list[Any] = []
    for key, number in numbers:
        day = None if key.day is None else connection.ops.adapt_datefield_value(key.day)
        id, post = (_uuid(one) for one in (key.id, key.post))
        values += [id, post, key.what, key.nationality, key.limit, day, number]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {PresenceCount._meta.db_table} AS held ({columns}) VALUES {rows} "  # noqa: S608
            "ON CONFLICT (id) DO UPDATE SET number = held.number + excluded.number",
            values,
        )


def _uuid(value: UUID) -> Any:
    return value if connection.features.has_native_uuid_field else value.hex
