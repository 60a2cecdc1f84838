"""What listings that were met are roughly worth, before any of them is read and compared."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from openmidas.screening.compiled.asking import Asked
from openmidas.screening.compiled.columns import Scores
from openmidas.screening.compiled.postings import Found, Places


class Met(NamedTuple):
    """Listings, each once; what the words weigh that met them; and how many words of ours did."""

    listings: Places
    weight: Scores
    words: Places


def weigh(found: Found, asked: Asked) -> Met:
    """Everything that was found, by listing: each word of ours counts as the best of what it met."""
    if not len(found.numbers):
        return Met(found.numbers, np.zeros(0, dtype=np.float32), found.numbers)
    order = np.argsort(found.numbers)
    numbers = found.numbers[order]
    first = np.flatnonzero(np.concatenate([[True], numbers[1:] != numbers[:-1]]))
    by_word = np.maximum.reduceat(asked.worth[found.under[order]], first, axis=0)
    return Met(numbers[first], by_word.sum(axis=1), np.count_nonzero(by_word, axis=1))
