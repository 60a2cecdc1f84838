"""What listings that were met are roughly worth, before any of them is read and compared."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from openmidas.screening.compiled.asking import Asked
from openmidas.screening.compiled.columns import Scores
from openmidas.screening.compiled.postings import Found, Places, expand

_PLACE_BITS = 32
_PLACE = 2**_PLACE_BITS - 1


class Met(NamedTuple):
    """Listings, each once, by number; what the words weigh that met them; how many words of ours did."""

    listings: Places
    weight: Scores
    words: Places


def weigh(found: Found, asked: Asked) -> Met:
    """Everything that was found, by listing: each word of ours counts as the best of what it met."""
    if not len(found.numbers):
        return Met(found.numbers, np.zeros(0, dtype=np.float32), found.numbers)
    # Sorting numbers is several times as quick as finding the order that they would be in.
    both = (found.numbers << _PLACE_BITS) | found.under
    both.sort()
    numbers, under = both >> _PLACE_BITS, both & _PLACE
    first = _first(numbers)
    worth = _best(asked.worth, under, first)
    return Met(numbers.take(first), worth.sum(axis=0), (worth > 0).sum(axis=0))


def _first(numbers: Places) -> Places:
    """Where in sorted numbers each begins."""
    begins = np.empty(len(numbers), dtype=np.bool_)
    begins[0] = True
    np.not_equal(numbers[1:], numbers[:-1], out=begins[1:])
    return begins.nonzero()[0]


def _best(worth: Scores, under: Places, first: Places) -> Scores:
    """The most that each run of postings is worth, by word. Most runs are of one posting."""
    best = worth.take(under.take(first), axis=1)
    lengths = np.diff(first, append=len(under))
    several = (lengths > 1).nonzero()[0]
    if len(several):
        lengths = lengths.take(several)
        places, _ = expand(first.take(several), lengths)
        begin = lengths.cumsum() - lengths
        met = worth.take(under.take(places), axis=1)
        best[:, several] = np.maximum.reduceat(met, begin, axis=1)
    return best
