"""What a sealed post keeps on its disk instead of its key: the key, wrapped so that it takes two.

The key *K* of the database is wrapped for each *outside share* (one that the HQ holds, one on a
token), with a key made of that share and of a secret *S*. Of *S* each officer has a share, wrapped
with a key made of name and pass phrase (Argon2id). So K opens with enough phrases **and** one of the
outside shares. Names are not written: only who knows one can find its share, by trying all.

Whoever works at an open post has K, and with K the *roster*: S, its polynomials and the officers'
names, so that an officer can be added without all the others.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated
from uuid import UUID

import msgspec

from openmidas.nodes.home import NodeHome, write_file

SEALED = "sealed.json"
PENDING = "sealing.json"
"""The same, while the database is still being encrypted anew."""
KEY = 32
MOST_OFFICERS = 64
_Bytes = Annotated[bytes, msgspec.Meta(max_length=256)]


class SealFailed(Exception):  # noqa: N818  reads as a sentence where it is raised
    """A post cannot be sealed or unsealed. ``code``: worded in `wording`."""

    def __init__(self, code: str, **params: str) -> None:
        self.code = code
        self.params = params
        super().__init__(f"{code} {params}" if params else code)


class Holder(StrEnum):
    """Who or what holds an outside share."""

    HQ = "hq"
    TOKEN = "token"  # noqa: S105  a kind of share, not one


class Phrase(msgspec.Struct, frozen=True):
    """What an officer types. Its text is never shown, not even in an error."""

    officer: str
    phrase: str

    def __repr__(self) -> str:
        return "Phrase(…)"


class Cost(msgspec.Struct, frozen=True):
    """What one try of a phrase costs (Argon2id, RFC 9106). Bounded: the file may be anybody's."""

    passes: Annotated[int, msgspec.Meta(ge=1, le=16)] = 3
    kib: Annotated[int, msgspec.Meta(ge=8, le=1024 * 1024)] = 256 * 1024
    lanes: Annotated[int, msgspec.Meta(ge=1, le=16)] = 4


class OfficerShare(msgspec.Struct, frozen=True):
    """One officer's share of S. ``place``: at which the polynomials were taken."""

    place: Annotated[int, msgspec.Meta(ge=1, le=255)]
    wrapped: _Bytes


class OutsideShare(msgspec.Struct, frozen=True):
    """K, wrapped for one outside share."""

    id: UUID
    holder: Holder
    wrapped: _Bytes


class HqAddress(msgspec.Struct, frozen=True):
    """Where the HQ is asked while the database, which knows it, is shut. Nothing secret."""

    id: UUID
    address: Annotated[str, msgspec.Meta(max_length=255)]
    certificate: Annotated[str, msgspec.Meta(max_length=8192)]


class SealedKey(msgspec.Struct, frozen=True, kw_only=True):
    """``sealed.json``. ``need``: how many officers it takes; ``roster``: see `roster`, sealed with K."""

    node: UUID
    need: Annotated[int, msgspec.Meta(ge=1, le=MOST_OFFICERS)]
    salt: _Bytes
    cost: Cost
    officers: Annotated[
        tuple[OfficerShare, ...], msgspec.Meta(min_length=1, max_length=MOST_OFFICERS)
    ]
    outside: Annotated[tuple[OutsideShare, ...], msgspec.Meta(min_length=1, max_length=16)]
    roster: Annotated[bytes, msgspec.Meta(max_length=64 * 1024)]
    hq: HqAddress | None = None
    version: Annotated[int, msgspec.Meta(ge=1, le=1)] = 1

    def held_by(self, holder: Holder) -> OutsideShare | None:
        """The outside share of this kind, if there is one."""
        return next((each for each in self.outside if each.holder is holder), None)


class Token(msgspec.Struct, frozen=True, kw_only=True):
    """The file on a token: an outside share. Worth nothing without the phrases, nor without the disk."""

    node: UUID
    id: UUID
    share: Annotated[bytes, msgspec.Meta(min_length=KEY, max_length=KEY)]
    kind: str = "openmidas token 1"


def read_sealed(home: NodeHome, name: str = SEALED) -> SealedKey:
    """The sealed key of a post. Raises `SealFailed` ``seal.none`` or ``seal.unreadable``."""
    try:
        sealed = msgspec.json.decode(home.path(name).read_bytes(), type=SealedKey)
    except FileNotFoundError as error:
        raise SealFailed("seal.none") from error
    except (OSError, msgspec.DecodeError) as error:
        raise SealFailed("seal.unreadable", reason=str(error)[:200]) from error
    if sealed.node != home.config().id:
        raise SealFailed("seal.other_post")
    return sealed


def write_sealed(home: NodeHome, sealed: SealedKey, name: str = SEALED) -> None:
    """Keep it: the old one or the new one, never half of it."""
    write_file(home.path(name), msgspec.json.format(msgspec.json.encode(sealed)))


def read_token(raw: bytes, node: UUID) -> Token:
    """A token's file. Raises `SealFailed` ``seal.no_token`` or ``seal.token_of_other``."""
    try:
        token = msgspec.json.decode(raw, type=Token)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise SealFailed("seal.no_token") from error
    if token.kind != "openmidas token 1":
        raise SealFailed("seal.no_token")
    if token.node != node:
        raise SealFailed("seal.token_of_other")
    return token
