"""All projections of a node as plain values, for comparing them."""

from __future__ import annotations

from typing import Any

from django.db import connection

from openmidas.journal.rebuild import rebuilt_tables

Rows = dict[str, list[tuple[Any, ...]]]


def all_rows() -> Rows:
    """Every row of every table that journals make, in a fixed order."""
    found: Rows = {}
    with connection.cursor() as cursor:
        for table in rebuilt_tables():
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  names from the models
            rows = [tuple(_plain(value) for value in row) for row in cursor.fetchall()]
            found[table] = sorted(rows, key=repr)
    return found


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview | bytes | bytearray) else value
