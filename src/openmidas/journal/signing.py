"""Heads and receipts: a node signs how far its journal goes, the HQ signs how far it has it.

All signatures are Ed25519 over a label of what is signed and the fields in fixed order, so that one
kind of signature can never be passed off as another.
"""

from __future__ import annotations

import struct
from typing import Annotated
from uuid import UUID

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from openmidas.journal.errors import JournalError

_PLACE = struct.Struct(">16sIQ32s")
_TIME = struct.Struct(">Q")

# Seen to when read from a message: what others send must fit the layout above and the tables.
Count = Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)]


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
    at: Count
    signature: bytes


def sign_head(place: Place, key: Ed25519PrivateKey) -> Head:
    """Sign the last place of our own journal."""
    return Head(place, key.sign(b"openmidas head 1\0" + place.encode()))


def check_head(head: Head, public_key: bytes) -> None:
    """Raises `JournalError` ``head.not_signed`` unless this key signed this head."""
    _check(
        public_key, head.signature, b"openmidas head 1\0" + head.place.encode(), "head.not_signed"
    )


def sign_receipt(place: Place, witness: UUID, at: int, key: Ed25519PrivateKey) -> Receipt:
    """Countersign another node's journal up to a place."""
    return Receipt(place, witness, at, key.sign(_receipt_message(place, witness, at)))


def check_receipt(receipt: Receipt, public_key: bytes) -> None:
    """Raises `JournalError` ``receipt.not_signed`` unless this key signed this receipt."""
    message = _receipt_message(receipt.place, receipt.witness, receipt.at)
    _check(public_key, receipt.signature, message, "receipt.not_signed")


def _receipt_message(place: Place, witness: UUID, at: int) -> bytes:
    return b"openmidas receipt 1\0" + place.encode() + witness.bytes + _TIME.pack(at)


def _check(public_key: bytes, signature: bytes, message: bytes, code: str) -> None:
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except (InvalidSignature, ValueError) as error:
        raise JournalError(code) from error
