"""Wrapping the key of a post and opening it again. Pure: nothing here touches a file or a clock."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from uuid import UUID, uuid4

import msgspec

from openmidas.nodes.sealing import shamir
from openmidas.nodes.sealing.crypt import bound_to, derive, phrase_key, unwrap, wrap
from openmidas.nodes.sealing.roster import Roster, add_officer, keep, roster_of
from openmidas.nodes.sealing.sealed import (
    KEY,
    Cost,
    Holder,
    HqAddress,
    OutsideShare,
    Phrase,
    SealedKey,
    SealFailed,
    Token,
)

SALT = 16


def seal(
    node: UUID, key: bytes, phrases: Sequence[Phrase], need: int, cost: Cost | None = None
) -> SealedKey:
    """A key under so many of these officers' phrases; an outside share must still be added.

    Raises `SealFailed` ``seal.need``, ``seal.phrase_short``, ``seal.same_officer``, ``seal.no_name``.
    """
    if not 1 <= need <= len(phrases):
        raise SealFailed("seal.need", need=str(need), officers=str(len(phrases)))
    roster = Roster(rows=shamir.deal(os.urandom(KEY), need))
    sealed = SealedKey(
        node=node,
        need=need,
        salt=os.urandom(SALT),
        cost=cost or Cost(),
        officers=(),
        outside=(),
        roster=keep(node, key, roster),
    )
    for phrase in phrases:
        sealed = add_officer(sealed, key, phrase)
    return sealed


def new_outside(sealed: SealedKey, key: bytes, holder: Holder) -> tuple[SealedKey, Token]:
    """A new outside share of a kind; the one before of the same kind opens nothing from now on."""
    token = Token(node=sealed.node, id=uuid4(), share=os.urandom(KEY))
    new = _outside(sealed.node, key, roster_of(sealed, key).secret, token, holder)
    others = tuple(each for each in sealed.outside if each.holder is not holder)
    return msgspec.structs.replace(sealed, outside=(*others, new)), token


def without_outside(sealed: SealedKey, holder: Holder) -> SealedKey:
    """Without the outside share of a kind. Raises `SealFailed` ``seal.last_share``."""
    others = tuple(each for each in sealed.outside if each.holder is not holder)
    if not others:
        raise SealFailed("seal.last_share")
    return msgspec.structs.replace(sealed, outside=others)


def at_hq(sealed: SealedKey, hq: HqAddress) -> SealedKey:
    """With where the HQ is to be asked."""
    return msgspec.structs.replace(sealed, hq=hq)


def secret_of(sealed: SealedKey, phrases: Sequence[Phrase]) -> bytes:
    """S, of enough officers' phrases. Takes a second each, on purpose.

    Raises `SealFailed` ``seal.wrong_phrase`` (``number``: which of them), ``seal.same_officer``,
    ``seal.too_few``.
    """
    if len(phrases) < sealed.need:
        raise SealFailed("seal.too_few", need=str(sealed.need), given=str(len(phrases)))
    shares: dict[int, bytes] = {}
    for number, phrase in enumerate(phrases[: sealed.need], start=1):
        place, share = _share_of(sealed, phrase, number)
        if place in shares:
            raise SealFailed("seal.same_officer", officer=phrase.officer)
        shares[place] = share
    return shamir.combine(shares)


def open_key(sealed: SealedKey, secret: bytes, token: Token) -> bytes:
    """K, of S and an outside share. Raises `SealFailed` ``seal.wrong_share``."""
    for each in sealed.outside:
        if each.id == token.id:
            wrapping = _wrapping_key(secret, token)
            return unwrap(wrapping, each.wrapped, bound_to(sealed.node, 0), "seal.wrong_share")
    raise SealFailed("seal.wrong_share")


def release_of(secret: bytes, share: UUID) -> bytes:
    """What the HQ wants to see before it gives its share: that somebody knows S. Says nothing of S."""
    return derive(secret, share, "release")


def proof_of(release: bytes) -> bytes:
    """What the HQ keeps to know a release by, and could not make one of."""
    return hashlib.sha256(b"openmidas release 1" + release).digest()


def _share_of(sealed: SealedKey, phrase: Phrase, number: int) -> tuple[int, bytes]:
    key = phrase_key(sealed, phrase)
    for each in sealed.officers:
        try:
            share = unwrap(
                key, each.wrapped, bound_to(sealed.node, each.place), "seal.wrong_phrase"
            )
        except SealFailed:
            continue  # somebody else's
        return each.place, share
    raise SealFailed("seal.wrong_phrase", number=str(number))


def _outside(node: UUID, key: bytes, secret: bytes, token: Token, holder: Holder) -> OutsideShare:
    return OutsideShare(
        token.id, holder, wrap(_wrapping_key(secret, token), key, bound_to(node, 0))
    )


def _wrapping_key(secret: bytes, token: Token) -> bytes:
    return derive(secret + token.share, token.id, "unseal")
