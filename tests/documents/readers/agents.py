"""The reader's program for tests, at a port of its own, and whoever knocks at it."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Iterable
from typing import Any

import aiohttp

from openmidas.documents.readers.adapters import Adapter
from openmidas.documents.readers.agent import Agent
from openmidas.documents.readers.pairing import Pairing, pair
from openmidas.documents.readers.simulator import Simulator, spaced

ORIGIN = "https://kouremale.example"


def simulated(maker: str, zones: Iterable[str], every: float = 0) -> Simulator:
    """A simulator on which these documents are laid."""
    return Simulator(maker, spaced(zones, every))


class Door:
    """A served agent and what opens it."""

    def __init__(self, agent: Agent, pairing: Pairing, code: str, http: aiohttp.ClientSession):
        self.agent, self.pairing, self.code, self.http = agent, pairing, code, http

    def knock(self, **headers: str) -> Any:
        """A connection as a browser makes it, with other headers where they are given."""
        sent = {"Origin": ORIGIN, **headers}
        return self.http.ws_connect(f"http://127.0.0.1:{self.agent.port}/", headers=sent)

    @contextlib.asynccontextmanager
    async def page(self) -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
        """A page of the paired post."""
        async with self.knock() as socket:
            await socket.send_json({"code": self.code})
            yield socket


@contextlib.asynccontextmanager
async def served(adapter: Adapter) -> AsyncIterator[Door]:
    """The agent of this reader, paired with `ORIGIN`."""
    pairing, code = pair(ORIGIN)
    agent = Agent(adapter, lambda: pairing)
    async with agent.serving(port=0), aiohttp.ClientSession() as http:
        yield Door(agent, pairing, code, http)


async def told(socket: aiohttp.ClientWebSocketResponse) -> dict[str, Any]:
    """The next message that this page gets."""
    message: dict[str, Any] = await socket.receive_json(timeout=10)
    return message
