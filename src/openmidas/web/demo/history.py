"""The history of a post of the sample country, and whoever comes after it: one sequence from a seed.

The same post that began at the same moment has the same sequence, entry by entry, under the same
ids: who loads it twice writes nothing twice.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from hashlib import blake2b
from itertools import islice
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from openmidas.crossings.inspection import Direction, Journey, Purpose
from openmidas.web.demo.country import DemoPost, DemoState
from openmidas.web.demo.days import Day, days, seconds_of
from openmidas.web.demo.parties import Parties, Party
from openmidas.web.demo.population import Person, Population
from openmidas.web.demo.special import overdue, specials

TAKES_ITS_TURN = 0.9
SAME_DAY = {Purpose.TRADE: 0.62, Purpose.WORK: 0.4, Purpose.FAMILY: 0.25}
REGULAR = {Purpose.TRADE: 0.55, Purpose.WORK: 0.4}
"""How many of those who came back set out again within days: who trades crosses all the time."""
LONGEST_DAYS = {Purpose.TRADE: 5, Purpose.FAMILY: 12, Purpose.HEALTH: 10}


class Passage(msgspec.Struct, frozen=True, kw_only=True):
    """One traveller of the past. ``at``: milliseconds since 1970. ``first``: of the group, if any."""

    index: int
    at: int
    person: Person
    journey: Journey
    first: int | None
    on_paper: bool


class Counting(msgspec.Struct, frozen=True, kw_only=True):
    """Travellers of a day who were only counted."""

    index: int
    day: date
    direction: Direction
    number: int


class _Visit(msgspec.Struct, frozen=True, kw_only=True):
    """A party at the post. ``index``: of its first traveller."""

    index: int
    at: datetime
    party: Party
    on_paper: bool


class History:
    """The sequence of one post. ``began``: when the demonstration was first started (ms since 1970).

    ``length``: how many entries lie before that moment. ``seed``: another sequence of the same kind.
    """

    def __init__(self, state: DemoState, post: DemoPost, began: int, seed: str = "") -> None:
        self._began = began
        self._zone = ZoneInfo(state.time_zone)
        moment = datetime.fromtimestamp(began / 1000, self._zone)
        self._last = moment.date()
        self._post = post
        self._seed = f"{post.id}/{self._last.isoformat()}/{seed}"
        chance = Random(self._seed)  # noqa: S311  repeatable, no secret
        population = Population(post.traffic, chance, self._last)
        self._chance = chance
        self._parties = Parties(post.traffic, population, chance, state.code)
        self._overdue = sorted(
            overdue(post, population, self._parties, state.code, self._last),
            key=lambda one: one.entered,
        )
        self._special: dict[int, list[Party]] = {}
        for special in specials(state, post, self._parties, self._last):
            self._special.setdefault(special.before, []).append(special.party)
        for late in self._overdue:
            if late.leaves is not None:
                leaving = self._parties.coming_back(late.party, same_paper=True)
                self._special.setdefault(late.leaves, []).append(leaving)
        self._due: list[tuple[datetime, int, Party]] = []
        self.length = len(self._overdue) + self._length(seconds_of(moment))

    def past(self) -> Iterator[Passage | Counting]:
        """Everything before the beginning, in order. Ask a `History` once: then it is used up."""
        return islice(self._items(), self.length)

    def coming(self) -> Iterator[Party]:
        """Those who come afterwards, without end. As `past`, of a new `History`."""
        for visit in self._visits():
            if isinstance(visit, _Visit) and visit.index >= self.length:
                yield visit.party

    def id_of(self, index: int, what: str = "entry") -> UUID:
        """The id of an entry of the sequence: a UUIDv7 of the beginning and the entry's place."""
        said = f"{self._seed}/{index}/{what}".encode()
        tail = int.from_bytes(blake2b(said, digest_size=10).digest(), "big")
        number = ((self._began + index) & (2**48 - 1)) << 80 | tail
        number = number & ~(0xF << 76) | 0x7 << 76
        return UUID(int=number & ~(0x3 << 62) | 0x2 << 62)

    def _length(self, until: int) -> int:
        number = 0
        for day in days(self._post.traffic, self._seed, self._last):
            if day.before == 0:
                return number + sum(time < until for time in day.times)
            number += len(day.times) + (2 if day.counted else 0)
        raise AssertionError("days have no end")

    def _items(self) -> Iterator[Passage | Counting]:
        for visit in self._visits():
            if isinstance(visit, Counting):
                yield visit
                continue
            for place, person in enumerate(visit.party.people):
                yield Passage(
                    index=visit.index + place,
                    at=round(visit.at.timestamp() * 1000) + place * 1000,
                    person=person,
                    journey=visit.party.journey,
                    first=visit.index if visit.party.is_group else None,
                    on_paper=visit.on_paper,
                )

    def _visits(self) -> Iterator[_Visit | Counting]:
        index = 0
        for one in self._overdue:
            noon = datetime(one.entered.year, one.entered.month, one.entered.day, 12, tzinfo=UTC)
            at = noon + timedelta(seconds=self._chance.randrange(4 * 3600))
            yield _Visit(index=index, at=at, party=one.party, on_paper=False)
            index += 1
        for day in days(self._post.traffic, self._seed, self._last):
            if day.counted:
                half = day.counted // 2
                for direction, number in (
                    (Direction.ENTRY, half),
                    (Direction.EXIT, day.counted - half),
                ):
                    yield Counting(index=index, day=day.date, direction=direction, number=number)
                    index += 1
            for slot, party in self._fill(day):
                at = self._moment(day, day.times[slot])
                yield _Visit(index=index + slot, at=at, party=party, on_paper=day.on_paper)
            index += len(day.times)

    def _fill(self, day: Day) -> Iterator[tuple[int, Party]]:
        """Who comes when on a day; each traveller takes one of its times."""
        special = self._special.get(day.before, [])
        step = len(day.times) // (len(special) + 1)
        slot = taken = 0
        while slot < len(day.times):
            now = self._moment(day, day.times[slot])
            left = sum(len(party.people) for party in special[taken:])
            if left and (slot >= (taken + 1) * step or len(day.times) - slot <= left):
                party = special[taken]
                taken += 1
            elif self._due and self._due[0][0] <= now and self._chance.random() < TAKES_ITS_TURN:
                party = heapq.heappop(self._due)[2]
                if self._chance.random() < REGULAR.get(party.journey.purpose, 0):
                    self._expect(party, now)
            else:
                party = self._parties.new()
                self._expect(party, now)
            room = len(day.times) - slot
            if len(party.people) > room:
                party = msgspec.structs.replace(party, people=party.people[:room])
            yield slot, party
            slot += len(party.people)

    def _expect(self, party: Party, now: datetime) -> None:
        """See that most of those who come return some time."""
        if self._parties.returns(party):
            due = now + self._away(party.journey.purpose)
            order = self._chance.getrandbits(60)
            heapq.heappush(self._due, (due, order, self._parties.coming_back(party)))

    def _away(self, purpose: Purpose) -> timedelta:
        if self._chance.random() < SAME_DAY.get(purpose, 0.1):
            return timedelta(hours=self._chance.uniform(1.5, 8))
        longest = LONGEST_DAYS.get(purpose, 18)
        return timedelta(days=self._chance.triangular(0.6, longest, 1.2))

    def _moment(self, day: Day, seconds: int) -> datetime:
        start = datetime(day.date.year, day.date.month, day.date.day, tzinfo=self._zone)
        return start + timedelta(seconds=seconds)
