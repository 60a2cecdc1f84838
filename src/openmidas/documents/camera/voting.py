"""From what two networks saw to a zone that can be trusted, or to the places that somebody must look at.

A character is certain where both networks, each by itself, take it for the same and neither doubts. What a
field may hold decides between characters that look alike: a date has figures, a name has letters. Check
digits vote: where all of them hold, a place that one covers is in doubt only between characters that
the digit cannot tell apart (see `camera.rivals`). *A number is never searched for one that fits.*
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from openmidas.documents.camera.rivals import CHARACTERS, Array, rivals_of, sure_of
from openmidas.documents.formats import FORMATS, MrzFormat

_FIGURES = np.array([one in "<0123456789" for one in CHARACTERS])
_LETTERS = np.array([one == "<" or one.isalpha() for one in CHARACTERS])
CERTAIN = 0.9
"""The least that each network must give to a character, of those that may stand there."""
_HALF = 0.5
_MOST_INSTEAD = 3
_SCARCE, _SCARCE_TWICE = -7.0, -9.0
"""The logarithm of what all characters that may stand in a place have at least, by each network and by both
together: with less the document itself has something else there. An O where a 0 belongs has more.
"""


class Voted(NamedTuple):
    """A zone as the networks have it. ``sure``: of each place, from 0 to 1; ``agreed``: whether both
    networks said the same there, and were certain; ``instead``: what else they saw there, of what may
    stand there, the likeliest first.
    """

    text: str
    layout: MrzFormat
    sure: tuple[float, ...]
    agreed: tuple[bool, ...]
    instead: tuple[str, ...]


def vote(first: Array, second: Array, lines: int) -> Voted:
    """The likeliest zone; both in logarithms, place by character, all lines one after the other."""
    second = second[:, :37]
    both = first + second
    layout = _layout(both, lines)
    allowed = _allowed(layout)
    shares = np.stack([_share(first, allowed), _share(second, allowed)])
    poor = shares.sum(0) < _SCARCE_TWICE
    # What is clearly something else is told as it is, and is not certain: some States have other forms.
    allowed[poor] = True
    for field in _fields(layout):
        if poor[field].sum() > 1:
            allowed[field] = True
    one, two = _within(first, allowed), _within(second, allowed)
    total = one + two
    total = total - total.max(1, keepdims=True)
    chosen = total.argmax(1)
    text = "".join(CHARACTERS[number] for number in chosen)
    rivals = rivals_of(chosen, total, layout)
    least = np.minimum(sure_of(one, chosen, rivals), sure_of(two, chosen, rivals))
    same = (one.argmax(1) == chosen) & (two.argmax(1) == chosen)
    strange = poor | (shares < _SCARCE).any(0)
    least = np.where(strange, np.minimum(least, _HALF), least)
    return Voted(
        text,
        layout,
        tuple(round(float(value), 4) for value in least),
        tuple(bool(value) for value in same & (least >= CERTAIN)),
        tuple(_instead(place, int(chosen[place]), one, two) for place in range(layout.size)),
    )


def _instead(place: int, chosen: int, one: Array, two: Array) -> str:
    """The first two of each network, without the one that was chosen and what may not stand there."""
    seen: dict[str, None] = {}
    for logs in (one, two):
        for number in np.argsort(-logs[place])[:2]:
            if number != chosen and logs[place, number] > -np.inf:
                seen[CHARACTERS[number]] = None
    return "".join(seen)[:_MOST_INSTEAD]


def _layout(both: Array, lines: int) -> MrzFormat:
    """The format that the number of places has, by whether it begins with a V."""
    fitting = [one for one in FORMATS if one.rows == lines and one.size == len(both)]
    codes = [one for one in (0, *range(1, 37)) if CHARACTERS[one] in "PVACI"]
    begins = max(codes, key=lambda number: float(both[0, number]))
    visa = CHARACTERS[begins] == "V"
    return next(one for one in fitting if one.name.startswith("MRV") == visa or len(fitting) == 1)


def _allowed(layout: MrzFormat) -> Array:
    allowed = np.ones((layout.size, 37), bool)
    codes = [one + other for one in CHARACTERS for other in CHARACTERS]
    codes = [code for code in codes if layout.code.fullmatch(code)]
    for at in (0, 1):
        allowed[at] = [any(code[at] == one for code in codes) for one in CHARACTERS]
    name, issuer, nationality, birth, expiry = _fields(layout)
    for field in (name, issuer, nationality):
        allowed[field] = _LETTERS
    for field in (birth, expiry):
        allowed[field] = _FIGURES
    for place in (layout.number.stop, layout.optional_digit, layout.composite_digit):
        if place is not None:
            allowed[place] = _FIGURES
    allowed[layout.sex] = [one in "<FMX" for one in CHARACTERS]
    return allowed


def _fields(layout: MrzFormat) -> tuple[slice, ...]:
    """Those that have letters alone (name, issuer, nationality) or figures alone: dates, with their digit."""
    dates = [slice(field.start, field.stop + 1) for field in (layout.birth, layout.expiry)]
    return layout.name_field, layout.issuer, layout.nationality, *dates


def _share(logs: Array, allowed: Array) -> Array:
    """The logarithm of what a network gives in each place to all that may stand there."""
    return np.asarray(np.logaddexp.reduce(np.where(allowed, logs, -np.inf), axis=1))


def _within(logs: Array, allowed: Array) -> Array:
    """The probabilities among what may stand in each place."""
    return np.asarray(np.where(allowed, logs, -np.inf) - _share(logs, allowed)[:, None])


def together(votes: Sequence[tuple[Array, Array]]) -> tuple[Array, Array]:
    """Several pictures of one zone, as one: what each network saw, on the average."""
    first = np.mean([one for one, _ in votes], axis=0)
    second = np.mean([two for _, two in votes], axis=0)
    return np.asarray(first), np.asarray(second)
