"""The drill: a post is shut, crosses travellers all the same, is killed, and has them all in the end.

A real post and a real HQ, each with its own folder, database and processes, and a stick between them.
While the post is shut its database is not there at all.
"""

from __future__ import annotations

import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

import pytest

from openmidas.journal import NodeKind
from tests.support.real_nodes import SECONDS, RealNode, free_address, hq_database

pytestmark = [pytest.mark.long, pytest.mark.timeout(600)]

PIN = "804215"
TRAVELLERS = 5


@contextmanager
def following(*nodes: RealNode) -> Iterator[None]:
    """Their workers run: tables follow, what was collected is settled, opened and given back."""
    workers = [node.start("worker") for node in nodes]
    try:
        yield
    finally:
        for worker in workers:
            worker.terminate()
            worker.communicate(timeout=30)


class Browser:
    """What an officer has: cookies and forms."""

    def __init__(self, address: str) -> None:
        self._at = f"http://{address}/collect/"
        self._browser: OpenerDirector = build_opener(HTTPCookieProcessor(CookieJar()))

    def sign_in(self) -> None:
        self._send("sign-in/", number="aminata", pin=PIN, lane="")

    def cross(self, name: str) -> str:
        """The page after a traveller was recorded."""
        return self._send("", surname=name, direction="entry", outcome="admitted")

    def _send(self, path: str, **fields: str) -> str:
        form = self._get(path)
        hidden = re.findall(r'name="(csrfmiddlewaretoken|id)" value="([^"]+)"', form)
        sent = urlencode({**dict(hidden), **fields}).encode()
        with self._browser.open(self._at + path, sent, timeout=SECONDS) as answer:
            return str(answer.read().decode())

    def _get(self, path: str) -> str:
        deadline = time.monotonic() + SECONDS
        while True:
            try:
                with self._browser.open(self._at + path, timeout=SECONDS) as answer:
                    return str(answer.read().decode())
            except HTTPError:
                raise
            except URLError:  # it has only just begun
                assert time.monotonic() < deadline
                time.sleep(0.2)


class Country:
    """A post and an HQ that know each other, and a stick."""

    def __init__(self, folder: Path, database: str) -> None:
        self.stick = folder / "stick"
        self.stick.mkdir()
        self.post = RealNode(folder / "post", NodeKind.POST, "sqlite", "")
        self.hq = RealNode(folder / "hq", NodeKind.HQ, database, free_address())
        for node in (self.post, self.hq):
            node.midas("prepare")
        self.card = folder / "card.json"
        self.enrol()
        self.card.write_bytes(self.hq.card())
        self.post.midas("meet", str(self.card))

    def enrol(self) -> None:
        """The HQ is told who the post is, or what it has become."""
        self.card.write_bytes(self.post.card())
        self.hq.midas("enrol", str(self.card))

    def carry(self, sender: RealNode, to: RealNode) -> None:
        """What one has for the other goes across."""
        for old in self.stick.glob("*.stick"):
            old.unlink()
        sender.midas("stick", "export", str(self.stick))
        (made,) = self.stick.glob("*.stick")
        to.midas("stick", "import", str(made))

    def until_crossed(self, node: RealNode) -> list[str]:
        """Names are never printed: ids and how it ended, once all are there."""
        deadline = time.monotonic() + SECONDS
        while True:
            found = node.do("crossings").decode().splitlines()
            if len(found) >= TRAVELLERS:
                return found
            assert time.monotonic() < deadline, node.said()
            time.sleep(0.5)


@pytest.fixture
def country(tmp_path: Path) -> Iterator[Country]:
    with hq_database() as database:
        yield Country(tmp_path, database)


def give_pin(country: Country) -> None:
    country.hq.midas("post", "configure", str(country.post.id), "--lane", "1")
    country.hq.midas(
        "officer", "enrol", "aminata", "--name", "Aminata", "--role", "primary",
        "--post", str(country.post.id),
    )  # fmt: skip
    country.carry(country.hq, country.post)
    with following(country.post):
        deadline = time.monotonic() + SECONDS
        while "aminata" not in country.post.midas("officer", "list"):
            assert time.monotonic() < deadline
    pin = country.post.start("collect", "pin", "aminata", module="openmidas.cli")
    pin.communicate(f"{PIN}\n{PIN}\n".encode(), timeout=SECONDS)
    assert pin.returncode == 0, country.post.said()


def collect_while_shut(country: Country, folder: Path) -> None:
    """The database is gone; the page is killed after the last answer, and begins again."""
    hidden = folder / "hidden"
    hidden.mkdir()
    for path in list((folder / "post").glob("node.db*")):
        path.rename(hidden / path.name)
    for number in range(1, TRAVELLERS + 1, 2):
        address = free_address()
        serving = country.post.start("collect", "serve", "--web", address, module="openmidas.cli")
        try:
            browser = Browser(address)
            browser.sign_in()
            for traveller in range(number, min(number + 2, TRAVELLERS + 1)):
                page = browser.cross(f"TRAVELLER {traveller}")
                assert f"<strong>{traveller}</strong>" in page
                assert f"TRAVELLER {traveller}" not in page
        finally:
            _kill(serving)
    assert not (folder / "post" / "node.db").exists()
    for path in hidden.iterdir():
        path.rename(folder / "post" / path.name)


def _kill(serving: subprocess.Popen[bytes]) -> None:
    """The web server and its worker at once, as when the power goes."""
    children = Path(f"/proc/{serving.pid}/task/{serving.pid}/children").read_text().split()
    serving.kill()
    for child in children:
        subprocess.run(["kill", "-9", child], check=False)
    serving.communicate(timeout=30)


def test_all_who_were_collected_are_crossings_at_both(country: Country, tmp_path: Path) -> None:
    give_pin(country)
    collect_while_shut(country, tmp_path)
    assert str(TRAVELLERS) in country.post.midas("collect", "settle")
    country.carry(country.post, country.hq)
    with following(country.hq):
        at_hq = country.until_crossed(country.hq)
    country.carry(country.hq, country.post)
    with following(country.post):
        at_post = country.until_crossed(country.post)
    assert len(at_hq) == TRAVELLERS
    assert sorted(at_post) == sorted(at_hq)
    country.post.midas("collect", "settle")
    assert country.post.midas("collect", "status").count(": 0") == 2


def test_what_was_collected_and_not_settled_comes_back_with_a_backup(
    country: Country, tmp_path: Path
) -> None:
    give_pin(country)
    collect_while_shut(country, tmp_path)
    key, copies = tmp_path / "recovery", tmp_path / "copies"
    country.hq.midas("backup", "key", str(key))
    country.post.midas("backup", "init", "--recovery-key", f"{key}.pub", str(copies))
    country.post.midas("backup", "now")
    (copy,) = copies.glob("*.midasbackup")
    country.post.burn()
    country.hq.midas("restore", str(copy), "--key", str(key), "--to", str(tmp_path / "post"))
    country.enrol()
    assert str(TRAVELLERS) in country.post.midas("collect", "settle")
    country.carry(country.post, country.hq)
    with following(country.hq):
        assert len(country.until_crossed(country.hq)) == TRAVELLERS
    assert ": 1" in country.post.midas("collect", "prepare"), "and Aminata still has her PIN"
