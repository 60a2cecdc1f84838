"""The lists in memory, and the question put to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from openmidas.screening.alignment import LEAST_SHARE, Alignment, Name, Part, align, prepare
from openmidas.screening.births import BirthFinding, compare_births
from openmidas.screening.comparing import compare
from openmidas.screening.edition import Edition
from openmidas.screening.evidence import Hit, Query
from openmidas.screening.explanation import explain
from openmidas.screening.listings import ListedDocument, ListedName, Listing
from openmidas.screening.names import fold
from openmidas.screening.nametable import shipped_table
from openmidas.screening.numbers import compare_issuers, number_key
from openmidas.screening.prepared import (
    PreparedListing,
    PreparedQuery,
    prepare_listing,
    prepare_query,
)
from openmidas.screening.rarity import Rarity
from openmidas.screening.similarity import INITIAL, Vocabulary
from openmidas.screening.tokens import Counted, Lexicon

_LEVEL_ORDER = {"strong": 0, "possible": 1, "weak": 2}


@dataclass(frozen=True, slots=True)
class _Entry:
    """A listing with the code of its list and its names prepared; entities have none."""

    list_code: str
    listing: Listing
    names: tuple[tuple[ListedName, Name], ...]
    prepared: PreparedListing


class _Likeness:
    """How alike the parts of this one query are to the vocabulary; each part searched once."""

    def __init__(self, name: Name, vocabulary: Vocabulary, truncated: bool) -> None:
        self.near: dict[str, Mapping[str, float]] = {
            part.text: vocabulary.near(
                part.text, joined=part.first != part.last, truncated=truncated
            )
            for part in reversed(name.parts)  # a token outlives two joined ones of the same text
        }

    def __call__(self, ours: str, theirs: str) -> float:
        if len(ours) == 1 or len(theirs) == 1:
            if ours[0] != theirs[0]:
                return 0.0
            return 1.0 if ours == theirs else INITIAL
        return self.near[ours].get(theirs, 0.0)


class Index:
    """All persons and documents of some editions, for `screen`. Entities stay in their editions."""

    def __init__(self, entries: Sequence[_Entry], rarity: Rarity, lexicon: Lexicon) -> None:
        self._entries = entries
        self._lexicon = lexicon
        self._rarity = rarity
        self._by_token: dict[str, set[tuple[int, int]]] = defaultdict(set)
        self._by_number: dict[str, list[tuple[int, ListedDocument]]] = defaultdict(list)
        parts: list[Part] = []
        for at, entry in enumerate(entries):
            for which, (_, name) in enumerate(entry.names):
                parts += name.parts
                for part in name.parts:
                    if part.naming:
                        self._by_token[part.text].add((at, which))
            for document in entry.listing.documents:
                key = number_key(document.number)
                if key:
                    self._by_number[key].append((at, document))
        self._vocabulary = Vocabulary(
            (part.text for part in parts if part.first == part.last),
            (part.text for part in parts if part.first != part.last),
        )

    @classmethod
    def build(cls, editions: Sequence[Edition]) -> Index:
        """An index over all these editions, of one or several lists."""
        persons = [
            (edition.list_code, listing)
            for edition in editions
            for listing in edition.listings
            if listing.kind != "entity"
        ]
        borne = [
            [token for name in listing.names for token in fold(name.text)] for _, listing in persons
        ]
        rarity = Rarity(borne)
        lexicon = Lexicon(shipped_table(), Counted(borne))
        entries = [
            _Entry(
                code,
                listing,
                tuple((name, prepare(name.text, rarity.bits)) for name in listing.names),
                prepare_listing(listing, lexicon),
            )
            for code, listing in persons
        ]
        return cls(entries, rarity, lexicon)

    def __len__(self) -> int:
        return len(self._entries)

    def screen(self, query: Query) -> tuple[Hit, ...]:
        """The listings that may be this traveller, the surest first; one hit a listing."""
        ours = prepare(f"{query.surname} {query.given_names}", self._rarity.bits)
        births: dict[int, BirthFinding] = {}
        numbered = self._numbered(query)
        met = self._by_name(query, ours, births, numbered)
        prepared = prepare_query(query, self._lexicon)
        hits = [
            self._hit(query, prepared, self._entries[at]) for at in met.keys() | numbered.keys()
        ]
        return tuple(sorted((hit for hit in hits if hit), key=_rank))

    def _by_name(
        self,
        query: Query,
        ours: Name,
        births: dict[int, BirthFinding],
        numbered: Mapping[int, ListedDocument],
    ) -> dict[int, list[tuple[ListedName, Alignment | None]]]:
        """The listed names that are this name, by listing, unless the births clash."""
        likeness = _Likeness(ours, self._vocabulary, query.name_truncated)
        met: dict[int, list[tuple[ListedName, Alignment | None]]] = defaultdict(list)
        for at, which in self._candidates(ours, likeness):
            if at not in births:
                births[at] = compare_births(query.birth, self._entries[at].listing.births)
            listed, theirs = self._entries[at].names[which]
            alignment = align(ours, theirs, likeness, truncated=query.name_truncated)
            if alignment:
                met[at].append((listed, alignment))
        return met

    def _candidates(self, ours: Name, likeness: _Likeness) -> list[tuple[int, int]]:
        """Listed names that share enough naming parts to be worth laying beside ours."""
        shared: dict[tuple[int, int], int] = defaultdict(int)
        bits: dict[tuple[int, int], float] = defaultdict(float)
        for part in ours.parts:
            met: set[tuple[int, int]] = set()
            for token in likeness.near[part.text]:
                met |= self._by_token[token]
            for place in met:
                shared[place] += max(1, part.naming)
                bits[place] += part.bits
        # What particles and initials may add: they are not looked up.
        light = sum(part.bits for part in ours.parts if not part.naming)
        needed = LEAST_SHARE * ours.bits - light
        enough = min(2, ours.naming)
        return [
            (at, which)
            for (at, which), count in shared.items()
            if bits[at, which] >= needed
            and count >= min(enough, self._entries[at].names[which][1].naming)
        ]

    def _numbered(self, query: Query) -> dict[int, ListedDocument]:
        """The listings that have this document's number; the surest document of each."""
        found: dict[int, ListedDocument] = {}
        for at, document in self._by_number.get(number_key(query.number), ()):
            if at not in found or compare_issuers(query.number_issuer, document) == "same":
                found[at] = document
        return found

    def _hit(self, query: Query, prepared: PreparedQuery, entry: _Entry) -> Hit | None:
        found = compare(prepared, entry.prepared)
        if found.level is None:
            return None
        names = entry.listing.names  # a document that is listed by itself has none
        name = names[found.name] if names else ListedName(entry.listing.id)
        return Hit(
            list_code=entry.list_code,
            listing=entry.listing,
            name=name.text,
            quality=name.quality,
            level=found.level,
            score=found.score,
            evidence=explain(found, query, entry.listing),
            probability=found.probability(),
        )


def _rank(hit: Hit) -> tuple[int, float, str]:
    return _LEVEL_ORDER[hit.level], -hit.score, hit.listing.id
