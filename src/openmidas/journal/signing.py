"""Heads and receipts: a node signs how far its journal goes, the HQ signs how far it has it.

All signatures are Ed25519 over a label of what is signed and the fields in fixed order, so that one
kind of signature can never be passed off as another.
"""

from __future__ import annotations

import struct
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from openmidas.journal.errors import JournalError

_PLACE = struct.Struct(">16sIQ32s")
_TIME = struct.Struct(">Q")
_EPOCH = struct.Struct(">I")

# Seen to when read from a message: what others send must fit the layout above and the tables.
Count = Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)]

LATEST = datetime(9990, 1, 1, tzinfo=UTC)
"""Later than any clock says by mistake, and early enough to be shown in every time zone."""
Time = Annotated[int, msgspec.Meta(ge=0, lt=round(LATEST.timestamp() * 1000))]
"""Milliseconds since 1970, or as many as pass between two moments."""


class Place(msgspec.Struct, frozen=True):
    """A place in a journal, and the hash of the header that stands there."""

    node: UUID
    epoch: Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]
    sequence: Count
    hash: Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]

    def encode(self) -> bytes:
        """The place as signatures cover it."""
        return _PLACE.pack(self.node.bytes, self.epoch, self.sequence, self.hash)


class Head(msgspec.Struct, frozen=True):
    """The last place of a journal, signed with the key of its epoch."""

    place: Place
    signature: bytes


class Receipt(msgspec.Struct, frozen=True):
    """The HQ's word that it holds a journal up to a place. ``at``: the HQ's time, milliseconds."""

    place: Place
    witness: UUID
    at: Time
    signature: bytes


class Succession(msgspec.Struct, frozen=True):
    """A node's word that it goes on in a new epoch: its key, signed with the key of the epoch before.

    ``place``: the place of that epoch that the new one continues from.
    """

    place: Place
    epoch: Annotated[int, msgspec.Meta(ge=1, le=2**31 - 1)]
    public_key: Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]
    signature: bytes


def sign_head(place: Place, key: Ed25519PrivateKey) -> Head:
    """Sign the last place of our own journal."""
    return Head(place, key.sign(b"openmidas head 1\0" + place.encode()))


NO_SIGNATURE = bytes(64)
"""In the place of a signature where a journal comes back in parts, and only its end is signed."""


def check_head(head: Head, public_key: bytes) -> None:
    """Raises `JournalError` ``head.not_signed`` unless this key signed this head."""
    _check(
        public_key, head.signature, b"openmidas head 1\0" + head.place.encode(), "head.not_signed"
    )


def sign_receipt(place: Place, witness: UUID, at: int, key: Ed25519PrivateKey) -> Receipt:
    """Countersign another node's journal up to a place."""
    return Receipt(place, witness, at, key.sign(_receipt_message(place, witness, at)))


def check_receipt(receipt: Receipt, *public_keys: bytes) -> None:
    """Raises `JournalError` ``receipt.not_signed`` unless one of these keys signed this receipt.

    A witness has a key for each of its epochs, and what it signed in an earlier one still counts.
    """
    message = _receipt_message(receipt.place, receipt.witness, receipt.at)
    if not any(fits(key, receipt.signature, message) for key in public_keys):
        raise JournalError("receipt.not_signed")


def sign_succession(
    place: Place, epoch: int, public_key: bytes, key: Ed25519PrivateKey
) -> Succession:
    """Say with the key of an epoch which one follows it."""
    return Succession(place, epoch, public_key, key.sign(_succession(place, epoch, public_key)))


def check_succession(told: Succession, public_key: bytes) -> None:
    """Raises `JournalError` ``epoch.not_signed`` unless the key of the epoch before signed this."""
    message = _succession(told.place, told.epoch, told.public_key)
    _check(public_key, told.signature, message, "epoch.not_signed")


def _succession(place: Place, epoch: int, public_key: bytes) -> bytes:
    return b"openmidas succession 1\0" + place.encode() + _EPOCH.pack(epoch) + public_key


def _receipt_message(place: Place, witness: UUID, at: int) -> bytes:
    return b"openmidas receipt 1\0" + place.encode() + witness.bytes + _TIME.pack(at)


def _check(public_key: bytes, signature: bytes, message: bytes, code: str) -> None:
    if not fits(public_key, signature, message):
        raise JournalError(code)


def fits(public_key: bytes, signature: bytes, message: bytes) -> bool:
    """Whether this key made this signature of this message."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
