"""Strips cut straight from a picture: along a row that leans and bends, with capitals of one height."""

from __future__ import annotations

import numpy as np
from PIL import Image

from openmidas.documents.camera.finding import Row

Array = np.ndarray
HEIGHT = 28
"""Pixels of a strip."""
CAPITALS = 15.2
"""Pixels of the capitals in it. The readers were trained with both."""
MARGIN = 64
"""Pixels of a strip before the first place of its row and behind the last."""


class Source:
    """A grey picture to cut strips from, in as many sizes as are asked for."""

    def __init__(self, grey: Image.Image) -> None:
        self.grey = grey
        self._sizes: dict[int, Array] = {}

    def sample(self, x: Array, y: Array, coarse: float) -> Array:
        """What is to be seen at places of the picture; ``coarse``: its pixels to one of the result's.

        A place outside has the colour of the nearest edge.
        """
        reduce = max(1, int(coarse + 0.35))
        if reduce not in self._sizes:
            small = self.grey.reduce(reduce) if reduce > 1 else self.grey
            self._sizes[reduce] = np.asarray(small, np.float32)
        pixels = self._sizes[reduce]
        x = np.clip((x + 0.5) / reduce - 0.5, 0, pixels.shape[1] - 1.001)
        y = np.clip((y + 0.5) / reduce - 0.5, 0, pixels.shape[0] - 1.001)
        left, top = x.astype(np.intp), y.astype(np.intp)
        right, down = x - left, y - top
        below = np.minimum(top + 1, pixels.shape[0] - 1)
        beside = np.minimum(left + 1, pixels.shape[1] - 1)
        upper = pixels[top, left] * (1 - right) + pixels[top, beside] * right
        lower = pixels[below, left] * (1 - right) + pixels[below, beside] * right
        return np.asarray(upper * (1 - down) + lower * down, np.float32)


class Track:
    """The course of a row as a smooth curve, by the distance from its first place."""

    def __init__(self, row: Row) -> None:
        steps = np.hypot(*np.diff(row.middle, axis=0).T)
        far = np.concatenate([[0.0], np.cumsum(steps)])
        self.length = float(far[-1])
        self._x = np.polynomial.Polynomial.fit(far, row.middle[:, 0], 2)
        self._y = np.polynomial.Polynomial.fit(far, row.middle[:, 1], 2)

    def at(self, far: Array) -> tuple[Array, Array, Array, Array]:
        """Places at distances, and the direction there (of length one)."""
        x, y = self._x(far), self._y(far)
        along_x, along_y = self._x.deriv()(far), self._y.deriv()(far)
        size = np.maximum(np.hypot(along_x, along_y), 1e-9)
        return x, y, along_x / size, along_y / size


def strip_along(
    source: Source, track: Track, far: Array, capitals: float, high: int = HEIGHT
) -> Array:
    """A strip: one column for each distance; ``capitals``: their height in the picture, in pixels."""
    x, y, along_x, along_y = track.at(far)
    size = capitals / CAPITALS
    up = (np.arange(high) - (high - 1) / 2)[:, None] * size
    return source.sample(x[None] - along_y[None] * up, y[None] + along_x[None] * up, size)


def first_strip(source: Source, row: Row) -> tuple[Array, Array]:
    """A strip of a whole row with its margins, and the distance of each of its columns."""
    track = Track(row)
    size = row.height / CAPITALS
    columns = int(track.length / size) + 2 * MARGIN
    columns = min(2000, (columns + 3) // 4 * 4)
    far = (np.arange(columns) - MARGIN + 0.5) * size
    return strip_along(source, track, far, row.height), far
