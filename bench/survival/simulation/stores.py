"""What a simulated node asks of its store, whichever it is: one in memory, or the project's own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

import msgspec

from openmidas.journal import Audience, Content, Head, NodeKind, Place, Receipt, SealedEntry


class PowerCut(Exception):  # noqa: N818  reads as a sentence where it is raised
    """The machine went dark at this step."""


class NotWritten(Exception):  # noqa: N818  reads as a sentence where it is raised
    """The disk is full, or fails: nothing was written, and whoever asked is told so."""


class Fact(msgspec.Struct, frozen=True):
    """Something that happened in front of an officer, and who may know of it."""

    id: UUID
    content: Content
    audience: Audience


class Identity(msgspec.Struct, frozen=True):
    """A node as all others know it."""

    id: UUID
    kind: NodeKind
    name: str
    public_key: bytes


class Run(msgspec.Struct, frozen=True):
    """A run of a journal as it travels, and the sequence of its last entry."""

    raw: bytes
    last: int


class Took(msgspec.Struct, frozen=True):
    """The answer to a segment: a receipt, or a code and the place where the other side stands."""

    receipt: Receipt | None
    code: str = ""
    held: Place | None = None


class Store(Protocol):
    """A node's memory. All that changes it does so wholly or not at all, or raises.

    Raises `PowerCut` at steps of its own choosing, and `NotWritten` where the disk does not take it.
    """

    own: Identity

    def append(self, facts: Sequence[Fact]) -> None:
        """Write into the node's own journal, in one transaction."""

    def has(self, fact: UUID) -> bool:
        """Whether this is written already: what an officer's repeated request is answered from."""

    def head(self) -> Head:
        """How far the node's own journal goes."""

    def own_place(self, sequence: int) -> Place | None:
        """The place with this sequence in the node's own journal; None where it is shorter."""

    def held(self, peer: UUID) -> int:
        """The last sequence that the peer gave a receipt for."""

    def run_for(self, peer: Identity, after: int) -> Run | None:
        """The next run of the node's own journal, as this peer may have it."""

    def take(self, peer: Identity, raw: bytes) -> Took:
        """Take in what a peer brought of its own journal."""

    def keep(self, receipt: Receipt) -> tuple[Place, Place | None]:
        """Keep a peer's receipt: the place that it names, and our own with that sequence."""

    def given(self, peer: UUID) -> Receipt | None:
        """The receipt that this node gave last for a peer's journal."""

    def compare_clock(self, peer: Identity, ahead: int) -> None:
        """The peer's clock was seen to be ahead of ours by so many milliseconds."""

    def clock_differs(self, peer: UUID) -> bool:
        """Whether this node shows that the peer's clock is wrong."""

    def clock(self) -> int:
        """The logical clock of the node's own journal."""

    def copy_of(self, node: UUID) -> list[SealedEntry]:
        """All that is stored of a node's journal, in the order in which it is stored."""

    def lose_power(self) -> None:
        """All that was not committed is gone."""
