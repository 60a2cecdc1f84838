"""Where the characters of a line stand: as many as it has, about equally far from one another.

This is what keeps a reader from losing or adding a filler in a run of them: of all ways to place so
many characters at an even pitch, the likeliest is taken.
"""

from __future__ import annotations

import numpy as np

Array = np.ndarray
NONE = 37
"""The class of a column in which no character has its middle."""
STEP = 4
"""Pixels of a strip to a column of the reader's answer."""
_APART = (3, 4, 5)
_STRAIN = 0.35
"""What a distance that is a column off costs."""


def best_places(logs: Array, lengths: tuple[int, ...]) -> dict[int, tuple[float, Array]]:
    """For each length, how likely the best placing is, and its columns from left to right.

    ``logs``: logarithms of the probabilities, column by class. A length that does not fit is left out.
    """
    likely = logs[:, :NONE].max(1) - logs[:, NONE]
    columns = len(likely)
    score = likely.copy()
    ways = []
    found: dict[int, tuple[float, Array]] = {}
    for length in range(2, max(lengths) + 1):
        options = np.full((len(_APART), columns), -np.inf)
        for number, apart in enumerate(_APART):
            if apart < columns:
                options[number, apart:] = score[:-apart] - _STRAIN * (apart - 4) ** 2
        way = options.argmax(0)
        score = options[way, np.arange(columns)] + likely
        ways.append(way)
        if length in lengths and np.isfinite(score.max()):
            end = int(score.argmax())
            found[length] = (float(score[end]), _traced(ways, end))
    return found


def _traced(ways: list[Array], end: int) -> Array:
    places = [end]
    for way in reversed(ways):
        places.append(places[-1] - _APART[int(way[places[-1]])])
    return np.array(places[::-1])


def pixels_of(places: Array, logs: Array) -> Array:
    """The middles of characters in pixels of the strip: between columns that are both likely."""
    likely = np.exp(np.minimum(logs[:, :NONE].max(1) - logs[:, NONE], 0.0))
    padded = np.pad(likely, 1)
    around = np.stack([padded[places], padded[places + 1], padded[places + 2]])
    shift = (around * np.array([[-1.0], [0.0], [1.0]])).sum(0) / around.sum(0)
    return np.asarray((places + 0.5 + shift) * STEP - 0.5)
