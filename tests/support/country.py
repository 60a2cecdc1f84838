"""A post and an HQ that are real machines, for the drills: each with its own folder, database, processes."""

from __future__ import annotations

import os
import subprocess
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import msgspec
import psycopg

from openmidas.journal import NodeKind
from tests.support.real_nodes import SECONDS, RealNode, free_address

Ends = dict[str, int]


class Country:
    """A post and an HQ that know each other, and the stick that both are copied to."""

    def __init__(self, folder: Path, database: str) -> None:
        self.folder = folder
        self.database = database
        self.post = RealNode(folder / "post", NodeKind.POST, "sqlite", "")
        self.hq = RealNode(folder / "hq", NodeKind.HQ, database, free_address(), web=free_address())
        self._workers: list[subprocess.Popen[bytes]] = []
        self.recovery_key = folder / "recovery.key"
        for node in (self.post, self.hq):
            node.midas("prepare")
        self.post.midas("backup", "key", str(self.recovery_key))
        self.meet()
        self.at_work(self.hq)
        self.at_work(self.post)

    def meet(self) -> None:
        """Carry the post's card to the HQ, and the HQ's to the post."""
        self._carry(self.post, self.hq, "enrol")
        self._carry(self.hq, self.post, "meet")

    def enrol(self) -> None:
        self._carry(self.post, self.hq, "enrol")

    def _carry(self, whose: RealNode, to: RealNode, command: str) -> None:
        card = self.folder / "card.json"
        card.write_bytes(whose.card())
        to.midas(command, str(card))

    def at_work(self, node: RealNode) -> None:
        """Its exchange and its worker run."""
        node.begin()
        self.follow(node)

    def follow(self, node: RealNode) -> None:
        """Its worker runs."""
        self._workers.append(node.start("worker"))

    def back_up(self, node: RealNode) -> Path:
        stick = self.folder / "stick"
        node.midas("backup", "init", "--recovery-key", f"{self.recovery_key}.pub", str(stick))
        node.midas("backup", "now")
        (made,) = stick.glob("*.midasbackup")
        assert node.midas("backup", "verify", str(made), "--key", str(self.recovery_key))
        return made

    def burn(self, node: RealNode) -> None:
        """The machine is destroyed, and its database with it."""
        self.stop_workers()
        node.burn()
        if node is self.hq and self.database != "sqlite":
            server = os.environ["OPENMIDAS_TEST_DATABASE"]
            name = self.database.rpartition("/")[2]
            with psycopg.connect(server, autocommit=True) as connection:
                connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
                connection.execute(f"CREATE DATABASE {name}")

    def bring_back(self, node: RealNode, backup: Path) -> None:
        folder = node.log.parent
        elsewhere = self.post if node is self.hq else self.hq
        elsewhere.midas(
            "restore", str(backup), "--key", str(self.recovery_key), "--to", str(folder)
        )

    def stop_workers(self) -> None:
        for worker in self._workers:
            worker.terminate()
            worker.communicate(timeout=60)
        self._workers.clear()

    def agreed(self) -> tuple[Ends, Ends]:
        """How far all journals go at the post and at the HQ, once both hold what the other wrote.

        Asked again until they say the same, for a while: what one has just written, the other has
        not heard of yet.
        """
        deadline = time.monotonic() + SECONDS
        while True:
            at_post, at_hq = (
                msgspec.json.decode(node.do("agrees", str(other.id)), type=Ends)
                for node, other in ((self.post, self.hq), (self.hq, self.post))
            )
            if at_post == at_hq or time.monotonic() > deadline:
                return at_post, at_hq

    def sweep(self) -> None:
        self.stop_workers()
        self.post.sweep()
        self.hq.sweep()


def rows(node: RealNode) -> Counter[str]:
    """The rows of a node's tables: each once, unless something was doubled."""
    return Counter(node.do("rows").decode().splitlines())


def identities(told: Counter[str]) -> set[str]:
    """Tables and ids of rows; those of tallies are each node's own."""
    return {line.partition(",")[0] for line in told if not line.startswith("flows_tally ")}


def crossings(node: RealNode) -> list[str]:
    """The crossings at a node, whichever database it has."""
    return node.do("crossings").decode().splitlines()


def eventually(holds: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        if holds():
            return True
        time.sleep(0.5)
    return False
