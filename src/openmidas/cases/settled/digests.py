"""Knowing a traveller again without having their data."""

from __future__ import annotations

import hashlib
import secrets

from openmidas.cases.entries import Bearer

KEY_BYTES = 32


def new_key() -> bytes:
    """A key for one confirmation: two of the same traveller cannot be told to be."""
    return secrets.token_bytes(KEY_BYTES)


def bearer_digest(key: bytes, bearer: Bearer) -> str:
    """A digest of whom an answer is remembered for, in hexadecimal.

    It hides them from whoever reads along. It does not from somebody who has key and digest and tries
    all numbers of a State with all birth dates: numbers of documents are not that many.
    """
    said = "\n".join((bearer.number, bearer.issuer, bearer.birth))
    return hashlib.blake2b(said.encode(), key=key, digest_size=32).hexdigest()
