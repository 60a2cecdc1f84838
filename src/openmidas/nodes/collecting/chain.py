"""The chain of what a post collects: headers in clear, bodies that only the HQ can open. Pure values.

A *run* is such a chain, under a key of its own: the journal's own key and head cannot be used while
the database that holds them is shut. Headers are those of the journal (`openmidas.journal.entry`) with
the last epoch that can be, which no journal comes to, so that nothing of a run can be passed off as an
entry of a journal. The first header names the run itself as what it follows. Each entry is signed as a
head.

What is sealed is the salt and then the body, by age to the HQ's key: the commitment in the header can
be checked by whoever opens it, and says nothing to others.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from uuid import UUID

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from openmidas.journal import Header, JournalError, Place, SealedEntry
from openmidas.journal.entry import SALT_BYTES, commit, hash_header, new_salt
from openmidas.journal.signing import Head, check_head, sign_head
from openmidas.nodes.age import OtherKey, seal_for, unseal_with

EPOCH = 2**31 - 1
"""Of all headers of a run: the last that a header can have."""
MOST_SEALED = 64 * 1024
"""Bytes of one sealed body."""
_LABEL = b"openmidas collecting 1\0"


class Collected(msgspec.Struct, frozen=True):
    """One entry of a run, as it is stored and carried. ``signature``: of the head that it makes."""

    header: bytes
    sealed: bytes
    signature: bytes


class Opened(msgspec.Struct, frozen=True):
    """What was in a sealed body: the bytes that its commitment is of."""

    body: bytes
    salt: bytes


def beginning(node: UUID, run: UUID, public_key: bytes) -> Place:
    """The place before the first entry of a run: it stands for node, run and key."""
    told = hashlib.sha256(_LABEL + node.bytes + run.bytes + public_key).digest()
    return Place(node, EPOCH, 0, told)


def collect(
    body: bytes, after: Place, key: Ed25519PrivateKey, recipients: Sequence[bytes]
) -> tuple[Collected, Place]:
    """Seal a body for its recipients and put it behind a place; the entry, and the place it makes."""
    salt = new_salt()
    header = Header(after.node, EPOCH, after.sequence + 1, after.hash, commit(salt, body)).encode()
    place = Place(after.node, EPOCH, after.sequence + 1, hash_header(header))
    sealed = seal_for(salt + body, recipients)
    return Collected(header, sealed, sign_head(place, key).signature), place


def check_link(collected: Collected, before: Place, public_key: bytes) -> Place:
    """The place that an entry makes, once it is seen to follow ``before`` and to be signed.

    Raises `JournalError` ``collected.broken``, ``head.not_signed`` or ``header.malformed``.
    """
    header = Header.decode(collected.header)
    follows = (before.node, EPOCH, before.sequence + 1, before.hash)
    if (header.node, header.epoch, header.sequence, header.previous) != follows:
        raise JournalError("collected.broken", sequence=str(header.sequence))
    place = Place(header.node, EPOCH, header.sequence, hash_header(collected.header))
    check_head(Head(place, collected.signature), public_key)
    return place


def open_sealed(header: bytes, sealed: bytes, keys: Sequence[Ed25519PrivateKey]) -> Opened:
    """What is in a sealed body, once it is seen to be the one committed to.

    Raises `JournalError` ``collected.other_key``, ``entry.body_changed`` or ``header.malformed``.
    """
    try:
        contents = unseal_with(sealed, keys)
    except OtherKey as error:
        raise JournalError("collected.other_key") from error
    opened = Opened(contents[SALT_BYTES:], contents[:SALT_BYTES])
    check_opened(header, opened)
    return opened


def check_opened(header: bytes, opened: Opened) -> None:
    """Raises `JournalError` ``entry.body_changed`` unless the header commits to this body."""
    SealedEntry(header, opened.body, opened.salt).check_commitment()
