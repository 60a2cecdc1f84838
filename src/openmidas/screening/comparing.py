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

from typing import Literal, NamedTuple

from openmidas.screening.alignments import Alignment, Part, align
from openmidas.screening.births import BirthBin, compare_spans
from openmidas.screening.evidence import Level
from openmidas.screening.levels import level_of
from openmidas.screening.numbers import SHORTEST_ALONE
from openmidas.screening.prepared import PreparedListing, PreparedQuery
from openmidas.screening.weights import Weights, shipped_weights

NumberBin = Literal["alone", "supports", "other_issuer", "different", "not_known"]

PRIOR_BITS = 15.0
"""The odds against two records being one person before anything is compared: 1 in 33,000."""
_NO_NAME = Alignment(0.0, ())


class Comparison(NamedTuple):
    """What was found. `name` and `birth_at` tell which name and birth of the listing were met.

    `sex` and `nationality`: whether they agree, None when one side does not say.
    """

    score: float
    level: Level | None
    name: int
    name_weight: float
    parts: tuple[Part, ...]
    birth: BirthBin
    birth_at: int
    sex: bool | None
    nationality: bool | None
    number: NumberBin
    number_at: int

    def probability(self, prior_bits: float = PRIOR_BITS) -> float:
        """How likely the two are one person, 0 to 1.

        `prior_bits`: the odds against it before comparing, in bits; for one traveller against N
        listings of which a share s of travellers has one, log2(N / s).
        """
        return probability(self.score, prior_bits)


def probability(score: float, prior_bits: float = PRIOR_BITS) -> float:
    """How likely a score makes it that the two are one person, 0 to 1."""
    odds = min(60.0, max(-60.0, score - prior_bits))
    return 1.0 / (1.0 + 2.0**-odds)


def compare(
    query: PreparedQuery, listing: PreparedListing, weights: Weights | None = None
) -> Comparison:
    """Weigh all evidence between a traveller and a listing. Never raises, whatever the texts."""
    by = weights or shipped_weights()
    best, at = _NO_NAME, 0
    for which, name in enumerate(listing.names):
        found = align(query, name, by)
        if which == 0 or found.weight > best.weight:
            best, at = found, which
    birth, birth_at = compare_spans(query.birth, listing.births)
    sex = None
    if query.sex and listing.sex:
        sex = query.sex == listing.sex
    nationality = None
    if query.nationality and listing.nationalities:
        nationality = query.nationality in listing.nationalities
    number, number_at = _number(query, listing)
    score = best.weight + by.birth[birth] + number_weight(number, by)
    score += agreement_weight(sex, by.sex) + agreement_weight(nationality, by.nationality)
    score = round(score, 2)
    level = level_of(score, best, birth, sex, nationality, number)
    return Comparison(
        score, level, at, round(best.weight, 2), best.parts, birth, birth_at, sex, nationality,
        number, number_at,
    )  # fmt: skip


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
