"""Rounds told as figures: how far hits are as sure as they are said to be, and what an answer costs."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np

from bench.report import Figure, at_most
from bench.screening.recall_figures import mean
from bench.screening.reckoning import NINETY, Bin, Scores, error_of, reliability
from bench.screening.travellers import Round
from openmidas.screening import probability

MOST_MISLED = 5.0
"""Points between how sure hits near 90 % are said to be, and how many of them are right."""
SLOWEST, USUAL = 5.0, 2.5
"""Milliseconds of a query."""


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
    offered = mean([one.offered for one in rounds])
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
    found = {name: mean([value(one, name) for one in rounds]) for name in names}
    return Figure(title, found.pop("ours"), unit, None, None, found)


def _percentile(values: Scores, share: float) -> float:
    return float(np.percentile(values, share))
