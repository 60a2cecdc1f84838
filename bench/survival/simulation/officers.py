"""What officers see: travellers come, the machine answers or does not, and they ask again."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from bench.survival.simulation.happening import World
from bench.survival.simulation.stores import Fact
from openmidas.crossings.entries import AdmissionReason, CrossingAdmitted
from openmidas.crossings.inspection import (
    Conveyance,
    Direction,
    Document,
    Inspection,
    Journey,
    Traveller,
)
from openmidas.documents import PartialDate
from openmidas.journal import TO_HQ, TO_NODE, TO_STATE, Audience, to_posts
from openmidas.posts.entries import LookupMade

NAMES = ("DIALLO", "TRAORE", "KEITA", "MAIGA", "COULIBALY", "CAMARA", "BAH", "SIDIBE")


class Officers:
    """The officers of one node. ``acknowledged``: what the machine told them is written.

    ``waiting``: what it did not take, or went dark over: they keep the papers and ask again.
    """

    def __init__(self, world: World, who: str, posts: tuple[UUID, ...]) -> None:
        self.world = world
        self.who = who
        self.posts = posts
        self.acknowledged: dict[UUID, Audience] = {}
        self.given_up: set[UUID] = set()
        self.waiting: list[Fact] = []

    def travellers(self, number: int) -> list[Fact]:
        """People who cross together: one transaction. Now and then a look-up, of which few may know."""
        return [self._fact() for _ in range(number)]

    def instructions(self, number: int) -> Iterator[Fact]:
        """What an HQ writes: for all, for some posts, for itself, for no other node."""
        chance = self.world.chance
        for _ in range(number):
            some = to_posts(chance.sample(self.posts, k=min(3, len(self.posts))))
            yield self._lookup(chance.choice([TO_STATE, some, TO_HQ, TO_NODE]))

    def told(self, facts: list[Fact]) -> None:
        """The page says that these are written."""
        for fact in facts:
            self.acknowledged[fact.id] = fact.audience

    def keep(self, facts: list[Fact]) -> None:
        """Nobody knows whether these were written: most officers ask again, some give up."""
        for fact in facts:
            if self.world.happens(0.1):
                self.given_up.add(fact.id)
            else:
                self.waiting.append(fact)

    def again(self) -> list[Fact]:
        """What they ask for once more; they begin afresh."""
        waiting, self.waiting = self.waiting, []
        return waiting

    def _fact(self) -> Fact:
        chance = self.world.chance
        if chance.random() < 0.1:
            return self._lookup(chance.choice([TO_HQ, TO_NODE]))
        return self.crossing()

    def crossing(self) -> Fact:
        """A traveller who is let through."""
        chance = self.world.chance
        number = self._id()
        inspection = Inspection(
            id=number,
            lane="1",
            opened_at=self.world.now,
            traveller=Traveller(
                surname=chance.choice(NAMES),
                given_names="SPECIMEN",
                birth=PartialDate(1950 + chance.randrange(60)),
                sex=chance.choice("FM"),
                nationality=chance.choice(("MLI", "NER", "GIN")),
            ),
            document=Document(),
            journey=Journey(
                direction=chance.choice((Direction.ENTRY, Direction.EXIT)),
                conveyance=chance.choice((Conveyance.BUS, Conveyance.FOOT)),
            ),
        )
        content = CrossingAdmitted(inspection=inspection, reason=AdmissionReason.CLEAR)
        return Fact(number, content, TO_HQ)

    def _lookup(self, audience: Audience) -> Fact:
        number = self._id()
        query = self.world.chance.choice(NAMES)
        content = LookupMade(lookup=number, purpose="case", reason="", query=query, results=0)
        return Fact(number, content, audience)

    def _id(self) -> UUID:
        return UUID(bytes=self.world.chance.randbytes(16), version=4)
