"""What listings that were met are roughly worth, before any of them is read and compared."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from openmidas.screening.compiled.asking import Asked
from openmidas.screening.compiled.columns import Scores
from openmidas.screening.compiled.postings import Found, Places


class Met(NamedTuple):
    """Listings, each once; what those words of theirs weigh that were met; how many of ours met them."""

    listings: Places
    weight: Scores
    words: Places


def weigh(found: Found, asked: Asked) -> Met:
    """Everything that was found, by listing.

    Each word of ours counts once, as the best of what met it, and each sound of theirs once: in
    MAMADOU MOHAMED both are met by MUHAMMAD, which is one name.
    """
    if not len(found.numbers):
        return Met(found.numbers, np.zeros(0, dtype=np.float32), found.numbers)
    order = np.argsort(found.numbers, kind="stable")
    numbers, under = found.numbers[order], found.under[order]
    first = np.flatnonzero(np.diff(numbers, prepend=-1))
    ones, others = asked.ones[under], asked.others[under]
    by_word = np.maximum.reduceat(asked.worth[ones] + asked.worth[others], first, axis=0)
    met = Met(numbers[first], by_word.sum(axis=1), (by_word > 0).sum(axis=1))
    if not asked.shared:
        return met
    which = np.repeat(np.arange(len(first)), np.diff(first, append=len(numbers)))
    weight, words = _by_sound(which, ones, others, asked)
    return Met(met.listings, np.minimum(met.weight, weight), np.minimum(met.words, words))


def _by_sound(
    which: Places, ones: Places, others: Places, asked: Asked
) -> tuple[Scores, npt.NDArray[np.int64]]:
    """The weight of each sound that met a listing, as the best of the words it stands for, added up."""
    count = len(asked.best)
    pairs = np.concatenate([which * count + asked.sound[ones], which * count + asked.sound[others]])
    pairs = np.unique(pairs)
    of, sound = np.divmod(pairs, count)
    weight = np.bincount(of, weights=asked.best[sound]).astype(np.float32)
    return weight, np.bincount(of, weights=asked.wide[sound]).astype(np.int64)
