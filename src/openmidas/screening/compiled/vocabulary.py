"""The words of all listed names: how many bear each, and which are like a given one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA

from openmidas.screening.compiled import keys
from openmidas.screening.compiled.layout import Layout
from openmidas.screening.compiled.postings import Postings
from openmidas.screening.places import Places

_MOST_FOUND = 2048
_LONGEST_WORD = 256
_LETTERS_OF_KEY = 8
_SHORTEST_HALF = 3


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
        self._place_of_sound = Places(self._sounds, 64)
        self._sounding = layout["SOUNDSOF"]
        self._postings = postings
        self.total = layout.meta.names
        self.lists = max(1, len(layout.meta.lists))

    def __len__(self) -> int:
        return len(self._ends)

    def bearers(self, token: str) -> int:
        """How many names have this word."""
        at = self._number(token)
        return 0 if at is None else int(self._borne[at])

    def sounding(self, sound: str) -> int:
        """How many names have a word of this sound (`skeleton`)."""
        places = self._place_of_sound.all(keys.hashed(sound))
        return int(self._sounding[places[0]]) if places else 0

    def together(self, sound: str, other: str) -> int:
        """How many listings have words of both sounds in one name."""
        both = keys.hashed(sound) + keys.hashed(other)
        return sum(
            self._postings.count(keys.mixed_one(both + int(about)))
            for about in (keys.PAIR, keys.PAIR_UNBORN)
        )

    def halves(self, word: str) -> list[tuple[int, int]]:
        """The sounds of the two words that it can be cut into, where there are such words."""
        cuts = range(_SHORTEST_HALF, len(word) - _SHORTEST_HALF + 1)
        begun = self._known([keys.sound(word[:cut]) for cut in cuts])
        some = [cut for cut, known in zip(cuts, begun, strict=True) if known]
        ended = self._known([keys.sound(word[cut:]) for cut in some])
        known = [cut for cut, known in zip(some, ended, strict=True) if known]
        return [(keys.sound(word[:cut]), keys.sound(word[cut:])) for cut in known]

    def _known(self, sounds: list[int]) -> list[bool]:
        """Whether any word has the sounds with these hashes."""
        if not (sounds and len(self._sounds)):
            return [False] * len(sounds)
        wanted = np.array(sounds, dtype=np.uint64)
        places = np.minimum(self._sounds.searchsorted(wanted), len(self._sounds) - 1)
        found: list[bool] = (self._sounds.take(places) == wanted).tolist()
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
        count = len(self)
        for number, place in zip(found.numbers.tolist(), found.under.tolist(), strict=True):
            at, sign, how = signs[place]
            if number >= count or how <= met[at].get(number, -1):
                continue
            if sign[0] != "d" or self._differs_little(wanted[at].word, number):
                met[at][number] = how
        return self._grouped(met, most)

    def beginning(self, word: str, most: int) -> Near:
        """The same for words that go on where this one, cut off, ends; the most borne of them."""
        first, end = self._first_from(word), self._first_from(word + "\x7f")
        words = np.arange(first, end)
        if len(words) > most:
            order = np.argsort(-self._borne[words].astype(np.int64), kind="stable")
            words = words[order[:most]]
        return self._grouped([dict.fromkeys(words.tolist(), keys.START)], most)[0]

    def __getitem__(self, at: int) -> str:
        """The word of this number, by the alphabet."""
        start = int(self._ends[at - 1]) if at else 0
        end = min(int(self._ends[at]), start + _LONGEST_WORD)
        return self._text[start:end].tobytes().decode("ascii", "replace")

    def _differs_little(self, word: str, number: int) -> bool:
        """Whether it is one slip: the signs of words that differ in two meet as well."""
        return OSA.distance(word, self[number], score_cutoff=1) <= 1

    def _grouped(self, met: Sequence[dict[int, int]], most: int) -> list[Near]:
        """The sounds of words by their numbers, each as like as the likest of them."""
        words = np.array([number for each in met for number in each], dtype=np.int64)
        groups = iter(self._group.take(words).tolist())
        return [
            self._likest(zip(islice(groups, len(each)), each.values(), strict=True), most)
            for each in met
        ]

    def _likest(self, found: Iterable[tuple[int, int]], most: int) -> Near:
        best: dict[int, int] = {}
        for group, how in found:
            if how > best.get(group, -1) and group < len(self._sounds):
                best[group] = how
        chosen = sorted([(-how, group) for group, how in best.items()])[:most]
        places = np.array([group for _, group in chosen], dtype=np.int64)
        hows = np.array([-how for how, _ in chosen], dtype=np.int64)
        return Near(self._sounds.take(places), hows)

    def _number(self, word: str) -> int | None:
        """The number of a word, None where it is none of them."""
        if len(word) < _LETTERS_OF_KEY:
            key = key_of(word.encode("ascii", "replace"))
            at = int(self._keys.searchsorted(np.uint64(key)))
            return at if at < len(self) and int(self._keys[at]) == key else None
        at = self._first_from(word)
        return at if at < len(self) and self[at] == word else None

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
    return int.from_bytes(word[:_LETTERS_OF_KEY].ljust(_LETTERS_OF_KEY, b"\0"), "big")
