"""Laying one name beside another, part by part: what goes together, and what is left over."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from openmidas.screening.evidence import PartHow
from openmidas.screening.prepared import PreparedName, PreparedQuery, Related
from openmidas.screening.relations import Relation, relate
from openmidas.screening.tokens import Token
from openmidas.screening.weights import Weights

# Two parts written as one are long, and chance finds half of such a word anywhere.
_JOINED: tuple[Relation, ...] = ("same", "same_sound", "same_name", "same_consonants", "one_slip")
_FEWEST_CONSONANTS_JOINED = 4


class Part(NamedTuple):
    """A piece of the evidence of a name. `ours` or `theirs` is "" where there is none.

    `naming` counts the names (no particles, no initials) that go together; `missing` tells that
    one side lacks a part that names.
    """

    ours: str
    theirs: str
    how: PartHow
    weight: float
    naming: int = 0
    missing: bool = False


class Pair(NamedTuple):
    """Parts that go together: where they begin on each side, and how many tokens they are of."""

    weight: float
    ours: int
    theirs: int
    how: Relation
    wide_ours: int = 1
    wide_theirs: int = 1


class Alignment(NamedTuple):
    """Two names laid together. `weight`, in bits, is the sum over the parts (`parts_of`).

    `clashes` counts names that stand against each other; `taken_…` has a bit for each token that
    has its counterpart. `low_quality`: the list calls the name a poor one.
    """

    weight: float
    pairs: list[Pair]
    clashes: int
    taken_ours: int
    taken_theirs: int
    low_quality: bool


def align(query: PreparedQuery, name: PreparedName, weights: Weights) -> Alignment:
    """The traveller's name beside a listed one; the order of the parts does not count."""
    ours, theirs = query.name, name
    pairs = _pairs(query, theirs.tokens, weights)
    chosen, taken_ours, taken_theirs = _choose(pairs)
    if ours.naming & ~taken_ours or theirs.naming & ~taken_theirs:
        joined = _joined_pairs(query, name, weights)
        if joined:
            chosen, taken_ours, taken_theirs = _choose(pairs + joined)
    left_ours = (ours.naming & ~taken_ours).bit_count()
    left_theirs = (theirs.naming & ~taken_theirs).bit_count()
    light = len(ours.tokens) - taken_ours.bit_count() - left_ours
    light += len(theirs.tokens) - taken_theirs.bit_count() - left_theirs
    if query.truncated:
        left_theirs = 0
    clashes = min(left_ours, left_theirs)
    weight = clashes * weights.clash + light * weights.extra_particle
    weight += (left_ours + left_theirs - 2 * clashes) * weights.extra
    for pair in chosen:
        weight += pair[0]
    low = name.quality == "low"
    weight += weights.low_quality * low
    return Alignment(weight, chosen, clashes, taken_ours, taken_theirs, low)


def parts_of(
    found: Alignment, query: PreparedQuery, name: PreparedName, weights: Weights
) -> tuple[Part, ...]:
    """Each piece of an alignment with its weight: together they are the weight of the name."""
    ours, theirs = query.name.tokens, name.tokens
    parts = [_part(pair, ours, theirs) for pair in found.pairs]
    parts += _leftovers(
        [token for at, token in enumerate(ours) if not found.taken_ours >> at & 1],
        [token for at, token in enumerate(theirs) if not found.taken_theirs >> at & 1],
        weights,
        query.truncated,
    )
    if found.low_quality:
        parts.append(Part("", "", "low_quality", weights.low_quality))
    return tuple(parts)


def _pairs(query: PreparedQuery, theirs: tuple[Token, ...], weights: Weights) -> list[Pair]:
    pairs = []
    last = len(query.known) - 1
    for at, known in enumerate(query.known):
        for there, two in enumerate(theirs):
            if two in known:
                related = known[two]
            else:
                one = query.name.tokens[at]
                how = relate(one, two, cut=query.truncated and at == last)
                related = known[two] = _weigh(one, two, how, weights) if how else None
            if related is not None:
                pairs.append(Pair(related[0], at, there, related[1]))
    return pairs


def _weigh(one: Token, two: Token, how: Relation, weights: Weights) -> Related:
    bits = one.bits if how == "same" else min(one.sound_bits, two.sound_bits)
    if not (one.naming and two.naming) and how != "initial":
        return round(min(bits, 1.0) * weights.per_bit["same"], 2), how
    return round(bits * weights.per_bit[how] + weights.always[how], 2), how


def _joined_pairs(query: PreparedQuery, name: PreparedName, weights: Weights) -> list[Pair]:
    """Two neighbours of one side beside a single part of the other."""
    pairs = []
    for at, one in enumerate(query.name.joined):
        for there, two in enumerate(name.tokens):
            if -3 < len(one.text) - len(two.text) < 3:
                related = _relate_joined(query, one, two, weights)
                if related:
                    pairs.append(Pair(related[0], at, there, related[1], wide_ours=2))
    for there, (first, second) in enumerate(pairwise(name.tokens)):
        # Most are longer than any part of ours: they are told by that before they are made.
        length = len(first.text) + len(second.text)
        for at, one in enumerate(query.name.tokens):
            if -3 < len(one.text) - length < 3:
                related = _relate_joined(query, one, name.joined[there], weights)
                if related:
                    pairs.append(Pair(related[0], at, there, related[1], wide_theirs=2))
    return pairs


def _relate_joined(
    query: PreparedQuery, one: Token, two: Token, weights: Weights
) -> Related | None:
    known = query.known_joined
    if (one, two) in known:
        return known[one, two]
    how = relate(one, two)
    related = None
    if how in _JOINED and len(one.consonants) >= (
        _FEWEST_CONSONANTS_JOINED if how == "same_consonants" else 2
    ):
        weight, how = _weigh(one, two, how, weights)
        related = round(weight + weights.joined, 2), how
    known[one, two] = related
    return related


def _choose(pairs: list[Pair]) -> tuple[list[Pair], int, int]:
    """The best pairs in which no token stands twice, the weightiest first; the tokens taken."""
    taken_ours = taken_theirs = 0
    chosen = []
    for pair in sorted(pairs, reverse=True) if len(pairs) > 1 else pairs:
        ours = ((1 << pair[4]) - 1) << pair[1]
        theirs = ((1 << pair[5]) - 1) << pair[2]
        if not (taken_ours & ours or taken_theirs & theirs):
            taken_ours |= ours
            taken_theirs |= theirs
            chosen.append(pair)
    return chosen, taken_ours, taken_theirs


def _part(pair: Pair, ours: tuple[Token, ...], theirs: tuple[Token, ...]) -> Part:
    one, naming_one = _written(ours, pair.ours, pair.wide_ours)
    two, naming_two = _written(theirs, pair.theirs, pair.wide_theirs)
    naming = 0 if pair.how == "initial" else max(naming_one, naming_two)
    return Part(one, two, pair.how, pair.weight, naming)


def _written(tokens: tuple[Token, ...], at: int, wide: int) -> tuple[str, int]:
    """The text of so many tokens from there, and how many of them name."""
    if wide == 1:
        return tokens[at].text, int(tokens[at].naming)
    some = tokens[at : at + wide]
    return " ".join([token.text for token in some]), sum(token.naming for token in some)


def _leftovers(
    ours: list[Token], theirs: list[Token], weights: Weights, truncated: bool
) -> list[Part]:
    """What has no counterpart. The rarest ones of both sides stand against each other."""
    if not ours and not theirs:
        return []
    naming_ours, naming_theirs = _rarest_first(ours), _rarest_first(theirs)
    parts = []
    if truncated:
        parts += [Part("", token.text, "cut", 0.0) for token in naming_theirs]
        naming_theirs = []
    clashes = min(len(naming_ours), len(naming_theirs))
    parts += [
        Part(one.text, two.text, "clash", weights.clash)
        for one, two in zip(naming_ours, naming_theirs, strict=False)
    ]
    parts += [Part(t.text, "", "extra", weights.extra, missing=True) for t in naming_ours[clashes:]]
    parts += [
        Part("", t.text, "extra", weights.extra, missing=True) for t in naming_theirs[clashes:]
    ]
    parts += [Part(t.text, "", "extra", weights.extra_particle) for t in ours if not t.naming]
    parts += [Part("", t.text, "extra", weights.extra_particle) for t in theirs if not t.naming]
    return parts


def _rarest_first(tokens: list[Token]) -> list[Token]:
    """Those that name; how rare one is need not be worked out where it stands alone."""
    naming = [token for token in tokens if token.naming]
    return sorted(naming, key=lambda token: -token.bits) if len(naming) > 1 else naming
