"""Temporary tables that stand in for real ones on this connection, on SQLite and on PostgreSQL.

Both databases look for a table among the temporary ones first.
"""

from __future__ import annotations

from django.db import connection


def make_shadow(table: str) -> None:
    """An empty temporary table like the real one, with its keys and indexes."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f"CREATE TEMPORARY TABLE {_q(table)} (LIKE public.{_q(table)} INCLUDING ALL)"
            )
            return
        cursor.execute(
            "SELECT type, sql FROM main.sqlite_master WHERE tbl_name = %s AND sql IS NOT NULL "
            "ORDER BY type DESC",
            [table],
        )
        for kind, sql in cursor.fetchall():
            cursor.execute(_temporary(kind, sql))


def swap_shadow(table: str) -> None:
    """Replace the rows of the real table by the shadow's, in the caller's transaction."""
    real, shadow = _schemas()
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {real}.{_q(table)}")  # noqa: S608  names from the models
        cursor.execute(f"INSERT INTO {real}.{_q(table)} SELECT * FROM {shadow}.{_q(table)}")  # noqa: S608


def drop_shadow(table: str) -> None:
    """Remove the temporary table, if there is one."""
    _, shadow = _schemas()
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {shadow}.{_q(table)}")


def _schemas() -> tuple[str, str]:
    return ("public", "pg_temp") if connection.vendor == "postgresql" else ("main", "temp")


def _q(name: str) -> str:
    return connection.ops.quote_name(name)


def _temporary(kind: str, sql: str) -> str:
    """A statement of the schema, turned to the temporary database."""
    if kind == "table":
        return sql.replace("CREATE TABLE", "CREATE TEMPORARY TABLE", 1)
    for start in ("CREATE UNIQUE INDEX ", "CREATE INDEX "):
        if sql.startswith(start):
            return sql.replace(start, f"{start}temp.", 1)
    raise ValueError(f"not understood: {sql}")
