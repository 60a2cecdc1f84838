"""The head of a headquarters' log: what it signs over all the heads of journals that it holds.

A leaf of the log is a `Place`, the 60 bytes that signatures cover too. The tree over the leaves is
that of `openmidas.journal.merkle`.
"""

from __future__ import annotations

import struct
from typing import Annotated
from uuid import UUID

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from openmidas.journal.errors import JournalError
from openmidas.journal.signing import Count, Time, fits

_LAYOUT = struct.Struct(">16sIQ32sQ")
Hash = Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]
Signature = Annotated[bytes, msgspec.Meta(min_length=64, max_length=64)]
Epoch = Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]


class LogHead(msgspec.Struct, frozen=True):
    """How far a log goes: ``log`` is the HQ that keeps it, ``epoch`` whose key signs, ``size`` its leaves.

    ``at``: the HQ's time when it signed, milliseconds.
    """

    log: UUID
    epoch: Epoch
    size: Count
    root: Hash
    at: Time
    signature: Signature


def sign_log_head(
    log: UUID, epoch: int, size: int, root: bytes, at: int, key: Ed25519PrivateKey
) -> LogHead:
    """Sign how far our own log goes."""
    return LogHead(log, epoch, size, root, at, key.sign(_message(log, epoch, size, root, at)))


def check_log_head(head: LogHead, public_key: bytes) -> None:
    """Raises `JournalError` ``log.not_signed`` unless this key signed this head."""
    message = _message(head.log, head.epoch, head.size, head.root, head.at)
    if not fits(public_key, head.signature, message):
        raise JournalError("log.not_signed")


def _message(log: UUID, epoch: int, size: int, root: bytes, at: int) -> bytes:
    return b"openmidas log 1\0" + _LAYOUT.pack(log.bytes, epoch, size, root, at)
