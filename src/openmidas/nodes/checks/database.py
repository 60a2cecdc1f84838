"""Is the database the right one, set as it must be, and whole?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import connection

from openmidas.nodes.doctor import Effort, Finding, Level, check

SAFE_SQLITE = (3, 51, 3)
LEAST_POSTGRESQL = 150_000
MUST_BE_ON = ("fsync", "full_page_writes")


@check()
def version() -> Iterator[Finding]:
    """SQLite without the fault of its write-ahead log; PostgreSQL 15 or later."""
    if connection.vendor == "postgresql":
        number = int(_ask("SHOW server_version_num"))
        level = Level.OK if number >= LEAST_POSTGRESQL else Level.STOP
        code = "database.postgresql" if level is Level.OK else "database.postgresql_old"
        yield Finding(code, level, {"version": str(_ask("SHOW server_version"))})
        return
    version = str(_ask("SELECT sqlite_version()"))
    safe = tuple(map(int, version.split("."))) >= SAFE_SQLITE
    if safe:
        yield Finding("database.sqlite", Level.OK, {"version": version})
    else:
        yield Finding("database.sqlite_unsafe", Level.STOP, {"version": version})


@check()
def settings() -> Iterator[Finding]:
    """What is answered must be on the disk, whatever the power does."""
    if connection.vendor == "postgresql":
        yield from _postgresql_settings()
        return
    # 2 is FULL, 3 is EXTRA: https://sqlite.org/pragma.html#pragma_synchronous
    safe = int(_ask("PRAGMA synchronous")) >= 2
    if safe:
        yield Finding("database.safe", Level.OK)
    else:
        yield Finding("database.unsafe", Level.STOP, {"setting": "synchronous"})


@check(Effort.SLOW)
def whole() -> Iterator[Finding]:
    """Every page of the database is readable and as it was written."""
    if connection.vendor == "postgresql":
        yield from _postgresql_whole()
        return
    said = _rows("PRAGMA cipher_integrity_check") + _rows("PRAGMA quick_check(1)")
    wrong = [line for line in said if line != "ok"]
    if wrong:
        yield Finding("database.damaged", Level.STOP, {"reason": wrong[0][:200]})
    else:
        yield Finding("database.whole", Level.OK)


def _postgresql_settings() -> Iterator[Finding]:
    wrong = [name for name in MUST_BE_ON if _ask(f"SHOW {name}") != "on"]
    if _ask("SHOW synchronous_commit") == "off":
        wrong.append("synchronous_commit")
    if wrong:
        yield Finding("database.unsafe", Level.STOP, {"setting": ", ".join(wrong)})
    else:
        yield Finding("database.safe", Level.OK)


def _postgresql_whole() -> Iterator[Finding]:
    """PostgreSQL proves its pages as it reads them, where it was set up to: its count of failures."""
    if _ask("SHOW data_checksums") != "on":
        yield Finding("database.no_checksums", Level.UNKNOWN)
        return
    failures = _ask(
        "SELECT coalesce(checksum_failures, 0) FROM pg_stat_database"
        " WHERE datname = current_database()"
    )
    if int(failures or 0):
        yield Finding("database.damaged", Level.STOP, {"reason": f"checksum_failures: {failures}"})
    else:
        yield Finding("database.whole", Level.OK)


def _ask(query: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(query)
        row = cursor.fetchone()
    return row[0] if row else None


def _rows(query: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return [str(row[0]) for row in cursor.fetchall()]
