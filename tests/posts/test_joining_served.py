"""A new post joins a served HQ by a code, over HTTP, and the two exchange: real processes throughout."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from openmidas.journal import NodeKind
from openmidas.journal.models import new_id
from openmidas.nodes.home import NodeConfig, NodeHome
from tests.exchange.test_processes import hq_database

REPOSITORY = Path(__file__).parents[2]
SECONDS = 180
CODE = re.compile(r"(?:[0-9A-Z]{5}-){4}[0-9A-Z]{5}")

# What each node knows after the first exchange, said by a process of its own.
LAYOUT_ARRIVED = "from openmidas.posts.models import Post; print(*Post.objects.get().lanes)"
JOURNAL_ARRIVED = (
    "from openmidas.journal.models import Journal; "
    f"print(Journal.objects.get(node_kind='{NodeKind.POST}').sequence > 0)"
)


class Machine:
    """A node of its own; its commands are processes."""

    def __init__(self, folder: Path, kind: NodeKind, database: str = "sqlite") -> None:
        web, exchange = (f"127.0.0.1:{_free_port()}" for _ in range(2))
        self.site = web
        self._environment = os.environ | {
            "OPENMIDAS_HOME": str(folder),
            "OPENMIDAS_LANGUAGE": "en",
            "DJANGO_SETTINGS_MODULE": "openmidas.web.settings",
        }
        self._processes: list[subprocess.Popen[bytes]] = []
        NodeHome(folder).write_config(
            NodeConfig(
                id=new_id(),
                kind=kind,
                state="MLI",
                name=folder.name,
                database=database,
                web=web,
                exchange=exchange,
            )
        )
        self.midas("prepare")

    def midas(self, *arguments: str, status: int = 0) -> str:
        """What a command says."""
        done = subprocess.run(
            [sys.executable, "-m", "openmidas.cli", *arguments],
            env=self._environment,
            cwd=REPOSITORY,
            capture_output=True,
            timeout=SECONDS,
        )
        assert done.returncode == status, done.stderr.decode()
        return (done.stdout if status == 0 else done.stderr).decode()

    def keep_running(self, *commands: str) -> None:
        for command in commands:
            started = subprocess.Popen(
                [sys.executable, "-m", "openmidas.cli", command],
                env=self._environment,
                cwd=REPOSITORY,
                start_new_session=True,
                stderr=subprocess.DEVNULL,
            )
            self._processes.append(started)

    def await_words(self, code: str, words: str) -> None:
        """Until this code prints these words here."""
        said, until = "", time.monotonic() + SECONDS
        while words != said:
            assert time.monotonic() < until, f"{said!r} instead of {words!r}"
            asked = [sys.executable, "-c", f"import django; django.setup(); {code}"]
            done = subprocess.run(asked, env=self._environment, capture_output=True)
            said = done.stdout.decode().strip() or done.stderr.decode()[-200:]

    def await_pages(self) -> None:
        until = time.monotonic() + SECONDS
        while True:
            try:
                with urllib.request.urlopen(f"http://{self.site}/health/", timeout=2):
                    return
            except OSError:
                assert time.monotonic() < until
                time.sleep(0.1)

    def stop(self) -> None:
        for process in self._processes:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@pytest.fixture
def hq(tmp_path: Path) -> Iterator[Machine]:
    with hq_database() as database:
        machine = Machine(tmp_path / "Bamako", NodeKind.HQ, database)
        try:
            yield machine
        finally:
            machine.stop()


@pytest.fixture
def post(tmp_path: Path) -> Iterator[Machine]:
    machine = Machine(tmp_path / "midas-pc-3", NodeKind.POST)
    yield machine
    machine.stop()


@pytest.mark.long
@pytest.mark.timeout(600)
def test_a_post_joins_and_its_first_journal_entries_arrive(hq: Machine, post: Machine) -> None:
    hq.keep_running("serve", "exchange", "worker")
    said = hq.midas("post", "invite", "Labbezanga", "--lane", "1", "--lane", "Bus")
    found = CODE.search(said)
    assert found, said
    hq.await_pages()
    assert "Joined" in post.midas("join", hq.site, found[0].lower())
    post.keep_running("exchange", "worker")
    post.await_words(LAYOUT_ARRIVED, "1 Bus")
    hq.await_words(JOURNAL_ARRIVED, "True")
    assert "Joined" in post.midas("join", hq.site, found[0]), "the answer may have been lost"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
