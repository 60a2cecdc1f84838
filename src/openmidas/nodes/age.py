"""Sealing for another node: `age <https://age-encryption.org/v1>`_ to the Ed25519 key of its epoch.

age takes such a key as ``ssh-ed25519``, so that whoever has it opens what was sealed with the tool of
that name, without this program.
"""

from __future__ import annotations

from collections.abc import Sequence

import pyrage
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)


class OtherKey(Exception):  # noqa: N818  reads as a sentence where it is raised
    """Something was sealed to none of these keys, or has been changed since."""


def seal_for(contents: bytes, recipients: Sequence[bytes]) -> bytes:
    """Seal for whoever has one of these keys (32 bytes each, the public half)."""
    sealed: bytes = pyrage.encrypt(contents, [_recipient(key) for key in recipients])
    return sealed


def unseal_with(sealed: bytes, keys: Sequence[Ed25519PrivateKey]) -> bytes:
    """The contents, with one of these keys. Raises `OtherKey`."""
    try:
        opened: bytes = pyrage.decrypt(sealed, [_identity(key) for key in keys])
    except pyrage.DecryptError as error:
        raise OtherKey from error
    return opened


def _recipient(key: bytes) -> pyrage.ssh.Recipient:
    public = Ed25519PublicKey.from_public_bytes(key)
    text = public.public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH).decode()
    return pyrage.ssh.Recipient.from_str(text)


def _identity(key: Ed25519PrivateKey) -> pyrage.ssh.Identity:
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption())
    return pyrage.ssh.Identity.from_buffer(pem)
