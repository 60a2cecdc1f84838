"""From codewords to the squares of a QR code (ISO/IEC 18004:2015: 6.3, 7.7 to 7.10)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator

import msgspec

from openmidas.documents.qr.coding import Layout, codewords, layout_for

QUIET = 4
"""Empty squares around the code that readers need."""
_LEVEL_M = 0b00
_MASKS: tuple[Callable[[int, int], bool], ...] = (
    lambda row, column: (row + column) % 2 == 0,
    lambda row, column: row % 2 == 0,
    lambda row, column: column % 3 == 0,
    lambda row, column: (row + column) % 3 == 0,
    lambda row, column: (row // 2 + column // 3) % 2 == 0,
    lambda row, column: row * column % 2 + row * column % 3 == 0,
    lambda row, column: (row * column % 2 + row * column % 3) % 2 == 0,
    lambda row, column: ((row + column) % 2 + row * column % 3) % 2 == 0,
)
_LIKE_A_FINDER = re.compile("(?=10111010000|00001011101)")
_RUNS = re.compile("0{5,}|1{5,}")

Grid = list[list[int]]


class Symbol(msgspec.Struct, frozen=True):
    """A QR code. ``rows``: from the top, each of "1" (dark) and "0"."""

    rows: tuple[str, ...]

    @property
    def size(self) -> int:
        """Squares on each side, those that must stay empty around it included."""
        return len(self.rows) + 2 * QUIET

    def path(self) -> str:
        """What an SVG path draws it with, in units of one square."""
        return "".join(
            f"M{run.start() + QUIET} {number + QUIET}h{len(run[0])}v1h-{len(run[0])}z"
            for number, row in enumerate(self.rows)
            for run in re.finditer("1+", row)
        )


def qr_code(text: str) -> Symbol:
    """The smallest code of level M. Raises `TooLong`, and `ValueError` for letters it cannot hold."""
    layout = layout_for(text)
    grid, taken = _patterns(layout)
    _place(grid, taken, codewords(text, layout))
    masked = [_masked(grid, taken, mask) for mask in range(len(_MASKS))]
    best = min(masked, key=_penalty)
    return Symbol(tuple("".join(map(str, row)) for row in best))


def _patterns(layout: Layout) -> tuple[Grid, Grid]:
    """The squares that are the same for every text, and where they are."""
    size = 17 + 4 * layout.version
    grid, taken = [[0] * size for _ in range(size)], [[0] * size for _ in range(size)]

    def put(row: int, column: int, dark: int) -> None:
        if 0 <= row < size and 0 <= column < size:
            grid[row][column], taken[row][column] = dark, 1

    for at in range(size):
        put(6, at, 1 - at % 2)
        put(at, 6, 1 - at % 2)
    for row, column in ((3, 3), (3, size - 4), (size - 4, 3)):
        for down, across in _square(4):
            put(row + down, column + across, int(max(abs(down), abs(across)) not in (2, 4)))
    for row, column in _alignments(layout.version, size):
        for down, across in _square(2):
            put(row + down, column + across, int(max(abs(down), abs(across)) != 1))
    for row, column in (*_format_places(size)[0], *_format_places(size)[1]):
        put(row, column, 0)
    put(size - 8, 8, 1)
    if layout.version >= 7:
        told = layout.version << 12 | _remainder(layout.version, 12, 0x1F25)
        for place in range(18):
            across, down = size - 11 + place % 3, place // 3
            put(down, across, told >> place & 1)
            put(across, down, told >> place & 1)
    return grid, taken


def _square(reach: int) -> Iterator[tuple[int, int]]:
    around = range(-reach, reach + 1)
    return ((down, across) for down in around for across in around)


def _alignments(version: int, size: int) -> list[tuple[int, int]]:
    if version == 1:
        return []
    count = version // 7 + 2
    step = (version * 4 + count * 2 + 1) // (count * 2 - 2) * 2
    places = [6, *sorted(size - 7 - number * step for number in range(count - 1))]
    corners = {(6, 6), (6, size - 7), (size - 7, 6)}
    return [(row, column) for row in places for column in places if (row, column) not in corners]


def _format_places(size: int) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Where the 15 bits of mask and level stand, twice, the lowest first."""
    first = [(row, 8) for row in (0, 1, 2, 3, 4, 5, 7, 8)]
    first += [(8, column) for column in (7, 5, 4, 3, 2, 1, 0)]
    second = [(8, size - 1 - number) for number in range(8)]
    second += [(size - 15 + number, 8) for number in range(8, 15)]
    return first, second


def _remainder(data: int, bits: int, polynomial: int) -> int:
    left = data
    for _ in range(bits):
        left = (left << 1) ^ ((left >> (bits - 1)) * polynomial)
    return left


def _place(grid: Grid, taken: Grid, words: bytes) -> None:
    """Two columns at a time from the right, upwards and downwards in turn."""
    bits = (word >> place & 1 for word in words for place in range(7, -1, -1))
    size = len(grid)
    right = [column for column in range(size - 1, 0, -2) if column > 6]
    right += [5, 3, 1]
    for turn, column in enumerate(right):
        for step in range(size):
            row = step if turn % 2 else size - 1 - step
            for at in (column, column - 1):
                if not taken[row][at]:
                    grid[row][at] = next(bits, 0)


def _masked(grid: Grid, taken: Grid, mask: int) -> Grid:
    turns = _MASKS[mask]
    masked = [
        [dark ^ (not taken[row][column] and turns(row, column)) for column, dark in enumerate(line)]
        for row, line in enumerate(grid)
    ]
    data = _LEVEL_M << 3 | mask
    told = (data << 10 | _remainder(data, 10, 0x537)) ^ 0x5412
    for places in _format_places(len(grid)):
        for place, (row, column) in enumerate(places):
            masked[row][column] = told >> place & 1
    return masked


def _penalty(grid: Grid) -> int:
    """How hard the code is to read (7.8.3)."""
    rows = ["".join(map(str, row)) for row in grid]
    columns = ["".join(map(str, column)) for column in zip(*grid, strict=True)]
    lines = [*rows, *columns]
    runs = sum(len(run[0]) - 2 for line in lines for run in _RUNS.finditer(line))
    finders = sum(len(_LIKE_A_FINDER.findall(line)) for line in lines)
    blocks = sum(
        one[at : at + 2] == two[at : at + 2] and one[at] == one[at + 1]
        for one, two in itertools.pairwise(rows)
        for at in range(len(one) - 1)
    )
    dark = sum(row.count("1") for row in rows)
    uneven = abs(20 * dark - 10 * len(rows) ** 2) // len(rows) ** 2
    return runs + 3 * blocks + 40 * finders + 10 * uneven
