"""Some thousand listings at a time, taken apart into what they are posted under."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from openmidas.screening.compiled import keys
from openmidas.screening.compiled.postings import Places, expand, posted
from openmidas.screening.listings import Listing
from openmidas.screening.names import is_particle, words_of
from openmidas.screening.numbers import number_key

MOST_YEARS = 4
"""A birth that may be in more years than this is posted as if it were not known."""


def names_somebody(token: str) -> bool:
    """Whether a word is posted: neither an initial nor one that links or honours."""
    return len(token) > 1 and not is_particle(token)


def months_and_days(listing: Listing) -> Iterator[tuple[int, int]]:
    """Each known day of birth as a number of month and day; 1 January stands for any day."""
    for birth in listing.births:
        day = birth.earliest
        if day is not None and day == birth.latest and (day.month, day.day) != (1, 1):
            yield day.year, day.month * 32 + day.day


def years(listing: Listing) -> set[int]:
    """The years that a listing may be born in; none where that is not known well."""
    found: set[int] = set()
    for birth in listing.births:
        if birth.earliest is None or birth.latest is None:
            return set()
        span = range(birth.earliest.year, birth.latest.year + 1)
        if len(span) > MOST_YEARS:
            return set()
        found.update(span)
    return found if len(found) <= 2 * MOST_YEARS else set()


class Lexemes:
    """Every word met, numbered as it came; of each its sound and how many names have it."""

    def __init__(self) -> None:
        self._number: dict[str, int] = {}
        self._sounds = array("Q")
        self._borne = np.zeros(0, dtype=np.int64)

    def __len__(self) -> int:
        return len(self._sounds)

    def number(self, word: str) -> int:
        """The number of a word, its own from now on."""
        found = self._number.get(word)
        if found is None:
            found = self._number[word] = len(self._sounds)
            self._sounds.append(keys.sound(word))
        return found

    def count(self, words: Places) -> None:
        """So many names more have these words."""
        counts = np.bincount(words, minlength=len(self))
        counts[: len(self._borne)] += self._borne
        self._borne = counts

    def words(self) -> list[str]:
        """The words in the order they came."""
        return list(self._number)

    def sounds(self) -> keys.Keys:
        """The sound of each."""
        return np.array(self._sounds, dtype=np.uint64)

    def borne(self) -> Places:
        """How many names have each."""
        return np.pad(self._borne, (0, len(self) - len(self._borne)))


class Gathered:
    """A number of listings, the first of which is number `first`, and their postings."""

    def __init__(self, first: int, listings: Sequence[Listing], lexemes: Lexemes) -> None:
        self._first = first
        self.names = 0
        self.fewest: list[int] = []
        words: list[int] = []
        lengths: list[int] = []
        owners: list[int] = []
        for at, listing in enumerate(listings):
            fewest = 15
            for name in listing.names:
                tokens = [token for token in words_of(name.text) if names_somebody(token)]
                fewest = min(fewest, len(tokens))
                words += [lexemes.number(token) for token in tokens]
                lengths.append(len(tokens))
                owners.append(at)
            self.names += len(listing.names)
            self.fewest.append(fewest if listing.names else 0)
        self._words = np.array(words, dtype=np.int64)
        self._lengths = np.array(lengths, dtype=np.int64)
        self._owners = np.array(owners, dtype=np.int64)
        lexemes.count(self._words)
        self._sounds: keys.Keys = lexemes.sounds()[self._words]
        self._gather_births(listings)
        self._numbers = [
            (at, key)
            for at, listing in enumerate(listings)
            for document in listing.documents
            if (key := number_key(document.number))
        ]

    def words(self) -> tuple[Places, Places]:
        """Each word of each name (its number), and the number of its listing."""
        return self._words, np.repeat(self._owners, self._lengths) + self._first

    def postings(self) -> Iterator[keys.Keys]:
        """All that these listings are posted under, but for their rare words."""
        yield from self._pairs()
        owners = np.repeat(self._owners, self._lengths)
        for table, about in ((self._years, keys.YEAR), (self._days, keys.DAY)):
            starts = np.searchsorted(table[0], owners, "left")
            places, of = expand(starts, np.searchsorted(table[0], owners, "right") - starts)
            under = keys.with_number(self._sounds[of], table[1][places], about)
            yield posted(under, owners[of] + self._first)
        if self._numbers:
            hashes = keys.numbers_of(key for _, key in self._numbers)
            places = np.array([at for at, _ in self._numbers])
            yield posted(keys.about(hashes, keys.NUMBER), places + self._first)

    def _pairs(self) -> Iterator[keys.Keys]:
        """Each two words of a name; a name that has only one by itself."""
        starts = np.cumsum(self._lengths) - self._lengths
        unborn = ~np.isin(self._owners, self._years[0])
        for length in np.unique(self._lengths).tolist():
            chosen = np.flatnonzero(self._lengths == length)
            owners = self._owners[chosen] + self._first
            if length == 1:
                alone = keys.about(self._sounds[starts[chosen]], keys.ONLY)
                yield posted(alone, owners)
                continue
            for one in range(length - 1):
                for other in range(one + 1, length):
                    ones, others = starts[chosen] + one, starts[chosen] + other
                    both = keys.paired(self._sounds[ones], self._sounds[others], unborn[chosen])
                    yield posted(both, owners)

    def _gather_births(self, listings: Sequence[Listing]) -> None:
        years_found = [(at, year) for at, one in enumerate(listings) for year in sorted(years(one))]
        days_found = [
            (at, day)
            for at, one in enumerate(listings)
            for day in sorted({day for _, day in months_and_days(one)})
        ]
        self._years = _table(years_found)
        self._days = _table(days_found)


def _table(rows: list[tuple[int, int]]) -> tuple[Places, Places]:
    found: npt.NDArray[np.int64] = np.array(rows, dtype=np.int64).reshape(-1, 2)
    return found[:, 0], found[:, 1]
