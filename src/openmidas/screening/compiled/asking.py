"""Under which keys a name is looked up: two sounds together, or one with something else."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from openmidas.documents import PartialDate
from openmidas.screening.compiled import keys
from openmidas.screening.compiled.columns import Scores
from openmidas.screening.compiled.postings import Places


class Sound(NamedTuple):
    """A sound (its hash), how like our word it is, and which of our words it stands for (bits).

    Two halves of one word have the same `halved`, above 0.
    """

    sound: int
    likeness: float
    words: int
    halved: int = 0


class Asked(NamedTuple):
    """Keys, of each the one or two sounds that it is made of, and what each sound is worth.

    `worth` has a row for each sound and a column for each word of ours.
    """

    keys: keys.Keys
    ones: Places
    others: Places
    worth: Scores


def ask(sounds: list[Sound], words: int, birth: PartialDate | None) -> Asked:
    """All keys of a name of so many words, of which there is at least one sound."""
    hashes = np.array([sound.sound for sound in sounds], dtype=np.uint64)
    stands_for = np.array([sound.words for sound in sounds], dtype=np.int64)
    likeness = np.array([sound.likeness for sound in sounds], dtype=np.float32)
    ones, others = _pairs(stands_for, np.array([sound.halved for sound in sounds]))
    both = hashes[ones] + hashes[others]
    single = _with_single(birth)
    alone = (hashes[None, :] ^ single[:, None]).reshape(-1)
    each = np.tile(np.arange(len(sounds)), len(single))
    covered = stands_for[:, None] >> np.arange(words) & 1
    return Asked(
        keys.mixed(np.concatenate([both + keys.PAIR, both + keys.PAIR_UNBORN, alone])),
        np.concatenate([ones, ones, each]),
        np.concatenate([others, others, each]),
        likeness[:, None] * covered.astype(np.float32),
    )


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
