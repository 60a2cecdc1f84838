"""Whoever tries again on a line that is gone does so every second, and not on one in use."""

from __future__ import annotations

import asyncio
import socket
import sys
from collections.abc import Coroutine, Iterator

import pytest

from openmidas.exchange import sockets

_TCP_RTO_MAX_MS = 44

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Linux tells how often TCP tried")


@pytest.fixture
def link() -> Iterator[socket.socket]:
    with (
        socket.create_server(("127.0.0.1", 0)) as listening,
        socket.create_connection(listening.getsockname()) as calling,
        listening.accept()[0],
    ):
        yield calling


def _run(following: Coroutine[None, None, None]) -> None:
    async def within() -> None:
        async with asyncio.timeout(10):
            await following

    asyncio.run(within())


def _longest_pause(link: socket.socket) -> int:
    try:
        return link.getsockopt(socket.IPPROTO_TCP, _TCP_RTO_MAX_MS)
    except OSError:
        pytest.skip("this Linux is older than 6.15")


def test_a_line_in_use_has_not_tried_again(link: socket.socket) -> None:
    assert sockets.retransmits(link) == 0


def test_knocks_while_the_line_is_gone_and_not_afterwards(
    link: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    sockets.tune(link)
    assert _longest_pause(link) == sockets.RTO_MAX_MS
    tried = iter([0, sockets.GONE_AFTER, sockets.GONE_AFTER + 1, 0])
    seen: list[int] = []

    def look(link: socket.socket) -> int:
        seen.append(_longest_pause(link))
        return next(tried, 0)

    monkeypatch.setattr(sockets, "retransmits", look)
    monkeypatch.setattr(sockets, "LOOK_SECONDS", 0.01)

    async def follow() -> None:
        async with sockets.knocking(link):
            while len(seen) < 5:
                await asyncio.sleep(0.01)

    _run(follow())
    usual, knocking = sockets.RTO_MAX_MS, sockets.KNOCKING_MS
    assert seen[:5] == [usual, usual, knocking, knocking, usual]


def test_a_closed_connection_ends_it(link: socket.socket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sockets, "LOOK_SECONDS", 0.01)

    async def follow() -> None:
        async with sockets.knocking(link):
            link.close()
            while len(asyncio.all_tasks()) > 1:  # ours, without the one that looks
                await asyncio.sleep(0.01)

    _run(follow())
