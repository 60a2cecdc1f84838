"""Laying one name beside another, part by part: what goes together, and what is left over."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from openmidas.screening.evidence import PartHow
from openmidas.screening.prepared import PreparedName, PreparedQuery, Related
from openmidas.screening.relations import Relation, relate
from openmidas.screening.tokens import Token
from openmidas.screening.weights import Weights

# Two parts written as one are long, and chance finds half of such a word anywhere.
_JOINED: tuple[Relation, ...] = ("same", "same_sound", "same_name", "same_consonants", "one_slip")
_FEWEST_CONSONANTS_JOINED = 4
_LONG_JOINED = 9
_JOINED_DIFFER = 0.5
_NOT_MET: Any = object()
_new = tuple.__new__  # a third of the time that calling the class takes


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


class Together(NamedTuple):
    """Two names that agree and are often borne together, as the listing writes them."""

    one: str
    other: str
    weight: float


class Alignment(NamedTuple):
    """Two names laid together. `weight`, in bits, is the sum over the parts (`parts_of`).

    `clashes` counts names that stand against each other; `taken_…` has a bit for each token that
    has its counterpart. `low_quality`: the list calls the name a poor one. `thin`: a single part
    goes together, and one side or the other has more. `together`: which of them tell less, because
    they often go together.
    """

    weight: float
    pairs: list[Pair]
    clashes: int
    taken_ours: int
    taken_theirs: int
    low_quality: bool
    thin: bool
    together: tuple[Together, ...] = ()


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
    extra = left_ours + left_theirs - 2 * clashes
    if extra:
        weight += weights.extra + (extra - 1) * weights.extra_more
    for pair in chosen:
        weight += pair[0]
    together = _often_together(chosen, query, theirs, weights) if len(chosen) > 1 else ()
    for often in together:
        weight += often.weight
    low = name.quality == "low"
    weight += weights.low_quality * low
    thin = left_ours + left_theirs > 0 and len(chosen) < 2 and _single(taken_ours, ours.naming)
    return Alignment(weight, chosen, clashes, taken_ours, taken_theirs, low, thin, together)


def _often_together(
    chosen: list[Pair], query: PreparedQuery, name: PreparedName, weights: Weights
) -> tuple[Together, ...]:
    """Each agreeing name with that of the weightier ones beside which it tells least."""
    lexicon = query.name.lexicon
    agreeing = [
        name.tokens[pair.theirs] if pair.wide_theirs == 1 else query.name.tokens[pair.ours]
        for pair in chosen
        if pair.how != "initial"
    ]
    agreeing = [token for token in agreeing if token.naming]
    found = []
    for at, token in enumerate(agreeing[1:], start=1):
        bits, other = max((lexicon.together(token, each), each.text) for each in agreeing[:at])
        weight = round(bits * weights.together, 2)
        if weight:
            found.append(Together(other, token.text, weight))
    return tuple(found)


def _single(taken: int, naming: int) -> bool:
    return (taken & naming).bit_count() < 2


def parts_of(
    found: Alignment, query: PreparedQuery, name: PreparedName, weights: Weights
) -> tuple[Part, ...]:
    """Each piece of an alignment with its weight: together they are the weight of the name."""
    ours, theirs = query.name.tokens, name.tokens
    parts = [_part(pair, ours, theirs) for pair in found.pairs]
    parts += _leftovers(
        _left(ours, found.taken_ours),
        _left(theirs, found.taken_theirs),
        weights,
        query.truncated,
    )
    parts += [
        Part("", f"{one} {other}", "together", weight) for one, other, weight in found.together
    ]
    if found.low_quality:
        parts.append(Part("", "", "low_quality", weights.low_quality))
    return tuple(parts)


def _pairs(query: PreparedQuery, theirs: tuple[Token, ...], weights: Weights) -> list[Pair]:
    pairs = []
    ours = query.name.tokens
    cut = len(ours) - 1 if query.truncated else -1
    met = query.name.lexicon.met(weights)
    for at, one in enumerate(ours):
        row = met[one, at == cut]
        for there, two in enumerate(theirs):
            related = row.get(two, _NOT_MET)
            if related is _NOT_MET:
                how = relate(one, two, cut=at == cut)
                related = row[two] = _weigh(one, two, how, weights) if how else None
                met.pairs += 1
            if related is not None:
                pairs.append(_new(Pair, (related[0], at, there, related[1], 1, 1)))
    return pairs


def _weigh(one: Token, two: Token, how: Relation, weights: Weights) -> Related:
    bits = one.bits if how == "same" else min(one.sound_bits, two.sound_bits)
    if not (one.naming and two.naming) and how != "initial":
        return round(min(bits, 1.0) * weights.per_bit["same"], 2), how
    return round(bits * weights.per_bit[how] + weights.always[how], 2), how


def _joined_pairs(query: PreparedQuery, name: PreparedName, weights: Weights) -> list[Pair]:
    """Two neighbours of one side beside a single part of the other."""
    pairs = []
    ours, theirs = query.name, name
    for at, there in _like_joined(ours, theirs):
        related = _relate_joined(query, ours.joined[at], theirs.tokens[there], weights)
        if related:
            pairs.append(Pair(related[0], at, there, related[1], wide_ours=2))
    for there, at in _like_joined(theirs, ours):
        related = _relate_joined(query, ours.tokens[at], theirs.joined[there], weights)
        if related:
            pairs.append(Pair(related[0], at, there, related[1], wide_theirs=2))
    return pairs


def _like_joined(of_two: PreparedName, of_one: PreparedName) -> Sequence[tuple[int, int]]:
    """Where neighbours of the first together have nearly length and letters of one of the other.

    Most have not, and are told by that before they are made.
    """
    if of_two.lengths[1] >= of_one.lengths[0] + 3:
        return ()
    found = []
    wholes = [(len(whole.text), whole) for whole in of_one.tokens]
    for at, (first, second) in enumerate(pairwise(of_two.tokens)):
        length = len(first.text) + len(second.text)
        for there, (letters, whole) in enumerate(wholes):
            if -3 < length - letters < 3:
                differ = (first.letters | second.letters) ^ whole.letters
                if differ.bit_count() <= _JOINED_DIFFER * length:
                    found.append((at, there))
    return found


def _relate_joined(
    query: PreparedQuery, one: Token, two: Token, weights: Weights
) -> Related | None:
    met = query.name.lexicon.met_joined(weights)
    row = met[one, False]
    if two in row:
        known: Related | None = row[two]
        return known
    how = relate(one, two)
    related: Related | None = None
    fewest = _FEWEST_CONSONANTS_JOINED if how == "same_consonants" else 2
    long = min(len(one.text), len(two.text)) >= _LONG_JOINED
    if how and (how in _JOINED or (how == "near" and long)) and len(one.consonants) >= fewest:
        weight, how = _weigh(one, two, how, weights)
        related = round(weight + weights.joined, 2), how
    row[two] = related
    met.pairs += 1
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
    weight, at, there, how, wide_ours, wide_theirs = pair
    one, naming_one = _written(ours, at, wide_ours)
    two, naming_two = _written(theirs, there, wide_theirs)
    naming = 0 if how == "initial" else max(naming_one, naming_two)
    return Part(one, two, how, weight, naming)


def _written(tokens: tuple[Token, ...], at: int, wide: int) -> tuple[str, int]:
    """The text of so many tokens from there, and how many of them name."""
    if wide == 1:
        return tokens[at].text, int(tokens[at].naming)
    some = tokens[at : at + wide]
    return " ".join([token.text for token in some]), sum(token.naming for token in some)


def _left(tokens: tuple[Token, ...], taken: int) -> list[Token]:
    """Those that have no counterpart; most have."""
    if taken + 1 == 1 << len(tokens):
        return []
    return [token for at, token in enumerate(tokens) if not taken >> at & 1]


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
    # Only one side has names left now; the rarest of them costs most.
    extra = [(t.text, "") for t in naming_ours[clashes:]]
    extra += [("", t.text) for t in naming_theirs[clashes:]]
    for at, (one_text, two_text) in enumerate(extra):
        cost = weights.extra_more if at else weights.extra
        parts.append(Part(one_text, two_text, "extra", cost, missing=True))
    parts += [Part(t.text, "", "extra", weights.extra_particle) for t in ours if not t.naming]
    parts += [Part("", t.text, "extra", weights.extra_particle) for t in theirs if not t.naming]
    return parts


def _rarest_first(tokens: list[Token]) -> list[Token]:
    """Those that name; how rare one is need not be worked out where it stands alone."""
    naming = [token for token in tokens if token.naming]
    return sorted(naming, key=lambda token: -token.bits) if len(naming) > 1 else naming
