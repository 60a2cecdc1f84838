"""What the sealing of a post is made of: a key out of what a person types, deriving, wrapping."""

from __future__ import annotations

import os
import unicodedata
from uuid import UUID

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from openmidas.nodes.sealing.sealed import KEY, Phrase, SealedKey, SealFailed

NONCE = 12


def phrase_key(sealed: SealedKey, phrase: Phrase) -> bytes:
    """Name and phrase as they may be typed on another keyboard: composed, the name in small letters."""
    said = f"{plain(phrase.officer)}\0{unicodedata.normalize('NFKC', phrase.phrase)}"
    cost = sealed.cost
    return hash_secret_raw(
        said.encode(), sealed.salt, cost.passes, cost.kib, cost.lanes, KEY, Type.ID
    )


def plain(name: str) -> str:
    """An officer's name as it is compared."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def bound_to(node: UUID, place: int) -> bytes:
    """What a wrapped thing is bound to: whose it is, and at which place."""
    return node.bytes + bytes([place])


def derive(secret: bytes, salt: UUID, purpose: str) -> bytes:
    """A key for one purpose out of a secret (HKDF, RFC 5869)."""
    info = f"openmidas {purpose} 1".encode()
    return HKDF(SHA256(), KEY, salt=salt.bytes, info=info).derive(secret)


def wrap(key: bytes, content: bytes, bound: bytes) -> bytes:
    """Content that opens with the key only, and only where it is bound to (AES-256-GCM)."""
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, content, bound)


def unwrap(key: bytes, wrapped: bytes, bound: bytes, code: str) -> bytes:
    """What `wrap` wrapped. Raises `SealFailed` with this code."""
    try:
        return AESGCM(key).decrypt(wrapped[:NONCE], wrapped[NONCE:], bound)
    except (InvalidTag, ValueError) as error:
        raise SealFailed(code) from error
