"""Under which 64-bit numbers listings and words stand in the postings.

Numbers are hashes: two things that share one by chance cost a candidate too many, never one too few.
They are made of what `names` and the table of names say of a word, so a file is of use only where
those say the same (`keying`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from openmidas.screening.names import (
    consonants,
    frame,
    is_vowelless,
    skeleton,
    without_article,
)
from openmidas.screening.nametable import shipped_table
from openmidas.screening.relations import Relation

Keys = npt.NDArray[np.uint64]

_SAMPLE = (
    *("DJALLO", "JALLOW", "OUATTARA", "MUELLER", "CEESAY", "SESAY", "TRAORE", "KONEH", "NDIAYE"),
    *("YACOUBA", "QUAYE", "THIAM", "FATOUMATA", "MOHAMED", "MHMD", "ABDULRAHMAN", "CHRISTOPHE"),
    *("TCHANGARI", "SZYMON", "NHAMADJO", "GUEYE", "AISSATOU", "VLADIMIR", "BAAH", "ELSAYED"),
)


# What a key is about. Each sends the same words to other numbers.
PAIR, PAIR_UNBORN, YEAR, DAY, RARE, ONLY, NUMBER, SIGN = (
    np.uint64(at * 0x9E3779B97F4A7C15 % 2**64) for at in range(1, 9)
)

SHORTEST_SLIPPED = 4
_FEWEST_CONSONANTS = 3


def hashed(text: str) -> int:
    """A text as a number of 64 bits, the same on every machine."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little")


@lru_cache(maxsize=50_000)
def sound(token: str) -> int:
    """What a word is posted under: all spellings of one sound are one number."""
    return hashed(skeleton(token))


def mixed(numbers: Keys) -> Keys:
    """Spread evenly over 64 bits (the last step of SplitMix64)."""
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return numbers ^ (numbers >> np.uint64(31))


def mixed_one(number: int) -> int:
    """The same of one number."""
    number %= 2**64
    number = (number ^ (number >> 30)) * 0xBF58476D1CE4E5B9 % 2**64
    number = (number ^ (number >> 27)) * 0x94D049BB133111EB % 2**64
    return number ^ (number >> 31)


def paired(ones: Keys, others: Keys, unborn: npt.NDArray[np.bool_]) -> Keys:
    """Two words of one name, in whatever order; apart those of listings without a year of birth."""
    return mixed(ones + others + np.where(unborn, PAIR_UNBORN, PAIR))


def with_number(sounds: Keys, numbers: npt.NDArray[np.int64], about: np.uint64) -> Keys:
    """A word with a year, or with month and day."""
    return mixed(sounds ^ mixed(numbers.astype(np.uint64) + about))


def about(sounds: Keys, what: np.uint64) -> Keys:
    """A word, a number of a document or a variant of a word by itself."""
    return mixed(sounds ^ what)


def numbers_of(texts: Iterable[str]) -> Keys:
    """Texts as an array of their hashes."""
    return np.array([hashed(text) for text in texts], dtype=np.uint64)


RELATIONS: tuple[Relation, ...] = (
    "start", "near", "same_consonants", "one_slip", "same_name", "same_sound"
)  # fmt: skip
"""What words may be to each other that share a sign; of two, the later one is told."""
START, SLIP_OF_SOUND, SAME_CONSONANTS, SLIP, SAME_NAME, SAME_SOUND = range(len(RELATIONS))


def signs_of(word: str, groups: Iterable[int]) -> dict[str, int]:
    """The signs that a word of a listing stands under, and the place in `RELATIONS` of what they tell.

    `groups`: the names that it is a form of. The signs are its sound, with and without an article
    that may be written to it, each of these names, its consonants, and itself and its sound without
    one letter: of two words that differ in one letter, or have two neighbours swapped, one such is
    the same.
    """
    own, bare = skeleton(word), consonants(word)
    signs = {f"g{group}": SAME_NAME for group in groups}
    if unarticled := without_article(word):
        signs[f"s{unarticled}"] = SAME_NAME
    signs[f"s{own}"] = SAME_SOUND
    if len(bare) >= _FEWEST_CONSONANTS:
        signs[f"f{own[0]}{frame(word)}"] = SAME_CONSONANTS
        signs[f"c{bare}"] = SAME_CONSONANTS
        if is_vowelless(word):
            signs[f"v{bare}"] = SAME_CONSONANTS
    if len(word) >= SHORTEST_SLIPPED:
        signs |= {f"d{less}": SLIP for less in _with_one_less(word)}
    if len(own) >= SHORTEST_SLIPPED + 1:
        signs |= {f"e{less}": SLIP_OF_SOUND for less in _with_one_less(own)}
    return signs


def signs_wanted(word: str, groups: Iterable[int], *, slips: bool) -> dict[str, int]:
    """The signs that a word of ours is looked up by; without `slips`, by what it sounds like only."""
    signs = signs_of(word, groups)
    if not slips:
        signs = {sign: how for sign, how in signs.items() if sign[0] not in "de"}
    # Consonants alone count where one of the two has no vowels to compare.
    vowelless = is_vowelless(word)
    bare = consonants(word)
    if len(bare) >= _FEWEST_CONSONANTS:
        signs[f"v{bare}"] = SAME_CONSONANTS
        if not vowelless:
            signs.pop(f"c{bare}")
    return signs


def _with_one_less(text: str) -> Iterator[str]:
    yield text
    for at in range(len(text)):
        yield text[:at] + text[at + 1 :]


@lru_cache(maxsize=1)
def keying() -> str:
    """What words are posted under, in short: files that were made otherwise are made anew."""
    groups = shipped_table().groups
    signs = [sorted(signs_of(word, groups(word))) for word in _SAMPLE]
    return f"{hashed(repr(signs)):016x}"
