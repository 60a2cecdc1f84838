"""What readers say of pictures, held against what a person reads there."""

from __future__ import annotations

import math
import resource
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from bench.camera.pictures import Made, Picture
from openmidas.documents.camera import read_image

TODAY = date(2026, 11, 21)


@dataclass(slots=True)
class Score:
    """How often a reader was right. ``characters`` and ``wrong_characters`` over all pictures; one
    that was not read has all of its characters wrong.
    """

    pictures: int = 0
    exact: int = 0
    accepted: int = 0
    accepted_wrong: int = 0
    characters: int = 0
    wrong_characters: int = 0
    seconds: list[float] = field(default_factory=list)

    def count(self, lines: Sequence[str], said: Sequence[str], accepted: bool, took: float) -> None:
        """Add one picture."""
        right = tuple(lines) == tuple(said)
        self.pictures += 1
        self.exact += right
        self.accepted += accepted
        self.accepted_wrong += accepted and not right
        self.characters += sum(map(len, lines))
        self.wrong_characters += distance("\n".join(lines), "\n".join(said))
        self.seconds.append(took)

    @property
    def wrong_bound(self) -> float:
        """The highest rate of wrong ones among those accepted that fits what was seen, in percent."""
        return 100 * upper_bound(self.accepted_wrong, self.accepted)

    def percent(self, part: int) -> float:
        """Of all pictures."""
        return round(100 * part / max(1, self.pictures), 1)


class Measured(NamedTuple):
    """A picture, what this project reads there, the processor seconds that it took (other processes'
    included) and the most memory that its process had until then, in megabytes.
    """

    picture: Picture
    lines: tuple[str, ...]
    accepted: bool
    took: float
    memory: float


def read_ours(what: Picture | Made) -> Measured:
    """A picture read by this project."""
    picture = what.picture() if isinstance(what, Made) else what
    data = picture.file.read_bytes()
    began = cpu()
    read = read_image(data, today=TODAY)
    return Measured(picture, read.lines, read.accepted, cpu() - began, memory())


def cpu() -> float:
    """Processor seconds of this process and of those that it started and that have ended."""
    total = 0.0
    for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN):
        used = resource.getrusage(who)
        total += used.ru_utime + used.ru_stime
    return total


def memory() -> float:
    """The most that this process has had, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def distance(one: str, other: str) -> int:
    """How many characters must be changed, put in or taken out to make one of the other."""
    row = list(range(len(other) + 1))
    for place, character in enumerate(one, 1):
        last, row[0] = row[0], place
        for at, against in enumerate(other, 1):
            changed = last + (character != against)
            last = row[at]
            row[at] = min(changed, row[at] + 1, row[at - 1] + 1)
    return row[-1]


def upper_bound(wrong: int, number: int) -> float:
    """The one-sided 95 % bound of a rate (Clopper, Pearson): so few are seen once in 20 at it."""
    if number == 0 or wrong >= number:
        return 1.0
    low, high = 0.0, 1.0
    for _ in range(60):
        rate = (low + high) / 2
        seen = sum(
            math.comb(number, few) * rate**few * (1 - rate) ** (number - few)
            for few in range(wrong + 1)
        )
        low, high = (rate, high) if seen > 0.05 else (low, rate)
    return high
