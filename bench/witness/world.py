"""A post, its neighbour and their HQ, each a process; what tampering with one of them comes to."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from bench.witness.node import Node

ROUNDS = 8
"""More questions than any exchange here needs."""


class Result(msgspec.Struct, frozen=True):
    """One tampering. ``must``: whether it must be found; ``proved``: what the node's own proof said;
    ``alarmed``: what the other nodes, and itself, were shown after exchanging."""

    side: str
    kind: str
    with_key: bool
    must: bool
    proved: tuple[str, ...]
    alarmed: tuple[str, ...]

    @property
    def found(self) -> bool:
        """Whether anybody found it."""
        return bool(self.proved or self.alarmed)


class World:
    """Three nodes with a history: some of it witnessed, the ends of it not yet."""

    def __init__(self, folder: Path) -> None:
        self.hq = Node(folder / "hq", "hq", "Bamako")
        self.post = Node(folder / "post", "post", "Kourémalé")
        self.neighbour = Node(folder / "neighbour", "post", "Labbézanga")
        self.nodes = (self.hq, self.post, self.neighbour)
        for post in (self.post, self.neighbour):
            self.hq.do("meet", post.do("card"))
            post.do("meet", self.hq.do("card"))
        self._live()
        self.vouched = self._vouched()

    def end(self) -> None:
        """Stop all of them."""
        for node in self.nodes:
            node.end()

    def _live(self) -> None:
        for count in (5, 4, 4):
            self.post.do("write", count, "crossing")
            self.neighbour.do("write", 2, "crossing")
            self.hq.do("write", 3, "list")
            self._settle()
            self._remember()
        self.post.do("write", 4, "crossing")
        self.hq.do("write", 2, "rules")
        self.exchange(self.post)
        self._remember()
        # What nobody has seen yet.
        self.hq.do("round")
        for node in (self.post, self.hq):
            node.do("write", 3, "unseen")
        self._remember()
        for node in (self.post, self.hq):
            node.do("write", 2, "unseen")

    def _settle(self) -> None:
        """As after some hours with a link: all have heard of the log and of each other's heads."""
        for _ in range(2):
            for post in (self.post, self.neighbour):
                self.exchange(post)
                post.do("follow")
            self.hq.do("round")
        for post in (self.post, self.neighbour):
            self.exchange(post)

    def _remember(self) -> None:
        for node in (self.post, self.hq):
            node.do("remember")

    def _vouched(self) -> dict[str, dict[str, int]]:
        """For each side, how far the others can vouch for what is there."""
        hq, post, neighbour = (node.do("witnessed") for node in self.nodes)
        both = {key: max(post.get(key, 0), neighbour.get(key, 0)) for key in post | neighbour}
        return {"post": hq, "hq": both}

    def exchange(self, post: Node) -> None:
        """One post and the HQ, until neither has anything new, or one refuses."""
        for _ in range(ROUNDS):
            problem, more = post.do("digest", self.hq.do("answer", post.id, post.do("ask")))
            if problem:
                return
            frames = post.do("bring")
            if frames and post.do("told", self.hq.do("take", post.id, frames)):
                return
            if not more:
                return

    @contextmanager
    def for_now(self) -> Iterator[None]:
        """Whatever happens within is undone."""
        for node in self.nodes:
            node.do("begin")
        try:
            yield
        finally:
            for node in self.nodes:
                node.do("undo")

    def untouched(self) -> tuple[list[str], list[str]]:
        """The control: nothing is tampered with, all exchange; what is found all the same."""
        with self.for_now():
            alarms = self._alarms_after_exchange()
            return [code for node in self.nodes for code in node.do("proves")], alarms

    def tamper(self, seed: int, side: str, kind: str, with_key: bool) -> Result | None:
        """One tampering, and who finds it; None where chance chose what cannot be done."""
        node = self.post if side == "post" else self.hq
        with self.for_now():
            if kind == "clone":
                return self._clone(node, side)
            vouched = self.vouched[side]
            done = node.do("tamper", seed, kind, with_key, vouched)
            if done is None:
                return None
            if kind == "old backup" and with_key:
                node.do("write", 1, "forged")
            witnessed = done.first <= vouched.get(done.what, 0)
            # A copy of another's journal bears that one's signature, whichever key is at hand here.
            own = done.what in (str(node.id), "log")
            must = witnessed or not (done.cut or (with_key and own))
            proved = node.do("proves")
            alarmed = [] if proved else self._alarms_after_exchange()
            return Result(side, kind, with_key, must, tuple(proved), tuple(alarmed))

    def _clone(self, node: Node, side: str) -> Result:
        """The machine and its copy both go on; the copy exchanges after the machine."""
        node.do("write", 2, "the machine's")
        self._settle()
        node.do("undo")
        node.do("begin")
        node.do("write", 2, "the clone's")
        alarmed = self._alarms_after_exchange(rounds=1)
        return Result(side, "clone", True, True, tuple(node.do("proves")), tuple(alarmed))

    def _alarms_after_exchange(self, rounds: int = 2) -> list[str]:
        """What people are shown while all go on exchanging; the first alarm is enough."""
        for _ in range(rounds):
            for step in (self._post, self._round, self._neighbour, self._post):
                if found := [*step(), *self._alarms()]:
                    return found
        return []

    def _alarms(self) -> list[str]:
        return [code for node in self.nodes for code in node.do("alarms")]

    def _post(self) -> list[str]:
        self.exchange(self.post)
        return []

    def _neighbour(self) -> list[str]:
        self.exchange(self.neighbour)
        return []

    def _round(self) -> list[str]:
        """A log that cannot be added to is an alarm at the HQ: its job fails, and the worker says so."""
        try:
            self.hq.do("round")
        except RuntimeError as error:
            if "JournalError" not in str(error) and "IntegrityError" not in str(error):
                raise
            return ["the log's job failed"]
        return []


def choices(seed: int, count: int, kinds: tuple[str, ...]) -> Iterator[tuple[int, str, str, bool]]:
    """Which tamperings: a number for chance, side, kind, and whether the key is at hand."""
    chance = random.Random(seed)  # noqa: S311  which tampering, no secret
    for number in range(count):
        kind = kinds[number % len(kinds)]
        yield chance.getrandbits(60), chance.choice(("post", "hq")), kind, chance.random() < 0.5
