"""The real namespaces, with the kernel's own TCP on both sides of the line."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.exchange import __main__ as command
from bench.exchange.catching_up import CONGESTION
from bench.exchange.emulator import HQ_ADDRESS, Networks, open_line, open_networks
from bench.exchange.namespaces import CannotRun, check_machine
from bench.exchange.nodes import PORT
from bench.exchange.shaping import Shape

SHAPE = Shape(rate=400_000, delay=0.05)
PAYLOAD = 40_000


@pytest.fixture
def networks() -> Iterator[Networks]:
    try:
        check_machine()
    except CannotRun as error:
        pytest.skip(f"no namespaces on this machine: {error}")
    with open_networks("reno") as made:
        yield made


def test_tcp_goes_over_the_line_and_every_byte_is_counted(networks: Networks) -> None:
    with open_line(networks, SHAPE, SHAPE, "seed") as line:
        time.sleep(0.3)
        assert line.traffic().sent == 0, "the kernel says nothing of its own accord"
        began = time.monotonic()
        said = _send(networks)
        seconds = time.monotonic() - began
        traffic = line.traffic()
    assert PAYLOAD * 8 / SHAPE.rate < seconds < 30
    assert line.first_packet is not None
    assert began <= line.first_packet <= began + seconds
    assert traffic.up.passed.bytes >= PAYLOAD + 40 * (PAYLOAD // 1500)
    assert 0 < traffic.down.sent.bytes < PAYLOAD
    assert traffic.sent == traffic.up.sent.bytes + traffic.down.sent.bytes
    found = CONGESTION.search(said)
    assert found is not None, said
    assert found[1] == "reno"


def test_nothing_passes_while_the_line_is_down(networks: Networks) -> None:
    with open_line(networks, SHAPE, SHAPE, "seed") as line:
        line.set_up(False)
        with networks.post.entered(), pytest.raises(TimeoutError):
            socket.create_connection((HQ_ADDRESS, PORT), timeout=0.5)
        assert line.traffic().up.dropped.packets > 0
        assert line.traffic().sent == 0
        line.set_up(True)
        _send(networks)


def test_this_process_is_where_it_was_and_leaves_no_file_open(networks: Networks) -> None:
    here, open_files = _here()
    with open_line(networks, SHAPE, SHAPE, "seed"):
        with networks.hq.entered():
            assert _here()[0] != here
        assert _here()[0] == here
    assert _here() == (here, open_files)


def test_without_root_it_says_so(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr("sys.argv", ["bench.exchange"])
    assert command.main() == 1
    assert "it needs root" in capfd.readouterr().err


def _send(networks: Networks) -> str:
    """Send the payload from the post to the HQ; what the kernel said of the connection meanwhile."""
    with networks.hq.entered():
        listening = socket.create_server((HQ_ADDRESS, PORT))
    with networks.post.entered():
        calling = socket.create_connection((HQ_ADDRESS, PORT), timeout=20)
    answering, _ = listening.accept()
    with listening, calling, answering:
        sending = threading.Thread(target=calling.sendall, args=(bytes(PAYLOAD),))
        sending.start()
        said = networks.post.sockets()
        left = PAYLOAD
        while left:
            left -= len(answering.recv(left))
        sending.join()
    return said


def _here() -> tuple[str, int]:
    """The network namespace of this thread, and how many files this process has open."""
    network = str(Path("/proc/thread-self/ns/net").readlink())
    return network, len(list(Path("/proc/self/fd").iterdir()))
