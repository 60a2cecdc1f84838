"""Under which keys a name is looked up: two sounds together, or one with something else."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from openmidas.documents import PartialDate
from openmidas.screening.compiled import keys
from openmidas.screening.compiled.columns import Scores
from openmidas.screening.compiled.postings import Places
from openmidas.screening.compiled.vocabulary import Near
from openmidas.screening.tokens import MOST_BITS
from openmidas.screening.weights import Weights

_PLACES = np.arange(64)
_LEAST = np.float32(0.1)
"""Whatever little it weighs, a word that was met is told from one that was not."""


class Sounds(NamedTuple):
    """Sounds that a name may have: their hashes, how they go together with our words, and which words
    those are (bits).

    `how` are places in `keys.RELATIONS`. Two halves of one word have the same `halved`, above 0.
    """

    hashes: keys.Keys
    how: Places
    words: Places
    halved: Places

    @classmethod
    def of(cls, parts: list[tuple[Near, int]], halves: list[Half]) -> Sounds:
        """Those that are like words of ours, each with its bits, and those that are halves of one."""
        near = [part for part, _ in parts]
        sizes = [len(part.sounds) for part in near]
        hows = [part.how for part in near]
        if halves:
            hashes = np.array([half.sound for half in halves], dtype=np.uint64)
            hows.append(np.full(len(halves), keys.SAME_SOUND))
        words = np.repeat([bits for _, bits in parts], sizes)
        return cls(
            np.concatenate([*(part.sounds for part in near), *([hashes] if halves else [])]),
            np.concatenate(hows),
            np.concatenate([words, [half.words for half in halves]]).astype(np.int64),
            np.array([0] * sum(sizes) + [half.number for half in halves]),
        )


class Half(NamedTuple):
    """A sound that is half of the word with these bits; the other half has the same `number`."""

    sound: int
    words: int
    number: int


class Asked(NamedTuple):
    """Keys, and of each what it is worth: in bits, as comparing weighs it, a row for each word of ours."""

    keys: keys.Keys
    worth: Scores


class Least(NamedTuple):
    """What a name must weigh to matter, if the listing is born in another year, or nobody knows."""

    born: float
    unborn: float


NO_LEAST = Least(-math.inf, -math.inf)


class Scale:
    """What a word weighs that goes together with another in each of `keys.RELATIONS`."""

    def __init__(self, by: Weights) -> None:
        self._per_bit = np.array([by.per_bit[each] for each in keys.RELATIONS], dtype=np.float32)
        self._always = np.array([by.always[each] for each in keys.RELATIONS], dtype=np.float32)
        self._joined = by.joined

    def weigh(self, sounds: Sounds, bits: list[float]) -> Scores:
        """What each sound is worth, spread over the words that it covers; of a half the whole word.

        A row for each word.
        """
        covered = (sounds.words >> _PLACES[: len(bits), None] & 1).astype(np.float32)
        wide = covered.sum(axis=0)
        told = np.minimum(np.array(bits, dtype=np.float32) @ covered, MOST_BITS)
        weight = told * self._per_bit.take(sounds.how) + self._always.take(sounds.how)
        weight += ((wide > 1) | (sounds.halved > 0)) * np.float32(self._joined)
        worth: Scores = covered * (np.maximum(weight, _LEAST) / wide)
        return worth


def ask(
    sounds: Sounds,
    bits: list[float],
    birth: PartialDate | None,
    scale: Scale,
    least: Least = NO_LEAST,
) -> Asked:
    """All keys of a name, of which there is at least one sound. `bits`: what its words tell.

    Two sounds are left out that lead to names worth less than `least`, whatever else meets them.
    """
    hashes = sounds.hashes
    whole = scale.weigh(sounds, bits)
    # Half a word is worth nothing by itself: such keys lead to what else meets the listing.
    single_worth = whole * (sounds.halved == 0)
    ones, others, halves = _pairs(sounds)
    most = whole.max(axis=1, keepdims=True)
    beyond = (single_worth - (single_worth > 0) * most).sum(axis=0)
    name = float(most.sum()) + beyond.take(ones) + beyond.take(others)
    name[halves] = math.inf  # what is met by a half and a year is told from chance by this alone
    born, unborn = (name >= least.born).nonzero()[0], (name >= least.unborn).nonzero()[0]
    both = np.concatenate([born, unborn])
    about = np.array([keys.PAIR, keys.PAIR_UNBORN]).repeat([len(born), len(unborn)])
    ones, others = ones.take(both), others.take(both)
    pair_worth = single_worth.take(ones, axis=1) + single_worth.take(others, axis=1)
    if sounds.halved[-1]:
        halves = halves.take(both)
        pair_worth[:, halves] = whole.take(ones[halves], axis=1)
    single = _with_single(birth)
    return Asked(
        keys.mixed(
            np.concatenate(
                [hashes.take(ones) + hashes.take(others) + about, (hashes ^ single).reshape(-1)]
            )
        ),
        np.concatenate([pair_worth, *[single_worth] * len(single)], axis=1),
    )


def _pairs(sounds: Sounds) -> tuple[Places, Places, npt.NDArray[np.bool_]]:
    """Sounds that may stand in one name beside each other, and which are the halves of one word."""
    words, halved = sounds.words, sounds.halved
    apart = (words[:, None] & words) == 0
    if halved[-1]:
        apart |= (halved[:, None] == halved) & (halved > 0)
    ones, others = np.nonzero(apart & _upper(len(words)))
    half = halved.take(ones)
    return ones, others, (half > 0) & (half == halved.take(others))


@lru_cache(maxsize=256)
def _upper(size: int) -> npt.NDArray[np.bool_]:
    """Each pair of so many once."""
    return np.triu(np.ones((size, size), dtype=np.bool_), 1)


def _with_single(birth: PartialDate | None) -> keys.Keys:
    """What a single sound is looked up with, a row each: nothing (where it is rare, or alone), the
    birth.
    """
    single = [int(keys.RARE), int(keys.ONLY)]
    if birth is not None:
        # A year off with the same day is met by the day, and with another day it says nothing.
        for year in range(birth.earliest().year, birth.latest().year + 1):
            single.append(keys.mixed_one(year + int(keys.YEAR)))
        if birth.month and birth.day and (birth.month, birth.day) != (1, 1):
            single.append(keys.mixed_one(birth.month * 32 + birth.day + int(keys.DAY)))
    return np.array(single, dtype=np.uint64)[:, None]
