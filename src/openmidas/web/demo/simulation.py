"""Travellers in real time at the lanes of a post: through its pages, as officers and browsers do.

They arrive one by one, in families, and forty at once when a bus stops. Officers work in shifts
with a break; what a lane cannot take waits. The second line decides on those whom the simulation
itself has sent there, never on anybody else; while nobody waits it answers hits that it was given.
"""

from __future__ import annotations

import queue
import statistics
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from random import Random
from uuid import UUID

import msgspec

from openmidas.nodes.home import NodeHome
from openmidas.web.demo.check import CheckFailed, Visitor
from openmidas.web.demo.interview import Room
from openmidas.web.demo.lane import Lane
from openmidas.web.demo.parties import Party

OPEN_HOURS = 12
"""The hours over which a day's travellers are spread."""
BUS_SEATS = 40
A_BUS_IN = 60
LOOKING_SECONDS = 12.0
SHIFT_SECONDS = 4 * 3600.0
BREAK_SECONDS = 45 * 60.0
AFTER_AN_ERROR = 2.0
BETWEEN_HITS = (20.0, 90.0)
"""Seconds that the second line takes over a hit of before, while nobody waits."""


class Worker(msgspec.Struct, frozen=True):
    """Who works where. ``lane`` "": at the second line."""

    username: str
    password: str
    lane: str = ""


class Pace(msgspec.Struct, frozen=True, kw_only=True):
    """How travellers come. ``speed``: how many times faster than life.

    ``flat_out``: nobody waits for anything, to see what the post can take.
    """

    per_day: int
    speed: float = 1.0
    flat_out: bool = False


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """What happened. ``median``, ``p95``: seconds that the post took for one traveller, all its
    answers together; None for nobody. ``errors``: what went wrong, and how often."""

    travellers: int
    referred: int
    waiting: int
    median: float | None
    p95: float | None
    errors: dict[str, int]


class Simulation:
    """Drives one post, whose folder is ``home``, until told to stop."""

    def __init__(
        self,
        home: NodeHome,
        officers: list[Worker],
        second_line: Worker | None,
        travellers: Iterator[Party],
        pace: Pace,
        seed: str,
        hits: Iterable[UUID] = (),
    ) -> None:
        """``hits``: crossings of before whose hits the second line answers between two travellers."""
        self._home = home
        self._officers = officers
        self._second_line = second_line
        self._travellers = travellers
        self._pace = pace
        self._seed = seed
        self._hits = iter(hits)
        self._arrived: queue.Queue[Party] = queue.Queue(maxsize=BUS_SEATS * 5)
        self._referred: queue.Queue[tuple[UUID, bool]] = queue.Queue()
        self._seconds: list[float] = []
        self._sent = 0
        self._errors: Counter[str] = Counter()
        self._stop = threading.Event()

    def run(self, seconds: float | None, stop: threading.Event | None = None) -> Summary:
        """Drive the post for so long, or (None) until ``stop`` is set."""
        self._stop = stop or threading.Event()
        work: list[Callable[[], None]] = [self._arrive]
        for place, officer in enumerate(self._officers):
            work.append(partial(self._work, officer, place))
        if self._second_line is not None:
            work.append(self._interview)
        threads = [threading.Thread(target=each, daemon=True) for each in work]
        for thread in threads:
            thread.start()
        try:
            self._stop.wait(seconds)
        finally:
            self._stop.set()
            for thread in threads:
                thread.join(timeout=30)
        return self._summary()

    def _arrive(self) -> None:
        chance = Random(f"{self._seed}/arrivals")  # noqa: S311  repeatable, no secret
        gap = OPEN_HOURS * 3600 / self._pace.per_day
        while not self._stop.is_set():
            seats = BUS_SEATS if chance.randrange(A_BUS_IN) == 0 else 1
            came = 0
            while came < seats and not self._stop.is_set():
                party = next(self._travellers)
                came += len(party.people)
                self._put(party)
            if not self._pace.flat_out:
                self._pause(chance.expovariate(1 / gap) * came)

    def _put(self, party: Party) -> None:
        """Let a party join those who wait; the queue before a post is only so long."""
        while not self._stop.is_set():
            try:
                self._arrived.put(party, timeout=0.5)
            except queue.Full:
                continue
            return

    def _work(self, officer: Worker, place: int) -> None:
        """Shift after shift at one lane. The breaks of the lanes do not fall together."""
        chance = Random(f"{self._seed}/{officer.lane}")  # noqa: S311  repeatable, no secret
        shift = SHIFT_SECONDS * (1 - place % 4 / 5)
        while not self._stop.is_set():
            visitor = Visitor(self._home)
            try:
                visitor.sign_in(officer.username, officer.lane, officer.password)
                lane = Lane(visitor, chance)
                lane.open()
                self._shift(lane, chance, shift)
                visitor.sign_out()
            except CheckFailed as error:
                self._failed(error)
                continue
            if not self._pace.flat_out:
                self._pause(BREAK_SECONDS)
            shift = SHIFT_SECONDS

    def _shift(self, lane: Lane, chance: Random, seconds: float) -> None:
        until = time.monotonic() + seconds / self._pace.speed
        while not self._stop.is_set() and time.monotonic() < until:
            try:
                party = self._arrived.get(timeout=0.2)
            except queue.Empty:
                continue
            started = time.monotonic()
            decided = lane.serve(party)
            each = (time.monotonic() - started) / decided.travellers
            self._seconds += [each] * decided.travellers
            for crossing in decided.referred:
                self._sent += 1
                self._referred.put((crossing, decided.stop))
            if not self._pace.flat_out:
                looking = chance.expovariate(1 / LOOKING_SECONDS)
                self._pause(looking * decided.travellers)

    def _interview(self) -> None:
        """Decide on those who were referred here, after a while, and answer hits in between."""
        chance = Random(f"{self._seed}/second-line")  # noqa: S311  repeatable, no secret
        room: Room | None = None
        while not self._stop.is_set():
            try:
                waits = self._next_in_room(chance)
                if waits is None:
                    continue
                crossing, stop = waits
                room = room or self._at_second_line(chance)
                if stop is None:
                    room.answer_hits(crossing)
                else:
                    room.decide(crossing, stop=stop)
            except CheckFailed as error:
                room = None
                self._failed(error)

    def _next_in_room(self, chance: Random) -> tuple[UUID, bool | None] | None:
        """Who waits, and whether because of Stop; a crossing of before (None); or nobody for now."""
        try:
            crossing, stop = self._referred.get(timeout=0.5)
        except queue.Empty:
            before = next(self._hits, None)
            if before is None:
                return None
            self._pause(chance.uniform(*BETWEEN_HITS))
            return before, None
        if not self._pace.flat_out:
            self._pause(chance.uniform(60, 600))
        return crossing, stop

    def _at_second_line(self, chance: Random) -> Room:
        if self._second_line is None:
            raise CheckFailed("nobody works at the second line")
        visitor = Visitor(self._home)
        visitor.sign_in(self._second_line.username, password=self._second_line.password)
        visitor.get("/second-line/")
        return Room(visitor, chance)

    def _failed(self, error: CheckFailed) -> None:
        self._errors[str(error)] += 1
        self._stop.wait(AFTER_AN_ERROR)

    def _pause(self, seconds: float) -> None:
        self._stop.wait(seconds / self._pace.speed)

    def _summary(self) -> Summary:
        took = self._seconds
        return Summary(
            travellers=len(took),
            referred=self._sent,
            waiting=self._arrived.qsize(),
            median=statistics.median(took) if took else None,
            p95=statistics.quantiles(took, n=20, method="inclusive")[-1] if len(took) > 1 else None,
            errors=dict(self._errors),
        )
