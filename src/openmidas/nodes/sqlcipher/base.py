"""Django's SQLite backend over the `sqlcipher3` wheel.

The wheel brings encryption, and a SQLite without the WAL-reset corruption of 3.7.0 to 3.51.2, which
Python's own SQLite has on many systems.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.sqlite3 import base as sqlite
from django.db.backends.sqlite3._functions import register as register_functions
from django.utils.asyncio import async_unsafe
from django.utils.dateparse import parse_date, parse_datetime, parse_time
from sqlcipher3 import dbapi2 as Database  # noqa: N812  Django's own name for it

SAFE_SQLITE = (3, 51, 3)


def refuse_unsafe(version: tuple[int, ...]) -> None:
    """Raises `ImproperlyConfigured` on a SQLite that can corrupt its write-ahead log."""
    if version < SAFE_SQLITE:
        raise ImproperlyConfigured(
            f"SQLite {'.'.join(map(str, version))} can corrupt its write-ahead log (3.7.0 to 3.51.2); "
            "OpenMIDAS does not start on it. Install the sqlcipher3 wheel named in lock/runtime.txt."
        )


refuse_unsafe(Database.sqlite_version_info)

Database.register_converter("bool", b"1".__eq__)
Database.register_converter("date", lambda raw: parse_date(raw.decode()))
Database.register_converter("time", lambda raw: parse_time(raw.decode()))
Database.register_converter("datetime", lambda raw: parse_datetime(raw.decode()))
Database.register_converter("timestamp", lambda raw: parse_datetime(raw.decode()))


class SealedCursor(Database.Cursor):  # type: ignore[misc]  # the wheel has no type hints
    """SQLCipher's cursor with Django's placeholders (``%s`` becomes ``?``)."""

    def execute(self, query: str, params: Any = None) -> Any:
        if params is None:
            return super().execute(query)
        names = list(params) if isinstance(params, dict) else None
        return super().execute(self._convert(query, names), params)

    def executemany(self, query: str, param_list: Any) -> Any:
        rows = list(param_list)
        names = list(rows[0]) if rows and isinstance(rows[0], dict) else None
        return super().executemany(self._convert(query, names), rows)

    def _convert(self, query: str, names: list[str] | None) -> str:
        if names is None:
            return sqlite.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")
        return query % {name: f":{name}" for name in names}


class DatabaseWrapper(sqlite.DatabaseWrapper):
    """Opens with the key first, then as Django's own backend does. A function may give the key."""

    Database = Database
    init_commands: list[str]

    def get_connection_params(self) -> dict[str, Any]:
        params: dict[str, Any] = super().get_connection_params()
        params.setdefault("key", "")
        return params

    @async_unsafe
    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        key = conn_params.pop("key")
        if callable(key):
            key = key()
        connection = Database.connect(**conn_params)
        if key:
            # Must be the first statement: everything in the file, its header too, is sealed with it.
            connection.execute(f"PRAGMA key = \"x'{key}'\"")
        register_functions(connection)
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA legacy_alter_table = OFF")
        for statement in filter(None, map(str.strip, self.init_commands)):
            connection.execute(statement)
        return connection

    def create_cursor(self, name: str | None = None) -> Any:
        return self.connection.cursor(factory=SealedCursor)
