"""A store in memory with the real one's semantics: a transaction is committed wholly or not at all.

The rules are the project's own functions; only the tables are lists. Everything is worked out first
and assigned at the end, so that whatever is raised in between leaves the store as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bench.survival.simulation.disks import Disk
from bench.survival.simulation.stores import Fact, Identity, Run, Took
from openmidas.exchange.core import SEGMENT_ENTRIES
from openmidas.exchange.reading import for_peer
from openmidas.journal import Actor, Body, Head, Header, JournalError, Place, Receipt, SealedEntry
from openmidas.journal.clock import COUNTER_BITS, MAX_LEAD, follow, tick
from openmidas.journal.entry import (
    NO_HASH,
    SALT_BYTES,
    commit,
    decode_body,
    encode_body,
    hash_header,
)
from openmidas.journal.kinds import kind_of
from openmidas.journal.segments import Segment, check_segment, pack, unpack
from openmidas.journal.signing import check_receipt, sign_head, sign_receipt


class Kept:
    """One journal as it is stored: what the row and the entries of the real store hold."""

    def __init__(self, node: UUID, public_key: bytes) -> None:
        self.entries: list[SealedEntry] = []
        self.place = Place(node, 1, 0, NO_HASH)
        self.public_key = public_key
        self.signature = b""
        self.at = 0
        self.clock = 0

    def place_at(self, sequence: int) -> Place | None:
        """The place with this sequence; None where the journal is shorter."""
        if sequence == 0:
            return Place(self.place.node, 1, 0, NO_HASH)
        if sequence > len(self.entries):
            return None
        header = self.entries[sequence - 1].header
        return Place(self.place.node, 1, sequence, hash_header(header))


class MemoryStore:
    """A node's store. ``wall``: what the node's own clock says now."""

    def __init__(
        self,
        own: Identity,
        key: Ed25519PrivateKey,
        peers: Sequence[Identity],
        disk: Disk,
        wall: Callable[[], int],
    ) -> None:
        self.own = own
        self.disk = disk
        self._key = key
        self._wall = wall
        self._random = disk.world.chance.randbytes
        self._journals = {each.id: Kept(each.id, each.public_key) for each in (own, *peers)}
        self._receipts: dict[tuple[UUID, UUID], Receipt] = {}
        self._facts: set[UUID] = set()
        self._ahead: dict[UUID, int] = {}

    @property
    def _mine(self) -> Kept:
        return self._journals[self.own.id]

    def append(self, facts: Sequence[Fact]) -> None:
        journal = self._mine
        place, at, clock = journal.place, journal.at, journal.clock
        signed = max(
            (one.at for (node, _), one in self._receipts.items() if node == self.own.id), default=0
        )
        written = []
        for fact in facts:
            now = tick(self._wall(), max(at, signed), clock)
            at, clock = now.at, now.clock
            sealed, place = self._seal(fact, place, at, clock)
            written.append(sealed)
        head = sign_head(place, self._key)
        self.disk.step("before an append is committed")
        self.disk.write()
        journal.entries.extend(written)
        journal.place, journal.at, journal.clock = place, at, clock
        journal.signature = head.signature
        self._facts.update(fact.id for fact in facts)
        self.committed()
        self.disk.step("after an append is committed, before it is acknowledged")

    def _seal(self, fact: Fact, after: Place, at: int, clock: int) -> tuple[SealedEntry, Place]:
        kind = kind_of(fact.content)
        body = Body(
            kind=kind.name,
            version=kind.version,
            audience=fact.audience,
            actor=Actor(),
            at=at,
            clock=clock,
            clock_error=None,
            content=msgspec.Raw(msgspec.msgpack.encode(fact.content)),
        )
        body.check_authority(self.own.kind)
        raw, salt = encode_body(body), self._random(SALT_BYTES)
        sequence = after.sequence + 1
        header = Header(self.own.id, 1, sequence, after.hash, commit(salt, raw)).encode()
        return SealedEntry(header, raw, salt), Place(self.own.id, 1, sequence, hash_header(header))

    def has(self, fact: UUID) -> bool:
        return fact in self._facts

    def head(self) -> Head:
        return Head(self._mine.place, self._mine.signature)

    def own_place(self, sequence: int) -> Place | None:
        return self._mine.place_at(sequence)

    def held(self, peer: UUID) -> int:
        receipt = self._receipts.get((self.own.id, peer))
        return receipt.place.sequence if receipt else 0

    def run_for(self, peer: Identity, after: int) -> Run | None:
        entries = self._mine.entries[after : after + SEGMENT_ENTRIES]
        place = self._mine.place_at(after + len(entries))
        if not entries or place is None:
            return None
        sealed = tuple(self.for_peer(entry, peer) for entry in entries)
        return Run(self.encode(Segment(sealed, sign_head(place, self._key))), place.sequence)

    def encode(self, segment: Segment) -> bytes:
        """A run as it travels: plainly. See `Framed`."""
        return msgspec.msgpack.encode(segment)

    def decode(self, raw: bytes) -> Segment:
        """Read what `encode` wrote."""
        return msgspec.msgpack.decode(raw, type=Segment)

    def for_peer(self, entry: SealedEntry, peer: Identity) -> SealedEntry:
        """The entry as this peer may have it, by the project's own rule."""
        return for_peer(entry, peer)  # type: ignore[arg-type]  # it asks for an id and a kind only

    def take(self, peer: Identity, raw: bytes) -> Took:
        journal = self._journals[peer.id]
        try:
            segment = self.decode(raw)
            new = self.new_of(segment, journal)
            place = journal.place
            if new:
                rest = Segment(tuple(new), segment.head)
                place = self.check(rest, journal)
        except JournalError as error:
            held = journal.place if error.code != "journal.fork" else None
            return Took(None, error.code, held)
        receipt = self._receipt_for(place)
        self.disk.step("before a segment is committed")
        self.disk.write()
        journal.entries.extend(new)
        journal.place = place
        self._receipts[place.node, self.own.id] = receipt
        self.committed()
        self._follow_clock(new)
        self.disk.step("after a segment is committed, before the receipt is sent")
        return Took(receipt)

    def new_of(self, segment: Segment, journal: Kept) -> list[SealedEntry]:
        """What a segment brings beyond what is here, which is compared."""
        new = []
        for sealed in segment.entries:
            sequence = Header.decode(sealed.header).sequence
            ours = journal.place_at(sequence)
            if ours is None:
                new.append(sealed)
            elif ours.hash != hash_header(sealed.header):
                raise JournalError("journal.fork", sequence=str(sequence))
        return new

    def check(self, segment: Segment, journal: Kept) -> Place:
        """See that it continues the journal; where that then ends."""
        return check_segment(segment, journal.place, journal.public_key)

    def _receipt_for(self, place: Place) -> Receipt:
        before = self._receipts.get((place.node, self.own.id))
        if before is not None and before.place == place:
            return before
        at = max(self._wall(), before.at if before else 0)
        return sign_receipt(place, self.own.id, at, self._key)

    def _follow_clock(self, new: Sequence[SealedEntry]) -> None:
        wall = self._wall()
        bodies = [decode_body(one.body) for one in new if one.body is not None]
        heard = max((body.clock for body in bodies), default=0)
        if heard >> COUNTER_BITS >= wall:
            self._mine.clock, _ = follow(self._mine.clock, heard, wall)

    def keep(self, receipt: Receipt) -> tuple[Place, Place | None]:
        theirs = receipt.place
        before = self._receipts.get((self.own.id, receipt.witness))
        if before != receipt:
            check_receipt(receipt, self._journals[receipt.witness].public_key)
        ours = self.own_place(theirs.sequence)
        if ours == theirs and (before is None or theirs.sequence > before.place.sequence):
            self.disk.step("before a receipt is kept")
            self.disk.write()
            self._receipts[self.own.id, receipt.witness] = receipt
            self.committed()
        return theirs, ours

    def given(self, peer: UUID) -> Receipt | None:
        return self._receipts.get((peer, self.own.id))

    def compare_clock(self, peer: Identity, ahead: int) -> None:
        self._ahead[peer.id] = ahead

    def clock_differs(self, peer: UUID) -> bool:
        return abs(self._ahead.get(peer, 0)) > MAX_LEAD

    def clock(self) -> int:
        return self._mine.clock

    def copy_of(self, node: UUID) -> list[SealedEntry]:
        return self._journals[node].entries

    def committed(self) -> None:
        """A transaction is on disk."""

    def lose_power(self) -> None:
        """Nothing to do: what was not committed was never assigned."""


class Framed(MemoryStore):
    """A store whose runs travel as they do between real nodes.

    Putting entries into columns takes four times as long as all the rest of a history, so most
    histories do without: what they are about is the order in which things happen.
    """

    def encode(self, segment: Segment) -> bytes:
        return pack(segment)

    def decode(self, raw: bytes) -> Segment:
        return unpack(raw)
