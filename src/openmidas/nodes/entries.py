"""What the nodes room writes into journals."""

from __future__ import annotations

from uuid import UUID

from openmidas.journal import TO_STATE, Content, NodeKind, kind

EVERY_NODE = (NodeKind.POST, NodeKind.HQ)


@kind("epoch.opened", version=1, audience=TO_STATE, authority=EVERY_NODE)
class EpochOpened(Content, frozen=True, kw_only=True):
    """The first entry of an epoch: the key it is written under and, if any, the hash it continues."""

    name: str
    state: str
    public_key: bytes
    continues: bytes | None = None


@kind("node.enrolled", version=1, audience=TO_STATE, authority=[NodeKind.HQ])
class NodeEnrolled(Content, frozen=True, kw_only=True):
    """The HQ takes a post into the State's network, known by this key and this certificate."""

    enrolled: UUID
    node_kind: NodeKind
    name: str
    state: str
    epoch: int
    public_key: bytes
    certificate: str
