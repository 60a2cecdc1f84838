"""Which of the rows that were found are a zone, and what their characters look like to both readers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from openmidas.documents.camera.finding import Block, Row
from openmidas.documents.camera.light import even_cells, even_strip
from openmidas.documents.camera.network import load, log_softmax, run
from openmidas.documents.camera.places import STEP, best_places, pixels_of
from openmidas.documents.camera.straight import (
    CAPITALS,
    HEIGHT,
    Source,
    Track,
    first_strip,
    strip_along,
)

Array = np.ndarray
PITCH = 16.0
_SHAPES = ((2, 44), (2, 36), (3, 30))
"""Lines and characters of the formats of Doc 9303."""
_MOST_ROWS = 7
_LEAST = 2.0
"""By character, one way up or the other. Rows that are none stay below 1.6."""
_POOR = 1.0
"""By character. A row below is no line, and is left out."""
_DIM = 3.5
"""By character. A line below is looked for once more, beside the clearest of its zone."""
_GAPS = (1.6, 1.85, 2.1, 2.35, 2.6, 2.85, 3.1)
"""Where the next line may be, in characters: 2.1 to 2.6 in documents that lie flat."""
_CELL_SIZE = 1.06
"""The second reader sees the line a little larger than the first: no pixel is the same for both."""
_HALF_CELL = 14


class Line(NamedTuple):
    """A line of a zone. ``first`` and ``second``: what each reader takes every place for (logarithms of
    the probabilities of the 37 characters). ``track``, ``middles`` and ``capitals``: where they stand.
    """

    first: Array
    second: Array
    track: Track
    middles: Array
    capitals: float

    def picture(self, source: Source, place: int = 24, high: int = 36) -> Array:
        """The line, cut straight: so many pixels for each character."""
        count = len(self.middles)
        number = (np.arange(count * place) + 0.5) / place - 0.5
        curve = np.polynomial.Polynomial.fit(np.arange(count), self.middles, 2)
        wide = self.capitals * CAPITALS / (CAPITALS * place / PITCH)
        strip = strip_along(source, self.track, curve(number), wide, high)
        return np.asarray(np.clip(strip, 0, 255).astype(np.uint8))


class Zone(NamedTuple):
    """The lines of what may be a zone. ``clear``: how likely, by character; above 3 it mostly is one."""

    lines: tuple[Line, ...]
    clear: float


class _Tried(NamedTuple):
    row: Row
    far: Array
    logs: Array
    found: dict[int, tuple[float, Array]]


def zone_of(source: Source, block: Block) -> Zone | None:
    """What the rows of a block say, whichever way up; None where they are no zone."""
    tried = _try(source, block.rows[:_MOST_ROWS])
    clearest = max(tried, key=_best)
    turned = _best(_try(source, [_reversed(clearest.row)])[0])
    if max(turned, _best(clearest)) < _LEAST:
        return None
    if turned > _best(clearest):
        tried = _try(source, [_reversed(one.row) for one in reversed(tried)])
    rows = [one.row for one in tried if _best(one) > _POOR]
    # A row that was seen too short, where light or paper changes, is looked at beyond its ends.
    looked = _try(source, [_lengthened(row) for row in rows])
    chosen = _choose(looked)
    if chosen is None or _clear(chosen) < _DIM:
        # A row beside a clear one was taken for none, or was seen at another place than it is.
        better = _choose(_beside(source, max(looked, key=_best)))
        if better and (chosen is None or _clear(better) > _clear(chosen)):
            chosen = better
    if chosen is None:
        return None
    lines, length = chosen
    finished = [_finish(source, one, length) for one in lines]
    clear = float(np.mean([score for _, score in finished]) / length)
    return Zone(tuple(line for line, _ in finished), clear)


def _clear(chosen: tuple[list[_Tried], int]) -> float:
    """Of the line that is the least clear, by character."""
    lines, length = chosen
    return min(one.found[length][0] for one in lines) / length


def _beside(source: Source, clear: _Tried) -> list[_Tried]:
    """A clear row and the rows above and below it that are the clearest, of those at even distances."""
    length = max(clear.found, key=lambda one: clear.found[one][0])
    columns = clear.found[length][1][[0, -1]]
    first, last = np.interp(columns * STEP + STEP / 2, np.arange(len(clear.far)), clear.far)
    pitch = float(last - first) / (length - 1)
    x, y, along_x, along_y = Track(clear.row).at(np.linspace(first, last, 13))

    def look(apart: float) -> _Tried:
        """At the row that is parallel to it, so many characters below."""
        down = np.stack([x - along_y * pitch * apart, y + along_x * pitch * apart], 1)
        return _try(source, [_lengthened(Row(down, pitch * CAPITALS / PITCH))])[0]

    seen = {way * apart: look(way * apart) for way in (-1, 1) for apart in _GAPS}
    next_to = max(seen, key=lambda apart: _best(seen[apart]))
    rows = {0.0: clear, next_to: seen[next_to], 2 * next_to: look(2 * next_to)}
    rows[-next_to] = look(-next_to)
    return [rows[apart] for apart in sorted(rows) if _best(rows[apart]) > _POOR]


def _lengthened(row: Row) -> Row:
    """A row and what goes on at its ends, as far as ten characters."""
    beyond = 10 * row.height * PITCH / CAPITALS
    first, last = row.middle[0], row.middle[-1]
    along = (last - first) / max(1e-6, row.length) * beyond
    return row._replace(middle=np.concatenate([[first - along], row.middle, [last + along]]))


def _reversed(row: Row) -> Row:
    return row._replace(middle=row.middle[::-1])


def _best(tried: _Tried) -> float:
    """By character, of the length that fits best."""
    return max((score / length for length, (score, _) in tried.found.items()), default=-9.0)


def _try(source: Source, rows: Sequence[Row]) -> list[_Tried]:
    """Each row, read as it was found."""
    tried = []
    for row in rows:
        strip, far = first_strip(source, row)
        logs = _read(strip)
        tried.append(_Tried(row, far, logs, best_places(logs, (30, 36, 44))))
    return tried


def _read(strip: Array) -> Array:
    out = run(load("line"), even_strip(strip)[None, None])
    return log_softmax(out[0, :, 0].T)


def _choose(tried: list[_Tried]) -> tuple[list[_Tried], int] | None:
    """The rows that together are the likeliest lines of one format."""
    best: tuple[float, list[_Tried], int] | None = None
    for count, length in _SHAPES:
        for start in range(len(tried) - count + 1):
            for skip in (0, 1):  # a row that is none may have been seen between two lines
                lines = tried[start : start + count + skip : 1 + skip][:count]
                if len(lines) < count or any(length not in one.found for one in lines):
                    continue
                score = sum(one.found[length][0] for one in lines)
                if best is None or score > best[0]:
                    best = (score, lines, length)
    if best is None or best[0] < _LEAST * best[2] * len(best[1]):
        return None
    return best[1], best[2]


def _finish(source: Source, tried: _Tried, length: int) -> tuple[Line, float]:
    """Read a line once more, now that the places of its characters are known: at an even pitch."""
    track, far, logs, found = Track(tried.row), tried.far, tried.logs, tried.found[length]
    capitals = tried.row.height
    for _ in range(2):
        curve, capitals = _spread(far, pixels_of(found[1], logs), length)
        columns = round(PITCH * (length + 4))
        place = (np.arange(columns) + 0.5) / PITCH - 2.5
        far = curve(place)
        strip = strip_along(source, track, far, capitals)
        logs = _read(strip)
        again = best_places(logs, (length,))
        if length not in again:
            break
        found = again[length]
    first = _sharpest(logs, found[1])
    middles = np.interp(pixels_of(found[1], logs), np.arange(len(far)), far)
    second = _second(source, track, middles, capitals)
    return Line(first, second, track, middles, capitals), found[0]


def _spread(far: Array, pixels: Array, length: int) -> tuple[np.polynomial.Polynomial, float]:
    """The distance of each place by its number, as a smooth curve, and the height of the capitals."""
    number = np.arange(length)
    distance = np.interp(pixels, np.arange(len(far)), far)
    curve = np.polynomial.Polynomial.fit(number, distance, 2)
    rest = np.abs(curve(number) - distance)
    calm = rest <= np.median(rest) * 3 + 1e-6
    curve = np.polynomial.Polynomial.fit(number[calm], distance[calm], 2)
    pitch = float(curve(length - 1) - curve(0)) / (length - 1)
    return curve, max(3.0, pitch * CAPITALS / PITCH)


def _sharpest(logs: Array, places: Array) -> Array:
    """At each place, the sum of what the column and its neighbours say, as one distribution."""
    chances = np.exp(logs[:, :37])
    padded = np.pad(chances, ((1, 1), (0, 0)))
    total = padded[places] + 2 * padded[places + 1] + padded[places + 2]
    return np.asarray(np.log(total / total.sum(1, keepdims=True) + 1e-9))


def _second(source: Source, track: Track, middles: Array, capitals: float) -> Array:
    """What the reader of single characters says."""
    pitch = (middles[-1] - middles[0]) / (len(middles) - 1)
    step = pitch / PITCH / _CELL_SIZE
    beside = (np.arange(2 * _HALF_CELL) - _HALF_CELL + 0.5) * step
    far = (middles[:, None] + beside[None]).reshape(-1)
    strip = strip_along(source, track, far, capitals / _CELL_SIZE)
    cells = strip.reshape(HEIGHT, len(middles), 2 * _HALF_CELL).transpose(1, 0, 2)
    out = run(load("cell"), even_cells(cells)[:, None])
    return log_softmax(out[:, :, 0, 0])
