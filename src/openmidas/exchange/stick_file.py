"""The file that a stick carries: from one node, for one node, whole or refused.

::

    9 bytes   OMSTICK and 1
    4         length of the preface, big-endian
    …         preface (MessagePack): from whom, for whom, of when, how long the rest is
    …         the contents, sealed by `age <https://age-encryption.org/v1>`_ to the recipient's key
    64        signature of the sender's epoch key over all that stands before it

The recipient's key is the Ed25519 key of its epoch, which age takes as ``ssh-ed25519``: whoever has
the key opens a stick with the tool of that name. Nothing is in clear but the preface. `docs/format.md`
tells the same for those who write a second implementation.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable, Sequence
from typing import Annotated
from uuid import UUID

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from openmidas.journal.errors import UNREADABLE
from openmidas.journal.projecting import LATEST
from openmidas.journal.signing import Count
from openmidas.nodes.age import OtherKey, seal_for, unseal_with

MAGIC = b"OMSTICK\x00\x01"
SIGNATURE = 64
MOST_BYTES = 64 * 1024 * 1024
"""What one file may weigh: some hundred thousand crossings."""
_LENGTH = struct.Struct(">I")
_LONGEST_PREFACE = 4096
_LABEL = b"openmidas stick 1\0"


class StickRefused(Exception):  # noqa: N818  reads as a sentence where it is raised
    """A file that is not taken, and changes nothing. ``code``: worded in `stick_wording`.

    "not_one", "too_large" {most}; "empty", "cut_early" {has}, "cut" {has, of}: half-copied;
    "for_another", "own", "unknown_sender", "revoked" {name}: its node is trusted no more;
    "not_signed"; "other_key": sealed to a key that this node does not have; "reason_missing":
    somebody decided to take it, without saying why; "malformed" {reason}.
    """

    def __init__(self, code: str, **params: str) -> None:
        self.code = code
        self.params = params
        super().__init__(f"{code} {params}" if params else code)


class Preface(msgspec.Struct, frozen=True, kw_only=True):
    """What stands in clear. ``at``: the sender's time in milliseconds; ``length``: of what is sealed."""

    sender: UUID
    epoch: int
    recipient: UUID
    at: Annotated[int, msgspec.Meta(ge=0, lt=round(LATEST.timestamp() * 1000))]
    length: Count


class StickFile(msgspec.Struct, frozen=True):
    """A file that is whole. ``signed``: what the signature is of."""

    preface: Preface
    sealed: bytes
    signed: bytes
    signature: bytes

    def check(self, keys: Iterable[bytes]) -> None:
        """Raises `StickRefused` ``not_signed`` unless one of the sender's keys signed it."""
        if not self.signed_by(keys):
            raise StickRefused("not_signed")

    def signed_by(self, keys: Iterable[bytes]) -> bool:
        """Whether one of these keys signed it."""
        return any(_fits(key, self.signature, self.signed) for key in keys)

    def unseal(self, keys: Sequence[Ed25519PrivateKey]) -> bytes:
        """The contents, with one of the recipient's keys. Raises `StickRefused` ``other_key``."""
        try:
            return unseal_with(self.sealed, keys)
        except OtherKey as error:
            raise StickRefused("other_key") from error


def seal(
    contents: bytes,
    *,
    sender: UUID,
    epoch: int,
    key: Ed25519PrivateKey,
    recipient: UUID,
    recipient_key: bytes,
    at: int,
) -> bytes:
    """The bytes of a file for one recipient. ``recipient_key``: the 32 bytes of its Ed25519 key."""
    sealed = seal_for(contents, [recipient_key])
    preface = msgspec.msgpack.encode(
        Preface(sender=sender, epoch=epoch, recipient=recipient, at=at, length=len(sealed))
    )
    whole = MAGIC + _LENGTH.pack(len(preface)) + preface + sealed
    return whole + key.sign(_digest(whole))


def read(raw: bytes) -> StickFile:
    """Read a file as far as it is in clear. Raises `StickRefused`."""
    start = len(MAGIC) + _LENGTH.size
    if not raw:
        raise StickRefused("empty")
    if not raw.startswith(MAGIC[: len(raw)]):
        raise StickRefused("not_one")
    if len(raw) < start:
        raise StickRefused("cut_early", has=str(len(raw)))
    (length,) = _LENGTH.unpack(raw[len(MAGIC) : start])
    if length > _LONGEST_PREFACE:
        raise StickRefused("not_one")
    if len(raw) < start + length:
        raise StickRefused("cut_early", has=str(len(raw)))
    try:
        preface = msgspec.msgpack.decode(raw[start : start + length], type=Preface)
    except UNREADABLE as error:
        raise StickRefused("malformed", reason=str(error)) from error
    end = start + length + preface.length
    if len(raw) < end + SIGNATURE:
        raise StickRefused("cut", has=str(len(raw)), of=str(end + SIGNATURE))
    if len(raw) > end + SIGNATURE:
        raise StickRefused("malformed", reason="more behind its end")
    return StickFile(preface, raw[start + length : end], _digest(raw[:end]), raw[end:])


def _digest(whole: bytes) -> bytes:
    return _LABEL + hashlib.sha256(whole).digest()


def _fits(key: bytes, signature: bytes, message: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
