"""Travellers of the past against some new listings: who can be passed over, and all others in full."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from openmidas.documents import PartialDate
from openmidas.screening.births import Span, compare_spans, span_of_query
from openmidas.screening.comparing import compare
from openmidas.screening.evidence import Evidence, Level, Query
from openmidas.screening.explanation import explain
from openmidas.screening.levels import BARE_NAME_BITS, POSSIBLE_BITS, STRONG_BITS, WEAK_BITS
from openmidas.screening.listings import Listing
from openmidas.screening.looking_back.words import Words, Worth
from openmidas.screening.names import words_of
from openmidas.screening.numbers import number_key
from openmidas.screening.prepared import prepare_listing, prepare_query
from openmidas.screening.tokens import Lexicon
from openmidas.screening.weights import shipped_weights

_BITS: dict[Level, float] = {"weak": WEAK_BITS, "possible": POSSIBLE_BITS, "strong": STRONG_BITS}
_RANK: dict[Level, int] = {"weak": 0, "possible": 1, "strong": 2}
_ROUNDED = 0.1
"""Weights are rounded to hundredths; a few of them are added up."""
_MOST_NAMES = 1_000_000
_MOST_BIRTHS = 2000
"""With more births on the lists than this, a date is near one of them as good as always."""
_NOTHING = -1000.0


class Passed(NamedTuple):
    """A traveller as a record tells of them. ``birth``: as `PartialDate.text` writes it, or "".

    ``number``: of the document, in the form of `number_key`; one that has no such form as it is.
    """

    surname: str = ""
    given_names: str = ""
    birth: str = ""
    sex: str = ""
    nationality: str = ""
    number: str = ""
    number_issuer: str = ""
    name_truncated: bool = False

    def query(self) -> Query:
        """The question to the lists."""
        return Query(
            surname=self.surname,
            given_names=self.given_names,
            birth=_birth(self.birth),
            sex=self.sex or None,
            nationality=self.nationality or None,
            number=self.number,
            number_issuer=self.number_issuer or None,
            name_truncated=self.name_truncated,
        )


class FoundLater(NamedTuple):
    """The traveller at place ``at`` of those who were screened may be the listing at ``listing``."""

    at: int
    listing: int
    level: Level
    score: float
    evidence: tuple[Evidence, ...]


class _Name(NamedTuple):
    """The listings that a name may be worth enough beside, and the most that it weighs at any."""

    worth: Worth
    most: float


class _Born(NamedTuple):
    """A date of birth: what it weighs beside the listings that it has met, and ``most``: the most
    that it can weigh beside any, together with all else but the name and the number."""

    span: Span
    weights: dict[int, float]
    most: float


class LookingBack:
    """Some listings, made ready for millions of travellers. ``least``: the level from which on hits count.

    ``lexicon``: that of the lists which the listings belong to, so that a hit has the level that it
    would have had at the counter.
    """

    def __init__(
        self, listings: Sequence[Listing], lexicon: Lexicon, *, least: Level = "weak"
    ) -> None:
        self._listings = listings
        self._lexicon = lexicon
        self._least = _RANK[least]
        self._prepared = [prepare_listing(listing, lexicon) for listing in listings]
        self._words = Words(listings, lexicon)
        weights = shipped_weights()
        self._needed = lexicon.prior_bits + weights.prior_offset + _BITS[least] - _ROUNDED
        # Who is known by a name alone is shown everybody of that name (`levels`), as weak.
        bare = min(self._needed, BARE_NAME_BITS - _ROUNDED)
        self._needed_bare = bare if least == "weak" else self._needed
        self._numbered: dict[str, list[int]] = {}
        for at, prepared in enumerate(self._prepared):
            for key, _ in prepared.numbers:
                self._numbered.setdefault(key, []).append(at)
        best_birth = max(weights.birth.values())
        self._beside = [
            (best_birth if one.births else 0.0)
            + (weights.sex[0] if one.sex else 0.0)
            + (weights.nationality[0] if one.nationalities else 0.0)
            for one in self._prepared
        ]
        self._least_needed = min(self._needed, self._needed_bare)
        self._all_births = {one.births for one in self._prepared}
        self._names: dict[tuple[str, str, bool], _Name] = {}
        self._births: dict[str, _Born] = {}

    def screen(self, travellers: Sequence[Passed]) -> Iterator[FoundLater]:
        """All hits of these travellers, in their order; some ten thousand at a time go fastest."""
        self._meet(travellers)
        names, numbered, births = self._names, self._numbered, self._births
        for at, one in enumerate(travellers):
            name = names[one.surname, one.given_names, one.name_truncated]
            born = births.get(one.birth) or self._meet_birth(one.birth)
            if name.most + born.most >= self._least_needed or one.number in numbered:
                yield from self._compare(at, one, self._survivors(one, name, born))

    def _survivors(self, one: Passed, name: _Name, born: _Born) -> list[int]:
        """The listings of which at least the level that is asked for can be reached."""
        weights = shipped_weights()
        bare = not (born.span.first or number_key(one.number))
        needed = self._needed_bare if bare else self._needed
        sex = one.sex if one.sex in ("F", "M") else ""
        survivors = list(self._numbered.get(one.number, ()))
        for listing, weight in name.worth:
            prepared = self._prepared[listing]
            most = weight + self._birth_weight(born, listing)
            if sex and prepared.sex:
                most += weights.sex[sex != prepared.sex]
            if one.nationality and prepared.nationalities:
                most += weights.nationality[one.nationality not in prepared.nationalities]
            if most >= needed and listing not in survivors:
                survivors.append(listing)
        return survivors

    def _compare(self, at: int, one: Passed, listings: Sequence[int]) -> Iterator[FoundLater]:
        if not listings:
            return
        query = one.query()
        prepared = prepare_query(query, self._lexicon)
        for number in listings:
            found = compare(prepared, self._prepared[number])
            if found.level is not None and _RANK[found.level] >= self._least:
                evidence = explain(found, query, self._listings[number])
                yield FoundLater(at, number, found.level, found.score, evidence)

    def _birth_weight(self, born: _Born, listing: int) -> float:
        known = born.weights.get(listing)
        if known is None:
            found, _ = compare_spans(born.span, self._prepared[listing].births)
            known = born.weights[listing] = shipped_weights().birth[found]
        return known

    def _meet_birth(self, text: str) -> _Born:
        """A date of birth, with the most that it can weigh, and sex and nationality beside it."""
        span = span_of_query(_birth(text))
        weights = shipped_weights()
        if len(self._all_births) > _MOST_BIRTHS:
            most = max(weights.birth.values())
        else:
            found = {compare_spans(span, births)[0] for births in self._all_births}
            most = max((weights.birth[bin_] for bin_ in found), default=0.0)
        most += weights.sex[0] + weights.nationality[0]
        born = self._births[text] = _Born(span, {}, most)
        return born

    def _meet(self, travellers: Iterable[Passed]) -> None:
        """What the names of these travellers can be worth beside each listing."""
        if len(self._names) > _MOST_NAMES:
            self._names.clear()
            self._births.clear()
        wanted = {(one.surname, one.given_names, one.name_truncated) for one in travellers}
        new = [
            (name, words_of(f"{name[0]} {name[1]}")) for name in wanted if name not in self._names
        ]
        self._words.meet(tokens for _, tokens in new)
        for name, tokens in new:
            self._names[name] = self._worth(tokens, cut=name[2])

    def _worth(self, tokens: Sequence[str], *, cut: bool) -> _Name:
        """The listings that a name may be worth enough beside, and the most that it can weigh there."""
        most: dict[int, float] = {}
        last = len(tokens) - 1
        for at, token in enumerate(tokens):
            for listing, weight in self._words.worth(token, cut=cut and at == last):
                most[listing] = most.get(listing, 0.0) + weight
            if at < last:
                for listing, weight in self._words.worth_joined(token, tokens[at + 1]):
                    most[listing] = most.get(listing, 0.0) + weight
        worth = tuple(
            (listing, weight)
            for listing, weight in most.items()
            if weight + self._beside[listing] >= self._least_needed
        )
        return _Name(worth, max((weight for _, weight in worth), default=_NOTHING))


def _birth(text: str) -> PartialDate | None:
    try:
        return PartialDate.parse(text) if text else None
    except ValueError:  # a date that no calendar has says nothing of the traveller
        return None
