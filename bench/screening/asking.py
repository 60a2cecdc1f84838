"""Travellers put to a matcher, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bench.screening.cases import Asked, World
from bench.screening.child import Advance, Child, Hit
from bench.screening.reckoning import NOTHING, Scores


@dataclass(frozen=True, slots=True)
class Answers:
    """For each listed traveller the score of their own listing, for each innocent one the highest.

    `ms`: of each traveller, the listed first.
    """

    listed: Scores
    innocent: Scores
    ms: Scores


@dataclass(frozen=True, slots=True)
class Screened:
    """What our whole search gave: the answers, and every hit of every traveller."""

    answers: Answers
    listed: list[list[Hit]]
    innocent: list[list[Hit]]


def screen(child: Child, world: World, advance: Advance) -> Screened:
    """Everybody against the whole list, as at a counter."""
    listed, listed_ms = child.screen([case.asked for case in world.listed], advance)
    innocent, innocent_ms = child.screen(world.innocent, advance)
    own = [
        max((hit.score for hit in hits if hit.place == case.listing), default=NOTHING)
        for hits, case in zip(listed, world.listed, strict=True)
    ]
    highest = [max((hit.score for hit in hits), default=NOTHING) for hits in innocent]
    answers = Answers(np.array(own), np.array(highest), np.array(listed_ms + innocent_ms))
    return Screened(answers, listed, innocent)


@dataclass(frozen=True, slots=True)
class Offers:
    """What every matcher is given: travellers, the listed first, and the listings for each."""

    asked: Sequence[Asked]
    offered: Sequence[Sequence[int]]
    listed: int


def score(child: Child, offers: Offers, advance: Advance, *, penalties: bool) -> Answers:
    """The listings offered compared with their travellers; without penalties by the name alone."""
    asked = offers.asked if penalties else [one.name_alone() for one in offers.asked]
    scores, took = child.score(asked, offers.offered, advance, penalties=penalties)
    return Answers(
        listed=np.array([of_one[0] for of_one in scores[: offers.listed]]),
        innocent=np.array([max(of_one) for of_one in scores[offers.listed :]]),
        ms=np.array(took),
    )
