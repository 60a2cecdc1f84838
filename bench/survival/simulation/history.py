"""One history: posts and an HQ live for so many days, then everything is well, then all is compared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bench.survival.simulation.checking import Found, check, check_clocks
from bench.survival.simulation.disks import Disk
from bench.survival.simulation.exchange import Post
from bench.survival.simulation.happening import DAY, HOUR, SECOND, World
from bench.survival.simulation.memory import MemoryStore
from bench.survival.simulation.network import Line, Weather
from bench.survival.simulation.nodes import Clock, Habits, Headquarters
from bench.survival.simulation.officers import Officers
from bench.survival.simulation.stores import Identity, Store
from openmidas.journal import NodeKind
from openmidas.journal.clock import MAX_LEAD

SETTLE_ROUNDS = 400
MakeStore = Callable[
    [Identity, Ed25519PrivateKey, Sequence[Identity], Disk, Callable[[], int]], Store
]


class Plan(msgspec.Struct, frozen=True):
    """How long a history is, and how many posts take part.

    ``risk``: how probable a power cut is at each step of a post's transaction.
    """

    posts: int = 20
    days: int = 60
    risk: float = 0.004


class Outcome(msgspec.Struct):
    """What one history was, and what it came to."""

    seed: int
    digest: str
    entries: int
    acknowledged: int
    cuts: int
    refusals: int
    lost_messages: int
    doubled_messages: int
    found: Found
    told: list[str]
    fewest_a_post_day: float = 0.0


class History:
    """Everything that one seed makes."""

    def __init__(
        self, seed: int, plan: Plan, make: MakeStore = MemoryStore, *, tell: bool = False
    ) -> None:
        self.seed = seed
        self.plan = plan
        self.world = World(seed, tell=tell)
        self.found = Found()
        keys = [self._key() for _ in range(plan.posts + 1)]
        everybody = [self._identity(number, key) for number, key in enumerate(keys)]
        hq, posts = everybody[0], everybody[1:]
        ids = tuple(post.id for post in posts)
        self.hq = self._headquarters(hq, keys[0], posts, ids, make)
        self.posts = [
            self._post(post, key, hq, ids, make) for post, key in zip(posts, keys[1:], strict=True)
        ]

    @property
    def nodes(self) -> list[Post | Headquarters]:
        """The HQ first."""
        return [self.hq, *self.posts]

    def run(self) -> Outcome:
        """Live, heal, compare."""
        self.hq.begin(Habits(record=12 * HOUR, together=4))
        for post in self.posts:
            post.begin(Habits())
            post.begin_calling()
            post.line.begin()
        for _ in range(self.plan.days):
            self.world.run(self.world.now + DAY)
            check_clocks(self.nodes, self.found)
            self._check_flags()
        self._heal()
        check(self.nodes, self.found)
        return self._outcome()

    def _check_flags(self) -> None:
        """A post whose clock was wrong when it last asked is one that the HQ shows to be wrong."""
        for post in self.posts:
            wrong = abs(post.wrong_when_asked) > MAX_LEAD
            if wrong and not self.hq.store.clock_differs(post.store.own.id):
                self.found.unflagged += 1
                self.found.say(f"{post.who}: nobody at the HQ sees that its clock is wrong")

    def _heal(self) -> None:
        self.world.forget()
        self.world.note("all", "is well again")
        for node in self.nodes:
            node.heal()
            node.write_again()
        for post in self.posts:
            post.line.heal()
        for _ in range(SETTLE_ROUNDS):
            if self._settled():
                return
            for post in self.posts:
                post.call()
            self.world.run(self.world.now + 60 * SECOND)

    def _settled(self) -> bool:
        for one in self.posts:
            for writer, reader in ((one.store, self.hq.store), (self.hq.store, one.store)):
                receipt = reader.given(writer.own.id)
                reached = receipt.place.sequence if receipt else 0
                if reached != writer.head().place.sequence:
                    return False
            if one.store.held(self.hq.store.own.id) != one.store.head().place.sequence:
                return False
        return True

    def _outcome(self) -> Outcome:
        lengths = [len(node.store.copy_of(node.store.own.id)) for node in self.nodes]
        return Outcome(
            seed=self.seed,
            digest=self.world.digest(),
            entries=sum(lengths),
            acknowledged=sum(len(node.officers.acknowledged) for node in self.nodes),
            cuts=sum(node.cuts for node in self.nodes),
            refusals=sum(node.disk.refusals for node in self.nodes),
            lost_messages=sum(post.line.lost for post in self.posts),
            doubled_messages=sum(post.line.doubled for post in self.posts),
            found=self.found,
            told=self.world.told or [],
            fewest_a_post_day=min(lengths[1:]) / self.plan.days,
        )

    def _key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.world.chance.randbytes(32))

    def _identity(self, number: int, key: Ed25519PrivateKey) -> Identity:
        kind = NodeKind.POST if number else NodeKind.HQ
        name = f"post-{number:02d}" if number else "hq"
        node = UUID(bytes=self.world.chance.randbytes(16), version=4)
        return Identity(node, kind, name, key.public_key().public_bytes_raw())

    def _headquarters(
        self,
        own: Identity,
        key: Ed25519PrivateKey,
        posts: Sequence[Identity],
        ids: tuple[UUID, ...],
        make: MakeStore,
    ) -> Headquarters:
        clock, disk = Clock(self.world), Disk(self.world, own.name, self.plan.risk / 4)
        store = make(own, key, posts, disk, clock.wall)
        return Headquarters(self.world, clock, disk, store, Officers(self.world, own.name, ids))

    def _post(
        self,
        own: Identity,
        key: Ed25519PrivateKey,
        hq: Identity,
        ids: tuple[UUID, ...],
        make: MakeStore,
    ) -> Post:
        clock, disk = Clock(self.world), Disk(self.world, own.name, self.plan.risk)
        store = make(own, key, [hq], disk, clock.wall)
        chance = self.world.chance
        weather = Weather(
            loss=chance.choice((0.0, 0.05, 0.2, 0.4)),
            doubling=chance.choice((0.0, 0.1)),
            delay=chance.choice((2 * SECOND, 90 * SECOND)),
        )
        officers = Officers(self.world, own.name, ids)
        line = Line(self.world, own.name, weather)
        return Post(self.world, clock, disk, store, officers, self.hq, line)
