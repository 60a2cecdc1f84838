"""From evidence to a level: rules that fit on one page and can be explained at a counter.

- A document number that agrees, from a State that does not clash, is *strong* by itself.
- A name alone is *weak* and never more; with the nationality beside it, *possible* at most.
- *Strong* needs a birth date that agrees (the year, with a name rare enough), more of the name than
  one part of several, no part that stands against another, and no other nationality unless the very
  day agrees.
- Another sex, or a name that the list itself calls poor, takes one level off what can be reached.
- Within that, the score decides. The more listings there are, the more it takes: among a million,
  chance alone agrees with a traveller as well as nobody does among a thousand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from openmidas.screening.alignments import Alignment
from openmidas.screening.births import BirthBin
from openmidas.screening.evidence import Level

if TYPE_CHECKING:
    from openmidas.screening.comparing import Comparison

# What a score must have beyond the bits that single one listing out among all.
STRONG_BITS = 11.0
POSSIBLE_BITS = 7.0
WEAK_BITS = 1.0
# Who asks for a bare name wants to see everybody of that name.
BARE_NAME_BITS = 2.0

_AGREE: frozenset[BirthBin] = frozenset(
    ("same_day", "same_month", "same_year", "new_year", "both_new_year")
)
_CLOSE: frozenset[BirthBin] = frozenset(
    (
        "swapped",
        "next_day",
        "one_figure",
        "other_month",
        "figure_of_year",
        "next_year",
        "same_years",
    )
)
_CLASH: frozenset[BirthBin] = frozenset(("few_years", "different"))
_LEVELS: tuple[Level | None, ...] = (None, "weak", "possible", "strong")


def level_of(found: Comparison, name: Alignment, prior_bits: float, *, bare: bool) -> Level | None:
    """The level of a comparison, None when it is no hit.

    `prior_bits`: the odds against it before comparing, by how many listings there are. `bare`: no
    more than a name is asked for.
    """
    if found.number == "alone":
        return "strong"
    if name.weight <= 0:
        return None
    beyond = found.score - prior_bits
    reached = (beyond >= WEAK_BITS) + (beyond >= POSSIBLE_BITS) + (beyond >= STRONG_BITS)
    if bare and not name.clashes and found.score >= BARE_NAME_BITS:
        reached = max(reached, 1)
    return _LEVELS[min(reached, _most(found, name))]


def _most(found: Comparison, name: Alignment) -> int:
    """The highest level that this kind of evidence can bear, however large its sum."""
    birth, supported = found.birth, found.number == "supports"
    if birth in _AGREE:
        other_state = found.nationality is False and birth != "same_day"
        most = 2 if name.clashes or name.thin or other_state else 3
    elif birth in _CLASH:
        most = 2 if supported else 1
    else:
        most = 2 if birth in _CLOSE or found.nationality or supported else 1
    if found.sex is False and most > 1:
        most -= 1
    return most - name.low_quality
