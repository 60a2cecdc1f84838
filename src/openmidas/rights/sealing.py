"""Who can read a complaint, and its answer: the headquarters, and whoever made it.

A complaint is sealed to the headquarters' key (`nodes.age`): once it is sent, the post that took it
cannot open it. The answer is sealed with the code word that the traveller was given, which stands
nowhere but in the sealed complaint: the post carries it, and only they can read it there.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import struct
from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from msgspec import Meta

from openmidas.documents.receipts import with_check, without_check
from openmidas.nodes.age import OtherKey, seal_for, unseal_with
from openmidas.rights import limits
from openmidas.rights.entries import ComplaintKind, ComplaintOutcome

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SECRET_LETTERS = 16
_SALT, _NONCE = 16, 12
_LENGTH = struct.Struct(">I")
_MISREAD = str.maketrans("OIL", "011")


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody complained of. ``receipt``: the number, as far as they gave one; ``secret``: the
    code word, without hyphens; ``language``: in which they want the answer."""

    about: ComplaintKind
    words: Annotated[str, Meta(max_length=limits.WORDS)]
    language: Annotated[str, Meta(max_length=2)]
    contact: Annotated[str, Meta(max_length=limits.CONTACT)] = ""
    receipt: Annotated[str, Meta(max_length=40)] = ""
    secret: Annotated[str, Meta(max_length=SECRET_LETTERS)]


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What the oversight answers. ``outcome`` None: the complaint stays open."""

    words: Annotated[str, Meta(max_length=limits.ANSWER)]
    outcome: ComplaintOutcome | None = None


class Unreadable(Exception):  # noqa: N818  reads as a sentence where it is raised
    """It was sealed for somebody else, or is no longer what it was."""


def complaint_number(complaint: UUID) -> str:
    """What a complaint is called by: ``7QF3-MXA9-T``."""
    value = int.from_bytes(
        hashlib.sha256(b"openmidas complaint 1\0" + complaint.bytes).digest()[:5]
    )
    letters = "".join(ALPHABET[value >> 5 * place & 31] for place in range(7, -1, -1))
    return with_check(letters[:4], letters[4:])


def read_complaint_number(typed: str) -> str | None:
    """A complaint's number as people type it, in the form in which it was given; None for others."""
    letters = without_check(typed)
    if letters is None or len(letters) != 8:
        return None
    return with_check(letters[:4], letters[4:])


def new_secret() -> str:
    """A code word of 80 random bits, in groups of four."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(SECRET_LETTERS))
    return "-".join(re.findall("....", letters))


def normal_secret(typed: str) -> str | None:
    """A code word as people type it, without hyphens; None where it cannot be one."""
    letters = re.sub(r"[^0-9A-Z]", "", typed.upper()).translate(_MISREAD)
    fits = len(letters) == SECRET_LETTERS and all(letter in ALPHABET for letter in letters)
    return letters if fits else None


def seal_complaint(said: Said, recipients: Sequence[bytes]) -> bytes:
    """Seal what was said for the headquarters (its public keys)."""
    return seal_for(_padded(msgspec.msgpack.encode(said)), recipients)


def open_complaint(sealed: bytes, keys: Sequence[Ed25519PrivateKey]) -> Said:
    """What was said, with one of the headquarters' keys. Raises `Unreadable`."""
    try:
        return msgspec.msgpack.decode(_unpadded(unseal_with(sealed, keys)), type=Said)
    except (OtherKey, msgspec.DecodeError, struct.error) as error:
        raise Unreadable from error


def seal_answer(answer: Answer, complaint: UUID, secret: str) -> bytes:
    """Seal an answer for whoever has the code word."""
    salt, nonce = os.urandom(_SALT), os.urandom(_NONCE)
    cipher = ChaCha20Poly1305(_key(secret, salt))
    padded = _padded(msgspec.msgpack.encode(answer))
    return salt + nonce + cipher.encrypt(nonce, padded, complaint.bytes)


def open_answer(sealed: bytes, complaint: UUID, secret: str) -> Answer:
    """An answer, with the code word. Raises `Unreadable`."""
    salt, nonce, rest = sealed[:_SALT], sealed[_SALT : _SALT + _NONCE], sealed[_SALT + _NONCE :]
    try:
        opened = ChaCha20Poly1305(_key(secret, salt)).decrypt(nonce, rest, complaint.bytes)
        return msgspec.msgpack.decode(_unpadded(opened), type=Answer)
    except (InvalidTag, ValueError, msgspec.DecodeError, struct.error) as error:
        raise Unreadable from error


def _key(secret: str, salt: bytes) -> bytes:
    # 80 bits are too many to be tried; scrypt makes each try dear as well.
    return hashlib.scrypt(secret.encode(), salt=salt, n=2**14, r=8, p=1, dklen=32)


def _padded(contents: bytes) -> bytes:
    filled = _LENGTH.pack(len(contents)) + contents
    return filled + bytes(-len(filled) % limits.PADDED_TO)


def _unpadded(padded: bytes) -> bytes:
    (length,) = _LENGTH.unpack_from(padded)
    return padded[_LENGTH.size : _LENGTH.size + length]
