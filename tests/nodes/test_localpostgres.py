"""The server for the demo and the tests: both kinds of it, from nothing and after a kill."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from openmidas.nodes.localpostgres import (
    LocalPostgres,
    LocalPostgresError,
    embedded_programs,
    system_programs,
)

pytestmark = pytest.mark.postgres
SERVERS = {"embedded": embedded_programs(), "system": next(iter(system_programs()), None)}

START_AND_DIE = """
import os, sys
from pathlib import Path
from openmidas.nodes.localpostgres import LocalPostgres
server = LocalPostgres([Path(sys.argv[2])])
server.start(Path(sys.argv[1]))
with __import__("psycopg").connect(server.createdb("kept")) as connection:
    connection.execute("CREATE TABLE seen AS SELECT 7 AS number")
os._exit(9)
"""


@pytest.fixture(params=sorted(SERVERS))
def programs(request: pytest.FixtureRequest) -> Path:
    found = SERVERS[request.param]
    if found is None:
        pytest.skip(f"no {request.param} PostgreSQL here")
    return found


@pytest.fixture
def server(programs: Path) -> Iterator[LocalPostgres]:
    server = LocalPostgres([programs])
    yield server
    server.stop()


def test_lets_in_only_who_has_the_password(server: LocalPostgres, tmp_path: Path) -> None:
    server.start(tmp_path / "hq", keep=False)
    url = server.createdb("headquarters")

    assert server.createdb("headquarters") == url
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT upper('é'), current_database()").fetchone()
    assert row == ("É", "headquarters")
    password = url.split(":")[2].split("@")[0]
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(url.replace(password, "wrong"))


def test_starts_again_after_a_kill_with_what_was_there(
    server: LocalPostgres, programs: Path, tmp_path: Path
) -> None:
    killed = subprocess.run(
        [sys.executable, "-c", START_AND_DIE, str(tmp_path), str(programs)], check=False
    )
    assert killed.returncode == 9

    server.start(tmp_path, keep=False)
    with psycopg.connect(server.createdb("kept")) as connection:
        assert connection.execute("SELECT number FROM seen").fetchone() == (7,)
    with pytest.raises(LocalPostgresError, match="in_use"):
        LocalPostgres([programs]).start(tmp_path)


def test_begins_afresh_when_asked_to(server: LocalPostgres, programs: Path, tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", START_AND_DIE, str(tmp_path), str(programs)], check=False)

    server.start(tmp_path, keep=False, fresh=True)
    with psycopg.connect(server.createdb("kept")) as connection:
        assert connection.execute("SELECT to_regclass('seen')").fetchone() == (None,)


def test_says_when_there_is_no_server(tmp_path: Path) -> None:
    with pytest.raises(LocalPostgresError) as error:
        LocalPostgres([]).start(tmp_path, keep=False)
    assert error.value.code == "no_server"
