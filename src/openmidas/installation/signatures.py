"""Who may say what an OpenMIDAS release is: Ed25519 keys, and their signatures under a manifest."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from openmidas.installation.errors import InstallationError


def load_public_key(path: Path) -> Ed25519PublicKey:
    """The key that releases are checked with, from a PEM file. Raises `InstallationError`."""
    try:
        key = load_pem_public_key(path.read_bytes())
    except (OSError, ValueError) as error:
        raise InstallationError("release.key", path=path) from error
    if not isinstance(key, Ed25519PublicKey):
        raise InstallationError("release.key", path=path)
    return key


def load_signing_key(path: Path, passphrase: bytes | None) -> Ed25519PrivateKey:
    """The key that releases are signed with. Raises `ValueError`, `TypeError` or `OSError`."""
    key = load_pem_private_key(path.read_bytes(), passphrase)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError(f"{path} holds no Ed25519 key")
    return key


def fingerprint_of(key: Ed25519PublicKey) -> str:
    """How people compare a key: SHA-256 of its DER form, in groups of four.

    ``openssl pkey -pubin -in KEY -outform DER | sha256sum`` prints the same without the gaps.
    """
    der = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return in_groups(hashlib.sha256(der).hexdigest())


def in_groups(hexadecimal: str) -> str:
    """A fingerprint as it is read aloud: upper case, groups of four."""
    return " ".join(hexadecimal[at : at + 4] for at in range(0, len(hexadecimal), 4)).upper()


def pinned_keys(folder: Path) -> list[Ed25519PublicKey]:
    """All keys whose releases this machine takes. Raises `InstallationError` where there is none."""
    keys = [load_public_key(path) for path in sorted(folder.glob("*.pem"))]
    if not keys:
        raise InstallationError("release.no_key", path=folder)
    return keys


def check_signature(raw: bytes, signature: bytes, keys: Iterable[Ed25519PublicKey]) -> None:
    """One of the keys signed these very bytes. Raises `InstallationError`."""
    for key in keys:
        try:
            key.verify(signature, raw)
        except InvalidSignature:
            continue
        return
    raise InstallationError("release.signature")
