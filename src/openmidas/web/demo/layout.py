"""What the demonstration is made of: two nodes, seven officers, and their log-ins."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from uuid import UUID

import msgspec

from openmidas.journal.kinds import NodeKind
from openmidas.nodes.home import NodeConfig, NodeHome
from openmidas.posts.roles import Role

PASSWORD = "baobab-de-demonstration"  # noqa: S105  the demonstration only; nothing else has a default
LANES = ("1", "2")
# The sample list is dated; a State sets a few days here. See the README.
SAMPLE_LIST_LIMIT_DAYS = 3650
HQ = UUID("01900000-0000-7000-8000-00000000da00")
KOUREMALE = UUID("01900000-0000-7000-8000-00000000da01")


class DemoOfficer(msgspec.Struct, frozen=True):
    """Somebody to sign in as."""

    username: str
    name: str
    role: Role
    node: UUID


OFFICERS = (
    DemoOfficer("aminata", "Aminata Keïta", Role.PRIMARY, KOUREMALE),
    DemoOfficer("boubacar", "Boubacar Traoré", Role.SECOND_LINE, KOUREMALE),
    DemoOfficer("coumba", "Coumba Sidibé", Role.HEAD_OF_POST, KOUREMALE),
    DemoOfficer("djibril", "Djibril Camara", Role.HQ_ANALYST, HQ),
    DemoOfficer("fanta", "Fanta Condé", Role.HQ_LISTS, HQ),
    DemoOfficer("idrissa", "Idrissa Maïga", Role.ADMINISTRATOR, HQ),
    DemoOfficer("kadiatou", "Kadiatou Bah", Role.OVERSIGHT, HQ),
)


class DemoHomes:
    """The folders of the two nodes, with addresses on free ports of the loopback."""

    def __init__(self, folder: Path, database: str) -> None:
        exchange = _free_address()
        self.hq = self._make(folder / "hq", HQ, "Bamako", NodeKind.HQ, database, exchange)
        self.post = self._make(
            folder / "kouremale", KOUREMALE, "Kourémalé", NodeKind.POST, "sqlite", _free_address()
        )
        self.folder = folder

    @staticmethod
    def _make(
        folder: Path, id: UUID, name: str, kind: NodeKind, database: str, exchange: str
    ) -> NodeHome:
        home = NodeHome(folder)
        home.write_config(
            NodeConfig(
                id=id,
                kind=kind,
                state="MLI",
                name=name,
                database=database,
                web=_free_address(),
                exchange=exchange,
                demo=True,
            )
        )
        return home


def environment(home: NodeHome) -> dict[str, str]:
    """The environment of a process that is this node."""
    return os.environ | {"OPENMIDAS_HOME": str(home.folder)}


def _free_address() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{probe.getsockname()[1]}"
