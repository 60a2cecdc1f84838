"""Which leaves stand where in a frame: rows are bodies, columns are paths."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache

from openmidas.journal.shapes import read_shape

MOMENT = b"\xa2at"
"""The path of the moment of an entry: its column is told before all others."""
MOST_LEAVES = 200_000
"""How many leaves a frame may have."""


class Grid:
    """Which leaves the rows of a frame have, by their shapes. None: a row without a body.

    ``paths``: the columns in the order in which they are told; ``counts``: how many leaves each has.
    """

    def __init__(self, shapes: Sequence[bytes | None]) -> None:
        self._shapes = shapes
        self.counts: Counter[bytes] = Counter()
        self._shapes_with: defaultdict[bytes, list[tuple[bytes, int]]] = defaultdict(list)
        for shape, times in Counter(shapes).items():
            if shape is not None:
                for path, number in _paths(shape).items():
                    self.counts[path] += number * times
                    self._shapes_with[path].append((shape, number))
                if self.counts.total() > MOST_LEAVES:
                    raise ValueError("no frame has so many leaves")
        # The moments first: others are told as differences from them.
        self.paths = sorted(self.counts, key=lambda path: path != MOMENT)

    def spread(self, moments: Sequence[int]) -> list[int]:
        """The moment of each row; 0 of one that tells none."""
        told = iter(moments)
        return [next(told) if _tells_at(shape) else 0 for shape in self._shapes]

    def at(self, path: bytes, moments: Sequence[int]) -> Sequence[int]:
        """The moment of each leaf of a column."""
        shapes = self._shapes_with[path]
        if self.counts[path] == len(moments) and len(shapes) == 1 and shapes[0][1] == 1:
            return moments
        rows = [row for shape, number in shapes for row in self._rows[shape] for _ in range(number)]
        return [moments[row] for row in sorted(rows)]

    def lazily(self, path: bytes, moments: Sequence[int]) -> Callable[[], Sequence[int]]:
        """The same, worked out when it is first asked for: few columns ask."""
        made: Sequence[int] | None = None

        def at_first() -> Sequence[int]:
            nonlocal made
            if made is None:
                made = self.at(path, moments)
            return made

        return at_first

    @cached_property
    def _rows(self) -> dict[bytes | None, list[int]]:
        """For each shape the rows that have it."""
        rows: defaultdict[bytes | None, list[int]] = defaultdict(list)
        for row, shape in enumerate(self._shapes):
            rows[shape].append(row)
        return rows


@lru_cache(maxsize=256)
def _paths(shape: bytes) -> Counter[bytes]:
    return Counter(read_shape(shape).paths)


def _tells_at(shape: bytes | None) -> bool:
    return shape is not None and _paths(shape).get(MOMENT, 0) == 1
