"""A later version's migrations, by a process that kills itself in the midst of them.

    python -m tests.support.migrating prepare NUMBER   `midas prepare` of the later version, killed
                                                       before its NUMBER-th statement (0: never);
                                                       prints which statements of the migrations
                                                       change something
    python -m tests.support.migrating fill             some nodes that the migration finds
    python -m tests.support.migrating resume           `midas prepare` of the later version, and look
    python -m tests.support.migrating look             what is there, as `Found` in JSON

The node is the one in ``OPENMIDAS_HOME``. ``MIDAS_FIRST`` in the environment: the version of today.
"""

from __future__ import annotations

import hashlib
import os
import signal
import sys
from typing import Any

import django
import msgspec

LATER = {"nodes": "tests.support.later_migrations"}
CHANGES = ("CREATE", "ALTER", "DROP", "INSERT", "UPDATE", "DELETE", "COMMENT")
NODES = 5


class Found(msgspec.Struct, frozen=True):
    """A database as it was left.

    ``said``: the later migrations that it says it has; ``has``: those that it has all of; ``parts``:
    those that it has anything of; ``watched``: how many nodes are filled; ``journal``: a digest of
    all entries; ``unindexed``: months of the journal that lack their index;
    ``holds``: whether every journal verifies.
    """

    said: list[str]
    has: list[str]
    parts: list[str]
    watched: int
    nodes: int
    journal: str
    unindexed: int
    holds: bool

    @property
    def half(self) -> bool:
        """Whether it has a migration in part, or says of itself what is not so."""
        return not self.said == self.has == self.parts


def prepare(number: str) -> None:
    """Bring the database up to date, as far as it is let."""
    from django.db import connection

    from openmidas.nodes.commands import prepare as bring_up_to_date

    seen, changing, over = 0, [], False

    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal seen, over
        seen += 1
        if not over and sql.lstrip().upper().startswith(CHANGES):
            changing.append(seen)
        over |= "9002_watch" in (params or ())
        if seen == int(number):
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        bring_up_to_date(pages=False)
    sys.stdout.write(msgspec.json.encode(changing).decode())


def resume() -> None:
    """As a node does that starts again after a kill; then look."""
    from openmidas.nodes.commands import prepare as bring_up_to_date

    bring_up_to_date(pages=False)
    look()


def fill() -> None:
    """Rows for the migration to change, and entries that nothing may happen to."""
    from django.db import transaction
    from django.utils import timezone

    from openmidas.journal import Actor
    from openmidas.journal.models import new_id
    from openmidas.nodes.entries import EpochOpened
    from openmidas.nodes.identity import this_node
    from openmidas.nodes.models import EnrolledNode
    from openmidas.nodes.services import record

    for number in range(NODES):
        EnrolledNode.objects.create(
            id=new_id(),
            node=this_node().id,
            kind="post",
            name=f"Post {number}",
            state="MLI",
            epoch=1,
            public_key=b"",
            certificate="",
            enrolled_at=timezone.now(),
        )
        with transaction.atomic():
            record(EpochOpened(name=str(number), state="MLI", public_key=b""), actor=Actor())


def look() -> None:
    """What is there, asked of the database itself."""
    from django.db import connection

    from openmidas.journal.models import JournalEntry
    from openmidas.journal.verify import verify_all
    from openmidas.nodes.services import witness_keys

    holds = all(verdict.holds for verdict in verify_all(witness_keys()))
    digest = hashlib.sha256()
    for entry in JournalEntry.objects.order_by("epoch", "sequence"):
        digest.update(bytes(entry.header) + bytes(entry.body or b""))
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM django_migrations WHERE app = 'nodes' ORDER BY name")
        said = [name for (name,) in cursor.fetchall() if name.startswith("9")]
        tables = {table.name for table in connection.introspection.get_table_list(cursor)}
        columns = connection.introspection.get_table_description(cursor, "nodes_enrollednode")
        column = "watched" in {each.name for each in columns}
        indexes = connection.introspection.get_constraints(cursor, "nodes_enrollednode")
        watched = nodes = 0
        if column:
            cursor.execute("SELECT count(*) FROM nodes_enrollednode WHERE watched <> ''")
            (watched,) = cursor.fetchone()
        cursor.execute("SELECT count(*) FROM nodes_enrollednode")
        (nodes,) = cursor.fetchone()
        unindexed = _unindexed(cursor) if connection.vendor == "postgresql" else 0
    first = (column, "later_state" in indexes, nodes > 0 and watched == nodes)
    # On PostgreSQL a table is made plain first: it is whole with its partition for all the rest.
    parted = connection.vendor != "postgresql" or "later_watch_default" in tables
    second = ("later_watch" in tables and parted, "later_watch_plain" not in tables)
    has = [
        name for name, all_of in (("9001_watched", first), ("9002_watch", second)) if all(all_of)
    ]
    parts = [
        name
        for name, any_of in (
            ("9001_watched", any(first)),
            ("9002_watch", bool({"later_watch", "later_watch_plain"} & tables)),
        )
        if any_of
    ]
    found = Found(said, has, parts, watched, nodes, digest.hexdigest(), unindexed, holds)
    sys.stdout.write(msgspec.json.encode(found).decode())


def _unindexed(cursor: Any) -> int:
    """Months of the journal without the index that keeps each place to one entry."""
    cursor.execute(
        "SELECT count(*) FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid"
        " WHERE i.inhparent = 'journal_journalentry'::regclass AND c.relname NOT LIKE '%%default'"
        " AND NOT EXISTS (SELECT 1 FROM pg_index x WHERE x.indrelid = c.oid AND x.indisunique"
        " AND x.indnatts = 3)"
    )
    (number,) = cursor.fetchone()
    return int(number)


if __name__ == "__main__":
    from django.conf import settings

    if sys.argv[1] in ("prepare", "resume") and "MIDAS_FIRST" not in os.environ:
        settings.MIGRATION_MODULES = LATER
    django.setup()
    {"prepare": prepare, "fill": fill, "look": look, "resume": resume}[sys.argv[1]](*sys.argv[2:])
