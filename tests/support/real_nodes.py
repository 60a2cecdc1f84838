"""Real nodes: each with its own folder, database and processes."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

import msgspec
import psycopg

from openmidas.journal import NodeKind
from openmidas.journal.models import new_id
from openmidas.nodes.home import NodeConfig, NodeHome
from openmidas.nodes.identity import ThisNode

ROOT = Path(__file__).parents[2]


SECONDS = 240
"""A machine that is busy with other things is slow; nothing here waits for that long by itself."""


class RealNode:
    """A node in a folder of its own; its work is done by processes of its own."""

    def __init__(
        self,
        folder: Path,
        kind: NodeKind,
        database: str,
        exchange: str,
        *,
        web: str = "127.0.0.1:8000",
    ) -> None:
        self.id: UUID = new_id()
        self.web = web
        self.log = folder / "exchange.log"
        NodeHome(folder).write_config(
            NodeConfig(
                id=self.id,
                kind=kind,
                state="MLI",
                name=kind.value,
                database=database,
                exchange=exchange,
                web=web,
            )
        )
        self._environment = os.environ | {
            "OPENMIDAS_HOME": str(folder),
            "DJANGO_SETTINGS_MODULE": "openmidas.web.settings",
        }
        self._exchange: subprocess.Popen[bytes] | None = None

    def become(self, folder: Path, node: UUID) -> None:
        """It lies in this folder from now on, and is this node."""
        self.id = node
        self.log = folder / "exchange.log"
        self._environment["OPENMIDAS_HOME"] = str(folder)

    def card(self) -> bytes:
        """The node's card on one line."""
        return msgspec.json.encode(ThisNode(NodeHome(self.log.parent)).card()) + b"\n"

    def start(
        self, *command: str, module: str = "tests.exchange.node_work"
    ) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", module, *command],
                cwd=ROOT,
                env=self._environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
            )

    def do(self, *command: str) -> bytes:
        process = self.start(*command)
        said, _ = process.communicate(timeout=SECONDS)
        assert process.returncode == 0, self.said()
        return said

    def midas(self, *command: str, status: int = 0, typed: str = "") -> str:
        """Run a command as an administrator does, who types something when asked; what it printed."""
        process = self.start(*command, module="openmidas.cli")
        said, _ = process.communicate(typed.encode() or None, timeout=SECONDS)
        assert process.returncode == status, self.said() + said.decode()
        return said.decode()

    def burn(self) -> None:
        """The machine is gone, with all that was on it."""
        self.sweep()
        shutil.rmtree(self.log.parent)

    def begin(self) -> None:
        self._exchange = self.start("exchange")

    def said(self) -> str:
        """All that its processes have logged."""
        return self.log.read_text()

    def await_log(self, *words: str, after: str = "") -> None:
        """Until the exchange has said one of these after what it had said before."""
        deadline = time.monotonic() + SECONDS
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


def free_address() -> str:
    """An address that nobody listens at, at this moment."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return f"127.0.0.1:{free.getsockname()[1]}"
