"""What could stand in a place of a zone instead, without anything else there telling it from what was read.

No check digit covers a name: every letter is a rival there. The code of a State is one of some three hundred:
UTC is none, so that its C is no rival of the O of UTO. Where all check digits hold, one wrong character can
only be one that weighs the same (0 and U, 1 and L, 8 and S …). Two wrong ones may make up for each other, as
OO and 00 do at weights of seven and three: they count for as much as they are likely together.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

import numpy as np

from openmidas.documents.checks import wrong_check_digits
from openmidas.documents.formats import MrzFormat
from openmidas.documents.numbers import read_number
from openmidas.documents.states import DOCUMENT_CODES, is_state

Array = np.ndarray
CHARACTERS = "<0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_VALUES = np.array([0 if one == "<" else int(one, 36) for one in CHARACTERS])
_CODES = np.array(
    [[CHARACTERS.index(one) for one in code.ljust(3, "<")] for code in sorted(DOCUMENT_CODES)]
)
_HALF = 0.5
_NOTHING = 1e-12


class Pair(NamedTuple):
    """Two places, and what may stand in them instead if it stands in both; characters by their numbers."""

    places: tuple[int, int]
    instead: tuple[int, int]


class Rivals(NamedTuple):
    """``alone``: of each place and character, whether it may stand there instead; ``pairs``: of those that
    the digits tell, the ones that may stand there together; ``states``: the fields that were read as the
    code of a State, and where another code may stand."""

    alone: Array
    pairs: tuple[Pair, ...]
    states: tuple[slice, ...]


def rivals_of(chosen: Array, total: Array, layout: MrzFormat) -> Rivals:
    """The rivals of what was chosen: any other character, or those that no check digit tells from it.

    ``chosen``: a character's number for each place; ``total``: logarithms, place by character. Of those
    that come in pairs, the likeliest of each place.
    """
    text = "".join(CHARACTERS[number] for number in chosen)
    alone = np.ones(total.shape, bool)
    pairs: tuple[Pair, ...] = ()
    here = np.arange(layout.size)
    if _holds(text, layout):
        covered = _covered(layout)
        alike = _VALUES[:, None] % 10 == _VALUES[None] % 10
        alone[covered] = alike[chosen[covered]]
        others = np.where(alone, -np.inf, total)
        others[here, chosen] = -np.inf
        pairs = tuple(_pairs(text, others, covered, layout))
    alone[here, chosen] = False
    fields = (layout.issuer, layout.nationality)
    states = tuple(field for field in fields if is_state(text[field].rstrip("<")))
    return Rivals(alone, pairs, states)


def sure_of(logs: Array, chosen: Array, rivals: Rivals) -> Array:
    """What a network gives to each chosen character, of what it gives to it and to its rivals."""
    chances = np.exp(logs)
    own = chances[np.arange(len(chosen)), chosen]
    against = (chances * rivals.alone).sum(1)
    for (one, two), (first, second) in rivals.pairs:
        both = chances[one, first] * chances[two, second]
        against[one] += both / (own[two] + _NOTHING)
        against[two] += both / (own[one] + _NOTHING)
    sure = own / (own + against + _NOTHING)
    for field in rivals.states:
        sure[field] = _sure_of_code(chances[field], chosen[field])
    # More errors may make a check digit or a code fit, so half is asked for in any case.
    return np.asarray(np.where(own < _HALF, np.minimum(sure, own), sure))


def _sure_of_code(chances: Array, chosen: Array) -> Array:
    """Of the codes of States, how much those have that have the chosen character in each place."""
    of_codes = chances[np.arange(_CODES.shape[1]), _CODES].prod(1)
    return np.asarray(of_codes @ (chosen == _CODES) / (of_codes.sum() + _NOTHING))


def _covered(layout: MrzFormat) -> list[int]:
    """The places that a check digit covers, and those of the digits."""
    digits = [slice(field.start, field.stop + 1) for field in (layout.birth, layout.expiry)]
    digits += [slice(layout.number.start, layout.number.stop + 1), *layout.composite]
    return sorted({place for field in digits for place in range(layout.size)[field]})


def _holds(text: str, layout: MrzFormat) -> bool:
    """Whether all check digits of a zone hold."""
    number = read_number(text, layout)
    return not number.malformed and not any(wrong_check_digits(text, layout, number))


def _pairs(text: str, others: Array, covered: list[int], layout: MrzFormat) -> Iterator[Pair]:
    """``others``: what else may stand in each place, where one alone would be found by a digit."""
    likeliest = others.argmax(1)
    open_to = [place for place in covered if others[place, likeliest[place]] > -np.inf]
    for one, two in combinations(open_to, 2):
        instead = int(likeliest[one]), int(likeliest[two])
        changed = list(text)
        changed[one], changed[two] = (CHARACTERS[number] for number in instead)
        if _holds("".join(changed), layout):
            yield Pair((one, two), instead)
