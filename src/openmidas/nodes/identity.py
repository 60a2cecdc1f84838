"""Who this machine is, for everything that writes in its name."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from uuid import UUID

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from openmidas.journal.kinds import NodeKind
from openmidas.nodes.home import NodeConfig, NodeHome, named_home
from openmidas.nodes.keys import certificate, public_bytes, signing_key


class ThisNode:
    """The node of this process: its configuration and its signing key."""

    def __init__(self, home: NodeHome) -> None:
        self.home = home
        self.config: NodeConfig = home.config()
        self.key: Ed25519PrivateKey = signing_key(home, self.config.epoch)

    @property
    def id(self) -> UUID:
        return self.config.id

    @property
    def kind(self) -> NodeKind:
        return self.config.kind

    @property
    def epoch(self) -> int:
        return self.config.epoch

    @property
    def is_hq(self) -> bool:
        return self.kind is NodeKind.HQ

    def card(self) -> NodeCard:
        """What another node must know to exchange with this one."""
        return NodeCard(
            id=self.id,
            kind=self.kind,
            state=self.config.state,
            name=self.config.name,
            epoch=self.epoch,
            public_key=public_bytes(self.key),
            certificate=certificate(self.home, self.id),
            exchange=self.config.exchange,
        )


class NodeCard(msgspec.Struct, frozen=True, kw_only=True):
    """A node as it introduces itself, carried by hand once (a file, a stick): nothing in it is secret.

    ``exchange``: ``host:port`` where it listens, of use for an HQ only.
    """

    id: UUID
    kind: NodeKind
    state: str
    name: str
    epoch: int
    public_key: bytes
    certificate: str
    exchange: str

    def encode(self) -> bytes:
        """The card as a file (JSON)."""
        return msgspec.json.format(msgspec.json.encode(self), indent=2)

    @classmethod
    def decode(cls, raw: bytes) -> NodeCard:
        """Read a card. Raises `msgspec.DecodeError` that says what is wrong."""
        return msgspec.json.decode(raw, type=cls)


def this_node() -> ThisNode:
    """The node of this process. Raises `openmidas.nodes.home.NodeMissing`."""
    return _load(named_home())  # asked for every row: a path is not made each time


def forget_this_node() -> None:
    """Read the folder again when next asked: its epoch has changed."""
    _load.cache_clear()


@cache
def _load(named: str) -> ThisNode:
    return ThisNode(NodeHome(Path(named).absolute()))
