"""Rounds told as figures: recall at a price, by disturbance, by birth date; calibration; cost."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from bench.report import Figure, at_least, at_most
from bench.screening.asking import Answers
from bench.screening.reckoning import (
    NINETY,
    NOTHING,
    Bin,
    Scores,
    bounds,
    error_of,
    recall,
    reliability,
)
from bench.screening.travellers import Round, places_by
from openmidas.screening import probability

ONE, TENTH = 0.01, 0.001
PRICES = {ONE: "1 %", TENTH: "0.1 %"}
GOALS = {ONE: 95.0, TENTH: 88.0}
UN_GOAL = 94.0
MOST_MISLED = 5.0
"""Points between how sure hits near 90 % are said to be, and how many of them are right."""
SLOWEST, USUAL = 5.0, 2.5


def of_travellers(rounds: Sequence[Round]) -> list[Figure]:
    """Recall over all seeds, with spread and bounds, and split in every way."""
    figures: list[Figure] = []
    for share, price in PRICES.items():
        by_seed = [_recall(one.ours.answers, share) for one in rounds]
        peers = _peers([one.same for one in rounds], share)
        name = f"recall at {price}"
        figures.append(at_least(name, _mean(by_seed), "%", GOALS[share], **peers))
        figures += [
            Figure(f"{name}, worst seed", min(by_seed), "%", None, None),
            Figure(f"{name}, best seed", max(by_seed), "%", None, None),
            *_bounds(name, [one.ours.answers for one in rounds], share),
            _same(f"{name}, same candidates", [one.same for one in rounds], share),
            _same(f"{name}, names alone", [one.names for one in rounds], share),
        ]
    figures += _levels(rounds)
    for what, title in (("kind", "disturbed"), ("birth_quality", "birth listed")):
        for share, price in PRICES.items():
            figures += _split(rounds, what, share, f"at {price}, {title}")
    return figures


def of_nations(one: Round, variants: Sequence[int]) -> list[Figure]:
    """Recall on the United Nations list, names alone: all aliases, and those that are spellings."""
    figures: list[Figure] = []
    for share, price in PRICES.items():
        for title, places in (("all aliases", slice(None)), ("spelling variants", list(variants))):
            value = _recall(_only(one.ours.answers, places), share)
            peers = {
                name: _recall(_only(answers, places), share)
                for name, answers in one.same.items()
                if name != "ours"
            }
            name = f"United Nations, {title} at {price}"
            asked = share == TENTH and title == "spelling variants"
            figures.append(
                at_least(name, value, "%", UN_GOAL, **peers)
                if asked
                else Figure(name, value, "%", None, None, peers)
            )
        answers = [_only(one.ours.answers, list(variants))]
        figures += _bounds(f"United Nations, spelling variants at {price}", answers, share)
    return figures


def calibration(rounds: Sequence[Round]) -> tuple[list[Bin], list[Figure]]:
    """How sure hits are said to be, by their score and by how many travellers here are listed."""
    said: list[float] = []
    shown: list[float] = []
    right: list[bool] = []
    for one in rounds:
        listed, innocent = len(one.world.listed), len(one.world.innocent)
        odds = math.log2(len(one.world.listings) * (listed + innocent) / listed)
        truths = [*(case.listing for case in one.world.listed), *[-1] * innocent]
        for hits, truth in zip((*one.ours.listed, *one.ours.innocent), truths, strict=True):
            for hit in hits:
                said.append(probability(hit.score, odds))
                shown.append(hit.sure)
                right.append(hit.place == truth)
    true = np.array(right, dtype=bool)
    bins = reliability(np.array(said), true, np.ones(len(true)))
    as_shown = reliability(np.array(shown), true, np.ones(len(true)))
    figures = [Figure("calibration, hits", len(true), "", None, None)]
    figures += [
        Figure(f"calibration, said {b.said:.0%}: right", 100 * b.right, "%", None, None)
        for b in bins
    ]
    near = [b for b in bins if (b.low, b.high) == NINETY]
    off = [100 * abs(b.said - b.right) for b in near] or [100.0]
    figures += [
        at_most("calibration, off where 90 % is said", off[0], "points", MOST_MISLED),
        Figure("calibration, off on average", error_of(bins), "points", None, None),
        Figure("calibration, off as shown by a hit", error_of(as_shown), "points", None, None),
    ]
    return bins, figures


def cost(rounds: Sequence[Round]) -> list[Figure]:
    """Milliseconds a traveller, memory, and how long a list takes to prepare."""
    own = np.concatenate([one.ours.answers.ms for one in rounds])
    figures = []
    for title, share, limit in (("median", 50, USUAL), ("p99", 99, SLOWEST)):
        figures.append(
            at_most(f"a query, whole list, {title}", _percentile(own, share), "ms", limit)
        )
        figures.append(
            _each(
                f"a query, candidates given, {title}",
                "ms",
                rounds,
                lambda one, name, share=share: _percentile(one.same[name].ms, share),  # type: ignore[misc]
            )
        )
    offered = _mean([one.offered for one in rounds])
    return [
        *figures,
        Figure("candidates given", offered, "listings", None, None),
        _each("preparing the list", "s of CPU", rounds, lambda one, name: one.costs[name].building),
        _each("memory", "MB", rounds, lambda one, name: one.costs[name].memory),
    ]


def _each(
    title: str, unit: str, rounds: Sequence[Round], value: Callable[[Round, str], float]
) -> Figure:
    names = rounds[0].same
    found = {name: _mean([value(one, name) for one in rounds]) for name in names}
    return Figure(title, found.pop("ours"), unit, None, None, found)


def _same(title: str, rounds: Sequence[Mapping[str, Answers]], share: float) -> Figure:
    own = _mean([_recall(one["ours"], share) for one in rounds])
    return Figure(title, own, "%", None, None, _peers(rounds, share))


def _peers(rounds: Sequence[Mapping[str, Answers]], share: float) -> dict[str, float]:
    return {
        name: _mean([_recall(one[name], share) for one in rounds])
        for name in rounds[0]
        if name != "ours"
    }


def _bounds(title: str, answers: Sequence[Answers], share: float) -> list[Figure]:
    """The mean of the seeds' bounds is wider than the bounds of their mean: we say the wider."""
    ends = [bounds(one.listed, one.innocent, share) for one in answers]
    return [
        Figure(f"{title}, 95 % bound {side}", _mean([end[at] for end in ends]), "%", None, None)
        for at, side in enumerate(("below", "above"))
    ]


def _split(rounds: Sequence[Round], what: str, share: float, title: str) -> list[Figure]:
    by_round = [places_by(one.world, what) for one in rounds]
    figures = []
    for value in by_round[0]:

        def part(answers: Callable[[Round], Answers], value: str = value) -> float:
            parts = [
                _recall(_only(answers(one), places[value]), share)
                for one, places in zip(rounds, by_round, strict=True)
                if value in places
            ]
            return _mean(parts)

        peers = {
            name: part(lambda one, name=name: one.same[name])  # type: ignore[misc]
            for name in rounds[0].same
            if name != "ours"
        }
        own = part(lambda one: one.ours.answers)
        figures.append(Figure(f"{title}: {value}", own, "%", None, None, peers))
    return figures


def _levels(rounds: Sequence[Round]) -> list[Figure]:
    """By the class of the hit: what an officer sees, without any threshold of ours."""
    figures = []
    for title, classes in (
        ("strong", {"strong"}),
        ("possible or more", {"strong", "possible"}),
        ("any class", {"strong", "possible", "weak"}),
    ):
        right, wrong, listed, innocent = 0, 0, 0, 0
        for one in rounds:
            listed += len(one.world.listed)
            innocent += len(one.world.innocent)
            right += sum(
                any(hit.place == case.listing and hit.level in classes for hit in hits)
                for hits, case in zip(one.ours.listed, one.world.listed, strict=True)
            )
            wrong += sum(any(hit.level in classes for hit in hits) for hits in one.ours.innocent)
        figures += [
            Figure(f"listed, hit as {title}", 100 * right / listed, "%", None, None),
            Figure(f"innocent, hit as {title}", 100 * wrong / innocent, "%", None, None),
        ]
    return figures


def _only(answers: Answers, places: slice | list[int]) -> Answers:
    return Answers(answers.listed[places], answers.innocent, answers.ms)


def _recall(answers: Answers, share: float) -> float:
    return recall(answers.listed, answers.innocent, share)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _percentile(values: Scores, share: float) -> float:
    return float(np.percentile(values[values > NOTHING], share))
