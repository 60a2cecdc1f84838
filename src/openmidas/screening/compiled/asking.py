"""Under which keys a name is looked up: two sounds together, or one with something else."""

from __future__ import annotations

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
    """Keys, and of each the one or two sounds that it is made of.

    `worth` has a row for each of the sounds, the last one for none, and a column for each word of
    ours: in bits, as comparing weighs it. One sound may stand for several words of ours (`shared`):
    `sound` numbers those that differ, `best` is what each is worth at most, `wide` of how many words.
    """

    keys: keys.Keys
    ones: Places
    others: Places
    worth: Scores
    sound: Places
    best: Scores
    wide: Places

    @property
    def shared(self) -> bool:
        """Whether any sound stands for several words of ours."""
        return len(self.best) < len(self.worth)


def ask(sounds: list[Sound], bits: list[float], birth: PartialDate | None, by: Weights) -> Asked:
    """All keys of a name, of which there is at least one sound. `bits`: what its words tell."""
    hashes = np.array([sound.sound for sound in sounds], dtype=np.uint64)
    stands_for = np.array([sound.words for sound in sounds], dtype=np.int64)
    halved = np.array([sound.halved for sound in sounds], dtype=np.int64)
    how = np.array([sound.how for sound in sounds], dtype=np.int64)
    ones, others = _pairs(stands_for, halved)
    both = hashes[ones] + hashes[others]
    single = _with_single(birth)
    alone = (hashes[None, :] ^ single[:, None]).reshape(-1)
    each = np.tile(np.arange(len(sounds)), len(single))
    none = np.full(len(each), len(sounds))
    covered = (stands_for[:, None] >> np.arange(len(bits)) & 1).astype(np.float32)
    worth = _worth(how, covered, halved > 0, bits, by)
    differ, sound = np.unique(hashes, return_inverse=True)
    best, wide = np.zeros(len(differ) + 1, dtype=np.float32), np.zeros(len(differ) + 1, dtype=np.int64)
    np.maximum.at(best, sound, worth[:-1].sum(axis=1))
    np.maximum.at(wide, sound, covered.sum(axis=1).astype(np.int64))
    return Asked(
        keys.mixed(np.concatenate([both + keys.PAIR, both + keys.PAIR_UNBORN, alone])),
        np.concatenate([ones, ones, each]),
        np.concatenate([others, others, none]),
        worth,
        np.append(sound, len(differ)),
        best,
        wide,
    )


def _worth(
    how: Places, covered: Scores, halved: npt.NDArray[np.bool_], bits: list[float], by: Weights
) -> Scores:
    """What each sound is worth, spread over the words that it covers; the halves of one, half each."""
    per_bit = np.array([by.per_bit[each] for each in keys.RELATIONS], dtype=np.float32)
    always = np.array([by.always[each] for each in keys.RELATIONS], dtype=np.float32)
    wide = covered.sum(axis=1)
    told = np.minimum(covered @ np.array(bits, dtype=np.float32), MOST_BITS)
    weight = told * per_bit[how] + always[how] + ((wide > 1) | halved) * by.joined
    shared = np.maximum(weight, _LEAST) / wide / np.where(halved, 2, 1)
    return np.concatenate([covered * shared[:, None], np.zeros_like(covered[:1])])


def _pairs(stands_for: Places, halved: Places) -> tuple[Places, Places]:
    """Sounds that may stand in one name beside each other."""
    apart = (stands_for[:, None] & stands_for[None, :]) == 0
    halves = (halved[:, None] == halved[None, :]) & (halved > 0)
    ones, others = np.nonzero(np.triu(apart | halves, 1))
    return ones, others


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
