"""A node of the benchmark with its processes, and the pair of them that a line joins."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import psycopg

from bench.exchange.emulator import HQ_ADDRESS, Networks
from bench.exchange.namespaces import Namespace
from openmidas.nodes.home import NodeHome
from openmidas.web.demo.country import MALI
from openmidas.web.demo.layout import environment

ROOT = Path(__file__).parents[2]
PORT = 8400
HQ, POST = MALI.hq.id, MALI.posts[0].id
SECONDS_TO_START = 90
SECONDS_TO_STOP = 20
SECONDS_TO_FOLLOW = 300
_JOURNAL = "SELECT sequence FROM journal_journal WHERE node = %s"
_CROSSINGS = "SELECT count(*) FROM crossings_crossing WHERE node = %s"
_RECEIPTED = "SELECT sequence FROM journal_heldreceipt WHERE node = %s AND witness = %s"


class NodeFailed(Exception):  # noqa: N818  reads as a sentence where it is raised
    """A process of a node ended that should not have; the text says which, and what it had said."""


class Node:
    """A folder, the network that its processes live in, and those processes."""

    def __init__(self, home: NodeHome, network: Namespace, stack: ExitStack) -> None:
        self.home = home
        self._network = network
        self._stack = stack
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        stack.callback(self.stop)

    def run(self, *words: str) -> bytes:
        """Run a module of Python to its end; what it printed. Raises `NodeFailed`."""
        process = self.start(*words)
        said, _ = process.communicate()
        if process.returncode:
            raise NodeFailed(f"{' '.join(words)}: {self._log_end()}")
        return said

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        """Start a module of Python as this node, in its network."""
        log = self._stack.enter_context((self.home.folder / "bench.log").open("ab"))
        with self._network.entered():
            process = subprocess.Popen(
                [sys.executable, "-m", *words],
                cwd=ROOT,
                env=environment(self.home),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                start_new_session=True,  # Ctrl+C comes to us; we stop them in their order
            )
        self._stack.callback(_down, process)
        return process

    def up(self, name: str, *launcher: str) -> None:
        """Start ``midas exchange`` or ``midas worker``."""
        self._running[name] = self.start(*launcher, "openmidas.cli", name)

    def check(self) -> None:
        """Raises `NodeFailed` where one of them has ended."""
        for name, process in self._running.items():
            if process.poll() is not None:
                raise NodeFailed(f"midas {name} has ended: {self._log_end()}")

    def stop(self) -> None:
        """Stop them all, and wait until they have."""
        for process in self._running.values():
            process.terminate()
        for process in self._running.values():
            _down(process)
        self._running.clear()

    def _log_end(self) -> str:
        log = (self.home.folder / "bench.log").read_text(errors="replace")
        return f"see {self.home.folder / 'bench.log'}\n{log[-2000:]}"


class Pair(msgspec.Struct, frozen=True):
    """An HQ and its post, and what the HQ's database says. ``database``: its URL."""

    hq: Node
    post: Node
    networks: Networks
    database: str

    def listen(self) -> None:
        """Start the HQ's exchange and wait until it listens. Raises `NodeFailed`."""
        self.hq.up("exchange")
        self.await_listening()

    def await_listening(self) -> None:
        """Wait until the HQ's exchange listens. Raises `NodeFailed`."""
        until = time.monotonic() + SECONDS_TO_START
        with self.networks.hq.entered():
            while True:
                self.hq.check()
                try:
                    socket.create_connection((HQ_ADDRESS, PORT), timeout=1).close()
                except OSError as error:
                    if time.monotonic() > until:
                        raise NodeFailed("the headquarters does not listen") from error
                    time.sleep(0.1)
                else:
                    return

    @contextmanager
    def asking(self) -> Iterator[psycopg.Connection[Any]]:
        """A connection to the HQ's database: within its network, and so beside the line."""
        with self.networks.hq.entered():
            connection = psycopg.connect(self.database, autocommit=True)
        with connection:
            yield connection


def receipted(database: psycopg.Connection[Any]) -> int:
    """The last entry of the post that the HQ has signed a receipt for."""
    row = database.execute(_RECEIPTED, [POST, HQ]).fetchone()
    return int(row[0]) if row else 0


def crossings_shown(pair: Pair, expected: int) -> int:
    """How many crossings the HQ's tables have, once they have followed or five minutes are over."""
    until = time.monotonic() + SECONDS_TO_FOLLOW
    with pair.asking() as database:
        while True:
            row = database.execute(_CROSSINGS, [POST]).fetchone()
            shown = int(row[0]) if row else 0
            if shown >= expected or time.monotonic() > until:
                return shown
            time.sleep(0.5)


def length(database: psycopg.Connection[Any], node: UUID) -> int:
    """How far a journal goes at the HQ."""
    row = database.execute(_JOURNAL, [node]).fetchone()
    return int(row[0]) if row else 0


def _down(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()
