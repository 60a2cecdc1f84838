"""The drill: a sealed post loses its power in the night, one officer opens it, and a traveller crosses.

Real processes, a real headquarters, the real page. What takes how long is for a bench; here it must work.
"""

from __future__ import annotations

import http.client
import os
import re
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

import pytest

from openmidas.journal import NodeKind
from openmidas.nodes.home import NodeHome
from openmidas.nodes.sealing.memory import forget_key
from tests.support.real_nodes import SECONDS, RealNode, free_address, hq_database
from tests.support.sealing import AWA, ISSA, memory_folder_for

Headers = dict[str, str]


@pytest.fixture
def nodes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[RealNode, RealNode, NodeHome]]:
    """A post, its headquarters, which know each other, and the folder of the post."""
    memory = memory_folder_for(monkeypatch)
    next(memory)
    with hq_database() as database:
        post = RealNode(tmp_path / "post", NodeKind.POST, "sqlite", "")
        hq = RealNode(tmp_path / "hq", NodeKind.HQ, database, free_address())
        home = NodeHome(tmp_path / "post")
        home.write_config(
            type(home.config())(
                id=post.id, kind=NodeKind.POST, state="MLI", name="post", web=free_address()
            )
        )
        with ThreadPoolExecutor() as both:
            making = both.submit(post.midas, "prepare")
            hq.do("init")
            making.result()
        (tmp_path / "post.card").write_bytes(post.card())
        (tmp_path / "hq.card").write_bytes(hq.card())
        hq.midas("enrol", str(tmp_path / "post.card"))
        post.midas("meet", str(tmp_path / "hq.card"))
        hq.begin()
        hq.await_log("the exchange listens")
        try:
            yield post, hq, home
        finally:
            hq.sweep()
            next(memory, None)


@pytest.mark.long
@pytest.mark.timeout(600)
def test_power_back_phrase_and_share_and_the_first_crossing(
    nodes: tuple[RealNode, RealNode, NodeHome], tmp_path: Path
) -> None:
    post, hq, home = nodes
    stick = tmp_path / "stick"
    stick.mkdir()
    seal(post, stick)
    post.do("cross", "3")
    assert post.do("crossings").count(b"\n") == 3
    with running(post) as up:
        await_status(home, 200)
        power_cut(post, home, up)
    with running(post):
        await_status(home, 503)
        open_by_page(home)
        await_status(home, 200)
        post.do("cross", "1")
        assert post.do("crossings").count(b"\n") == 4, "what was written before is there"
        post.await_log("exchanges with")
        # Shut at once, and every process with the key in its memory ends.
        post.midas("seal", "close")
        await_status(home, 503)
    hq.midas("post", "revoke", "post", "--reason", "stolen at night")
    before = post.said()
    unseal(post, "--officer", AWA.officer, phrase=AWA.phrase, status=1)
    assert "Le siège" in post.said()[len(before) :], "which does not give its share any more"
    (token,) = stick.iterdir()
    unseal(post, "--officer", ISSA.officer, "--token", str(token), phrase=ISSA.phrase)
    post.do("crossings")


def seal(post: RealNode, stick: Path) -> None:
    process = post.start(
        *("seal", "on", "--officer", AWA.officer, "--officer", ISSA.officer, "--token", str(stick)),
        module="openmidas.cli",
    )
    said = process.communicate(f"{AWA.phrase}\n{ISSA.phrase}\n".encode(), timeout=SECONDS)[0]
    assert process.returncode == 0, post.said() + said.decode()


def unseal(post: RealNode, *options: str, phrase: str, status: int = 0) -> None:
    process = post.start("unseal", *options, module="openmidas.cli")
    said = process.communicate(f"{phrase}\n".encode(), timeout=SECONDS)[0]
    assert process.returncode == status, post.said() + said.decode()


class running:  # noqa: N801  reads as what it is where it is used
    """The whole post, as `midas up` runs it."""

    def __init__(self, post: RealNode) -> None:
        self._post = post

    def __enter__(self) -> running:
        self.process = self._post.start("up", module="openmidas.cli")
        return self

    def __exit__(self, *_error: object) -> None:
        if self.process.poll() is None:
            self.process.terminate()
        self.process.communicate(timeout=60)


def power_cut(post: RealNode, home: NodeHome, up: running) -> None:
    """All of its processes at once, and what is in memory."""
    forget = str(home.folder)
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            environment = (folder / "environ").read_bytes()
        except OSError:
            continue
        if f"OPENMIDAS_HOME={forget}\0".encode() in environment and int(folder.name) != os.getpid():
            os.kill(int(folder.name), signal.SIGKILL)
    up.process.wait(timeout=20)
    forget_key(home.config().id)


def ask(
    home: NodeHome, method: str, path: str, body: str = "", headers: Headers | None = None
) -> tuple[int, str, Headers]:
    host, _, port = home.config().web.rpartition(":")
    connection = http.client.HTTPConnection(host, int(port), timeout=20)
    sent = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
    try:
        connection.request(method, path, body or None, sent | (headers or {}))
        answer = connection.getresponse()
        return answer.status, answer.read().decode(), dict(answer.getheaders())
    finally:
        connection.close()


def await_status(home: NodeHome, status: int) -> None:
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        try:
            if ask(home, "GET", "/health/")[0] == status:
                return
        except OSError:
            pass  # nobody listens yet, or no more
        time.sleep(0.1)
    raise AssertionError(f"{status} did not come")


def open_by_page(home: NodeHome) -> None:
    """As an officer does at the workstation, alone, without the stick: headquarters is asked."""
    _status, page, headers = ask(home, "GET", "/")
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert token, page
    cookie = headers["set-cookie"].partition(";")[0]
    said = {
        "csrfmiddlewaretoken": token[1],
        "officer_1": AWA.officer,
        "phrase_1": AWA.phrase,
    }
    site = {"Cookie": cookie, "Origin": f"http://{home.config().web}"}
    status, _page, headers = ask(home, "POST", "/", urlencode(said), site)
    assert (status, headers["location"]) == (302, "/")
