"""The copy of a node's database before an upgrade, and the way back, on both databases."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
import psycopg
import pytest
from pytest_django import DjangoDbBlocker

from openmidas.installation import copying
from openmidas.installation.errors import InstallationError
from openmidas.nodes.home import NodeHome
from openmidas.nodes.localpostgres import embedded_programs
from openmidas.nodes.sqlcipher import base
from openmidas.web.databases import database_settings
from tests.conftest import HQ_HOME, POST_HOME


@pytest.fixture
def sealed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, django_db_blocker: DjangoDbBlocker
) -> Iterator[NodeHome]:
    """A post with a sealed database of its own, which `copying` sees as this process's."""
    home = NodeHome(tmp_path / "post")
    home.write_config(msgspec.structs.replace(POST_HOME.config(), database="sqlite"))
    defaults = {"ATOMIC_REQUESTS": False, "AUTOCOMMIT": True, "TIME_ZONE": None}
    defaults |= {"CONN_HEALTH_CHECKS": False, "USER": "", "PASSWORD": "", "HOST": "", "PORT": ""}
    settings = defaults | database_settings(home, home.config())
    connection = base.DatabaseWrapper(settings, "sealed")
    monkeypatch.setattr(copying, "connection", connection)
    connection.inc_thread_sharing()
    with django_db_blocker.unblock():
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE kept (id INTEGER)")
            cursor.execute("INSERT INTO kept VALUES (7)")
        yield home
        connection.close()


def rows() -> list[tuple[int]]:
    with copying.connection.cursor() as cursor:
        cursor.execute("SELECT id FROM kept")
        return list(cursor.fetchall())


def test_a_sealed_database_is_copied_sealed_and_put_back(sealed: NodeHome, tmp_path: Path) -> None:
    copying.can_copy(sealed)
    copying.copy_database(sealed, tmp_path / "copies")
    copy = tmp_path / "copies" / copying.SQLITE_COPY
    assert not copy.read_bytes().startswith(b"SQLite format 3"), "nothing is in clear"
    with copying.connection.cursor() as cursor:
        cursor.execute("DELETE FROM kept")
        cursor.execute("CREATE TABLE added (id INTEGER)")
    copying.restore_database(sealed, tmp_path / "copies")
    copying.restore_database(sealed, tmp_path / "copies")  # as after an interruption
    assert rows() == [(7,)]
    assert "added" not in copying.connection.introspection.table_names()


def test_a_copy_that_was_interrupted_is_never_taken_for_one(
    sealed: NodeHome, tmp_path: Path
) -> None:
    (tmp_path / "copies").mkdir()
    (tmp_path / "copies" / "unfinished").write_bytes(b"half")
    copying.copy_database(sealed, tmp_path / "copies")
    assert [path.name for path in (tmp_path / "copies").iterdir()] == [copying.SQLITE_COPY]


@contextmanager
def database_of_its_own(server: str) -> Iterator[str]:
    name = f"openmidas_copying_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    try:
        yield urlsplit(server)._replace(path=f"/{name}").geturl()
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.postgres
def test_a_headquarters_is_copied_and_put_back_without_what_was_added(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = os.environ.get("OPENMIDAS_TEST_DATABASE", "sqlite")
    if server == "sqlite":
        pytest.skip("no PostgreSQL server in this run")
    programs = embedded_programs()
    if programs is not None:  # the server of the tests is newer than the machine's own programs
        monkeypatch.setattr(copying, "PROGRAMS", str(programs.parents[1]))
    with database_of_its_own(server) as address:
        home = NodeHome(tmp_path / "hq")
        home.write_config(msgspec.structs.replace(HQ_HOME.config(), database=address))
        do(address, "CREATE TABLE kept (id uuid) PARTITION BY RANGE (id)")
        do(address, "CREATE TABLE kept_default PARTITION OF kept DEFAULT")
        do(address, "INSERT INTO kept VALUES (gen_random_uuid())")
        before = ask(address, "SELECT id FROM kept")
        copying.can_copy(home)
        copying.copy_database(home, tmp_path / "copies")
        do(address, "DELETE FROM kept")
        do(address, "CREATE TABLE added (id integer)")
        for _twice in range(2):
            copying.restore_database(home, tmp_path / "copies")
        assert ask(address, "SELECT id FROM kept") == before
        assert ask(address, "SELECT to_regclass('added')") == [(None,)]


def do(address: str, statement: str) -> None:
    with psycopg.connect(address) as connection:
        connection.execute(statement.encode())


def ask(address: str, query: str) -> list[tuple[object, ...]]:
    with psycopg.connect(address) as connection:
        return connection.execute(query.encode()).fetchall()


def test_without_pg_dump_it_is_said_before_anything_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "PROGRAMS", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    home = NodeHome(tmp_path / "hq")
    home.write_config(msgspec.structs.replace(HQ_HOME.config(), database="postgresql://x@/y"))
    with pytest.raises(InstallationError, match="no_program"):
        copying.can_copy(home)


def test_no_password_is_in_a_list_of_processes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: Callable[[str], Path]
) -> None:
    """`ps` shows every account's arguments to everybody; the environment only to its owner."""
    told = program('printf "%s %s" "$*" "$PGPASSWORD" > "$OUT"')
    monkeypatch.setenv("OUT", str(told))
    home = NodeHome(tmp_path / "hq")
    address = "postgresql://midas:very%20secret@db.internal:5432/hq?sslmode=require"
    home.write_config(msgspec.structs.replace(HQ_HOME.config(), database=address))
    copying.can_copy(home)
    arguments, _, password = told.read_text().partition(" very")
    assert password == " secret"
    assert "secret" not in arguments
    assert "--dbname=postgresql://midas@db.internal:5432/hq?sslmode=require" in arguments


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """A `pg_dump` of the test's own; gives the file that its script may write to."""

    def made(script: str) -> Path:
        path = tmp_path / "servers" / "99" / "bin" / "pg_dump"
        path.parent.mkdir(parents=True)
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
        monkeypatch.setattr(copying, "PROGRAMS", str(tmp_path / "servers"))
        return tmp_path / "told"

    return made
