"""A State on a map: its regions, its neighbours, and where things stand. Drawn by the server as SVG.

Equirectangular, with longitudes shortened by the cosine of the middle latitude: true enough for one
State. The data are made by ``tools/make_map.py`` from Natural Earth, which is in the public domain.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import cast

import msgspec

from openmidas.documents.state_names import StateLocale, state_name

WIDTH = 1200
"""Units of the drawing from side to side."""
TALLEST = 1300
MARGIN = 0.09
"""How much of the neighbours is seen, as a part of the larger side of the State."""
LETTER = 13
CAPITAL = 18
"""Units that a letter of a region's name takes, and of a State's."""
LEAST_SEEN = 0.012
"""A State of which less than this part of the drawing is seen is not named."""
BEYOND_THE_EDGE = 8
"""Units by which shapes go on outside the drawing, so that no border is drawn along its edge."""

Place = tuple[float, float]
Ring = list[Place]


class Region(msgspec.Struct, frozen=True):
    """A region of a State as the file has it; ``width`` in steps of the grid."""

    at: tuple[int, int]
    width: int
    names: dict[str, str]


class Land(msgspec.Struct, frozen=True):
    """A State as the file has it: arcs by number, ``~number`` for backwards."""

    outline: list[list[int]]
    borders: list[int] = []
    regions: list[Region] = []


class Atlas(msgspec.Struct, frozen=True):
    """The file of ``tools/make_map.py``."""

    grid: int
    states: dict[str, Land]
    arcs: list[list[int]]

    def line(self, number: int) -> list[tuple[int, int]]:
        """The points of an arc, in steps of the grid; those of ``~number`` backwards."""
        if number < 0:
            return self.line(~number)[::-1]
        steps = iter(self.arcs[number])
        x = y = 0
        points = []
        for dx, dy in zip(steps, steps, strict=True):
            x, y = x + dx, y + dy
            points.append((x, y))
        return points

    def ring(self, numbers: Sequence[int]) -> list[tuple[int, int]]:
        """The points of a ring of arcs."""
        return [point for number in numbers for point in self.line(number)[:-1]]


class Name(msgspec.Struct, frozen=True):
    """A name and where its middle stands."""

    x: int
    y: int
    text: str


class Shape(msgspec.Struct, frozen=True):
    """Another State: its outline as path data, and the places where its name may stand, best first.

    None where too little of it is seen.
    """

    path: str
    names: tuple[Name, ...] = ()

    @property
    def name(self) -> Name | None:
        """Its name at the best place."""
        return self.names[0] if self.names else None


class StateMap(msgspec.Struct, frozen=True):
    """What the page draws. Paths are SVG path data; sizes are units of the drawing."""

    height: int
    outline: str
    borders: str
    regions: tuple[Name, ...]
    around: tuple[Shape, ...]
    projection: Projection
    width: int = WIDTH

    def place(self, latitude: float, longitude: float) -> tuple[int, int] | None:
        """Where a place stands in the drawing; None outside it."""
        x, y = self.projection.place(longitude, latitude)
        return (round(x), round(y)) if 0 <= x <= self.width and 0 <= y <= self.height else None


class Projection(msgspec.Struct, frozen=True):
    """From degrees to units of the drawing."""

    west: float
    north: float
    scale: float
    shortened: float

    def place(self, longitude: float, latitude: float) -> Place:
        """A place in units from the upper left corner."""
        x = (longitude - self.west) * self.shortened * self.scale
        return x, (self.north - latitude) * self.scale


@cache
def atlas() -> Atlas:
    """All that is known of States."""
    raw = files("openmidas.maps").joinpath("map_data", "states.json").read_bytes()
    return msgspec.json.decode(raw, type=Atlas)


@cache
def state_map(state: str, language: str) -> StateMap | None:
    """The map of a State (ICAO code) in a language; None where there are no data."""
    data = atlas()
    land = data.states.get(state)
    if land is None or not land.regions:
        return None
    projection, height = _fit([data.ring(ring) for ring in land.outline], data.grid)
    draw = _Pen(data, projection, height, language)
    return StateMap(
        height=height,
        outline="".join(path_data(draw.ring(ring), closed=True) for ring in land.outline),
        borders="".join(path_data(draw.line(number), closed=False) for number in land.borders),
        regions=tuple(draw.regions(land)),
        around=tuple(draw.around(state)),
        projection=projection,
    )


def _fit(outline: list[list[tuple[int, int]]], grid: int) -> tuple[Projection, int]:
    """The whole State with a margin, as wide as the drawing or as tall as it may be."""
    xs = [x / grid for ring in outline for x, _y in ring]
    ys = [y / grid for ring in outline for _x, y in ring]
    shortened = math.cos(math.radians((min(ys) + max(ys)) / 2))
    wide, tall = (max(xs) - min(xs)) * shortened, max(ys) - min(ys)
    margin = max(wide, tall) * MARGIN
    scale = min(WIDTH / (wide + 2 * margin), TALLEST / (tall + 2 * margin))
    west = (min(xs) + max(xs)) / 2 - WIDTH / scale / shortened / 2
    height = round((tall + 2 * margin) * scale)
    return Projection(west, max(ys) + margin, scale, shortened), height


class _Pen:
    """Draws what the atlas has, in one projection and one language."""

    def __init__(self, data: Atlas, projection: Projection, height: int, language: str) -> None:
        self.data = data
        self.projection = projection
        self.height = height
        self.language = language

    def line(self, number: int) -> Ring:
        return [self._place(point) for point in self.data.line(number)]

    def ring(self, numbers: Sequence[int]) -> Ring:
        return [self._place(point) for point in self.data.ring(numbers)]

    def regions(self, land: Land) -> Iterator[Name]:
        """The names that their regions have room for."""
        for region in land.regions:
            text = region.names.get(self.language) or region.names["en"]
            x, y = self._place(region.at)
            room = region.width / self.data.grid * self.projection.shortened * self.projection.scale
            if len(text) * LETTER <= room:
                yield Name(round(x), round(y), text)

    def around(self, state: str) -> Iterator[Shape]:
        """What is seen of all other States."""
        for code, land in self.data.states.items():
            if code == state:
                continue
            rings = [clip(self.ring(ring), WIDTH, self.height) for ring in land.outline]
            seen = [ring for ring in rings if len(ring) > 2]
            if seen:
                path = "".join(path_data(ring, closed=True) for ring in seen)
                yield Shape(path, tuple(self._names(code, max(seen, key=area))))

    def _names(self, code: str, ring: Ring) -> Iterator[Name]:
        """The name at the best place, then wherever else it has room."""
        text = state_name(code, cast(StateLocale, self.language)) or code
        if area(ring) < LEAST_SEEN * WIDTH * self.height:
            return
        half = len(text) * CAPITAL / 2
        for number, (x, y, run) in enumerate(middles(ring)):
            if number == 0 or run >= 2 * half:
                yield Name(round(min(max(x, half), WIDTH - half)), round(y), text)

    def _place(self, point: tuple[int, int]) -> Place:
        return self.projection.place(point[0] / self.data.grid, point[1] / self.data.grid)


def path_data(points: Iterable[Place], *, closed: bool) -> str:
    """Path data in whole units, from point to point, those that fall together once."""
    found: list[str] = []
    here: tuple[int, int] | None = None
    for x, y in points:
        there = round(x), round(y)
        if here is None:
            found.append(f"M{there[0]} {there[1]}l")
        elif there != here:
            found.append(f"{there[0] - here[0]} {there[1] - here[1]} ")
        here = there
    text = "".join(found).replace(" -", "-").strip()
    return text + "z" if closed else text


def clip(ring: Ring, width: int, height: int) -> Ring:
    """What of a ring lies in a drawing, and a little beyond (Sutherland and Hodgman)."""
    for axis, size in ((0, width), (1, height)):
        ring = _cut(ring, axis, 1, -BEYOND_THE_EDGE)
        ring = _cut(ring, axis, -1, -size - BEYOND_THE_EDGE)
    return ring


def _cut(ring: Ring, axis: int, sign: int, limit: float) -> Ring:
    """What of a ring lies beyond a limit on one axis; on the other side of it for the sign -1."""
    kept: Ring = []
    for before, point in zip([*ring[-1:], *ring], ring, strict=False):
        here, there = sign * before[axis] - limit, sign * point[axis] - limit
        if here * there < 0:
            part = here / (here - there)
            (x1, y1), (x2, y2) = before, point
            kept.append((x1 + part * (x2 - x1), y1 + part * (y2 - y1)))
        if there >= 0:
            kept.append(point)
    return kept


def area(ring: Ring) -> float:
    """What a ring encloses, in square units."""
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    return abs(sum(x * y2 - x2 * y for (x, y), (x2, y2) in pairs)) / 2


def middles(ring: Ring) -> list[tuple[float, float, float]]:
    """The middles of the runs inside a ring, on lines from top to bottom, and how long each run is.

    The best first: the longest, halfway down where runs are alike. The centre of gravity of a State
    that is seen at two sides lies in the one between them.
    """
    top, bottom = min(y for _x, y in ring), max(y for _x, y in ring)
    found = []
    for part in range(1, 8):
        level = top + (bottom - top) * part / 8
        for left, right in _inside(ring, level):
            # A name needs room above and below, too.
            worth = (right - left) * (1 - abs(part - 4) / 10)
            found.append((worth, (left + right) / 2, level, right - left))
    found.sort(reverse=True)
    return [(x, y, run) for _worth, x, y, run in found]


def _inside(ring: Ring, level: float) -> Iterator[tuple[float, float]]:
    cuts = sorted(
        x + (level - y) / (y2 - y) * (x2 - x)
        for (x, y), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True)
        if (y < level) != (y2 < level)
    )
    yield from zip(cuts[::2], cuts[1::2], strict=False)
