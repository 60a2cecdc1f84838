"""From what two readers saw to a zone that can be trusted, or to the places that somebody must look at.

A character is certain where both readers, each by itself, take it for the same and neither doubts. What a
field may hold decides between characters that look alike: a date has figures, a name has letters.
*A document number is never searched for one whose check digit fits.*
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from openmidas.documents.formats import FORMATS, MrzFormat

Array = np.ndarray
CHARACTERS = "<0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_FIGURES = np.array([one in "<0123456789" for one in CHARACTERS])
_LETTERS = np.array([one == "<" or one.isalpha() for one in CHARACTERS])
CERTAIN = 0.9
"""The least that each reader must give to a character, of those that may stand there."""
_SCARCE = -7.0
"""The logarithm of what all characters that may stand in a place have at least, together."""


class Voted(NamedTuple):
    """A zone as the readers have it. ``sure``: of each place, from 0 to 1; ``agreed``: whether both
    readers said the same there, and were certain.
    """

    text: str
    layout: MrzFormat
    sure: tuple[float, ...]
    agreed: tuple[bool, ...]


def vote(first: Array, second: Array, lines: int) -> Voted:
    """The likeliest zone; both in logarithms, place by character, all lines one after the other."""
    second = second[:, :37]
    both = first + second
    layout = _layout(both, lines)
    allowed = _allowed(layout)
    one, poor_one = _within(first, allowed)
    two, poor_two = _within(second, allowed)
    total = one + two
    total = total - total.max(1, keepdims=True)
    chosen = total.argmax(1)
    places = np.arange(len(chosen))
    least = np.minimum(np.exp(one[places, chosen]), np.exp(two[places, chosen]))
    same = (one.argmax(1) == chosen) & (two.argmax(1) == chosen)
    least = np.where(poor_one | poor_two, np.minimum(least, 0.5), least)
    return Voted(
        "".join(CHARACTERS[number] for number in chosen),
        layout,
        tuple(round(float(value), 4) for value in least),
        tuple(bool(value) for value in same & (least >= CERTAIN)),
    )


def _layout(both: Array, lines: int) -> MrzFormat:
    """The format that the number of places has, by whether it begins with a V."""
    fitting = [one for one in FORMATS if one.rows == lines and one.size == len(both)]
    codes = [one for one in (0, *range(1, 37)) if CHARACTERS[one] in "PVACI"]
    begins = max(codes, key=lambda number: float(both[0, number]))
    visa = CHARACTERS[begins] == "V"
    return next(one for one in fitting if one.name.startswith("MRV") == visa or len(fitting) == 1)


def _allowed(layout: MrzFormat) -> Array:
    allowed = np.ones((layout.size, 37), bool)
    allowed[0] = [one in ("V" if layout.name.startswith("MRV") else "PACI") for one in CHARACTERS]
    for field in (layout.name_field, layout.issuer, layout.nationality):
        allowed[field] = _LETTERS
    for dated in (layout.birth, layout.expiry):
        allowed[dated.start : dated.stop + 1] = _FIGURES
    for place in (layout.number.stop, layout.optional_digit, layout.composite_digit):
        if place is not None:
            allowed[place] = _FIGURES
    allowed[layout.sex] = [one in "<FMX" for one in CHARACTERS]
    return allowed


def _within(logs: Array, allowed: Array) -> tuple[Array, Array]:
    """The probabilities among what may stand in each place, and where next to nothing of it is there."""
    kept = np.where(allowed, logs, -np.inf)
    total = np.logaddexp.reduce(kept, axis=1)
    return kept - total[:, None], total < _SCARCE


def together(votes: Sequence[tuple[Array, Array]]) -> tuple[Array, Array]:
    """Several pictures of one zone, as one: what each reader saw, on the average."""
    first = np.mean([one for one, _ in votes], axis=0)
    second = np.mean([two for _, two in votes], axis=0)
    return np.asarray(first), np.asarray(second)
