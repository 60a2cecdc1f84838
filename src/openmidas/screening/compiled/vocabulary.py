"""The words of all listed names: how many bear each, and which are like a given one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA

from openmidas.screening.compiled import keys
from openmidas.screening.compiled.layout import Layout
from openmidas.screening.compiled.postings import Postings

_MOST_FOUND = 2048
_LONGEST_WORD = 256


class Wanted(NamedTuple):
    """A word to look for, the names that it is a form of, and whether slips are allowed for."""

    word: str
    groups: frozenset[int]
    slips: bool


class Near(NamedTuple):
    """Sounds that are like a word, as their hashes, and how (places in `RELATIONS`); likest first."""

    sounds: keys.Keys
    how: npt.NDArray[np.int64]


class Words:
    """The vocabulary of a file. It counts as `Counts` of `screening` do."""

    def __init__(self, layout: Layout, postings: Postings) -> None:
        self._text = layout["WORDS"]
        self._ends = layout["WORDENDS"]
        self._keys = layout["WORDKEYS"]
        self._borne = layout["WORDSOF"]
        self._group = layout["GROUPOF"]
        self._sounds = layout["SOUNDS"]
        self._sounding = layout["SOUNDSOF"]
        self._postings = postings
        self.total = layout.meta.names

    def __len__(self) -> int:
        return len(self._ends)

    def bearers(self, token: str) -> int:
        """How many names have this word."""
        at = self._first_from(token)
        return int(self._borne[at]) if at < len(self) and self[at] == token else 0

    def sounding(self, sound: str) -> int:
        """How many names have a word of this sound (`skeleton`)."""
        at = self._place(keys.hashed(sound))
        return 0 if at is None else int(self._sounding[at])

    def together(self, sound: str, other: str) -> int:
        """How many listings have words of both sounds in one name."""
        both = keys.hashed(sound) + keys.hashed(other)
        return sum(
            self._postings.count(keys.mixed_one(both + int(about)))
            for about in (keys.PAIR, keys.PAIR_UNBORN)
        )

    def known(self, sounds: keys.Keys) -> npt.NDArray[np.bool_]:
        """Whether any word has the sounds with these hashes."""
        if not len(self._sounds):
            return np.zeros(sounds.shape, dtype=np.bool_)
        places = np.minimum(np.searchsorted(self._sounds, sounds), len(self._sounds) - 1)
        found: npt.NDArray[np.bool_] = self._sounds[places] == sounds
        return found

    def near(self, wanted: Sequence[Wanted], most: int) -> list[Near]:
        """For each word the sounds of words that are like it, at most so many."""
        signs = [
            (at, sign, how)
            for at, each in enumerate(wanted)
            for sign, how in keys.signs_wanted(each.word, each.groups, slips=each.slips).items()
        ]
        under = keys.about(keys.numbers_of(sign for _, sign, _ in signs), keys.SIGN)
        found = self._postings.find(under, _MOST_FOUND * len(wanted))
        met: list[dict[int, int]] = [{} for _ in wanted]
        for number, place in zip(found.numbers.tolist(), found.under.tolist(), strict=True):
            at, sign, how = signs[place]
            if how <= met[at].get(number, -1):
                continue
            if sign[0] != "d" or self._differs_little(wanted[at].word, number):
                met[at][number] = how
        return [self._grouped(numbers, most) for numbers in met]

    def beginning(self, word: str, most: int) -> Near:
        """The same for words that go on where this one, cut off, ends; the most borne of them."""
        first, end = self._first_from(word), self._first_from(word + "\x7f")
        words = np.arange(first, end)
        if len(words) > most:
            order = np.argsort(-self._borne[words].astype(np.int64), kind="stable")
            words = words[order[:most]]
        return self._grouped(dict.fromkeys(words.tolist(), keys.START), most)

    def __getitem__(self, at: int) -> str:
        """The word of this number, by the alphabet."""
        start = int(self._ends[at - 1]) if at else 0
        end = min(int(self._ends[at]), start + _LONGEST_WORD)
        return self._text[start:end].tobytes().decode("ascii", "replace")

    def _differs_little(self, word: str, number: int) -> bool:
        """Whether it is one slip: the signs of words that differ in two meet as well."""
        return number < len(self) and OSA.distance(word, self[number], score_cutoff=1) <= 1

    def _grouped(self, numbers: dict[int, int], most: int) -> Near:
        """The sounds of these words, each as like as the likest of them."""
        best: dict[int, int] = {}
        for number, how in numbers.items():
            if number < len(self):
                group = int(self._group[number])
                if how > best.get(group, -1) and group < len(self._sounds):
                    best[group] = how
        chosen = sorted(best.items(), key=lambda item: (-item[1], item[0]))[:most]
        groups = np.array([group for group, _ in chosen], dtype=np.int64)
        hows = np.array([how for _, how in chosen], dtype=np.int64)
        return Near(self._sounds[groups], hows)

    def _place(self, sound: int) -> int | None:
        at = int(self._sounds.searchsorted(np.uint64(sound)))
        return at if at < len(self._sounds) and self._sounds[at] == sound else None

    def _first_from(self, word: str) -> int:
        """The number of the first word that is not before this one."""
        key = np.uint64(key_of(word.encode("ascii", "replace")))
        low = int(self._keys.searchsorted(key, "left"))
        high = int(self._keys.searchsorted(key, "right"))
        while low < high:
            middle = (low + high) // 2
            if self[middle] < word:
                low = middle + 1
            else:
                high = middle
        return low


def key_of(word: bytes) -> int:
    """The first eight letters of a word as a number, so that numbers stand in the order of words."""
    return int.from_bytes(word[:8].ljust(8, b"\0"), "big")
