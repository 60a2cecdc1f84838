"""A post and an HQ as they behave: they record, lose power, come back, and exchange where they can."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from bench.survival.simulation.disks import Disk
from bench.survival.simulation.happening import DAY, HOUR, MINUTE, SECOND, World
from bench.survival.simulation.officers import Officers
from bench.survival.simulation.stores import Fact, NotWritten, PowerCut, Store

TEN_YEARS = 3650 * DAY


class Clock:
    """A machine's own clock: the world's time, and how wrong it is."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.wrong = 0

    def wall(self) -> int:
        """What the machine's clock says, in milliseconds."""
        return self.world.now + self.wrong

    def jump(self) -> None:
        """The battery is dead, or somebody set it by hand, or somebody put it right."""
        chance = self.world.chance
        self.wrong = chance.choice(
            (
                0,
                chance.randrange(-2 * MINUTE, 2 * MINUTE),
                chance.randrange(DAY, 9 * DAY),
                -TEN_YEARS,
                -chance.randrange(HOUR, 3 * DAY),
            )
        )


class Habits(msgspec.Struct, frozen=True):
    """What befalls a node, in milliseconds from one time to the next, on the average."""

    record: int = 6 * HOUR
    together: int = 11
    cut: int = 6 * DAY
    jump: int = 12 * DAY
    disk: int = 20 * DAY


class Node:
    """What posts and HQs have in common."""

    def __init__(
        self, world: World, clock: Clock, disk: Disk, store: Store, officers: Officers
    ) -> None:
        self.world = world
        self.clock = clock
        self.disk = disk
        self.store = store
        self.officers = officers
        self.who = store.own.name
        self.up = True
        self.cuts = 0

    def begin(self, habits: Habits) -> None:
        """Live, from now on."""
        self.regularly(habits.record, lambda: self.record(habits.together))
        self.regularly(habits.cut, lambda: self.lose_power("in between"))
        self.regularly(habits.jump, self._jump)
        self.regularly(habits.disk, self._trouble_disk)

    def regularly(self, every: int, do: Callable[[], None]) -> None:
        """Have something happen again and again, at intervals between half and one and a half."""

        def again() -> None:
            do()
            self.world.after(self.world.chance.randrange(every // 2, every * 3 // 2), again)

        self.world.after(self.world.chance.randrange(every), again)

    def happening(self, number: int) -> list[Fact]:
        """What there is to be recorded now."""
        raise NotImplementedError

    def record(self, together: int) -> None:
        """People come; also those for whom the machine gave no answer last time."""
        number = self.world.chance.randrange(1, together + 1)
        self._write(self.happening(number))
        self.write_again()

    def write_again(self) -> None:
        """Ask again for what was not acknowledged: what is written already is not written twice."""
        for fact in self.officers.again():
            self._write([fact])

    def _write(self, facts: list[Fact]) -> None:
        if not self.up:
            self.officers.keep(facts)
            return
        try:
            new = [fact for fact in facts if not self.store.has(fact.id)]
            if new:
                self.store.append(new)
        except NotWritten:
            self.officers.keep(facts)
        except PowerCut as cut:
            self.officers.keep(facts)
            self.lose_power(str(cut))
        else:
            self.officers.told(facts)
            self.world.note(self.who, "recorded", len(facts), self.store.head().place.sequence)

    def lose_power(self, when: str) -> None:
        """Dark from one moment to the next; back after minutes or hours."""
        if not self.up:
            return
        self.up = False
        self.cuts += 1
        self.world.note(self.who, "is dark", when)
        self.store.lose_power()
        self.world.after(self.world.chance.randrange(30 * SECOND, 3 * HOUR), self.start)

    def start(self) -> None:
        """Power is back."""
        self.up = True
        self.world.note(self.who, "starts")

    def heal(self) -> None:
        """Everything around the node is well from now on."""
        self.disk.heal()
        self.clock.wrong = 0
        if not self.up:
            self.start()

    def _jump(self) -> None:
        self.clock.jump()
        self.world.note(self.who, "clock is wrong by", self.clock.wrong)

    def _trouble_disk(self) -> None:
        if self.world.happens(0.5):
            self.disk.full = True
        else:
            self.disk.failing = True
        length = self.world.chance.randrange(HOUR, 2 * DAY)
        self.world.note(self.who, "disk trouble for hours", length // HOUR)
        self.world.after(length, self._mend_disk)

    def _mend_disk(self) -> None:
        self.disk.full = self.disk.failing = False


class Headquarters(Node):
    """The HQ writes instructions, and answers its posts."""

    def happening(self, number: int) -> list[Fact]:
        return list(self.officers.instructions(number))

    def _jump(self) -> None:
        """An HQ's clock is looked after: it is wrong by minutes, not by years."""
        self.clock.wrong = self.world.chance.randrange(-2 * MINUTE, 2 * MINUTE)
