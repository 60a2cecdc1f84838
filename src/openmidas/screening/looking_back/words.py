"""The words of some listings' names, and which of them a word of a traveller's may go together with.

`likely` finds every listed word that `relations.relate` could relate to a given one, and a few more:
what two words weigh beside each other is asked of `alignments.align` itself, so that no rule of
comparing stands here a second time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from openmidas.screening.alignments import align
from openmidas.screening.evidence import Query
from openmidas.screening.listings import Listing
from openmidas.screening.names import consonants, skeleton, words_of
from openmidas.screening.nametable import shipped_table
from openmidas.screening.prepared import PreparedName, PreparedQuery
from openmidas.screening.tokens import Lexicon
from openmidas.screening.weights import shipped_weights

Worth = tuple[tuple[int, float], ...]
"""Listings by number, and what a word of ours may add to the score beside each, in bits."""

SHORTEST_START = 3
LEAST_LIKE = 0.6
"""Words of which fewer letters stay are two names (`relations`)."""
LEAST_LIKE_JOINED = 0.8
MOST_KEPT = 1_000_000
_LENGTHS_APART = 2
_TOGETHER = 4096


class Words:
    """The words of the names of some listings; two neighbours written as one among them."""

    def __init__(self, listings: Sequence[Listing], lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._bearers: defaultdict[str, set[int]] = defaultdict(set)
        self._joined: defaultdict[str, set[int]] = defaultdict(set)
        for number, listing in enumerate(listings):
            for name in listing.names:
                tokens = words_of(name.text)
                for token in tokens:
                    self._bearers[token].add(number)
                for one, two in pairwise(tokens):
                    self._joined[one + two].add(number)
        self._single = _Vocabulary(self._bearers)
        self._all = _Vocabulary({*self._joined, *self._bearers})
        self._lengths = {
            len(word) + apart
            for word in self._bearers
            for apart in range(-_LENGTHS_APART, _LENGTHS_APART + 1)
        }
        self._known: dict[tuple[str, bool], Worth] = {}
        self._known_joined: dict[str, Worth] = {}

    def worth(self, word: str, *, cut: bool = False) -> Worth:
        """What a word of ours may add beside each listing; nothing where that is nothing.

        `cut`: the word is the last one of a name that was cut off.
        """
        found = self._known.get((word, cut))
        if found is None:
            found = self._known[word, cut] = self._weigh(word, self._all.likely(word), cut=cut)
        return found

    def worth_joined(self, one: str, two: str) -> Worth:
        """The same for two neighbours written as one, beside single words of theirs."""
        found = self._known_joined.get(one + two)
        if found is None:
            likely = self._single.likely(one + two) if self._as_long(one + two) else ()
            found = self._known_joined[one + two] = self._weigh(one + two, likely)
        return found

    def meet(self, names: Iterable[Sequence[str]]) -> None:
        """Look at all words of these names together: much faster than one by one."""
        if len(self._known) + len(self._known_joined) > MOST_KEPT:
            self._known.clear()
            self._known_joined.clear()
        singles: dict[str, None] = {}
        joined: dict[str, None] = {}
        for name in names:
            singles.update(dict.fromkeys(name))
            joined.update(dict.fromkeys(one + two for one, two in pairwise(name)))
        new = [word for word in singles if (word, False) not in self._known]
        for word, likely in zip(new, self._all.all_likely(new, LEAST_LIKE), strict=True):
            self._known[word, False] = self._weigh(word, likely)
        unknown = [word for word in joined if word not in self._known_joined]
        self._known_joined.update(dict.fromkeys(unknown, ()))
        new = [word for word in unknown if self._as_long(word)]
        for word, likely in zip(new, self._single.all_likely(new, LEAST_LIKE_JOINED), strict=True):
            self._known_joined[word] = self._weigh(word, likely)

    def _as_long(self, joined: str) -> bool:
        """Whether any listed word is about as long: others are not compared with two as one."""
        return len(joined) in self._lengths

    def _weigh(self, word: str, likely: Iterable[str], *, cut: bool = False) -> Worth:
        best: dict[int, float] = {}
        query = None
        for other in likely:
            query = query or PreparedQuery(Query(surname=word, name_truncated=cut), self._lexicon)
            name = PreparedName((self._lexicon.token(other),), self._lexicon)
            weight = align(query, name, shipped_weights()).weight
            if weight > 0:
                for number in self._bearers.get(other, set()) | self._joined.get(other, set()):
                    best[number] = max(weight, best.get(number, 0.0))
        return tuple(best.items())


class _Vocabulary:
    """Words of listings by all that can relate another word to them."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = sorted(words)
        self._sounds = [skeleton(word) for word in self._words]
        self._by: defaultdict[tuple[str, object], list[str]] = defaultdict(list)
        for word in self._words:
            for sign in self._signs(word):
                self._by[sign].append(word)
            for end in range(SHORTEST_START, len(word)):
                self._by["start", word[:end]].append(word)
            self._by["letter", word[0]].append(word)

    def likely(self, word: str) -> set[str]:
        """Every word that may be related to this one."""
        return self.all_likely([word], LEAST_LIKE)[0]

    def all_likely(self, words: list[str], least: float) -> list[set[str]]:
        """The same for many. `least`: how large a share of letters stays, where that is asked."""
        found = [self._by_signs(word) for word in words]
        sounds = [skeleton(word) for word in words]
        for ours, theirs in ((words, self._words), (sounds, self._sounds)):
            for at, other in self._alike(ours, theirs, least):
                found[at].add(self._words[other])
        return found

    def _by_signs(self, word: str) -> set[str]:
        found: set[str] = set()
        for sign in self._signs(word):
            found.update(self._by.get(sign, ()))
        found.update(self._by.get(("start", word), ()))
        for end in range(SHORTEST_START, len(word)):
            found.update(self._by.get(("text", word[:end]), ()))
        if len(word) == 1:
            found.update(self._by.get(("letter", word), ()))
        else:
            found.update(self._by.get(("text", word[0]), ()))
        return found

    def _signs(self, word: str) -> list[tuple[str, object]]:
        return [
            ("text", word),
            ("sound", skeleton(word)),
            ("consonants", consonants(word)),
            *(("group", group) for group in shipped_table().groups(word)),
        ]

    def _alike(self, ours: list[str], theirs: list[str], least: float) -> Iterator[tuple[int, int]]:
        """Places of words of which at least such a share of letters is the same."""
        if not theirs:
            return
        for first in range(0, len(ours), _TOGETHER):
            some = ours[first : first + _TOGETHER]
            like = cdist(some, theirs, scorer=OSA.normalized_similarity, score_cutoff=least)
            for at, other in np.argwhere(like).tolist():
                yield first + at, other
