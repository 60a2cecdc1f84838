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
from tests.exchange.node_work import Copy

from openmidas.journal import NodeKind
from openmidas.journal.models import new_id
from openmidas.nodes.home import NodeConfig, NodeHome

ROOT = Path(__file__).parents[2]
POST_ENTRIES = 400
HQ_ENTRIES = 80


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

    def do(self, *command: str, given: bytes = b"") -> bytes:
        process = self.start(*command)
        said, _ = process.communicate(given, timeout=60)
        assert process.returncode == 0, self.log.read_text()
        return said

    def begin(self) -> None:
        self._exchange = self.start("exchange")

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
    """A post and an HQ that know each other, the HQ's exchange already running."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"127.0.0.1:{free.getsockname()[1]}"
    with hq_database() as database:
        post = RealNode(tmp_path / "post", NodeKind.POST, "sqlite", "")
        hq = RealNode(tmp_path / "hq", NodeKind.HQ, database, address)
        try:
            with ThreadPoolExecutor() as both:
                post_card, hq_card = both.map(lambda node: node.do("init"), (post, hq))
                hq.begin()  # before it knows the post: who is enrolled later is let in all the same
                both.submit(hq.do, "meet", given=post_card).result()
                both.submit(post.do, "meet", given=hq_card).result()
            yield post, hq
        finally:
            post.sweep()
            hq.sweep()


def test_after_kills_on_both_sides_both_have_the_same_journals(
    nodes: tuple[RealNode, RealNode],
) -> None:
    post, hq = nodes
    chance = random.Random(7)  # noqa: S311  moments to kill at
    post.begin()
    writers = [post.start("write", str(POST_ENTRIES)), hq.start("write", str(HQ_ENTRIES))]
    time.sleep(1.2)
    for victim in (hq, post, hq, post):
        time.sleep(chance.uniform(0.1, 0.6))
        victim.kill()
        time.sleep(chance.uniform(0.0, 0.3))
        victim.begin()
    for writer in writers:
        writer.communicate(timeout=60)
    # Its opening entry, and at the HQ the enrolment, come on top.
    expected = (f"{post.id}={POST_ENTRIES + 1}", f"{hq.id}={HQ_ENTRIES + 2}")
    with ThreadPoolExecutor() as both:
        at_post, at_hq = both.map(lambda node: copies(node, expected), (post, hq))
    for node in (post, hq):
        assert at_post[node.id].digest == at_hq[node.id].digest
        for copy in (at_post[node.id], at_hq[node.id]):
            assert copy.holds
            assert copy.entries == copy.sequence == copy.witnessed
    assert at_hq[post.id].entries == POST_ENTRIES + 1
    assert at_hq[post.id].bodies == POST_ENTRIES + 1
    assert at_post[hq.id].entries == HQ_ENTRIES + 2
    assert at_post[hq.id].bodies == HQ_ENTRIES // 2 + 2, "headers only where it is for the HQ"
    assert (post.end(), hq.end()) == (0, 0), post.log.read_text() + hq.log.read_text()


def copies(node: RealNode, expected: tuple[str, ...]) -> dict[UUID, Copy]:
    found = msgspec.json.decode(node.do("settled", *expected), type=list[Copy])
    return {copy.node: copy for copy in found}
