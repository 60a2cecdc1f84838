"""Under which keys a name is looked up: two sounds together, or one with something else."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from openmidas.documents import PartialDate
from openmidas.screening.compiled import keys
from openmidas.screening.compiled.columns import Scores
from openmidas.screening.compiled.postings import Places
from openmidas.screening.tokens import MOST_BITS
from openmidas.screening.weights import Weights

_LEAST = 0.1
"""Whatever little it weighs, a word that was met is told from one that was not."""


class Sound(NamedTuple):
    """A sound (its hash), how it goes together with our word, and which of our words those are (bits).

    `how` is a place in `keys.RELATIONS`. Two halves of one word have the same `halved`, above 0.
    """

    sound: int
    how: int
    words: int
    halved: int = 0


class Asked(NamedTuple):
    """Keys, and what each is worth: the sum of two rows of `worth` (`ones`, `others`), in bits, as
    comparing weighs it, with a column for each word of ours.
    """

    keys: keys.Keys
    ones: Places
    others: Places
    worth: Scores


class Least(NamedTuple):
    """What a name must weigh to matter, if the listing is born in another year, or nobody knows."""

    born: float
    unborn: float


NO_LEAST = Least(-math.inf, -math.inf)


def ask(
    sounds: list[Sound],
    bits: list[float],
    birth: PartialDate | None,
    by: Weights,
    least: Least = NO_LEAST,
) -> Asked:
    """All keys of a name, of which there is at least one sound. `bits`: what its words tell.

    Two sounds are left out that lead to names worth less than `least`, whatever else meets them.
    """
    hashes = np.array([sound.sound for sound in sounds], dtype=np.uint64)
    stands_for = np.array([sound.words for sound in sounds], dtype=np.int64)
    halved = np.array([sound.halved for sound in sounds], dtype=np.int64)
    how = np.array([sound.how for sound in sounds], dtype=np.int64)
    covered = (stands_for[:, None] >> np.arange(len(bits)) & 1).astype(np.float32)
    whole = _worth(how, covered, halved > 0, bits, by)
    # Half a word is worth nothing by itself: such keys lead to what else meets the listing.
    worth = np.concatenate([np.where(halved[:, None] > 0, 0, whole), whole[:1] * 0, whole])
    none, wholes = len(sounds), len(sounds) + 1
    ones, others, halves = _pairs(stands_for, halved)
    both = hashes[ones] + hashes[others]
    first, second = np.where(halves, ones + wholes, ones), np.where(halves, none, others)
    pair = worth[first] + worth[second]
    name = np.where(pair > 0, pair, whole.max(axis=0)).sum(axis=1)
    name[halves] = math.inf  # what is met by a half and a year is told from chance by this alone
    born, unborn = np.flatnonzero(name >= least.born), np.flatnonzero(name >= least.unborn)
    single = _with_single(birth)
    alone = (hashes[None, :] ^ single[:, None]).reshape(-1)
    each = np.tile(np.arange(len(sounds)), len(single))
    return Asked(
        keys.mixed(
            np.concatenate([both[born] + keys.PAIR, both[unborn] + keys.PAIR_UNBORN, alone])
        ),
        np.concatenate([first[born], first[unborn], each]),
        np.concatenate([second[born], second[unborn], np.full(len(each), none)]),
        worth,
    )


def _worth(
    how: Places, covered: Scores, halved: npt.NDArray[np.bool_], bits: list[float], by: Weights
) -> Scores:
    """What each sound is worth, spread over the words that it covers; of a half the whole word."""
    per_bit = np.array([by.per_bit[each] for each in keys.RELATIONS], dtype=np.float32)
    always = np.array([by.always[each] for each in keys.RELATIONS], dtype=np.float32)
    wide = covered.sum(axis=1)
    told = np.minimum(covered @ np.array(bits, dtype=np.float32), MOST_BITS)
    weight = told * per_bit[how] + always[how] + ((wide > 1) | halved) * by.joined
    return covered * (np.maximum(weight, _LEAST) / wide)[:, None]


def _pairs(stands_for: Places, halved: Places) -> tuple[Places, Places, npt.NDArray[np.bool_]]:
    """Sounds that may stand in one name beside each other, and which are the halves of one word."""
    apart = (stands_for[:, None] & stands_for[None, :]) == 0
    halves = (halved[:, None] == halved[None, :]) & (halved > 0)
    ones, others = np.nonzero(np.triu(apart | halves, 1))
    return ones, others, halves[ones, others]


def _with_single(birth: PartialDate | None) -> keys.Keys:
    """What a single sound is looked up with: nothing (where it is rare, or alone), the birth."""
    plain = np.array([keys.RARE, keys.ONLY], dtype=np.uint64)
    if birth is None:
        return plain
    # A year off with the same day is met by the day, and with another day it says nothing.
    years = np.arange(birth.earliest().year, birth.latest().year + 1).astype(np.uint64)
    dated = [years + keys.YEAR]
    if birth.month and birth.day and (birth.month, birth.day) != (1, 1):
        dated.append(np.array([birth.month * 32 + birth.day], dtype=np.uint64) + keys.DAY)
    return np.concatenate([plain, keys.mixed(np.concatenate(dated))])
