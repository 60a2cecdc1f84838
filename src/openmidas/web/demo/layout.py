"""Where the nodes of the demonstration are on this machine: folders, addresses, databases."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from openmidas.journal.kinds import NodeKind
from openmidas.nodes.home import NodeConfig, NodeHome, write_file
from openmidas.nodes.identity import ThisNode
from openmidas.web.demo.country import MALI, DemoNode, DemoState

PASSWORD = "baobab-de-demonstration"  # noqa: S105  the demonstration only; nothing else has a default
LANES = MALI.posts[0].lanes
# The sample list is dated; a State sets a few days here. See the README.
SAMPLE_LIST_LIMIT_DAYS = 3650
BEGAN = "demo-began"


class StateHomes(msgspec.Struct, frozen=True):
    """The folders of one State's nodes."""

    state: DemoState
    hq: NodeHome
    posts: tuple[NodeHome, ...]

    @property
    def all(self) -> tuple[NodeHome, ...]:
        """The HQ's, then the posts'."""
        return (self.hq, *self.posts)

    def nodes(self) -> Iterator[tuple[DemoNode, NodeHome]]:
        """Each node with its folder."""
        yield from zip(self.state.nodes, self.all, strict=True)


class DemoHomes:
    """The folders of all nodes, with addresses on free ports of the loopback.

    ``databases``: the address of each HQ's database, by the code of its State.
    """

    def __init__(
        self, folder: Path, databases: dict[str, str], states: Sequence[DemoState] = (MALI,)
    ) -> None:
        self.folder = folder
        self.states = tuple(self._make(state, databases[state.code]) for state in states)

    @property
    def hq(self) -> NodeHome:
        """The first State's HQ."""
        return self.states[0].hq

    @property
    def post(self) -> NodeHome:
        """Its first post."""
        return self.states[0].posts[0]

    def all(self) -> list[NodeHome]:
        """Every node."""
        return [home for each in self.states for home in each.all]

    def _make(self, state: DemoState, database: str) -> StateHomes:
        hq = self._home(state, state.hq, NodeKind.HQ, database)
        posts = tuple(self._home(state, post, NodeKind.POST, "sqlite") for post in state.posts)
        return StateHomes(state, hq, posts)

    def _home(self, state: DemoState, node: DemoNode, kind: NodeKind, database: str) -> NodeHome:
        home = NodeHome(self.folder / node.folder)
        home.write_config(
            NodeConfig(
                id=node.id,
                kind=kind,
                state=state.code,
                name=node.name,
                database=database,
                web=_free_address(),
                exchange=_free_address(),
                time_zone=state.time_zone,
                demo=True,
            )
        )
        return home

    def introduce(self) -> None:
        """Make every node's keys, and write down once when the demonstration began.

        Here and not by the nodes, which all begin at the same moment and read each other's.
        """
        for home in self.all():
            ThisNode(home).card()
        now = time.time_ns() // 1_000_000
        known = [moment for home in self.all() if (moment := began(home)) is not None]
        for home in self.all():
            if began(home) is None:
                write_file(home.path(BEGAN), str(min(known, default=now)).encode())


def began(home: NodeHome) -> int | None:
    """When the demonstration was started first at this node, in milliseconds since 1970."""
    try:
        return int(home.path(BEGAN).read_text(encoding="ascii"))
    except FileNotFoundError:
        return None


def environment(home: NodeHome) -> dict[str, str]:
    """The environment of a process that is this node."""
    return os.environ | {"OPENMIDAS_HOME": str(home.folder)}


def _free_address() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{probe.getsockname()[1]}"
