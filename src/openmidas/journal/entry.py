"""One entry: a bare header that is chained, and a body that can be erased without breaking the chain.

The header is 93 bytes, big-endian, and is all that the chain's hash covers::

    1  format (1)
    16 node        who writes this journal
    4  epoch       which key it is written under
    8  sequence    from 1, without gaps within an epoch
    32 previous    SHA-256 of the header before; of the first, what the epoch continues from
    32 commitment  SHA-256 of salt and body

The body is a MessagePack map; its exact bytes are kept, so that the commitment can always be checked.
Erasing a person's data removes body and salt: without the 16 random bytes of salt, the commitment
that stays behind says nothing about what the body was.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import struct
from typing import Annotated
from uuid import UUID

import msgspec

from openmidas.journal.errors import UNREADABLE, JournalError
from openmidas.journal.kinds import Audience, Content, NodeKind, find_kind

FORMAT = 1
SALT_BYTES = 16
NO_HASH = bytes(32)
_LAYOUT = struct.Struct(">B16sIQ32s32s")
HEADER_BYTES = _LAYOUT.size
_SEQUENCE, _SEQUENCE_AT = struct.Struct(">Q"), 21
COMMITMENT_BYTES = 32


class Header(msgspec.Struct, frozen=True):
    """The chained part of an entry."""

    node: UUID
    epoch: int
    sequence: int
    previous: bytes
    commitment: bytes

    def encode(self) -> bytes:
        """The 93 bytes that the hash covers."""
        return _LAYOUT.pack(
            FORMAT, self.node.bytes, self.epoch, self.sequence, self.previous, self.commitment
        )

    @classmethod
    def decode(cls, raw: bytes) -> Header:
        """Read a header. Raises `JournalError` ``header.malformed``."""
        if len(raw) != HEADER_BYTES or raw[0] != FORMAT:
            raise JournalError("header.malformed", bytes=str(len(raw)))
        _, node, epoch, sequence, previous, commitment = _LAYOUT.unpack(raw)
        if not (1 <= epoch < 1 << 31 and 1 <= sequence < 1 << 63):  # what columns of a table take
            raise JournalError("header.malformed", epoch=str(epoch), sequence=str(sequence))
        return cls(UUID(bytes=node), epoch, sequence, previous, commitment)


def sequence_of(raw: bytes) -> int:
    """The sequence in a header, without reading the rest. Raises `JournalError` ``header.malformed``."""
    if len(raw) != HEADER_BYTES or raw[0] != FORMAT:
        raise JournalError("header.malformed", bytes=str(len(raw)))
    (sequence,) = _SEQUENCE.unpack_from(raw, _SEQUENCE_AT)
    if not 1 <= sequence < 1 << 63:  # as `Header.decode` sees to
        raise JournalError("header.malformed", sequence=str(sequence))
    return int(sequence)


class Actor(msgspec.Struct, frozen=True):
    """Who did what an entry says: an officer in a role at a lane, or the node itself."""

    officer: UUID | None = None
    role: str = "node"
    lane: str = ""


class Body(msgspec.Struct, frozen=True):
    """All that an entry says beyond its place in the chain.

    ``at`` is the node's time in milliseconds since 1970 (UTC), never below the entry before or the
    last time signed by the HQ; ``clock`` is the hybrid logical clock; ``clock_error`` is how far
    the machine's clock stood from the HQ's when last compared, in milliseconds, None if never.
    """

    kind: str
    version: int
    audience: Audience
    actor: Actor
    at: int
    clock: Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)]
    clock_error: int | None
    content: msgspec.Raw

    def read(self) -> Content:
        """The content as its kind's struct. Raises `JournalError` (``entry.kind_unknown`` and others)."""
        known = find_kind(self.kind)
        if known is None:
            raise JournalError("entry.kind_unknown", kind=self.kind)
        return known.decode(self.version, bytes(self.content))

    def check_authority(self, writer: NodeKind) -> None:
        """Raises `JournalError` ``entry.not_authorised`` if such a node may not write this kind."""
        known = find_kind(self.kind)
        if known is not None and writer not in known.authority:
            raise JournalError("entry.not_authorised", kind=self.kind, node_kind=writer)


def encode_body(body: Body) -> bytes:
    """The bytes of a body, as stored and committed to."""
    return msgspec.msgpack.encode(body)


def decode_body(raw: bytes) -> Body:
    """Read a body. Raises `JournalError` ``entry.malformed``."""
    try:
        return msgspec.msgpack.decode(raw, type=Body)
    except UNREADABLE as error:
        raise JournalError("entry.malformed", reason=str(error)) from error


def new_salt() -> bytes:
    """16 random bytes that make a commitment say nothing about its body."""
    return os.urandom(SALT_BYTES)


def commit(salt: bytes, body: bytes) -> bytes:
    """The commitment to a body: SHA-256 over the salt, then the body."""
    return hashlib.sha256(salt + body).digest()


def hash_header(header: bytes) -> bytes:
    """The hash that the next header names as ``previous``."""
    return hashlib.sha256(header).digest()


class SealedEntry(msgspec.Struct, frozen=True, array_like=True):
    """An entry as it is stored and carried: exact bytes. Without a body: not for us, or erased."""

    header: bytes
    body: bytes | None = None
    salt: bytes | None = None

    def bare(self) -> SealedEntry:
        """The same entry as those get it who may not have its body."""
        return SealedEntry(self.header)

    def check_commitment(self) -> Header:
        """The header, once the body is seen to be the one committed to.

        Raises `JournalError` ``entry.body_changed`` or ``header.malformed``.
        """
        header = Header.decode(self.header)
        if not self.unchanged:
            raise JournalError(
                "entry.body_changed", node=str(header.node), sequence=str(header.sequence)
            )
        return header

    @property
    def unchanged(self) -> bool:
        """Whether the body, if there is one, is the one that the end of the header commits to."""
        if self.body is None and self.salt is None:
            return True
        # A body without its salt would be one that nobody ever checked.
        if self.body is None or self.salt is None:
            return False
        return hmac.compare_digest(commit(self.salt, self.body), self.header[-COMMITMENT_BYTES:])
