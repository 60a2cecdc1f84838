"""A link between a post and its HQ that loses, delays, doubles and reorders, and is gone for weeks."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from bench.survival.simulation.happening import DAY, HOUR, SECOND, World


class Weather(msgspec.Struct, frozen=True):
    """How bad a link is, as probabilities, and how long a message takes at most (milliseconds)."""

    loss: float
    doubling: float
    delay: int


CALM = Weather(0.0, 0.0, SECOND)


class Line:
    """One post's link to its HQ."""

    def __init__(self, world: World, who: str, weather: Weather) -> None:
        self.world = world
        self.who = who
        self.weather = weather
        self.up = True
        self.lost = 0
        self.doubled = 0

    def send(self, deliver: Callable[[], None]) -> None:
        """A message sets out: it arrives once, twice or never, and may overtake another."""
        copies = 1
        if self.world.happens(self.weather.doubling):
            copies, self.doubled = 2, self.doubled + 1
        for _ in range(copies):
            if self.world.happens(self.weather.loss):
                self.lost += 1
                continue
            delay = self.world.chance.randrange(20, self.weather.delay)
            self.world.after(delay, lambda: self._arrive(deliver))

    def _arrive(self, deliver: Callable[[], None]) -> None:
        if self.up:
            deliver()
        else:
            self.lost += 1

    def begin(self) -> None:
        """Up and down by turns from now on: mostly hours, at times weeks."""
        self._turn()

    def _turn(self) -> None:
        chance = self.world.chance
        self.up = not self.up
        if self.up:
            length = chance.randrange(HOUR, 12 * HOUR)
        elif chance.random() < 0.03:
            length = chance.randrange(7 * DAY, 30 * DAY)
            self.world.note(self.who, "is cut off for days", length // DAY)
        else:
            length = chance.randrange(HOUR, 18 * HOUR)
        self.world.after(length, self._turn)

    def heal(self) -> None:
        """A good link, for good."""
        self.up, self.weather = True, CALM
