"""Following a row of print that leans and bends a little: its course, and how high its characters are."""

from __future__ import annotations

import numpy as np

Array = np.ndarray


def follow(x: Array, middle: int, height: float, first: int, last: int) -> Array:
    """Places along the middle of a row, from one end to the other: it may lean against the others, and bend.

    ``x``: how clear the edges are, turned so that rows lie level; ``middle``, ``height``: as seen across.
    """
    places = np.linspace(first, last, 13)
    at = np.full(13, float(middle))
    reach = max(3, round(height * 0.9))
    for _ in range(2):
        found, weight = at.copy(), np.zeros(13)
        for number, place in enumerate(places):
            left, right = max(0, int(place) - 30), min(x.shape[1], int(place) + 30)
            top = max(0, round(at[number]) - reach)
            part = x[top : round(at[number]) + reach + 1, left:right].mean(1)
            part = np.maximum(part - part.min(), 0) if len(part) else part
            if len(part) and part.sum() > 0:
                found[number] = top + float((part * np.arange(len(part))).sum() / part.sum())
                weight[number] = float(part.max())
        if weight.sum() == 0:
            break
        curve = np.polynomial.Polynomial.fit(places, found, 2, w=weight + 1e-6)
        rest = np.abs(curve(places) - found)
        calm = rest <= max(1.0, float(np.median(rest)) * 2.5)
        if calm.sum() >= 5:
            curve = np.polynomial.Polynomial.fit(
                places[calm], found[calm], 2, w=weight[calm] + 1e-6
            )
        at = curve(places)
    return np.stack([places, at], 1)


def height_along(x: Array, row: Array, height: float) -> float:
    """How high the characters are along the course of a row: seen across, one that leans looks higher.

    Not more than ``height``.
    """
    reach = round(height) + 3
    along = np.linspace(row[0, 0], row[-1, 0], 90)
    down = np.interp(along, row[:, 0], row[:, 1]) + np.arange(-reach, reach + 1)[:, None]
    places = np.clip(np.rint(down).astype(int), 0, x.shape[0] - 1)
    profile = x[places, np.clip(along.astype(int), 0, x.shape[1] - 1)].mean(1)
    clear = float(profile[reach - 1 : reach + 2].max())
    low = np.flatnonzero(profile <= (profile.min() + clear) / 2) - reach
    above = low[low < 0].max(initial=-reach - 1)
    below = low[low > 0].min(initial=reach + 1)
    return float(np.clip(below - above - 1, 3.0, height))
