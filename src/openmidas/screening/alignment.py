"""Laying one name beside another: which parts are the same, whatever their order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from openmidas.screening.names import fold, is_particle
from openmidas.screening.similarity import INITIAL

Grade = Literal["all_parts", "some_parts"]

# Shares of the weight of a name that have their counterpart in the other: all of both, all of one
# and some of the other (names left out), or much of both (parts spelled quite differently).
_ALL = 0.8
LEAST_SHARE = 0.35
_MUCH = 0.6
_FEWEST_NAMING = 2


@dataclass(frozen=True, slots=True)
class Part:
    """A token, or two neighbours written as one (ABDUL RAHMAN, ABDULRAHMAN); positions covered."""

    text: str
    first: int
    last: int
    bits: float
    naming: int


@dataclass(frozen=True, slots=True)
class Name:
    """A name ready for comparison. `naming` counts the tokens that are not particles, initials."""

    text: str
    parts: tuple[Part, ...]
    bits: float
    naming: int


@dataclass(frozen=True, slots=True)
class Alignment:
    """How two names go together. `bits` is the weight of what they share, by likeness."""

    grade: Grade
    bits: float


def prepare(text: str, bits: Callable[[str], float]) -> Name:
    """Fold a name and weigh its parts."""
    tokens = fold(text)
    parts = [
        Part(token, at, at, bits(token), int(not is_particle(token) and len(token) > 1))
        for at, token in enumerate(tokens)
    ]
    naming = sum(part.naming for part in parts)
    total = sum(part.bits for part in parts)
    joined = [
        Part(one.text + two.text, one.first, two.last, one.bits + two.bits, one.naming + two.naming)
        for one, two in pairwise(parts)
    ]
    return Name(text, (*parts, *joined), total, naming)


def align(
    ours: Name, theirs: Name, alike: Callable[[str, str], float], *, truncated: bool = False
) -> Alignment | None:
    """Lay the traveller's name beside a listed one; None when they are not the same name.

    `truncated` says that the traveller's name was cut by the length of an MRZ: what the listed
    name has more does not count against it.
    """
    shared_ours = shared_theirs = 0.0
    naming = initials = 0
    for likeness, one, two in _pairs(ours, theirs, alike):
        shared_ours += likeness * one.bits if likeness > INITIAL else one.bits
        shared_theirs += likeness * two.bits if likeness > INITIAL else two.bits
        if likeness <= INITIAL:
            initials += 1
        else:
            naming += _naming(one, two)
    share_ours = shared_ours / ours.bits if ours.bits else 0.0
    share_theirs = shared_theirs / theirs.bits if theirs.bits else 0.0
    if naming >= _FEWEST_NAMING:
        grade = _grade(share_ours, share_theirs, truncated)
    else:
        grade = _single(ours, theirs, naming, initials)
    return Alignment(grade, min(shared_ours, shared_theirs)) if grade else None


def _naming(one: Part, two: Part) -> int:
    """How many names a pair stands for: two when one side writes both as one."""
    joined = one.first != one.last or two.first != two.last
    return max(one.naming, two.naming) if joined else min(one.naming, two.naming)


def _pairs(
    ours: Name, theirs: Name, alike: Callable[[str, str], float]
) -> list[tuple[float, Part, Part]]:
    """The best pairs of parts in which no token stands twice."""
    found = []
    for one in ours.parts:
        for two in theirs.parts:
            if one.first != one.last and two.first != two.last:
                continue
            likeness = alike(one.text, two.text)
            if likeness > 0:
                found.append((likeness * min(one.bits, two.bits), likeness, one, two))
    found.sort(key=lambda pair: -pair[0])
    taken_ours: set[int] = set()
    taken_theirs: set[int] = set()
    chosen = []
    for _, likeness, one, two in found:
        places_ours, places_theirs = {one.first, one.last}, {two.first, two.last}
        if places_ours & taken_ours or places_theirs & taken_theirs:
            continue
        taken_ours |= places_ours
        taken_theirs |= places_theirs
        chosen.append((likeness, one, two))
    return chosen


def _grade(share_ours: float, share_theirs: float, truncated: bool) -> Grade | None:
    if share_ours >= _ALL and (share_theirs >= _ALL or truncated):
        return "all_parts"
    least, most = sorted((share_ours, share_theirs))
    if (most >= _ALL and least >= LEAST_SHARE) or least >= _MUCH:
        return "some_parts"
    return None


def _single(ours: Name, theirs: Name, naming: int, initials: int) -> Grade | None:
    """One shared name is enough when neither has another, or an initial stands for the other."""
    if naming != 1:
        return None
    if ours.naming == theirs.naming == 1:
        return "all_parts" if not initials else "some_parts"
    return "some_parts" if initials and min(ours.naming, theirs.naming) == 1 else None
