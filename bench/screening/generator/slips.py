"""What cameras misread, fingers mistype, and clerks get wrong in a date."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from random import Random

_LOOK_ALIKE = (
    "OQD",
    "ILT",
    "UVW",
    "MN",
    "CG",
    "KX",
    "HN",
    "EF",
    "PR",
    "BR",
    "AR",
    "YV",
    "SB",
    "ZS",
)
_ROWS = ("AZERTYUIOP", "QSDFGHJKLM", "WXCVBN", "QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM")


def misread(text: str, chance: Random) -> str:
    """One letter taken for another that looks like it."""
    places = [at for at, char in enumerate(text) if any(char in group for group in _LOOK_ALIKE)]
    if not places:
        return text
    at = chance.choice(places)
    group = chance.choice([group for group in _LOOK_ALIKE if text[at] in group])
    return text[:at] + chance.choice(group.replace(text[at], "")) + text[at + 1 :]


def mistype(text: str, chance: Random) -> str:
    """A neighbouring key, a letter too few or twice, or two letters swapped."""
    at = chance.randrange(1, len(text) - 1)
    slip = chance.randrange(4)
    if slip == 0:
        return text[:at] + _neighbour(text[at], chance) + text[at + 1 :]
    if slip == 1:
        return text[:at] + text[at + 1 :]
    if slip == 2:
        return text[:at] + text[at] + text[at:]
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def misdate(birth: date, chance: Random) -> date:
    """A day or a year beside it, day and month swapped, or one digit wrong; never the same date."""
    for _ in range(20):
        with suppress(ValueError):  # a date that there is not: choose again
            wrong = _misdated(birth, chance)
            if wrong != birth:
                return wrong
    return birth + timedelta(1)


def _misdated(birth: date, chance: Random) -> date:
    slip = chance.randrange(5)
    if slip == 0:
        return birth + timedelta(chance.choice((-1, 1)))
    if slip == 1:
        return birth.replace(year=birth.year + chance.choice((-1, 1)))
    if slip == 2:
        return birth.replace(month=birth.day, day=birth.month)
    if slip == 3:
        return birth.replace(month=chance.randrange(1, 13))
    digits = list(f"{birth.day:02}")
    digits[chance.randrange(2)] = str(chance.randrange(10))
    return birth.replace(day=int("".join(digits)))


def _neighbour(letter: str, chance: Random) -> str:
    beside = [
        row[at]
        for row in _ROWS
        if letter in row
        for at in (row.index(letter) - 1, row.index(letter) + 1)
        if 0 <= at < len(row)
    ]
    return chance.choice(beside) if beside else letter
