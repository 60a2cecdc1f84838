"""Who can unseal a post, as far as an open post knows it: officers come and go one by one."""

from __future__ import annotations

from uuid import UUID

import msgspec

from openmidas.nodes.sealing import shamir
from openmidas.nodes.sealing.crypt import bound_to, derive, phrase_key, plain, unwrap, wrap
from openmidas.nodes.sealing.sealed import (
    MOST_OFFICERS,
    OfficerShare,
    Phrase,
    SealedKey,
    SealFailed,
)

SHORTEST_PHRASE = 15
"""Characters. The one thing that a stolen disk lets be tried without end; NIST SP 800-63B-4 asks as
much of a password that stands alone."""


class Member(msgspec.Struct, frozen=True):
    """An officer who can unseal, and at which place."""

    place: int
    name: str


class Roster(msgspec.Struct, frozen=True, kw_only=True):
    """The polynomials through S, and the officers. ``dealt``: the last place that was ever given out;
    none is given twice, so that who is removed does not hold the share of whoever comes next."""

    rows: shamir.Rows
    members: tuple[Member, ...] = ()
    dealt: int = 0

    @property
    def secret(self) -> bytes:
        return self.rows[0]


def add_officer(sealed: SealedKey, key: bytes, phrase: Phrase) -> SealedKey:
    """One more officer who can unseal. Raises `SealFailed` as `seal`, and ``seal.too_many``."""
    roster = roster_of(sealed, key)
    name = plain(phrase.officer)
    if not name:
        raise SealFailed("seal.no_name")
    if len(phrase.phrase) < SHORTEST_PHRASE:
        raise SealFailed("seal.phrase_short", officer=phrase.officer, least=str(SHORTEST_PHRASE))
    if name in {plain(each.name) for each in roster.members}:
        raise SealFailed("seal.same_officer", officer=phrase.officer)
    if len(roster.members) >= MOST_OFFICERS or roster.dealt >= shamir.MOST_SHARES:
        raise SealFailed("seal.too_many", most=str(MOST_OFFICERS))
    place = roster.dealt + 1
    share = OfficerShare(
        place,
        wrap(
            phrase_key(sealed, phrase),
            shamir.share_at(roster.rows, place),
            bound_to(sealed.node, place),
        ),
    )
    members = (*roster.members, Member(place, phrase.officer.strip()))
    after = msgspec.structs.replace(roster, members=members, dealt=place)
    return msgspec.structs.replace(
        sealed,
        officers=(*sealed.officers, share),
        roster=keep(sealed.node, key, after),
    )


def remove_officer(sealed: SealedKey, key: bytes, name: str) -> SealedKey:
    """Without this officer's share. An old copy of the disk still has it: see decision 0020.

    Raises `SealFailed` ``seal.no_such_officer``, ``seal.need``.
    """
    roster = roster_of(sealed, key)
    gone = next((each for each in roster.members if plain(each.name) == plain(name)), None)
    if gone is None:
        raise SealFailed("seal.no_such_officer", officer=name)
    left = tuple(each for each in roster.members if each is not gone)
    if len(left) < sealed.need:
        raise SealFailed("seal.need", need=str(sealed.need), officers=str(len(left)))
    return msgspec.structs.replace(
        sealed,
        officers=tuple(each for each in sealed.officers if each.place != gone.place),
        roster=keep(sealed.node, key, msgspec.structs.replace(roster, members=left)),
    )


def change_phrase(sealed: SealedKey, key: bytes, phrase: Phrase) -> SealedKey:
    """Another phrase for an officer who can unseal. An old copy of the disk still has the one before.

    Raises `SealFailed` ``seal.no_such_officer``, and as `add_officer` does.
    """
    roster = roster_of(sealed, key)
    member = next(
        (each for each in roster.members if plain(each.name) == plain(phrase.officer)), None
    )
    if member is None:
        raise SealFailed("seal.no_such_officer", officer=phrase.officer)
    others = tuple(each for each in roster.members if each is not member)
    without = msgspec.structs.replace(
        sealed,
        officers=tuple(each for each in sealed.officers if each.place != member.place),
        roster=keep(sealed.node, key, msgspec.structs.replace(roster, members=others)),
    )
    return add_officer(without, key, phrase)


def roster_of(sealed: SealedKey, key: bytes) -> Roster:
    """Who can unseal, known to an open post only. Raises `SealFailed` ``seal.other_key``."""
    raw = unwrap(derive(key, sealed.node, "roster"), sealed.roster, b"roster", "seal.other_key")
    return msgspec.json.decode(raw, type=Roster)


def keep(node: UUID, key: bytes, roster: Roster) -> bytes:
    """The roster as it stands in ``sealed.json``."""
    return wrap(derive(key, node, "roster"), msgspec.json.encode(roster), b"roster")
