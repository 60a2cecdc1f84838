"""One traveller beside one listing: every piece of evidence weighed, the sum, and the level.

    ours = prepare_query(query)
    theirs = prepare_listing(listing)
    found = compare(ours, theirs)
    found.score, found.level, found.probability()
    explain(found, query, listing)   # the same as evidence with texts, field by field

The score is the sum of the weights of the evidence and nothing else, in bits: 10 bits say that
such agreement is a thousand times as likely with one person as with two. It means the same for
every query and every list.
"""

from __future__ import annotations

import math
from typing import Literal

from openmidas.screening.alignments import Alignment, Part, align, parts_of
from openmidas.screening.births import BirthBin, compare_spans
from openmidas.screening.evidence import Level
from openmidas.screening.levels import level_of
from openmidas.screening.numbers import SHORTEST_ALONE
from openmidas.screening.prepared import PreparedListing, PreparedName, PreparedQuery
from openmidas.screening.tokens import Lexicon
from openmidas.screening.weights import Weights, shipped_weights

NumberBin = Literal["alone", "supports", "other_issuer", "different", "not_known"]

LISTED_SHARE = 0.5
"""Of two who are asked about, one is listed: the scale that likelihoods are given on. At a border it is
far fewer; then more is needed for the same certainty, which the levels take into account.
"""
_NO_NAME = Alignment(0.0, [], 0, 0, 0, False, True)


class Comparison:
    """What was found. `name` and `birth_at` tell which name and birth of the listing were met.

    `sex` and `nationality`: whether they agree, None when one side does not say.
    """

    __slots__ = (
        "_aligned", "_name", "_query", "_weights", "birth", "birth_at", "level", "name",
        "nationality", "number", "number_at", "score", "sex",
    )  # fmt: skip

    score: float
    level: Level | None
    name: int
    birth: BirthBin
    birth_at: int
    sex: bool | None
    nationality: bool | None
    number: NumberBin
    number_at: int
    _aligned: Alignment
    _query: PreparedQuery
    _name: PreparedName | None
    _weights: Weights

    @property
    def lexicon(self) -> Lexicon:
        """What the names were compared by."""
        return self._query.name.lexicon

    @property
    def name_weight(self) -> float:
        """What the name weighs, in bits: the sum over the parts."""
        return round(self._aligned.weight, 2)

    @property
    def parts(self) -> tuple[Part, ...]:
        """The pieces of the evidence of the name."""
        if self._name is None:
            return ()
        return parts_of(self._aligned, self._query, self._name, self._weights)

    def probability(self, listed_share: float = LISTED_SHARE) -> float:
        """How likely the two are one person, 0 to 1, among as many listings as there are.

        `listed_share`: how large a share of those who are screened are on the list.
        """
        return probability(self.score, self._query.prior_bits - math.log2(listed_share))


def probability(score: float, prior_bits: float) -> float:
    """How likely a score makes it that the two are one person, 0 to 1.

    `prior_bits`: the odds against it before anything is compared, in bits: log2(N / s) for one of
    N listings where a share s of travellers is listed. What is the same for all pairs is learned
    beside the weights and taken off here (`Weights.prior_offset`).
    """
    odds = min(60.0, max(-60.0, score - prior_bits - shipped_weights().prior_offset))
    return float(1.0 / (1.0 + 2.0**-odds))


def compare(
    query: PreparedQuery,
    listing: PreparedListing,
    weights: Weights | None = None,
    *,
    bare: bool | None = None,
) -> Comparison:
    """Weigh all evidence between a traveller and a listing. Never raises, whatever the texts.

    `weights`: others than the shipped ones. `bare`: whether no more than a name is asked for, where
    that is not seen by the query alone.
    """
    found = Comparison()
    found._query, found._weights = query, weights or shipped_weights()
    _name(found, listing)
    found.birth, found.birth_at = compare_spans(query.birth, listing.births)
    found.sex = query.sex == listing.sex if query.sex and listing.sex else None
    found.nationality = None
    if query.nationality and listing.nationalities:
        found.nationality = query.nationality in listing.nationalities
    found.number, found.number_at = _number(query, listing)
    by = found._weights
    score = found._aligned.weight + by.birth[found.birth] + number_weight(found.number, by)
    score += agreement_weight(found.sex, by.sex)
    score += agreement_weight(found.nationality, by.nationality)
    found.score = round(score, 2)
    if bare is None:
        bare = not (query.birth.first or query.number)
    prior_bits = query.prior_bits + by.prior_offset
    found.level = level_of(found, found._aligned, prior_bits, bare=bare)
    return found


def _name(found: Comparison, listing: PreparedListing) -> None:
    """Meet the listed name that goes best with the traveller's.

    Who asks for no name, but for a number, is not told that it is another one; nor does a listing of
    which no name can be read speak against anybody.
    """
    found._aligned, found.name, found._name = _NO_NAME, 0, None
    if not found._query.name.tokens:
        return
    for which, name in enumerate(listing.names):
        if not name.tokens:
            continue
        aligned = align(found._query, name, found._weights)
        if found._name is None or aligned.weight > found._aligned.weight:
            found._aligned, found.name, found._name = aligned, which, name


def agreement_weight(agrees: bool | None, weights: tuple[float, float]) -> float:
    """What it weighs that a field agrees, differs, or is not known."""
    return 0.0 if agrees is None else weights[0] if agrees else weights[1]


def number_weight(number: NumberBin, weights: Weights) -> float:
    """What the numbers of the documents weigh. Another number says nothing: people renew them."""
    if number == "alone":
        return weights.number_alone
    if number == "supports":
        return weights.number_supports
    return weights.number_other_issuer if number == "other_issuer" else 0.0


def _number(query: PreparedQuery, listing: PreparedListing) -> tuple[NumberBin, int]:
    if not query.number or not listing.numbers:
        return "not_known", 0
    found: tuple[NumberBin, int] = ("different", 0)
    for at, (key, issuer) in enumerate(listing.numbers):
        if key != query.number:
            continue
        if issuer and query.number_issuer and issuer != query.number_issuer:
            found = "other_issuer", at
            continue
        alone = len(key) >= SHORTEST_ALONE or bool(issuer and query.number_issuer)
        return ("alone" if alone else "supports"), at
    return found
