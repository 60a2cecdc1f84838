"""The drills: a machine burns after its last backup, and nothing that had a receipt is lost.

A real post and a real HQ, over TLS, each with its own folder, database and processes; every step is
a command that an administrator types.
"""

from __future__ import annotations

import os
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import psycopg
import pytest

from openmidas.journal import NodeKind
from tests.support.real_nodes import SECONDS, RealNode, free_address, hq_database

pytestmark = [pytest.mark.long, pytest.mark.timeout(1200)]

Ends = dict[str, int]


class Country:
    """A post and an HQ that know each other, and the stick that both are copied to."""

    def __init__(self, folder: Path, database: str) -> None:
        self.folder = folder
        self.database = database
        self.post = RealNode(folder / "post", NodeKind.POST, "sqlite", "")
        self.hq = RealNode(folder / "hq", NodeKind.HQ, database, free_address())
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


@pytest.fixture
def country(tmp_path: Path) -> Iterator[Country]:
    with hq_database() as database:
        country = Country(tmp_path, database)
        try:
            yield country
        finally:
            country.sweep()


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


def test_an_hq_restored_from_yesterday_has_everything_that_it_gave_a_receipt_for(
    country: Country,
) -> None:
    post, hq = country.post, country.hq
    post.do("cross", "20")
    hq.midas("rules", "publish")
    country.agreed()
    backup = country.back_up(hq)
    post.do("cross", "30")
    hq.midas("rules", "publish")  # also after the backup: only the post still has it
    before = country.agreed()
    assert before[0] == before[1]
    there = rows(hq)
    assert len(crossings(hq)) == 50
    country.burn(hq)
    post.do("cross", "5")  # the post goes on meanwhile
    country.bring_back(hq, backup)
    country.at_work(hq)
    country.follow(post)
    assert eventually(lambda: "gave back" in hq.said())
    at_post, at_hq = country.agreed()
    assert at_post == at_hq
    for journal, sequence in before[1].items():
        assert at_hq[journal] >= sequence, "what had a receipt is here again"
    assert at_hq[f"{hq.id} 1"] == before[1][f"{hq.id} 1"], "the HQ's own entries came back as well"
    assert at_hq[f"{hq.id} 2"] == 1
    after = rows(hq)
    assert not identities(there) - identities(after), "no row is lost"
    # The five that crossed meanwhile are counted, and the post has reported how it is, since.
    changed = {line.partition(" ")[0] for line in there - after}
    assert all(table.startswith(("flows_", "nodes_")) for table in changed), changed
    assert len(set(crossings(hq))) == len(crossings(hq)) == 55
    assert crossings(post) == crossings(hq)
    hq.midas("journal", "rebuild")
    assert rows(hq) == after, "the tables are what the journals say, counts included"
    post.midas("journal", "verify")
    hq.midas("journal", "verify")
    assert "was restored" in post.said()


def test_a_post_restored_from_its_stick_gets_its_own_journal_back(country: Country) -> None:
    post, hq = country.post, country.hq
    post.do("cross", "20")
    country.agreed()
    backup = country.back_up(post)
    post.do("cross", "30")
    before = country.agreed()
    stolen = post.card()
    country.burn(post)
    country.bring_back(post, backup)
    country.enrol()
    country.at_work(post)
    country.follow(hq)
    post.do("cross", "5")
    assert eventually(lambda: f'"{post.id} 1":{before[1][f"{post.id} 1"]}' in _ends(post, hq))
    at_post, at_hq = country.agreed()
    assert at_post == at_hq
    assert at_hq[f"{post.id} 1"] == before[1][f"{post.id} 1"], "nothing with a receipt is lost"
    # The opening of the epoch, and the five; it may have reported how it is, too.
    assert at_hq[f"{post.id} 2"] >= 6
    assert crossings(post) == crossings(hq)
    assert len(crossings(hq)) == 55
    post.midas("journal", "verify")
    hq.midas("journal", "verify")
    card = country.folder / "stolen.json"
    card.write_bytes(stolen)
    hq.midas("enrol", str(card), status=1)


def _ends(post: RealNode, hq: RealNode) -> str:
    return post.do("agrees", str(hq.id)).decode()
