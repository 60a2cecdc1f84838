"""What must hold once everything is well again: nothing lost, doubled, reordered or misrouted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from uuid import UUID

import msgspec

from bench.survival.simulation.nodes import Node
from openmidas.crossings.entries import CrossingAdmitted
from openmidas.journal import Body, Content, JournalError, Place, SealedEntry
from openmidas.journal.clock import COUNTER_BITS, MAX_LEAD
from openmidas.journal.entry import NO_HASH, decode_body
from openmidas.journal.segments import check_chain
from openmidas.posts.entries import LookupMade


class Found(msgspec.Struct):
    """What a history came to: counts of what went wrong, and words for the first of them."""

    lost: int = 0
    doubled: int = 0
    reordered: int = 0
    misrouted: int = 0
    different: int = 0
    unflagged: int = 0
    dragged: int = 0
    words: list[str] = []

    @property
    def wrong(self) -> int:
        """How much went wrong in all."""
        counts = (self.lost, self.doubled, self.reordered, self.misrouted)
        return sum(counts) + self.different + self.unflagged + self.dragged

    def say(self, text: str) -> None:
        """Keep some words about it: more than a few help nobody."""
        if len(self.words) < 20:
            self.words.append(text)


def check(nodes: Sequence[Node], found: Found) -> None:
    """Hold every journal against every copy of it, and against what officers were told."""
    for writer in nodes:
        own = writer.store.copy_of(writer.store.own.id)
        bodies = [decode_body(entry.body or b"") for entry in own]
        _check_order(writer, own, bodies, found)
        _check_officers(writer, [fact_of(body) for body in bodies], found)
        for reader in nodes:
            if exchanged(writer, reader):
                _check_copy(writer, reader, own, bodies, found)


def exchanged(writer: Node, reader: Node) -> bool:
    """Posts exchange with their HQ and not with each other."""
    return writer.store.own.kind is not reader.store.own.kind


def check_clocks(nodes: Sequence[Node], found: Found) -> None:
    """No clock is dragged further than the bound by what it heard. Asked while things go wrong."""
    for node in nodes:
        lead = (node.store.clock() >> COUNTER_BITS) - node.world.now
        if node.clock.wrong <= 3 * MAX_LEAD // 5 and node.who == "hq" and lead > 2 * MAX_LEAD:
            found.dragged += 1
            found.say(f"{node.who}: the clock leads by {lead} ms")


def fact_of(body: Body) -> UUID | None:
    """What an entry is about; None where it is about none of the officers' facts."""
    content: Content = body.read()
    if isinstance(content, CrossingAdmitted):
        return content.inspection.id
    return content.lookup if isinstance(content, LookupMade) else None


def _check_order(
    writer: Node, own: Sequence[SealedEntry], bodies: Sequence[Body], found: Found
) -> None:
    node = writer.store.own.id
    try:
        check_chain(own, Place(node, 1, 0, NO_HASH))
    except JournalError as error:
        found.reordered += 1
        found.say(f"{writer.who}: {error}")
    for before, after in pairwise(bodies):
        if after.clock <= before.clock or after.at < before.at:
            found.reordered += 1
            found.say(f"{writer.who}: the clocks of its journal run backwards")
            return


def _check_officers(writer: Node, facts: Sequence[UUID | None], found: Found) -> None:
    times = Counter(facts)
    for fact in writer.officers.acknowledged:
        if times[fact] == 0:
            found.lost += 1
            found.say(f"{writer.who}: {fact} was acknowledged and is gone")
    doubled = [fact for fact, number in times.items() if number > 1 and fact is not None]
    found.doubled += len(doubled)
    if doubled:
        found.say(f"{writer.who}: {doubled[0]} is written more than once")


def _check_copy(
    writer: Node,
    reader: Node,
    own: Sequence[SealedEntry],
    bodies: Sequence[Body],
    found: Found,
) -> None:
    copy = reader.store.copy_of(writer.store.own.id)
    own_of = reader.store.own
    where = f"{reader.who} has of {writer.who}"
    if len(copy) < len(own):
        found.lost += len(own) - len(copy)
        found.say(f"{where} {len(copy)} of {len(own)} entries")
    if len(copy) > len(own):
        found.doubled += len(copy) - len(own)
        found.say(f"{where} {len(copy)} entries, and there are {len(own)}")
    for ours, body, theirs in zip(own, bodies, copy, strict=False):
        if ours.header != theirs.header:
            found.different += 1
            found.say(f"{where} another history")
            return
        if (theirs.body is not None) != body.audience.admits(own_of.id, own_of.kind):
            found.misrouted += 1
            found.say(f"{where} a body that it may not have, or lacks one")
