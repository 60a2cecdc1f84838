"""Where names stand on the map so that none is written over another's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from openmidas.maps.states import CAPITAL, Name, Shape

ABOVE, BELOW = 26, 10
"""Units that a name takes above its line and below."""


class Box(msgspec.Struct, frozen=True):
    """What a name or a mark covers, in units of the drawing."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether the two cover something together."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom


def names_beside(around: Sequence[Shape], taken: Iterable[Box]) -> Iterator[Name]:
    """The names of other States, each at the best of its places that nothing else covers.

    One that has no such place is left out: a post must be read, a State is known.
    """
    covered = list(taken)
    for shape in around:
        for name in shape.names:
            box = _box_of(name)
            if not any(box.meets(other) for other in covered):
                covered.append(box)
                yield name
                break


def _box_of(name: Name) -> Box:
    half = len(name.text) * CAPITAL / 2
    return Box(name.x - half, name.y - ABOVE, name.x + half, name.y + BELOW)
