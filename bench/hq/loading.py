"""Filling the headquarters: the table without its indexes first, by two connections at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta

import psycopg
from django.db import connection
from django.db.models import Q

from bench.hq.crossings import FUNCTIONS, insert
from bench.hq.headquarters import POSTS
from openmidas.crossings.ages import age_group
from openmidas.crossings.inspection import Document, State
from openmidas.crossings.models import Crossing, Status
from openmidas.crossings.reading import document_key, name_key
from openmidas.documents import PartialDate
from openmidas.flows.models import Notable
from openmidas.journal.models import Projection
from openmidas.journal.partitions import add_partitions

AT_ONCE = 2
STEP = 100_000
"""Trips that one statement makes."""
TRIPS_A_DOCUMENT = 3.3
TRIPS_A_CROSSING = 0.51
"""Not half: the second crossing of some trips lies in the future."""
CHECKED = 2000


def load(
    url: str, wanted: int, now: datetime, advance: Callable[[int], None], statement: str = ""
) -> int:
    """Make about so many crossings; how many there are. ``advance``: told of crossings made.

    ``statement``: another than that of `insert`, with the same parameters.
    """
    add_partitions(now - timedelta(days=400))
    with psycopg.connect(url, autocommit=True) as plain:
        plain.execute("ALTER SYSTEM SET max_wal_size = '4GB'")
        plain.execute("SELECT pg_reload_conf()")
        plain.execute(FUNCTIONS)
    trips = int(wanted * TRIPS_A_CROSSING)
    asked = {
        "documents": int(trips / TRIPS_A_DOCUMENT), "posts": POSTS, "now": now, "today": now.date(),
    }  # fmt: skip

    def make(first: int) -> int:
        part = {"first": first, "last": min(first + STEP, trips) - 1}
        with psycopg.connect(url) as one:
            made: int = one.execute(statement or insert(), asked | part).rowcount
        advance(made)
        return made

    with without_indexes(Crossing), ThreadPoolExecutor(AT_ONCE) as threads:
        return sum(threads.map(make, range(0, trips, STEP)))


@contextmanager
def without_indexes(model: type[Projection]) -> Iterator[None]:
    """Within this, the table has its key and no other index: they are faster made at the end."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s AND indexdef NOT LIKE "
            "'CREATE UNIQUE%%'",
            [table],
        )
        found = cursor.fetchall()
        for name, _ in found:
            cursor.execute(f'DROP INDEX "{name}"')
    yield
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '512MB'")
        for _, definition in found:
            cursor.execute(definition.replace(" ON ONLY ", " ON "))
        cursor.execute("RESET maintenance_work_mem")


def check_sample() -> None:
    """The program would have made the same columns. Raises `AssertionError`."""
    for row in Crossing.objects.order_by("id")[:CHECKED]:
        birth = PartialDate.parse(row.birth)
        assert row.inspected().id == row.id
        assert row.name_key == name_key(f"{row.surname} {row.given_names}")
        assert row.document_key == document_key(Document(number=row.document_number))
        assert row.age_group == age_group(birth, row.day), (row.birth, row.day, row.age_group)


def keep_notables() -> None:
    """What the situation page keeps of hits and refusals as they arrive."""
    found = Crossing.objects.filter(Q(status=Status.REFUSED) | Q(state=State.STOP))
    rows = (_notable(row) for row in found.iterator(chunk_size=5000))
    Notable.objects.bulk_create(rows, batch_size=5000)


def _notable(row: Crossing) -> Notable:
    hits = [one for one in row.inspected().findings if one.code == "list_hit"]
    return Notable(
        id=row.id,
        node=row.node,
        at=row.at,
        day=row.day,
        hits=len(hits),
        level=hits[0].params["level"] if hits else "",
        status=row.status,
        refusal_reason=row.refusal_reason,
    )


def vacuum(url: str) -> None:
    """What PostgreSQL does by itself in a headquarters that has run for a while."""
    with psycopg.connect(url, autocommit=True) as plain:
        plain.execute("VACUUM (ANALYZE)")
