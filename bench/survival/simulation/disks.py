"""Disks that fill, fail, and stop in mid-step when the power goes."""

from __future__ import annotations

from bench.survival.simulation.happening import World
from bench.survival.simulation.stores import NotWritten, PowerCut


class Disk:
    """One node's disk. ``risk``: how probable it is that the power goes at any one step."""

    def __init__(self, world: World, who: str, risk: float = 0.0) -> None:
        self.world = world
        self.who = who
        self.risk = risk
        self.full = False
        self.failing = False
        self.refusals = 0
        self.cuts = 0

    def step(self, what: str) -> None:
        """A point at which the power may go. Raises `PowerCut`."""
        if self.risk and self.world.happens(self.risk):
            self.cuts += 1
            self.world.note(self.who, "loses power", what)
            raise PowerCut(what)

    def write(self) -> None:
        """A transaction is about to be committed. Raises `NotWritten` where the disk takes none."""
        if self.full or (self.failing and self.world.happens(0.5)):
            self.refusals += 1
            self.world.note(self.who, "disk full" if self.full else "disk error")
            raise NotWritten

    def heal(self) -> None:
        """A new disk, with power."""
        self.risk, self.full, self.failing = 0.0, False, False
