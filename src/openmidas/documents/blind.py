"""Characters of a document number that no check digit tells from their look-alikes.

The check digit counts modulo 10 (Doc 9303-3, 4.9). Where two characters look alike and their values differ
by a multiple of 10, as 0 and U (30), one taken for the other passes every check digit, the composite one
included. Nothing can be computed about them: only the printed page tells.

Nearly every number has a 0, 1, 5, 6 or 8. Who is told of each of them at each document soon looks at none.
So a character says whether the mistake is a likely one: numbers have a form, letters first and figures
then, and a 1 among figures is a 1, while the one behind the letters may be an L. The patterns of each
issuer would say more, but no public list of them exists.
"""

from __future__ import annotations

from itertools import groupby

import msgspec

LOOK_ALIKES = tuple(zip("01685MPHQK", "ULGSZWFRG<", strict=True))
"""Pairs that readers confuse and whose values are equal modulo 10."""

_MAY_BE: dict[str, str] = {}
for _one, _other in LOOK_ALIKES:
    _MAY_BE[_one] = _MAY_BE.get(_one, "") + _other
    _MAY_BE[_other] = _MAY_BE.get(_other, "") + _one


class BlindCharacter(msgspec.Struct, frozen=True):
    """One such character of a document number."""

    position: int
    """In the number, from 1, as Doc 9303 counts."""
    read: str
    may_be: str
    """What it may be instead: "U", or one of several, "6Q"."""
    likely: bool
    """Whether the number would keep its form with one of them in its place: so it might well be."""


def blind_characters(number: str) -> tuple[BlindCharacter, ...]:
    """Those of a number that was read by eye or camera, in order; what a chip says has none."""
    runs = _runs(number)
    return tuple(
        BlindCharacter(
            place + 1,
            read,
            _MAY_BE[read],
            any(
                _runs(number[:place] + other + number[place + 1 :]) <= runs
                for other in _MAY_BE[read]
            ),
        )
        for place, read in enumerate(number)
        if read in _MAY_BE
    )


def _runs(number: str) -> int:
    """How often letters, figures and fillers take turns; fillers at the end belong to no number."""
    return sum(1 for _kind in groupby(number.rstrip("<"), key=_kind_of))


def _kind_of(character: str) -> str:
    return "<" if character == "<" else "0" if character.isdigit() else "A"
