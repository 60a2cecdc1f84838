"""Tables that grow, in monthly partitions on PostgreSQL.

``PARTITION BY RANGE (id)`` with UUIDv7 month bounds keeps single-column keys and ``ON CONFLICT
(id)`` working, and an old month can be detached in an instant. A DEFAULT partition takes what no
month does. On SQLite nothing happens.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

MONTHS_AHEAD = 12


class PartitionByMonth(Operation):
    """Migration operation: turn a table that was just created, and is empty, into a partitioned one."""

    reversible = True

    def __init__(self, model_name: str, unique: tuple[str, ...] = ()) -> None:
        self.model_name = model_name
        self.unique = unique

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The models stay as they are: partitions are the database's business."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: Any,
        to_state: Any,
    ) -> None:
        if schema_editor.connection.vendor != "postgresql":
            return
        table = to_state.apps.get_model(app_label, self.model_name)._meta.db_table
        schema_editor.execute(f'ALTER TABLE "{table}" RENAME TO "{table}_plain"')
        schema_editor.execute(
            f'CREATE TABLE "{table}" (LIKE "{table}_plain" INCLUDING ALL) PARTITION BY RANGE (id)'
        )
        schema_editor.execute(f'DROP TABLE "{table}_plain"')
        schema_editor.execute(f'CREATE TABLE "{table}_default" PARTITION OF "{table}" DEFAULT')
        comment = f"partitioned by month; unique: {','.join(self.unique)}"
        schema_editor.execute(f"COMMENT ON TABLE \"{table}\" IS '{comment}'")

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: Any,
        to_state: Any,
    ) -> None:
        """Nothing: dropping the table drops its partitions."""

    def describe(self) -> str:
        return f"Partition {self.model_name} by month"


def add_partitions(today: datetime) -> list[str]:
    """Make the partitions of this month and the next twelve where they are missing; their names.

    A month whose rows already stand in the DEFAULT partition is left there.
    """
    if connection.vendor != "postgresql":
        return []
    made = []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, obj_description(c.oid) FROM pg_class c "
            "JOIN pg_namespace n ON n.oid = c.relnamespace "
            "WHERE c.relkind = 'p' AND n.nspname = 'public' ORDER BY 1"
        )
        for table, comment in cursor.fetchall():
            unique = (comment or "").partition("unique: ")[2]
            for start, end in months(today):
                made += _add_month(cursor, table, start, end, unique)
    return made


def months(today: datetime) -> Iterator[tuple[datetime, datetime]]:
    """The bounds of this month and of the next twelve."""
    for ahead in range(MONTHS_AHEAD + 1):
        yield _month(today, ahead), _month(today, ahead + 1)


def first_id(moment: datetime) -> UUID:
    """The lowest UUIDv7 of a moment."""
    return UUID(int=int(moment.timestamp() * 1000) << 80)


def _month(today: datetime, ahead: int) -> datetime:
    number = today.year * 12 + today.month - 1 + ahead
    return datetime(number // 12, number % 12 + 1, 1, tzinfo=UTC)


def _add_month(cursor: Any, table: str, start: datetime, end: datetime, unique: str) -> list[str]:
    name = f"{table}_{start:%Y_%m}"
    cursor.execute("SELECT to_regclass(%s)", [f"public.{name}"])
    if cursor.fetchone()[0] is not None:
        return []
    bounds = (str(first_id(start)), str(first_id(end)))
    cursor.execute(f'SELECT 1 FROM "{table}_default" WHERE id >= %s AND id < %s LIMIT 1', bounds)  # noqa: S608
    if cursor.fetchone() is not None:
        return []
    # Both or neither: a partition that is there is never looked at again.
    with transaction.atomic():
        cursor.execute(
            f'CREATE TABLE "{name}" PARTITION OF "{table}" '
            f"FOR VALUES FROM ('{bounds[0]}') TO ('{bounds[1]}')"
        )
        if unique:
            cursor.execute(f'CREATE UNIQUE INDEX ON "{name}" ({unique})')
    return [name]
