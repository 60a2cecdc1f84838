"""Who travels together at a post of the sample country, where to, why and with what."""

from __future__ import annotations

from random import Random

import msgspec

from openmidas.crossings.inspection import Conveyance, Direction, Journey, Purpose
from openmidas.web.demo.population import Person, Population
from openmidas.web.demo.traffic import Share, Traffic

ALONE = 0.91
WOMEN_ALONE = 0.255
CHILD_ALONE = 0.008
ANOTHER_PAPER = 0.03

RETURNS = {
    Purpose.TRADE: 0.92,
    Purpose.FAMILY: 0.85,
    Purpose.WORK: 0.8,
    Purpose.HEALTH: 0.9,
    Purpose.STUDY: 0.6,
    Purpose.TOURISM: 0.9,
    Purpose.OTHER: 0.8,
    Purpose.SEASONAL_WORK: 0.1,
    Purpose.TRANSIT: 0.0,
    Purpose.DISPLACEMENT: 0.15,
}
"""How likely it is that somebody comes back by the same post within the month."""


class Party(msgspec.Struct, frozen=True, kw_only=True):
    """Travellers who cross together. ``people``: the first is grown up, unless a child is alone."""

    people: tuple[Person, ...]
    journey: Journey

    @property
    def is_group(self) -> bool:
        """Whether an officer decides on them together."""
        return len(self.people) > 1


class Parties:
    """Makes those who come to a post, and those who come back."""

    def __init__(self, traffic: Traffic, population: Population, chance: Random, host: str) -> None:
        self._traffic = traffic
        self._population = population
        self._chance = chance
        self._host = host

    def new(self) -> Party:
        """Somebody who has not crossed here before: alone, or with a family."""
        share = self._population.share()
        documented = self._chance.random() >= self._traffic.undocumented
        if self._chance.random() < ALONE:
            return Party(people=(self._single(share, documented),), journey=self._journey(share))
        return self.family(share, documented=documented)

    def family(
        self,
        share: Share,
        *,
        documented: bool,
        size: int = 0,
        journey: Journey | None = None,
    ) -> Party:
        """A parent or two and their children, with one family name."""
        size = size or self._chance.choice((2, 2, 2, 3, 3, 4, 5))
        name = self._population.family_name(share)
        called: set[str] = set()

        def one(sex: str, years: tuple[int, int]) -> Person:
            person = self._population.person(
                share, sex=sex, years=years, documented=documented, surname=name, not_called=called
            )
            called.add(person.given_names)
            return person

        people = [one(self._chance.choices("FM", (58, 42))[0], (22, 50))]
        if size > 2 and self._chance.random() < 0.5:
            people.append(one("M" if people[0].sex == "F" else "F", (20, 60)))
        while len(people) < size:
            people.append(one(self._chance.choice("FM"), (0, 15)))
        return Party(people=tuple(people), journey=journey or self._journey(share))

    def coming_back(self, party: Party, *, same_paper: bool = False) -> Party:
        """The same people the other way; now and then somebody shows another document."""
        journey = msgspec.structs.replace(
            party.journey,
            direction=other_way(party.journey.direction),
            origin=party.journey.destination,
            destination=party.journey.origin,
        )
        people = party.people
        if people[0].paper and not same_paper and self._chance.random() < ANOTHER_PAPER:
            people = (self._population.with_another_paper(people[0]), *people[1:])
        return Party(people=people, journey=journey)

    def returns(self, party: Party) -> bool:
        """Whether they will come back by this post."""
        return self._chance.random() < RETURNS[party.journey.purpose]

    def journey(self, direction: Direction, purpose: Purpose) -> Journey:
        """A journey of this kind."""
        home = self._chance.choice(self._traffic.home)
        beyond = self._chance.choice(self._traffic.beyond)
        inwards = direction is Direction.ENTRY
        return Journey(
            direction=direction,
            purpose=purpose,
            origin=beyond if inwards else home,
            destination=home if inwards else beyond,
            conveyance=self._weighted(self._traffic.conveyances),
        )

    def _journey(self, share: Share) -> Journey:
        """Who lives here mostly leaves first, who does not mostly comes first."""
        leaves = 0.8 if share.nationality == self._host else 0.2
        direction = Direction.EXIT if self._chance.random() < leaves else Direction.ENTRY
        return self.journey(direction, self._weighted_purpose())

    def _single(self, share: Share, documented: bool) -> Person:
        sex = "F" if self._chance.random() < WOMEN_ALONE else "M"
        if self._chance.random() < CHILD_ALONE:
            years = (9, 16)
        else:
            years = self._chance.choices(((18, 29), (30, 44), (45, 59), (60, 78)), (42, 34, 17, 7))[
                0
            ]
        return self._population.person(share, sex=sex, years=years, documented=documented)

    def _weighted(self, weights: dict[Conveyance, float]) -> Conveyance:
        return self._chance.choices(list(weights), list(weights.values()))[0]

    def _weighted_purpose(self) -> Purpose:
        weights = self._traffic.purposes
        return self._chance.choices(list(weights), list(weights.values()))[0]


def other_way(direction: Direction) -> Direction:
    """Out for in, in for out."""
    return Direction.EXIT if direction is Direction.ENTRY else Direction.ENTRY
