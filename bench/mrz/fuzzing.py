"""Zones with characters changed, lost, doubled and swapped: whatever a reader may send."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<<<<  \n\t\r\x00abcéß«→ا߀\U0001f6c2\ud800"


def spoilt(zones: Sequence[str], number: int, seed: int) -> Iterator[str]:
    """So many texts made from these zones, the same ones for the same seed."""
    chance = Random(seed)  # noqa: S311  repeatable, no secret
    for _ in range(number):
        text = chance.choice(zones)
        for _ in range(chance.randrange(1, 9)):
            text = _spoil(text, chance)
        yield text


def _spoil(text: str, chance: Random) -> str:
    place = chance.randrange(len(text) + 1)
    match chance.randrange(7):
        case 0 | 1:
            return text[:place] + chance.choice(ALPHABET) + text[place + 1 :]
        case 2:
            return text[:place] + chance.choice(ALPHABET) + text[place:]
        case 3:
            return text[:place] + text[place + 1 :]
        case 4:
            other = chance.randrange(len(text) + 1)
            return text[: min(place, other)] + text[max(place, other) :]
        case 5:
            return text[:place] + text[place : place + chance.randrange(40)] + text[place:]
        case _:
            return text[place:] + text[:place]
