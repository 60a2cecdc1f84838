"""The pages for the public as a site of their own, served as in the field."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from uuid import uuid4

import pytest

from openmidas.journal.kinds import NodeKind
from openmidas.nodes.home import NodeConfig, NodeHome

pytestmark = pytest.mark.long
SECONDS = 60


def free_address() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{probe.getsockname()[1]}"


def midas(home: NodeHome, *arguments: str) -> subprocess.Popen[bytes]:
    environment = os.environ | {"OPENMIDAS_HOME": str(home.folder), "OPENMIDAS_LANGUAGE": "en"}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    command = [sys.executable, "-m", "openmidas.cli", *arguments]
    return subprocess.Popen(command, env=environment, start_new_session=True)


def get(url: str) -> tuple[int, str, str | None]:
    """Status, page and cookies."""
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310  our own server
            return answer.status, answer.read().decode(), answer.headers["Set-Cookie"]
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(), error.headers["Set-Cookie"]


def test_the_public_has_an_origin_of_its_own(tmp_path: Path) -> None:
    home, address = NodeHome(tmp_path / "post"), free_address()
    home.write_config(
        NodeConfig(id=uuid4(), kind=NodeKind.POST, state="MLI", name="Kourémalé", public=address)
    )
    assert midas(home, "prepare").wait() == 0
    server = midas(home, "public")
    try:
        until = time.monotonic() + SECONDS
        while True:
            try:
                found = get(f"http://{address}/public/en/")
                break
            except urllib.error.URLError:
                assert time.monotonic() < until
                time.sleep(0.2)
        assert found[0] == 200
        assert "Crossing the border costs nothing." in found[1]
        assert found[2] is None
        assert get(f"http://{address}/")[0] == 200
        for inside in ("/sign-in/", "/counter/", "/hq/complaints/", "/public/xx/"):
            status, page, cookie = get(f"http://{address}{inside}")
            assert (status, cookie) == (404, None)
            assert "sign-in" not in page
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def test_without_an_address_it_does_not_start(tmp_path: Path) -> None:
    home = NodeHome(tmp_path / "post")
    home.write_config(NodeConfig(id=uuid4(), kind=NodeKind.POST, state="MLI", name="Kourémalé"))
    assert midas(home, "public").wait() == 1
