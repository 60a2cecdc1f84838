"""From scores to figures: recall at a price in false hits, F1, calibration, bounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]
NOTHING = float("-inf")
"""The score of who was not found."""
_RESAMPLED = 400


def needed(innocent: Scores, share: float) -> float:
    """The score that a hit must exceed so that at most this share of the innocent is hit.

    Who have the same score are hit together or not at all.
    """
    allowed = int(share * len(innocent))
    return float(np.sort(innocent)[::-1][allowed]) if allowed < len(innocent) else NOTHING


def recall(listed: Scores, innocent: Scores, share: float) -> float:
    """Percentage of the listed who are hit when at most this share of the innocent is."""
    return 100.0 * float(np.mean(listed > needed(innocent, share)))


def bounds(listed: Scores, innocent: Scores, share: float) -> tuple[float, float]:
    """95 % bounds of that recall, by drawing both sorts of travellers anew."""
    chance = np.random.default_rng(0)
    drawn = [
        recall(
            listed[chance.integers(0, len(listed), len(listed))],
            innocent[chance.integers(0, len(innocent), len(innocent))],
            share,
        )
        for _ in range(_RESAMPLED)
    ]
    low, high = np.percentile(drawn, (2.5, 97.5))
    return float(low), float(high)


def f1(scores: Scores, same: NDArray[np.bool_]) -> float:
    """F1 of calling pairs the same person, 0 to 1.

    The score to exceed is chosen on every second pair and used on the others, and the other way
    round: nobody is measured on what was chosen for them.
    """
    halves = np.arange(len(scores)) % 2 == 0
    called = np.zeros(len(scores), dtype=bool)
    for half in (halves, ~halves):
        called[~half] = scores[~half] >= best_threshold(scores[half], same[half])
    return f1_of(called, same)


def f1_of(called: NDArray[np.bool_], same: NDArray[np.bool_]) -> float:
    """F1 of these calls."""
    right = int(np.sum(called & same))
    return 2 * right / (int(np.sum(called)) + int(np.sum(same))) if right else 0.0


def best_threshold(scores: Scores, same: NDArray[np.bool_]) -> float:
    """The score from which on calling pairs the same gives the best F1."""
    order = np.argsort(-scores, kind="stable")
    right = np.cumsum(same[order])
    values = 2 * right / (np.arange(1, len(scores) + 1) + np.sum(same))
    # A threshold takes all pairs of one score together: only their last counts.
    last = np.append(scores[order][1:] != scores[order][:-1], True)
    return float(scores[order][int(np.argmax(np.where(last, values, -1.0)))])


@dataclass(frozen=True, slots=True)
class Bin:
    """Hits of which something alike was said: how sure on average, how many are right, how many."""

    low: float
    high: float
    said: float
    right: float
    hits: float


BINS = ((0.0, 0.2), (0.2, 0.5), (0.5, 0.7), (0.7, 0.85), (0.85, 0.95), (0.95, 0.99), (0.99, 1.01))
NINETY = BINS[4]


def reliability(sure: Scores, right: NDArray[np.bool_], weight: Scores) -> list[Bin]:
    """Of hits said to be so sure, how many are right. `weight`: how many travellers one stands for."""
    found = []
    for low, high in BINS:
        inside = (sure >= low) & (sure < high)
        hits = float(np.sum(weight[inside]))
        if hits:
            said = float(np.sum(weight[inside] * sure[inside])) / hits
            true = float(np.sum(weight[inside] * right[inside])) / hits
            found.append(Bin(low, min(high, 1.0), said, true, hits))
    return found


def error_of(bins: Sequence[Bin]) -> float:
    """How far what is said is from what is so, on average over the hits, in points of 100."""
    total = sum(one.hits for one in bins)
    return 100.0 * sum(one.hits * abs(one.said - one.right) for one in bins) / total if total else 0
