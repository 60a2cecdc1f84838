"""Writing the files of the database anew, so that nothing is left in them of what was erased.

A row that is deleted or changed may leave bytes behind: in free pages, in the gaps of pages that are
in use, in statistics, in the write-ahead log. SQLite writes over what it frees (``secure_delete``,
see `web.databases`), but not over the copies that it makes when it moves rows between pages; so the
whole file is written anew, and its log is cut to nothing. On PostgreSQL the tables that held it are
written into new files, and the old ones are removed.

What this cannot reach: the log of PostgreSQL as it was archived or not yet written over, backups,
the blocks of a disk below its file system, sticks.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Any

from django.db import OperationalError, connection
from django.db.models import Model

from openmidas.journal.local import AdvanceCopy, ErasureUnderWay, RefusedSegment
from openmidas.journal.models import ErasedPlace, JournalEntry
from openmidas.journal.rebuild import rebuilt_tables

logger = logging.getLogger(__name__)

LONGEST_WAIT = "10s"
"""How long to wait for a table that others use. They wait behind us meanwhile."""

_kept: list[type[Model]] = [AdvanceCopy, RefusedSegment]


def written_anew(model: type[Model]) -> None:
    """Declare a table that journals do not make, and that may have held what an erasure takes away."""
    _kept.append(model)


def wipe() -> bool:
    """Write anew what held the erased entries that the tables follow already; whether that is done.

    Takes seconds for a hundred megabytes, during which nobody else can write. What somebody else is
    using is tried again with the next call. Raises `OperationalError` where a disk is full.
    """
    if connection.in_atomic_block:
        raise RuntimeError("files are not written anew inside a transaction")
    followed = ErasureUnderWay.objects.filter(tables_follow=True)
    orders = list(followed.values_list("id", flat=True))
    if not orders:
        return True
    with connection.cursor() as cursor:
        done = (
            _wipe_postgresql(cursor) if connection.vendor == "postgresql" else _wipe_sqlite(cursor)
        )
    if done:
        followed.filter(id__in=orders).delete()
    return done


def _wipe_sqlite(cursor: Any) -> bool:
    try:
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy = cursor.fetchone()[0]
    except OperationalError as error:
        if "locked" not in str(error):
            raise
        busy = 1
    return not busy


def _wipe_postgresql(cursor: Any) -> bool:
    cursor.execute(f"SET lock_timeout = '{LONGEST_WAIT}'")
    try:
        for table in _leaves(cursor):
            # New statistics with it: those of a column quote its values.
            cursor.execute(f"VACUUM (FULL, ANALYZE) {table}")
        cursor.execute("VACUUM FULL pg_catalog.pg_statistic")
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", None) != "55P03":  # lock_not_available
            raise
        return False
    finally:
        cursor.execute("RESET lock_timeout")
    if _may_checkpoint(cursor):
        cursor.execute("CHECKPOINT")
    else:
        logger.info("this account may not ask for a checkpoint: PostgreSQL makes one by itself")
    return True


def _leaves(cursor: Any) -> list[str]:
    """The tables and partitions to write anew: all that journals make, and what held the bodies."""
    found = _journal_leaves(cursor)
    kept = [model._meta.db_table for model in _kept]
    for table in (*rebuilt_tables(), *kept):
        cursor.execute(
            "SELECT relid::regclass::text FROM pg_partition_tree(%s::regclass) WHERE isleaf "
            "UNION SELECT %s::regclass::text WHERE NOT EXISTS "
            "(SELECT 1 FROM pg_partition_tree(%s::regclass))",
            [table, table, table],
        )
        found += _names(cursor.fetchall())
    return found


def _journal_leaves(cursor: Any) -> list[str]:
    """The partitions of the journals with entries of the orders that are done up to here."""
    entries, places, orders = (
        model._meta.db_table for model in (JournalEntry, ErasedPlace, ErasureUnderWay)
    )
    cursor.execute(
        f"SELECT DISTINCT entry.tableoid::regclass::text FROM {entries} entry "  # noqa: S608
        f"JOIN {places} place ON place.of_node = entry.node AND place.epoch = entry.epoch "
        "AND place.sequence = entry.sequence "
        f"JOIN {orders} followed ON followed.id = place.erasure WHERE followed.tables_follow"
    )
    return _names(cursor.fetchall())


def _names(rows: Iterable[tuple[Any, ...]]) -> list[str]:
    return sorted(str(row[0]) for row in rows)


def _may_checkpoint(cursor: Any) -> bool:
    cursor.execute(
        "SELECT rolsuper OR pg_has_role(current_user, 'pg_checkpoint', 'USAGE') "
        "FROM pg_roles WHERE rolname = current_user"
    )
    return bool(cursor.fetchone()[0])
