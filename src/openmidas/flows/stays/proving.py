"""Holding the counts of who is in the country against the rows that they are of, in the database."""

from __future__ import annotations

from collections import Counter
from datetime import date
from uuid import UUID

import msgspec
from django.db import connection, transaction

from openmidas.crossings.inspection import Direction
from openmidas.crossings.models import Crossing, Status
from openmidas.flows.models import Counted, Limit, Presence, PresenceCount
from openmidas.flows.stays.counts import Key, add
from openmidas.flows.stays.presence import hold

_GROUPED = "node, what, nationality, limit_of, day"


class PresenceDifference(msgspec.Struct, frozen=True):
    """One count that is not what it should be."""

    key: Key
    tallied: int
    counted: int


def presence_differences() -> list[PresenceDifference]:
    """Where the counts are not what the presences, and the crossings without a document, say.

    One statement sees one moment: rows and counts change in one transaction.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_GROUPED}, SUM(tallied), SUM(counted) FROM ("  # noqa: S608  no value in it is a user's
            f"SELECT {_GROUPED}, number AS tallied, 0 AS counted FROM {PresenceCount._meta.db_table} "
            f"UNION ALL SELECT {_GROUPED}, 0, number FROM ({_counted()}) AS live"
            f") AS both_ways GROUP BY {_GROUPED} HAVING SUM(tallied) <> SUM(counted) "
            f"ORDER BY {_GROUPED}"
        )
        return [
            PresenceDifference(
                Key(UUID(str(node)), what, nationality, limit, _day(day)),
                int(tallied),
                int(counted),
            )
            for node, what, nationality, limit, day, tallied, counted in cursor.fetchall()
        ]


@transaction.atomic
def recount_presences() -> bool:
    """Make the counts anew where they differ; whether any did."""
    hold()
    found = presence_differences()
    for one in found:
        key = one.key
        PresenceCount.objects.filter(
            node=key.post, what=key.what, nationality=key.nationality, limit=key.limit, day=key.day
        ).delete()
    add(Counter({one.key: one.counted for one in found}))
    return bool(found)


def _counted() -> str:
    """What is counted (`counts.keys_of`, `counts.count_without_document`), in the columns of counts."""
    presences, crossings = Presence._meta.db_table, Crossing._meta.db_table
    limit = (
        f"CASE WHEN until IS NOT NULL THEN '{Limit.DAY}' WHEN rule = '' THEN '{Limit.UNKNOWN}' "
        f"ELSE '{Limit.NONE}' END"
    )
    nowhen = "CAST(NULL AS date)"
    without = (
        f"CASE WHEN direction = '{Direction.ENTRY}' THEN '{Counted.ENTRY_WITHOUT}' "
        f"ELSE '{Counted.EXIT_WITHOUT}' END"
    )
    parts = (
        (f"'{Counted.NOW}'", "nationality", limit, nowhen, presences, ""),
        (f"'{Counted.ENTERED}'", "''", "''", "entered", presences, ""),
        (f"'{Counted.UNTIL}'", "''", "''", "until", presences, "WHERE until IS NOT NULL"),
        (without, "''", "''", nowhen, crossings,
         f"WHERE status = '{Status.ADMITTED}' AND document_key = ''"),
    )  # fmt: skip
    return " UNION ALL ".join(
        f"SELECT node, {what} AS what, {nationality} AS nationality, {kind} AS limit_of, "  # noqa: S608
        f"{day} AS day, COUNT(*) AS number FROM {table} {where} GROUP BY 1, 2, 3, 4, 5"
        for what, nationality, kind, day, table, where in parts
    )


def _day(day: object) -> date | None:
    return None if day is None else date.fromisoformat(str(day))
