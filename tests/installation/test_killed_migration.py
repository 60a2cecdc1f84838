"""A migration that is killed anywhere leaves a database of before or of after, and is gone on with."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
import psycopg
import pytest

from openmidas.journal import NodeKind
from openmidas.nodes.home import NodeHome
from tests.support.migrating import NODES, Found
from tests.support.real_nodes import ROOT, SECONDS, RealNode, hq_database

pytestmark = [pytest.mark.long, pytest.mark.timeout(900)]

KILLS = 10
FIRST = {"MIDAS_FIRST": "1"}
PIECEMEAL = {"MIDAS_PIECEMEAL": "1"}


def run(home: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """One command of `tests.support.migrating` at this node."""
    return subprocess.run(
        [sys.executable, "-m", "tests.support.migrating", *words],
        cwd=ROOT,
        env=os.environ
        | {"OPENMIDAS_HOME": str(home), "DJANGO_SETTINGS_MODULE": "openmidas.web.settings"}
        | more,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )


def told(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def look(home: Path, word: str = "look") -> Found:
    return msgspec.json.decode(told(run(home, word)), type=Found)


class Node:
    """A node of today's version with a few rows, of which every kill gets a copy."""

    def __init__(self, folder: Path, database: str) -> None:
        self._folder = folder
        self._database = database
        kind = NodeKind.POST if database == "sqlite" else NodeKind.HQ
        exchange = "" if kind is NodeKind.POST else "127.0.0.1:1"
        RealNode(folder / "node", kind, database, exchange)
        told(run(folder / "node", "prepare", "0", **FIRST))
        told(run(folder / "node", "fill"))

    def points(self, **more: str) -> list[int]:
        """Before which statements to kill: spread over all that change something."""
        with self.copy() as home:
            changing = msgspec.json.decode(told(run(home, "prepare", "0", **more)), type=list[int])
        last = len(changing) - 1
        return sorted({changing[last * each // (KILLS - 1)] for each in range(KILLS)})

    @contextmanager
    def copy(self) -> Iterator[Path]:
        home = self._folder / "copy"
        shutil.copytree(self._folder / "node", home)
        try:
            with self._database_of(home):
                yield home
        finally:
            shutil.rmtree(home)

    @contextmanager
    def _database_of(self, home: Path) -> Iterator[None]:
        if self._database == "sqlite":
            yield
            return
        server = os.environ["OPENMIDAS_TEST_DATABASE"]
        template = urlsplit(self._database).path.removeprefix("/")
        name = f"{template}_copy"
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        config = NodeHome(home).config()
        url = urlsplit(self._database)._replace(path=f"/{name}").geturl()
        NodeHome(home).write_config(msgspec.structs.replace(config, database=url))
        try:
            yield
        finally:
            with psycopg.connect(server, autocommit=True) as connection:
                connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Node]:
    with hq_database() as database:
        yield Node(tmp_path_factory.mktemp("migration"), database)


def killed(home: Path, number: int, **more: str) -> Found:
    """What is there after a kill before this statement."""
    done = run(home, "prepare", str(number), **more)
    assert done.returncode == -signal.SIGKILL, done.stdout + done.stderr
    return look(home)


def test_wherever_it_is_killed_it_is_gone_on_with_and_nothing_is_lost(node: Node) -> None:
    with node.copy() as home:
        before = look(home)
    assert (before.said, before.nodes, before.holds) == ([], NODES, True)
    seen = set()
    for number in node.points():
        with node.copy() as home:
            found = killed(home, number)
            assert not found.half, f"before statement {number}: {found}"
            assert (found.nodes, found.journal, found.holds) == (NODES, before.journal, True)
            if not seen:
                told(run(home, "prepare", "0", **FIRST))  # the version before starts as ever
            seen.add(tuple(found.said))
            after = look(home, "resume")
            assert after.said == after.has == ["9001_watched", "9002_watch"], f"{number}: {after}"
            assert (after.watched, after.nodes, after.holds) == (NODES, NODES, True)
            assert after.journal == before.journal
            assert after.unindexed == 0
    assert {(), ("9001_watched",)} <= seen, "the kills came in both migrations"


def test_control_outside_of_transactions_half_a_migration_is_seen(node: Node) -> None:
    """The same kills in the same migrations, written as nobody should write them."""
    halves = stuck = 0
    for number in node.points(**PIECEMEAL):
        with node.copy() as home:
            found = killed(home, number, **PIECEMEAL)
            halves += found.half
            stuck += found.half and run(home, "resume", **PIECEMEAL).returncode != 0
    assert halves > 0
    assert stuck > 0, "such a database does not come up again by itself"
