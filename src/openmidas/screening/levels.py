"""From evidence to a level: rules that fit on one page and can be explained at a counter.

- A document number that agrees, from a State that does not clash, is *strong* by itself.
- A name alone is *weak* and never more; with the nationality beside it, *possible* at most.
- *Strong* needs a birth date that agrees (a year is enough with a rare name) and a whole name.
- Beyond that the score decides: each level needs its sum of evidence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from openmidas.screening.alignments import Alignment
from openmidas.screening.births import BirthBin
from openmidas.screening.evidence import Level

if TYPE_CHECKING:
    from openmidas.screening.comparing import NumberBin

STRONG_BITS = 22.0
POSSIBLE_BITS = 14.0
WEAK_BITS = 9.0
_LEAST_NAME_BITS = 4.0

_DAY: frozenset[BirthBin] = frozenset(("same_day", "same_month"))
_YEAR: frozenset[BirthBin] = frozenset(("same_year", "new_year", "both_new_year"))
_CLOSE: frozenset[BirthBin] = frozenset(
    ("swapped", "one_figure", "figure_of_year", "next_year", "same_years")
)
_LEVELS: tuple[Level | None, ...] = (None, "weak", "possible", "strong")


def level_of(
    score: float,
    name: Alignment,
    birth: BirthBin,
    sex: bool | None,
    nationality: bool | None,
    number: NumberBin,
) -> Level | None:
    """The level of a comparison, None when it is no hit."""
    if number == "alone":
        return "strong"
    if name.weight < _LEAST_NAME_BITS:
        return None
    reached = (score >= WEAK_BITS) + (score >= POSSIBLE_BITS) + (score >= STRONG_BITS)
    return _LEVELS[min(reached, _most(name, birth, sex, nationality, number))]


def _most(
    name: Alignment,
    birth: BirthBin,
    sex: bool | None,
    nationality: bool | None,
    number: NumberBin,
) -> int:
    """The highest level that this kind of evidence can bear, however large its sum."""
    if birth in _DAY or birth in _YEAR:
        most = 2 if name.clashes else 3
    elif birth in _CLOSE or nationality or number == "supports":
        most = 2
    else:
        most = 1
    if birth in ("few_years", "different") and number != "supports":
        most = 1
    return most - (sex is False and most > 1)
