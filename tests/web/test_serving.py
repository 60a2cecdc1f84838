"""The pages start again with the certificate that took the place of theirs."""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path

import msgspec
import pytest

from openmidas.nodes.home import NodeHome
from openmidas.web import serving
from tests.conftest import POST_HOME


def test_the_server_ends_once_the_node_has_another_certificate(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = NodeHome(tmp_path / "node")
    config = msgspec.structs.replace(POST_HOME.config(), tls_certificate="one", tls_key="key")
    home.write_config(config)
    monkeypatch.setenv("OPENMIDAS_HOME", str(home.folder))
    monkeypatch.setattr(serving, "LOOK_SECONDS", 0.01)
    stopped, killed = threading.Event(), []

    def kill(process: int, how: signal.Signals) -> None:
        killed.append((process, how))
        stopped.set()

    monkeypatch.setattr(os, "kill", kill)
    serving.end_when_certified_anew(4711)
    home.write_config(msgspec.structs.replace(config, name="Another name"))
    home.path("node.toml").rename(home.path("away.toml"))  # it cannot be read for a moment
    assert not stopped.wait(0.1)
    home.path("away.toml").rename(home.path("node.toml"))
    home.write_config(msgspec.structs.replace(config, tls_certificate="two"))
    assert stopped.wait(10)
    assert killed == [(4711, signal.SIGTERM)]
