"""Who is in the country after ten million crossings, by the project's own rule, in one pass.

The HQ keeps presences as crossings arrive, one document at a time. Here the newest crossings of all
documents are read in one go, and rows are made of them as `flows.stays.presence` does; `check_sample` lets
that room make some of them anew, and compares.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from typing import Any

import psycopg
from django.db import transaction
from django.db.models import Count
from psycopg.rows import dict_row

from bench.hq.loading import without_indexes
from openmidas.crossings.inspection import Direction
from openmidas.crossings.models import Crossing, Status
from openmidas.flows.models import Counted, Presence, UnmatchedExit
from openmidas.flows.stays import counts as presence_counts
from openmidas.flows.stays import presence
from openmidas.flows.stays.blocks import blocks_of
from openmidas.flows.stays.known import Paper
from openmidas.flows.stays.proposing import propose
from openmidas.journal.models import Projection

CHECKED = 300
# Of each document the newest crossing that was admitted, and whether the one before was an entry; a
# later one that was not admitted tells where the document was seen last.
NEWEST = """
WITH admitted AS (
  SELECT id, node, document_key, document_issuer, document_number, at, day, direction, surname,
    given_names, nationality, sex, age_group, stay_rule, stay_until, birth,
    row_number() OVER newest AS place, lead(direction) OVER newest AS before
  FROM crossings_crossing WHERE status = 'admitted' AND document_key <> ''
  WINDOW newest AS (
    PARTITION BY document_key, document_issuer ORDER BY at DESC, direction DESC, id DESC)
), others AS (
  SELECT DISTINCT ON (document_key, document_issuer)
    document_key, document_issuer, node AS other_node, at AS other_at
  FROM crossings_crossing WHERE status <> 'admitted' AND document_key <> ''
  ORDER BY document_key, document_issuer, at DESC, id DESC
)
SELECT * FROM admitted LEFT JOIN others USING (document_key, document_issuer)
WHERE place = 1 AND (direction = 'entry' OR before IS DISTINCT FROM 'entry')
"""
_NOT_COLUMNS = {"place", "before", "other_node", "other_at"}


def load_stays(url: str) -> int:
    """Make all presences, unmatched exits and their counts; how many documents are present."""
    counts: Counter[presence_counts.Key] = Counter()
    present = 0
    with (
        without_indexes(Presence),
        without_indexes(UnmatchedExit),
        psycopg.connect(url) as reader,
        psycopg.connect(url) as one,
        psycopg.connect(url) as two,
    ):
        reader.execute("SET work_mem = '256MB'")
        with (
            one.cursor().copy(_copy(Presence)) as presences,
            two.cursor().copy(_copy(UnmatchedExit)) as exits,
        ):
            for row in _newest(reader):
                if isinstance(row, Presence):
                    present += 1
                    counts.update(presence_counts.keys_of(row))
                    presences.write_row(_values(row))
                else:
                    exits.write_row(_values(row))
    counts.update(_without_document())
    keys = list(counts)
    for start in range(0, len(keys), 5000):
        presence_counts.add(Counter({key: counts[key] for key in keys[start : start + 5000]}))
    return present


def check_sample() -> None:
    """The room itself makes the same rows of the same documents. Raises `AssertionError`."""
    chance = random.Random(3)  # noqa: S311  a repeatable choice, not a secret
    keys = list(
        Crossing.objects.exclude(document_key="").values_list("document_key", flat=True)[:9999]
    )
    for key in chance.sample(keys, CHECKED):
        one = Crossing.objects.filter(document_key=key)[0]
        paper = Paper(one.document_key, one.document_issuer)
        before = _held(paper)
        with transaction.atomic():
            for table in (Presence, UnmatchedExit):
                table.objects.filter(id=paper.id).delete()
            presence.follow(None, one)
            after = _held(paper)
            transaction.set_rollback(True)
        assert before == after, paper


def compare_once() -> int:
    """One run of the job that proposes matches; how many crossings it compared."""
    return propose()


def _held(paper: Paper) -> list[list[dict[str, Any]]]:
    present = Presence.objects.filter(id=paper.id).values()
    left = UnmatchedExit.objects.filter(id=paper.id).values()
    return [[dict(row) for row in present], [dict(row) for row in left]]


def _newest(reader: psycopg.Connection[Any]) -> Iterator[Presence | UnmatchedExit]:
    with reader.cursor("newest", row_factory=dict_row) as cursor:
        cursor.itersize = 10_000
        cursor.execute(NEWEST)
        for found in cursor:
            yield _row(found)


def _row(found: dict[str, Any]) -> Presence | UnmatchedExit:
    crossing = Crossing(**{name: found[name] for name in found.keys() - _NOT_COLUMNS})
    paper = Paper(crossing.document_key, crossing.document_issuer)
    first, last = blocks_of(crossing)
    if crossing.direction == Direction.EXIT:
        return UnmatchedExit(
            id=paper.id, node=crossing.node, document_key=paper.key, crossing=crossing.id,
            left_at=crossing.at, birth=crossing.birth, first=first, last=last,
        )  # fmt: skip
    later = found["other_at"] is not None and found["other_at"] > crossing.at
    return Presence(
        id=paper.id, node=crossing.node, document_key=paper.key, issuer=paper.issuer,
        nationality=crossing.nationality, sex=crossing.sex, age_group=crossing.age_group,
        crossing=crossing.id, entered_at=crossing.at, entered=crossing.day,
        seen_node=found["other_node"] if later else crossing.node,
        seen_at=found["other_at"] if later else crossing.at, rule=crossing.stay_rule,
        until=crossing.stay_until, birth=crossing.birth, first=first, last=last,
    )  # fmt: skip


def _without_document() -> Counter[presence_counts.Key]:
    counts: Counter[presence_counts.Key] = Counter()
    without = Crossing.objects.filter(document_key="", status=Status.ADMITTED)
    for direction, what in (
        (Direction.ENTRY, Counted.ENTRY_WITHOUT),
        (Direction.EXIT, Counted.EXIT_WITHOUT),
    ):
        found = without.filter(direction=direction).order_by().values("node")
        for node, number in found.annotate(number=Count("id")).values_list("node", "number"):
            counts[presence_counts.Key(node, what.value)] = number
    return counts


def _copy(table: type[Projection]) -> str:
    columns = ", ".join(field.column or "" for field in table._meta.concrete_fields)
    return f"COPY {table._meta.db_table} ({columns}) FROM STDIN"


def _values(row: Projection) -> list[Any]:
    return [getattr(row, field.attname) for field in row._meta.concrete_fields]
