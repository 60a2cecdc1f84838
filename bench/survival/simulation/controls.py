"""Stores with one fault each, put there on purpose: the comparison must find every one of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bench.survival.simulation.checking import Found
from bench.survival.simulation.disks import Disk
from bench.survival.simulation.memory import Kept, MemoryStore
from bench.survival.simulation.stores import Identity
from openmidas.journal import Place, Receipt, SealedEntry
from openmidas.journal.segments import Segment


class _Kept(msgspec.Struct, frozen=True):
    lengths: dict[UUID, int]
    receipts: dict[tuple[UUID, UUID], Receipt]


class Forgetful(MemoryStore):
    """Acknowledges what is not on the disk yet: a power cut takes the last few transactions."""

    def __init__(
        self,
        own: Identity,
        key: Ed25519PrivateKey,
        peers: Sequence[Identity],
        disk: Disk,
        wall: Callable[[], int],
    ) -> None:
        super().__init__(own, key, peers, disk, wall)
        self._commits = 0
        self._durable = self._look()

    def _look(self) -> _Kept:
        lengths = {node: len(kept.entries) for node, kept in self._journals.items()}
        return _Kept(lengths, dict(self._receipts))

    def committed(self) -> None:
        self._commits += 1
        if self._commits % 5 == 0:
            self._durable = self._look()

    def lose_power(self) -> None:
        for node, length in self._durable.lengths.items():
            kept = self._journals[node]
            del kept.entries[length:]
            kept.place = kept.place_at(length) or kept.place
        self._receipts = dict(self._durable.receipts)


class Careless(MemoryStore):
    """Takes whatever comes for new, and looks at no chain: what comes twice is stored twice."""

    def new_of(self, segment: Segment, journal: Kept) -> list[SealedEntry]:
        return list(segment.entries)

    def check(self, segment: Segment, journal: Kept) -> Place:
        return segment.head.place


class Talkative(MemoryStore):
    """Sends every body to everybody."""

    def for_peer(self, entry: SealedEntry, peer: Identity) -> SealedEntry:
        return entry


class Absent(MemoryStore):
    """Does not remember what is written: an officer's repeated request is a second crossing."""

    def has(self, fact: UUID) -> bool:
        return False


class Wandering(MemoryStore):
    """Notes nothing of other nodes' clocks."""

    def compare_clock(self, peer: Identity, ahead: int) -> None:
        """Nothing."""


CONTROLS: dict[str, tuple[type[MemoryStore], Callable[[Found], int]]] = {
    "a store that acknowledges before it is on disk, lost": (Forgetful, lambda found: found.lost),
    "a store that takes repeats for new, doubled": (Careless, lambda found: found.doubled),
    "a store that does not know a repeated request, doubled": (Absent, lambda found: found.doubled),
    "a store that sends bodies to everybody, misrouted": (Talkative, lambda found: found.misrouted),
    "an HQ that compares no clocks, not flagged": (Wandering, lambda found: found.unflagged),
}
"""Each fault by what it is called in the report, and what must be counted of it."""
