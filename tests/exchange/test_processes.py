"""A real post and a real HQ, each with its own folder, database and processes, and kills on both sides."""

from __future__ import annotations

import os
import random
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

import msgspec
import psycopg
import pytest

from openmidas.journal import NodeKind
from openmidas.journal.models import new_id
from openmidas.nodes.home import NodeConfig, NodeHome
from openmidas.nodes.identity import ThisNode
from tests.exchange.node_work import Copy

ROOT = Path(__file__).parents[2]


class RealNode:
    """A node in a folder of its own; its work is done by processes of its own."""

    def __init__(self, folder: Path, kind: NodeKind, database: str, exchange: str) -> None:
        self.id: UUID = new_id()
        self.log = folder / "exchange.log"
        NodeHome(folder).write_config(
            NodeConfig(
                id=self.id,
                kind=kind,
                state="MLI",
                name=kind.value,
                database=database,
                exchange=exchange,
            )
        )
        self._environment = os.environ | {
            "OPENMIDAS_HOME": str(folder),
            "DJANGO_SETTINGS_MODULE": "openmidas.web.settings",
        }
        self._exchange: subprocess.Popen[bytes] | None = None

    def card(self) -> bytes:
        """The node's card on one line."""
        return msgspec.json.encode(ThisNode(NodeHome(self.log.parent)).card()) + b"\n"

    def start(self, *command: str) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "tests.exchange.node_work", *command],
                cwd=ROOT,
                env=self._environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
            )

    def do(self, *command: str) -> bytes:
        process = self.start(*command)
        said, _ = process.communicate(timeout=90)
        assert process.returncode == 0, self.said()
        return said

    def begin(self) -> None:
        self._exchange = self.start("exchange")

    def said(self) -> str:
        """All that its processes have logged."""
        return self.log.read_text()

    def await_log(self, *words: str, after: str = "") -> None:
        """Until the exchange has said one of these after what it had said before."""
        deadline = time.monotonic() + 60
        while not any(each in self.said()[len(after) :] for each in words):
            assert time.monotonic() < deadline, self.said()
            time.sleep(0.05)

    def write(self, friend: RealNode) -> subprocess.Popen[bytes]:
        """Meet the other node, then write on and on."""
        writer = self.start("write")
        assert writer.stdin is not None
        writer.stdin.write(friend.card())
        writer.stdin.flush()
        return writer

    def kill(self) -> None:
        """As a power cut would."""
        assert self._exchange is not None
        self._exchange.kill()
        self._exchange.communicate()

    def end(self) -> int:
        """Ask it to stop; its exit status."""
        assert self._exchange is not None
        self._exchange.terminate()
        self._exchange.communicate(timeout=15)
        return self._exchange.returncode

    def sweep(self) -> None:
        if self._exchange is not None and self._exchange.poll() is None:
            self.kill()


@contextmanager
def hq_database() -> Iterator[str]:
    """SQLite, or a database of its own on the PostgreSQL server of the tests."""
    server = os.environ.get("OPENMIDAS_TEST_DATABASE", "sqlite")
    if server == "sqlite":
        yield server
        return
    name = f"openmidas_exchange_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    try:
        yield urlsplit(server)._replace(path=f"/{name}").geturl()
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def nodes(tmp_path: Path) -> Iterator[tuple[RealNode, RealNode]]:
    """A post and an HQ whose exchanges run already, before they know each other."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"127.0.0.1:{free.getsockname()[1]}"
    with hq_database() as database:
        post = RealNode(tmp_path / "post", NodeKind.POST, "sqlite", "")
        hq = RealNode(tmp_path / "hq", NodeKind.HQ, database, address)
        try:
            with ThreadPoolExecutor() as both:
                list(both.map(lambda node: node.do("init"), (post, hq)))
            hq.begin()
            post.begin()
            yield post, hq
        finally:
            post.sweep()
            hq.sweep()


def test_after_kills_on_both_sides_both_have_the_same_journals(
    nodes: tuple[RealNode, RealNode],
) -> None:
    post, hq = nodes
    chance = random.Random(7)  # noqa: S311  moments to kill at
    writers = [post.write(hq), hq.write(post)]
    worker = post.start("worker")
    hq.await_log("listens at")
    post.await_log("exchanges with")
    time.sleep(chance.uniform(0.5, 1.5))
    before = post.said()
    hq.kill()
    post.await_log("link.broken_off", "link.unreachable", after=before)
    before = post.said()
    hq.begin()
    post.await_log("answers again", after=before)
    before = post.said()
    post.kill()
    post.begin()
    post.await_log("exchanges with", after=before)
    written = [int(writer.communicate(timeout=60)[0]) for writer in writers]
    expected = [f"{node.id}={number}" for node, number in zip(nodes, written, strict=True)]
    with ThreadPoolExecutor() as both:
        at_post, at_hq = both.map(lambda node: copies(node, expected), nodes)
    for node, number in zip(nodes, written, strict=True):
        assert at_post[node.id].digest == at_hq[node.id].digest
        for copy in (at_post[node.id], at_hq[node.id]):
            assert copy.holds
            assert copy.entries == copy.sequence == copy.witnessed == number
    assert at_hq[post.id].bodies == written[0]
    # The opening and the enrolment are for the State, and then every other entry.
    assert at_post[hq.id].bodies == (written[1] - 2) // 2 + 2, "headers only of what is for the HQ"
    assert at_post[hq.id].projected == written[1], "the tables have followed"
    worker.terminate()
    worker.communicate(timeout=15)
    assert worker.returncode == 0
    assert (post.end(), hq.end()) == (0, 0), post.said() + hq.said()


def copies(node: RealNode, expected: list[str]) -> dict[UUID, Copy]:
    found = msgspec.json.decode(node.do("settled", *expected), type=list[Copy])
    return {copy.node: copy for copy in found}
