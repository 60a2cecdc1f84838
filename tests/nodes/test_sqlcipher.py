"""The sealed database: unreadable without its key, and every commit on the disk."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection
from sqlcipher3 import dbapi2

from openmidas.nodes.home import NodeHome
from openmidas.nodes.sqlcipher.base import DatabaseWrapper, refuse_unsafe
from openmidas.web.databases import database_settings
from tests.conftest import POST_HOME

pytestmark = pytest.mark.django_db


def opened(path: Path, key: str) -> DatabaseWrapper:
    settings = dict(connection.settings_dict)
    sealed = database_settings(NodeHome(path.parent), POST_HOME.config())
    assert sealed["ENGINE"] == "openmidas.nodes.sqlcipher"
    return DatabaseWrapper(
        {**settings, **sealed, "NAME": str(path), "OPTIONS": {**sealed["OPTIONS"], "key": key}}
    )


@pytest.fixture(autouse=True)
def _sqlite_only() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("about the post's own database")


KEY = "11" * 32


def write(path: Path) -> None:
    database = opened(path, KEY)
    with database.cursor() as cursor:
        cursor.execute("CREATE TABLE traveller (name text)")
        cursor.execute("INSERT INTO traveller VALUES (%s)", ["Mariam Keïta"])
    database.close()


def test_nothing_readable_on_the_disk(tmp_path: Path) -> None:
    write(tmp_path / "node.db")
    raw = b"".join(file.read_bytes() for file in tmp_path.glob("node.db*"))
    assert len(raw) >= 4096
    for secret in (b"SQLite format", b"traveller", b"Mariam"):
        assert secret not in raw


def test_another_key_opens_nothing(tmp_path: Path) -> None:
    write(tmp_path / "node.db")
    other = opened(tmp_path / "node.db", "22" * 32)
    with pytest.raises(DatabaseError, match="not a database"), other.cursor() as cursor:
        cursor.execute("SELECT name FROM traveller")
    other.close()


def test_every_commit_is_synced(tmp_path: Path) -> None:
    database = opened(tmp_path / "node.db", KEY)
    pragmas = {}
    with database.cursor() as cursor:
        for pragma in (
            "journal_mode",
            "synchronous",
            "secure_delete",
            "temp_store",
            "foreign_keys",
        ):
            cursor.execute(f"PRAGMA {pragma}")
            pragmas[pragma] = cursor.fetchone()[0]
    database.close()
    full, memory = 2, 2
    assert pragmas == {
        "journal_mode": "wal",
        "synchronous": full,
        "secure_delete": 1,
        "temp_store": memory,
        "foreign_keys": 1,
    }


def test_values_come_back_as_they_went(tmp_path: Path) -> None:
    database = opened(tmp_path / "node.db", KEY)
    moment = datetime(2026, 11, 21, 10, 30, tzinfo=UTC)
    with database.cursor() as cursor:
        cursor.execute("CREATE TABLE t (d date, m datetime, b bool, x blob, p text)")
        cursor.execute(
            "INSERT INTO t VALUES (%s, %s, %s, %s, %s)",
            [date(1974, 8, 12), moment.replace(tzinfo=None), True, b"\x00\xff", "100 %"],
        )
        cursor.executemany("INSERT INTO t (p) VALUES (%s)", [["a"], ["b"]])
        cursor.execute("SELECT d, m, b, x, p FROM t WHERE p LIKE '100 %%' AND p = %s", ["100 %"])
        row = cursor.fetchone()
        cursor.execute(
            "SELECT count(*) FROM t WHERE p IN (%(one)s, %(two)s)", {"one": "a", "two": "b"}
        )
        assert cursor.fetchone() == (2,)
    database.close()
    assert row == (date(1974, 8, 12), moment.replace(tzinfo=None), True, b"\x00\xff", "100 %")


def test_a_sqlite_that_corrupts_its_log_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match=r"3\.40\.1 can corrupt"):
        refuse_unsafe((3, 40, 1))
    refuse_unsafe(dbapi2.sqlite_version_info)
