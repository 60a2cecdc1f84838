"""Finding rows of text that may be a zone: long, even, without gaps, at any angle.

A zone is the only text of a document that has no spaces: its fillers are printed. So rows are looked
for along which the edges of print are dense *everywhere*, and which end above and below; other text has
gaps, and pictures have no rows. What is found is only a guess: the reader decides whether it is a zone.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from PIL import Image

from openmidas.documents.camera.following import follow, height_along
from openmidas.documents.camera.light import ink

Array = np.ndarray
LONGEST = 640
"""Pixels of the picture that is searched, at its longer side."""
_STEP = 4
"""Degrees between the angles that are tried first."""
_LOOKS = 6
"""How many rows are looked at, at each angle."""


class Row(NamedTuple):
    """A row of text in the picture: places along its middle, from one end to the other, in pixels.

    ``height``: of its capitals, in pixels; a guess.
    """

    middle: Array
    height: float

    @property
    def length(self) -> float:
        """In pixels."""
        return float(np.hypot(*(self.middle[-1] - self.middle[0])))


class Block(NamedTuple):
    """Rows one above the other. ``score``: how much like print without gaps."""

    rows: tuple[Row, ...]
    score: float


class _Edges(NamedTuple):
    """How the darkness changes at each place: in squares, so that any direction can be asked for."""

    across: Array
    both: Array
    down: Array
    strong: float
    """What counts as a clear edge in this picture."""

    def along(self, angle: float) -> Image.Image:
        """How clear the edges are that a line at this angle crosses, from 0 to 1."""
        turn = np.radians(angle)
        cos, sin = float(np.cos(turn)), float(np.sin(turn))
        square = cos * cos * self.across + 2 * cos * sin * self.both + sin * sin * self.down
        return Image.fromarray(np.minimum(np.sqrt(np.maximum(square, 0)) / self.strong, 1))

    def halved(self) -> _Edges:
        """The same in half the size."""
        parts = [
            np.asarray(Image.fromarray(part).reduce(2))
            for part in (self.across, self.both, self.down)
        ]
        return _Edges(parts[0], parts[1], parts[2], self.strong)


def find_blocks(grey: Image.Image, most: int = 3) -> list[Block]:
    """Blocks of rows that may be a zone, the likeliest first; the writing may stand on its head."""
    scale = LONGEST / max(grey.size)
    size = (max(64, round(grey.width * scale)), max(64, round(grey.height * scale)))
    small = grey.resize(size, Image.Resampling.BOX if scale < 1 else Image.Resampling.BICUBIC)
    edges = _edges(ink(small))
    blocks: list[Block] = []
    for angle in _angles(edges.halved())[:most]:
        blocks += _blocks_at(edges.along(angle), angle, 1 / scale)
    blocks.sort(key=lambda block: -block.score)
    return blocks[: most + 2]


def _edges(dark: Array) -> _Edges:
    across, down = np.zeros_like(dark), np.zeros_like(dark)
    across[:, 1:-1] = dark[:, 2:] - dark[:, :-2]
    down[1:-1] = dark[2:] - dark[:-2]
    strong = float(np.percentile(np.hypot(across, down)[::2, ::2], 93)) * 0.8 + 0.02
    return _Edges(across * across, across * down, down * down, strong)


def _turned(image: Image.Image, angle: float) -> tuple[Array, Array]:
    """The picture turned about its middle by so many degrees, and the way back (2 × 3)."""
    turn = np.radians(angle)
    cos, sin = float(np.cos(turn)), float(np.sin(turn))
    width = int(abs(image.width * cos) + abs(image.height * sin)) + 2
    height = int(abs(image.width * sin) + abs(image.height * cos)) + 2
    middle_x, middle_y = image.width / 2, image.height / 2
    back = np.array(
        [
            [cos, -sin, middle_x - cos * width / 2 + sin * height / 2],
            [sin, cos, middle_y - sin * width / 2 - cos * height / 2],
        ]
    )
    figures = tuple(float(one) for one in back.reshape(-1))
    turned = image.transform(
        (width, height), Image.Transform.AFFINE, figures, Image.Resampling.BILINEAR
    )
    return np.asarray(turned, np.float32), back


def _run(x: Array, width: int, axis: int) -> Array:
    """The mean over so many neighbours along an axis; the size stays."""
    before = width // 2
    pad = [(0, 0), (0, 0)]
    pad[axis] = (before + 1, width - before - 1)
    total = np.cumsum(np.pad(x, pad), axis=axis)
    if axis == 1:
        return np.asarray((total[:, width:] - total[:, :-width]) / width)[:, : x.shape[1]]
    return np.asarray((total[width:] - total[:-width]) / width)[: x.shape[0]]


def _even_rows(x: Array, part: int, apart: int) -> Array:
    """How dense the edges are along a row in each of three parts beside one another, against the rows
    above and below.
    """
    mean = _run(x, part, 1)
    least = mean.copy()
    least[:, part:] = np.minimum(least[:, part:], mean[:, :-part])
    least[:, :-part] = np.minimum(least[:, :-part], mean[:, part:])
    least[:, :part] = least[:, -part:] = 0
    least = _run(least, 3, 0)
    around = np.zeros_like(least)
    near = (mean[: -2 * apart] + mean[2 * apart :]) / 2
    far = (mean[: -4 * apart] + mean[4 * apart :]) / 2
    around[apart:-apart] = near
    around[2 * apart : -2 * apart] = np.minimum(around[2 * apart : -2 * apart], far)
    return np.maximum(least - around * 0.8, 0)


def _strength(edges: _Edges, angle: float, part: int) -> float:
    """How clear the clearest rows at an angle are."""
    x, _ = _turned(edges.along(angle), angle)
    rows = _even_rows(_filled(x, 2), part, 4)
    count = 150
    return float(np.partition(rows.reshape(-1), -count)[-count:].mean())


def _filled(x: Array, reach: int) -> Array:
    """Each place has the clearest edge of its neighbours in the row: characters have no gaps then."""
    filled = x.copy()
    for step in range(1, reach + 1):
        np.maximum(filled[:, step:], x[:, :-step], out=filled[:, step:])
        np.maximum(filled[:, :-step], x[:, step:], out=filled[:, :-step])
    return filled


def _angles(half: _Edges) -> list[float]:
    """Angles at which there are rows, the clearest first."""
    tried = [(_strength(half, angle, 30), float(angle)) for angle in range(0, 180, _STEP)]
    tried.sort(reverse=True)
    apart: list[float] = []
    for _, angle in tried:
        far = all(min(abs(angle - one), 180 - abs(angle - one)) > 2.5 * _STEP for one in apart)
        if far:
            apart.append(angle)
        if len(apart) == 3:
            break
    finer = []
    for angle in apart:
        close = [angle + step for step in (-3, -2, -1, 0, 1, 2, 3)]
        strengths = [(_strength(half, one, 36), one) for one in close]
        finer.append(max(strengths))
    finer.sort(reverse=True)
    return [angle for _, angle in finer]


def _blocks_at(edges: Image.Image, angle: float, scale: float) -> list[Block]:
    """The blocks of rows that run at an angle."""
    x, back = _turned(edges, angle)
    filled = _filled(x, 4)
    rows = _even_rows(filled, 60, 8)
    blocks: list[Block] = []
    for _ in range(_LOOKS):
        y0, x0 = np.unravel_index(int(rows.argmax()), rows.shape)
        strength = float(rows[y0, x0])
        if strength <= 0.02:
            break
        first, last = _ends(_run(filled[max(0, y0 - 2) : y0 + 3].mean(0)[None], 14, 1)[0], int(x0))
        if last - first >= 120:
            blocks.append(_block(x, filled, int(y0), (first, last), back, scale))
        # Beside a row there may be another at the same height, where a page ends.
        rows[max(0, y0 - 40) : y0 + 40, max(0, min(first, x0 - 30)) : max(last, x0 + 30)] = 0
    return blocks


def _block(
    x: Array, filled: Array, y0: int, ends: tuple[int, int], back: Array, scale: float
) -> Block:
    """The rows around the clearest place of one."""
    first, last = ends
    profile = x[:, first:last].mean(1)
    rows = []
    for middle, height in _peaks(profile, y0):
        row = follow(x, middle, height, first, last)
        height = height_along(x, row, height)
        places = np.concatenate([row, np.ones((len(row), 1))], 1) @ back.T
        rows.append(Row(places * scale, height * scale))
    near = filled[max(0, y0 - 2) : y0 + 3, first:last].mean()
    return Block(tuple(rows), float(near * (last - first) * (1.5 if len(rows) > 1 else 1)))


def _ends(along: Array, x0: int) -> tuple[int, int]:
    """Where a row ends to the left and to the right of a place in it."""
    core = float(np.median(along[max(0, x0 - 60) : x0 + 60]))
    there = along > core * 0.42
    ends = []
    for way in (-1, 1):
        at, gap = x0, 0
        end = x0
        while 0 <= at < len(along) and gap < 26:
            if there[at]:
                end, gap = at, 0
            else:
                gap += 1
            at += way
        ends.append(end)
    return ends[0], ends[1]


def _peaks(profile: Array, y0: int) -> list[tuple[int, float]]:
    """The middles of the rows about a place, from the top, and how high the characters of each are."""
    low = max(0, y0 - 90)
    near = profile[low : y0 + 90]
    smooth = np.convolve(near, [0.25, 0.5, 0.25], "same")
    top = float(smooth[y0 - low - 2 : y0 - low + 3].max())
    ground = float(np.percentile(smooth[max(0, y0 - low - 30) : y0 - low + 30], 12))
    high = smooth > ground + (top - ground) * 0.5
    runs: list[tuple[int, int]] = []
    for at, is_high in enumerate(high):
        if is_high and runs and runs[-1][1] == at:
            runs[-1] = (runs[-1][0], at + 1)
        elif is_high:
            runs.append((at, at + 1))
    own = next((run for run in runs if run[0] - 2 <= y0 - low < run[1] + 2), None)
    if own is None:
        return [(y0, 8.0)]
    height = own[1] - own[0]
    good = [run for run in runs if 0.4 * height <= run[1] - run[0] <= 2.2 * height]
    kept = [own]
    for way in (-1, 1):
        last = own
        ordered = sorted(
            (run for run in good if (run[0] - own[0]) * way > 0), key=lambda r: r[0] * way
        )
        for run in ordered:
            if abs((run[0] + run[1]) - (last[0] + last[1])) / 2 > 4.6 * height or len(kept) > 5:
                break
            kept.append(run)
            last = run
    return sorted(((run[0] + run[1] - 1) // 2 + low, float(run[1] - run[0])) for run in kept)
