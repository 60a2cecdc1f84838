"""Which of millions of listings are worth comparing with a traveller: forty at most, in a millisecond.

The words of the traveller's name are replaced by all sounds that are like them (`asking`). What was
met is put in order by what met it and by a glance at birth, nationality and sex, and the first ones
are kept.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from openmidas.documents import PartialDate
from openmidas.screening.compiled import keys
from openmidas.screening.compiled.asking import NO_LEAST, Half, Least, Scale, Sounds, ask
from openmidas.screening.compiled.columns import Columns, Scores
from openmidas.screening.compiled.layout import Layout
from openmidas.screening.compiled.postings import Places, Postings
from openmidas.screening.compiled.vocabulary import Near, Wanted, Words
from openmidas.screening.compiled.weighing import Met, weigh
from openmidas.screening.evidence import Query
from openmidas.screening.levels import BARE_NAME_BITS, WEAK_BITS
from openmidas.screening.prepared import PreparedQuery
from openmidas.screening.tokens import Token
from openmidas.screening.weights import Weights, shipped_weights

MOST = 40
"""So many candidates are kept."""
_MOST_POSTINGS = 12_000
_MOST_KEPT = 20_000
_MOST_WORDS = 8
_MOST_SOUNDS = 32
_MOST_LONGER = 128
_NONE: frozenset[int] = frozenset()
_ERRS, _ERRS_BARE = 4.0, 2.0
"""So much less than comparing would give them may be thought of those that are compared."""
_LEAST_BARE = BARE_NAME_BITS - _ERRS_BARE
_LIKELIEST_BARE = 10
"""So many are compared by a bare name whatever they seem worth: words that are only somewhat like, or begin
like one another, are met by comparing alone.
"""
_AFTER_ALL = 1.0
"""So much less than in comparing it costs that words were not met: they may be near each other."""


class Candidates:
    """Finds candidates in a file."""

    def __init__(self, layout: Layout) -> None:
        self._count = layout.listings
        meta = layout.meta
        self._postings = Postings(layout["BUCKETS"], layout["POSTINGS"], meta.bits, meta.width)
        self.words = Words(layout, self._postings)
        self._columns = Columns(layout)
        self._weights = shipped_weights()
        self._scale = Scale(self._weights)
        self._near: dict[Wanted, Near] = {}
        self._cut: dict[str, list[tuple[int, int]]] = {}

    def find(self, query: Query, prepared: PreparedQuery, most: int = MOST) -> list[int]:
        """Numbers of listings, the most promising first, after those with the document's number."""
        numbered = self._numbered(prepared.number)
        named = self._named(query, prepared, most)
        return numbered + [at for at in named if at not in numbered]

    def _numbered(self, key: str) -> list[int]:
        if not key:
            return []
        found = self._postings.find(keys.about(keys.numbers_of([key]), keys.NUMBER), _MOST_POSTINGS)
        return [at for at in np.unique(found.numbers).tolist() if at < self._count]

    def _named(self, query: Query, prepared: PreparedQuery, most: int) -> list[int]:
        words = [token for token in prepared.name.tokens if token.naming][:_MOST_WORDS]
        sounds = self._sounds(words, prepared) if words else None
        if sounds is None or not len(sounds.hashes):
            return []
        weights = self._weights
        least = prepared.prior_bits + weights.prior_offset + WEAK_BITS - _ERRS
        bare = query.birth is None and not query.number
        asked = ask(
            sounds,
            [word.sound_bits for word in words],
            query.birth,
            self._scale,
            NO_LEAST if bare else _least_of_name(query, least, weights),
        )
        found = weigh(self._postings.find(asked.keys, _MOST_POSTINGS), asked)
        listings, scores, met = self._likely(query, found, least, bare)
        scores += self._columns.glance(query, listings, weights)
        theirs = np.maximum(self._columns.fewest(listings) - met, 0) * (not prepared.truncated)
        ours = len(words) - met
        against = np.minimum(ours, theirs)
        scores += min(0.0, weights.clash + _AFTER_ALL) * against
        extra = np.maximum(ours, theirs) - against
        scores += min(0.0, weights.extra) * (extra > 0)
        scores += min(0.0, weights.extra_more) * np.maximum(extra - 1, 0)
        enough = scores >= least
        if bare:
            # Who asks for no more than a name sees everybody of that name.
            enough |= (against == 0) & (scores >= _LEAST_BARE)
        chosen = enough.nonzero()[0]
        if bare and len(chosen) < min(_LIKELIEST_BARE, most):
            return _best(listings, scores, min(_LIKELIEST_BARE, most))
        return _best(listings.take(chosen), scores.take(chosen), most)

    def _likely(self, query: Query, met: Met, least: float, bare: bool) -> Met:
        """Those that birth leaves in reach, its weight added: of most, no more need be looked at."""
        listings, weight, words = met
        known = slice(None, int(listings.searchsorted(self._count)))
        listings, words = listings[known], words[known]
        scores = weight[known] + self._columns.births(query, listings, self._weights)
        if bare:
            return Met(listings, scores, words)
        chosen = (scores >= least - _most_of_rest(query, self._weights)).nonzero()[0]
        return Met(listings.take(chosen), scores.take(chosen), words.take(chosen))

    def _sounds(self, words: list[Token], prepared: PreparedQuery) -> Sounds:
        """All sounds that the words may be, two neighbours as one and one as two included."""
        wanted = [Wanted(word.text, word.groups, True) for word in words]
        together = [Wanted(one.text + two.text, _NONE, False) for one, two in pairwise(words)]
        near = self._look_up([*wanted, *together])
        parts = [
            (near[word], bits << at)
            for each, bits in ((wanted, 0b1), (together, 0b11))
            for at, word in enumerate(each)
        ]
        if prepared.truncated and words[-1] is prepared.name.tokens[-1]:
            longer = self.words.beginning(words[-1].text, _MOST_LONGER)
            parts.append((longer, 1 << (len(words) - 1)))
        return Sounds.of(parts, self._halves([word.text for word in words]))

    def _look_up(self, wanted: list[Wanted]) -> dict[Wanted, Near]:
        """Each word is searched once: the names of travellers repeat."""
        near = {each: self._near[each] for each in wanted if each in self._near}
        missing = [each for each in dict.fromkeys(wanted) if each not in near]
        if missing:
            if len(self._near) >= _MOST_KEPT:
                self._near = {}
            found = self.words.near(missing, _MOST_SOUNDS)
            new = dict(zip(missing, found, strict=True))
            self._near.update(new)
            near.update(new)
        return near

    def _halves(self, words: list[str]) -> list[Half]:
        """Each word as two that the lists know."""
        if len(self._cut) >= _MOST_KEPT:
            self._cut = {}
        halves: list[Half] = []
        for at, word in enumerate(words):
            found = self._cut.get(word)
            if found is None:
                found = self._cut[word] = self.words.halves(word)
            for one, two in found:
                number = len(halves) // 2 + 1
                halves += [Half(one, 1 << at, number), Half(two, 1 << at, number)]
        return halves


def _most_of_rest(query: Query, by: Weights) -> float:
    """What nationality and sex weigh at most; a little more, for sums are rounded."""
    most = max(0.0, *by.nationality) if query.nationality else 0.0
    return most + (max(0.0, *by.sex) if query.sex else 0.0) + 0.01


def _least_of_name(query: Query, least: float, by: Weights) -> Least:
    """What a name must weigh that is not met by the year or the day of birth beside a word of it."""
    rest = least - (max(by.nationality) if query.nationality else 0.0)
    rest -= max(by.sex) if query.sex else 0.0
    born = max(by.birth["near"], by.birth["next_day"] if _turns_year(query.birth) else 0.0)
    if query.birth is not None and query.birth.approximate:
        born = max(by.birth.values())
    return Least(rest - born, rest - max(0.0, by.birth["same_years"], by.birth["long_period"]))


def _turns_year(birth: PartialDate | None) -> bool:
    """Whether the day before or after is of another year."""
    return birth is not None and (birth.month, birth.day) in ((1, 1), (12, 31))


def _best(listings: Places, scores: Scores, most: int) -> list[int]:
    if len(scores) > most:
        # All that are worth as much as the last one are put in order, or chance would choose.
        least = np.partition(scores, len(scores) - most)[len(scores) - most]
        listings, scores = listings[scores >= least], scores[scores >= least]
    found: list[int] = listings[np.argsort(-scores, kind="stable")[:most]].tolist()
    return found
