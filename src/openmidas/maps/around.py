"""The surroundings of a place: borders of States and regions, as near as they lie, with a scale.

Equirectangular around the place: over the few hundred kilometres that are shown, a distance is off
by less than the borders are.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache
from typing import cast

import msgspec

from openmidas.documents.state_names import StateLocale, state_name
from openmidas.maps.states import Name, Ring, area, atlas, clip, middles, path_data

SIDE = 600
"""Units of the drawing from side to side; it is as high as it is wide."""
KILOMETRES_OF_A_DEGREE = 111.2
BAR = 0.3
"""The longest that the bar of the scale may be, as a part of the side."""
BARS = (1000, 500, 200, 100, 50, 20, 10, 5, 2, 1)
LEAST_NAMED = 0.03
"""A State of which less than this part of the drawing is seen is not named."""
FROM_THE_EDGE = 60
"""Units that the middle of a region's name keeps from the edge."""

Place = tuple[float, float]
"""Latitude and longitude, in degrees."""


class Window(msgspec.Struct, frozen=True):
    """Which part of the world is drawn: from where, and how many degrees a unit is to each side."""

    west: float
    north: float
    across: float
    down: float

    def units(self, latitude: float, longitude: float) -> tuple[float, float]:
        """Where a place stands, in units from the upper left corner."""
        return (longitude - self.west) / self.across, (self.north - latitude) / self.down


class Surroundings(msgspec.Struct, frozen=True):
    """What a page draws. Paths are SVG path data; ``bar``: units that ``bar_kilometres`` take."""

    window: Window
    state: str
    around: tuple[str, ...]
    borders: str
    states: tuple[Name, ...]
    regions: tuple[Name, ...]
    bar: int
    bar_kilometres: int
    side: int = SIDE

    def place(self, latitude: float, longitude: float) -> tuple[int, int] | None:
        """Where a place stands in the drawing; None outside it."""
        x, y = self.window.units(latitude, longitude)
        return (round(x), round(y)) if 0 <= x <= self.side and 0 <= y <= self.side else None


@lru_cache(maxsize=64)
def surroundings(middle: Place, kilometres: int, *, state: str, language: str) -> Surroundings:
    """What lies up to ``kilometres`` from a place to each side. ``state``: ICAO code of one's own."""
    draw = _Pen(_window(middle, kilometres))
    shapes = {code: draw.outline(code) for code in atlas().states}
    length = next(one for one in BARS if one <= 2 * kilometres * BAR)
    return Surroundings(
        window=draw.window,
        state="".join(path_data(ring, closed=True) for ring in shapes.get(state, [])),
        around=tuple(
            "".join(path_data(ring, closed=True) for ring in rings)
            for code, rings in shapes.items()
            if rings and code != state
        ),
        borders="".join(draw.borders()),
        states=tuple(_states(shapes, language)),
        regions=tuple(draw.regions(language)),
        bar=round(length * SIDE / (2 * kilometres)),
        bar_kilometres=length,
    )


def kilometres_between(one: Place, other: Place) -> float:
    """How far two places are from each other, as the drawing has it."""
    shortened = math.cos(math.radians((one[0] + other[0]) / 2))
    down, across = one[0] - other[0], (one[1] - other[1]) * shortened
    return math.hypot(down, across) * KILOMETRES_OF_A_DEGREE


def _window(middle: Place, kilometres: int) -> Window:
    latitude, longitude = middle
    down = 2 * kilometres / SIDE / KILOMETRES_OF_A_DEGREE
    # At a pole a degree of longitude has no length; nobody guards a border there.
    across = down / max(math.cos(math.radians(latitude)), 0.01)
    return Window(longitude - across * SIDE / 2, latitude + down * SIDE / 2, across, down)


class _Pen:
    """Draws what the atlas has in one window."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self.data = atlas()

    def outline(self, code: str) -> list[Ring]:
        """What is seen of a State."""
        rings = (self._units(self.data.ring(ring)) for ring in self.data.states[code].outline)
        return [ring for ring in (clip(ring, SIDE, SIDE) for ring in rings) if len(ring) > 2]

    def borders(self) -> Iterator[str]:
        """The borders of regions that come near; the page cuts off what lies beyond its edge."""
        for land in self.data.states.values():
            for number in land.borders:
                line = self._units(self.data.line(number))
                xs, ys = [x for x, _y in line], [y for _x, y in line]
                if max(min(xs), min(ys)) <= SIDE and min(max(xs), max(ys)) >= 0:
                    yield path_data(line, closed=False)

    def regions(self, language: str) -> Iterator[Name]:
        """The names of regions whose middle is seen."""
        for land in self.data.states.values():
            for region in land.regions:
                ((x, y),) = self._units([region.at])
                if min(x, y) >= FROM_THE_EDGE and max(x, y) <= SIDE - FROM_THE_EDGE:
                    text = region.names.get(language) or region.names["en"]
                    yield Name(round(x), round(y), text)

    def _units(self, points: list[tuple[int, int]]) -> Ring:
        grid = self.data.grid
        return [self.window.units(y / grid, x / grid) for x, y in points]


def _states(shapes: dict[str, list[Ring]], language: str) -> Iterator[Name]:
    for code, rings in shapes.items():
        largest = max(rings, key=area, default=[])
        if largest and area(largest) >= LEAST_NAMED * SIDE * SIDE:
            x, y, _run = middles(largest)[0]
            yield Name(round(x), round(y), state_name(code, cast(StateLocale, language)) or code)
