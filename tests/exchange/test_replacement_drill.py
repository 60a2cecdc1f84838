"""The drill: a post is destroyed in mid-shift, and a new machine lets travellers cross again.

Real machines, over TLS; every step is a command that an administrator or a technician types. Two
people at the HQ replace the machine; what had a receipt comes back from there, and what had none
comes from the last stick. A copy of the old machine is let in no more.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from openmidas.journal import NodeKind
from tests.support.country import Country, Ends, crossings, eventually, rows
from tests.support.real_nodes import SECONDS, RealNode, hq_database

pytestmark = [pytest.mark.long, pytest.mark.timeout(1200)]

CODE = re.compile(r"(?:[0-9A-Z]{5}-){4}[0-9A-Z]{5}")
PASSWORDS = {"idrissa": "baobab sous la pluie", "oumou": "le fleuve est monté hier"}
REFUSED_WITHIN = 60


class Drill(Country):
    """A post with an officer, a journal that the HQ holds, and seven crossings that only a stick has."""

    def __init__(self, folder: Path, database: str) -> None:
        super().__init__(folder, database)
        for name, password in PASSWORDS.items():
            self.hq.do("administrator", name, password)
        number = str(self.post.id)
        self.hq.midas("rules", "publish")
        self.hq.midas("post", "configure", number, "--lane", "1", "--lane", "Bus")
        aminata = ("aminata", "--name", "Aminata", "--role", "primary", "--post", number)
        self.hq.midas("officer", "enrol", *aminata)
        self.post.do("cross", "40")
        self.receipted = self.agreed()[1]
        self.post.end()
        self.post.do("cross", "7")
        self.stick = self.folder / "stick"
        self.stick.mkdir()
        self.post.midas("stick", "export", str(self.stick))
        self.had = crossings(self.post)
        self.old = self._copy()
        self.burn(self.post)
        self.follow(self.hq)

    def _copy(self) -> RealNode:
        """What a thief has: the same folder, with the same keys."""
        folder = self.folder / "stolen"
        copy = RealNode(self.folder / "none", NodeKind.POST, "sqlite", "")
        copy.become(folder, self.post.id)
        shutil.copytree(self.post.log.parent, folder)
        return copy

    def administer(self, who: str, *command: str, status: int = 0) -> str:
        typed = PASSWORDS[who] + "\n"
        return self.hq.midas("post", "replace", *command, "--as", who, typed=typed, status=status)

    def approved(self) -> str:
        """Two people agree; the code."""
        number = str(self.post.id)
        self.administer("idrissa", "propose", number, "--reason", "Burned in the attack")
        self.administer("idrissa", "approve", number, status=1)
        found = CODE.search(self.administer("oumou", "approve", number))
        assert found
        return found[0]

    def new_machine(self) -> RealNode:
        new = RealNode(self.folder / "new", NodeKind.POST, "sqlite", "")
        new.midas("prepare")
        return new

    def take_stick(self) -> None:
        """Nobody takes it by accident; somebody decides, and says why."""
        (file,) = self.stick.glob("*.stick")
        self.hq.midas("stick", "import", str(file), status=1)
        said = self.hq.midas("stick", "import", str(file), "--from-revoked", "Found in the safe")
        assert "were new" in said or "nouvelles" in said

    def sweep(self) -> None:
        super().sweep()
        self.old.sweep()


@pytest.fixture
def drill(tmp_path: Path) -> Iterator[Drill]:
    with hq_database() as database:
        drill = Drill(tmp_path, database)
        try:
            yield drill
        finally:
            drill.sweep()


@pytest.mark.both
def test_a_post_destroyed_in_mid_shift_goes_on_at_a_new_machine(drill: Drill) -> None:
    post, hq, old = drill.post, drill.hq, drill.old
    pages = hq.start("serve", module="openmidas.cli")
    try:
        _await_pages(hq)
        code = drill.approved()
        started = time.monotonic()
        before = old.said()
        old.begin()
        old.await_log("link.", "node.revoked", "node.unknown", after=before)
        assert time.monotonic() - started < REFUSED_WITHIN
        old.midas("join", hq.web, code, status=1)
        new = drill.new_machine()
        assert str(post.id) not in new.card().decode()
        new.midas("join", hq.web, code)
    finally:
        _stop(pages)
    new.become(new.log.parent, post.id)
    drill.post = new
    new.do("cross", "5")  # before anything has come back: the shift goes on
    drill.at_work(new)
    at_post, at_hq = drill.agreed()
    assert at_post == at_hq
    _nothing_with_a_receipt_is_lost(drill, at_hq)
    assert at_hq[f"{post.id} 2"] >= 6, "the opening of the epoch, and five crossings"
    assert len(crossings(new)) == 45
    assert "aminata" in new.midas("officer", "list")
    drill.take_stick()
    hq.midas("rules", "publish")  # something for the post: it asks, and hears how far the HQ is
    assert eventually(lambda: set(drill.had) <= set(crossings(new)))
    at_post, at_hq = drill.agreed()
    assert at_post == at_hq
    assert len(set(crossings(hq))) == len(crossings(hq)) == 52, "the union, and nothing doubled"
    assert crossings(new) == crossings(hq)
    old.do("cross", "1")
    time.sleep(2)
    assert len(crossings(hq)) == 52, "the machine before brings nothing more"
    card = drill.folder / "old.json"
    card.write_bytes(old.card())
    hq.midas("enrol", str(card), status=1)
    new.end()  # a report of its state, written now and then, would come in between
    hq.do("followed")
    drill.stop_workers()
    for node in (new, hq):
        node.midas("journal", "verify")
        before = rows(node)
        node.midas("journal", "rebuild")
        assert rows(node) == before, "the tables are what the journals say"


def test_without_any_link_sticks_do_the_same(drill: Drill) -> None:
    post, hq = drill.post, drill.hq
    hq.end()
    code = drill.approved()
    drill.take_stick()
    new = drill.new_machine()
    way = drill.folder / "way"
    way.mkdir()
    new.midas("join", str(way), code, "--by-stick")
    hq.midas("post", "admit", str(way))
    new.midas("join", str(way), code, "--by-stick")
    new.become(new.log.parent, post.id)
    new.do("cross", "5")
    drill.follow(new)
    carry(hq, new, way, "--for", str(post.id))
    assert eventually(lambda: set(drill.had) <= set(crossings(new)))
    assert "aminata" in new.midas("officer", "list")
    carry(new, hq, way)
    carry(hq, new, way, "--for", str(post.id))
    assert eventually(lambda: crossings(new) == crossings(hq))
    assert len(set(crossings(hq))) == len(crossings(hq)) == 52
    for node in (new, hq):
        node.midas("journal", "verify")


def carry(sender: RealNode, to: RealNode, stick: Path, *options: str) -> None:
    """Make a stick, take it in, and take it out."""
    sender.midas("stick", "export", str(stick), *options)
    (file,) = stick.glob("*.stick")
    to.midas("stick", "import", str(file))
    file.unlink()


def _nothing_with_a_receipt_is_lost(drill: Drill, now: Ends) -> None:
    for journal, sequence in drill.receipted.items():
        assert now[journal] >= sequence


def _await_pages(hq: RealNode) -> None:
    until = time.monotonic() + SECONDS
    while True:
        try:
            with urllib.request.urlopen(f"http://{hq.web}/health/", timeout=2):
                return
        except OSError:
            assert time.monotonic() < until, hq.said()
            time.sleep(0.2)


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    process.communicate(timeout=60)
