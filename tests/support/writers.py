"""Nodes that write journals in tests, without being this process's node."""

from __future__ import annotations

from uuid import UUID

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from openmidas.journal import Actor, Content, NodeKind, Place, SealedEntry, Segment
from openmidas.journal.clock import tick
from openmidas.journal.entry import (
    NO_HASH,
    Body,
    Header,
    commit,
    encode_body,
    hash_header,
    new_salt,
)
from openmidas.journal.kinds import kind_of
from openmidas.journal.models import new_id
from openmidas.journal.signing import sign_head
from openmidas.nodes.keys import public_bytes


class Pen:
    """Writes a journal in memory, by the format's own rules and nothing of the store."""

    def __init__(self, kind: NodeKind = NodeKind.POST, node: UUID | None = None) -> None:
        self.node = node or new_id()
        self.kind = kind
        self.key = Ed25519PrivateKey.generate()
        self.place = Place(self.node, 1, 0, NO_HASH)
        self.clock = 0
        self.entries: list[SealedEntry] = []

    @property
    def public_key(self) -> bytes:
        return public_bytes(self.key)

    def write(
        self,
        content: Content,
        *,
        kind: str | None = None,
        version: int | None = None,
        actor: Actor | None = None,
    ) -> SealedEntry:
        """Append an entry; ``kind`` and ``version`` to pretend something else."""
        declared = kind_of(content)
        self.clock = tick(1_760_000_000_000 + len(self.entries), 0, self.clock).clock
        body = Body(
            kind=kind or declared.name,
            version=version or declared.version,
            audience=declared.audience,
            actor=actor or Actor(),
            at=1_760_000_000_000 + len(self.entries),
            clock=self.clock,
            clock_error=None,
            content=msgspec.Raw(msgspec.msgpack.encode(content)),
        )
        return self.write_raw(encode_body(body))

    def write_raw(self, body: bytes) -> SealedEntry:
        """Append an entry with these very bytes as its body."""
        salt = new_salt()
        header = Header(
            self.node, 1, self.place.sequence + 1, self.place.hash, commit(salt, body)
        ).encode()
        self.place = Place(self.node, 1, self.place.sequence + 1, hash_header(header))
        self.entries.append(SealedEntry(header, body, salt))
        return self.entries[-1]

    def segment(self, start: int = 0, end: int | None = None) -> Segment:
        """The entries from ``start`` to before ``end``, with the head signed at the last of them."""
        run = tuple(self.entries[start:end])
        last = Header.decode(run[-1].header)
        place = Place(self.node, 1, last.sequence, hash_header(run[-1].header))
        return Segment(run, sign_head(place, self.key))
