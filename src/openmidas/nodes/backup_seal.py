"""The sealed file that a backup is: whom it opens for, and that not a byte of it was changed.

A preface in clear says whose backup it is and carries the key of the file, wrapped for each
*recipient*. Behind it the content in chunks of 1 MiB, each sealed with AES-256-GCM. The nonce of a
chunk is a random prefix, its number, and whether it is the last (the STREAM construction of Hoang,
Reyhanitabar, Rogaway and Vizár, 2015): chunks that are missing, swapped or cut off do not open.

A recipient is the public half of an X25519 key. The secret half lies in a *recovery key* file at
the capital, or is made from a passphrase: the node can seal, and cannot open what it sealed.
"""

from __future__ import annotations

import hashlib
import os
import struct
from typing import BinaryIO
from uuid import UUID

import msgspec
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from openmidas.journal import NodeKind

MAGIC = b"OMBACKUP\x01"
CHUNK = 1024 * 1024
TAG = 16
PREFIX = 7
KEY = 32
SALT = 16
LONGEST_PREFACE = 64 * 1024
_LENGTH = struct.Struct(">I")
_NUMBER = struct.Struct(">IB")
_NO_NONCE = bytes(12)  # the key it is used with is derived for one message only

ARGON_PASSES, ARGON_KIB, ARGON_LANES = 3, 64 * 1024, 4
"""The second choice that RFC 9106 (section 4) recommends: 64 MiB, for machines with little memory."""


class BackupFailed(Exception):  # noqa: N818  reads as a sentence where it is raised
    """A backup cannot be made, opened or restored. ``code``: worded in `backup_wording`."""

    def __init__(self, code: str, **params: str) -> None:
        self.code = code
        self.params = params
        super().__init__(f"{code} {params}" if params else code)


class Recipient(msgspec.Struct, frozen=True):
    """Whom backups open for. ``salt``: of the passphrase that its secret is made from, else empty."""

    public: bytes
    salt: bytes = b""


class WrappedKey(msgspec.Struct, frozen=True):
    """The key of the file as one recipient can open it."""

    recipient: Recipient
    ephemeral: bytes
    sealed: bytes


class Preface(msgspec.Struct, frozen=True, kw_only=True):
    """What a backup says of itself in clear: whose it is, and of when.

    ``at``: the node's time in milliseconds; ``sequence``: how far its journal went at the least;
    ``database``: ``sqlite`` or ``postgresql``.
    """

    node: UUID
    kind: NodeKind
    state: str
    name: str
    epoch: int
    sequence: int
    at: int
    database: str
    program: str
    prefix: bytes
    keys: tuple[WrappedKey, ...]


def new_secret() -> X25519PrivateKey:
    """A new recovery key."""
    return X25519PrivateKey.generate()


def secret_of_passphrase(passphrase: str, salt: bytes) -> X25519PrivateKey:
    """The secret that a passphrase stands for (Argon2id). Takes a moment, on purpose."""
    raw = hash_secret_raw(
        passphrase.encode(), salt, ARGON_PASSES, ARGON_KIB, ARGON_LANES, KEY, Type.ID
    )
    return X25519PrivateKey.from_private_bytes(raw)


def secret_bytes(secret: X25519PrivateKey) -> bytes:
    """The 32 bytes of a secret."""
    return secret.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())


def recipient_of(secret: X25519PrivateKey, salt: bytes = b"") -> Recipient:
    """Who opens with this secret."""
    return Recipient(secret.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw), salt)


def wrap(file_key: bytes, recipient: Recipient) -> WrappedKey:
    """The key of a file, for one recipient."""
    ephemeral = X25519PrivateKey.generate()
    public = ephemeral.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(recipient.public))
    sealed = AESGCM(_wrapping(shared, public, recipient.public)).encrypt(_NO_NONCE, file_key, None)
    return WrappedKey(recipient, public, sealed)


def unwrap(preface: Preface, secret: X25519PrivateKey) -> bytes:
    """The key of the file. Raises `BackupFailed` ``backup.not_for_this_key``."""
    ours = recipient_of(secret).public
    for one in preface.keys:
        if one.recipient.public != ours:
            continue
        try:
            shared = secret.exchange(X25519PublicKey.from_public_bytes(one.ephemeral))
            return AESGCM(_wrapping(shared, one.ephemeral, ours)).decrypt(
                _NO_NONCE, one.sealed, None
            )
        except (InvalidTag, ValueError) as error:
            raise BackupFailed("backup.damaged") from error
    raise BackupFailed("backup.not_for_this_key")


def _wrapping(shared: bytes, ephemeral: bytes, recipient: bytes) -> bytes:
    return HKDF(SHA256(), KEY, salt=ephemeral + recipient, info=b"openmidas backup 1").derive(
        shared
    )


class SealedWriter:
    """Seals what is written to it. Only `close` writes the last chunk: without, nothing opens."""

    def __init__(self, file: BinaryIO, preface: Preface, file_key: bytes) -> None:
        said = msgspec.msgpack.encode(preface)
        head = MAGIC + _LENGTH.pack(len(said)) + said
        file.write(head)
        self._file = file
        self._prefix = preface.prefix
        self._cipher = AESGCM(file_key)
        self._bound = hashlib.sha256(head).digest()
        self._waiting = bytearray()
        self._number = 0

    def write(self, data: bytes) -> int:
        """Take some bytes; they are sealed when a chunk is full."""
        self._waiting += data
        while len(self._waiting) > CHUNK:
            self._seal(bytes(self._waiting[:CHUNK]), last=False)
            del self._waiting[:CHUNK]
        return len(data)

    def close(self) -> None:
        """Seal what is left as the last chunk."""
        self._seal(bytes(self._waiting), last=True)
        self._waiting.clear()

    def _seal(self, data: bytes, *, last: bool) -> None:
        nonce = self._prefix + _NUMBER.pack(self._number, last)
        self._file.write(self._cipher.encrypt(nonce, data, self._bound))
        self._number += 1


def read_preface(file: BinaryIO) -> tuple[Preface, bytes]:
    """What a backup says of itself, and what its chunks are bound to. Raises `BackupFailed`.

    Nothing of it is proved until a chunk opens.
    """
    head = file.read(len(MAGIC) + _LENGTH.size)
    if len(head) != len(MAGIC) + _LENGTH.size or not head.startswith(MAGIC):
        raise BackupFailed("backup.no_backup")
    (length,) = _LENGTH.unpack(head[len(MAGIC) :])
    said = file.read(min(length, LONGEST_PREFACE))
    try:
        preface = msgspec.msgpack.decode(said, type=Preface)
    except msgspec.DecodeError as error:
        raise BackupFailed("backup.no_backup") from error
    if len(preface.prefix) != PREFIX:
        raise BackupFailed("backup.no_backup")
    return preface, hashlib.sha256(head + said).digest()


class SealedReader:
    """Opens a backup chunk by chunk: what is read from it is what was written."""

    def __init__(self, file: BinaryIO, preface: Preface, bound: bytes, file_key: bytes) -> None:
        self._file = file
        self._prefix = preface.prefix
        self._cipher = AESGCM(file_key)
        self._bound = bound
        self._ready = bytearray()
        self._ahead = file.read(CHUNK + TAG)
        self._number = 0
        self._ended = False

    def read(self, size: int = -1) -> bytes:
        """Up to ``size`` bytes, fewer at the end only; all where it is negative.

        Raises `BackupFailed` ``backup.damaged`` or ``backup.cut_off``.
        """
        while not self._ended and (size < 0 or len(self._ready) < size):
            self._open_next()
        wanted = len(self._ready) if size < 0 else size
        data = bytes(self._ready[:wanted])
        del self._ready[:wanted]
        return data

    def _open_next(self) -> None:
        sealed, self._ahead = self._ahead, self._file.read(CHUNK + TAG)
        last = not self._ahead
        try:
            self._ready += self._opened(sealed, last=last)
        except InvalidTag as error:
            raise BackupFailed(self._why(sealed, last=last)) from error
        self._number += 1
        self._ended = last

    def _opened(self, sealed: bytes, *, last: bool) -> bytes:
        nonce = self._prefix + _NUMBER.pack(self._number, last)
        return self._cipher.decrypt(nonce, sealed, self._bound)

    def _why(self, sealed: bytes, *, last: bool) -> str:
        """A chunk that opens as one in the middle, and is the last: the rest was cut off."""
        if not last:
            return "backup.damaged"
        try:
            self._opened(sealed, last=False)
        except InvalidTag:
            return "backup.damaged"
        return "backup.cut_off"


def new_file_key() -> bytes:
    """The random key of one file."""
    return os.urandom(KEY)
