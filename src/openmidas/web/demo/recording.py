"""Writing the history of a post into its own journal, as ordinary entries.

It is told as what it would be at a real post: an earlier register that was taken over
(``crossing.recorded``, source ``register``; on some days ``paper``), written at the machine's own
terminal and by no officer, and days on which travellers were only counted (``crossing.counted``).

What is checked: every traveller is compared with the lists in use today, by the real screening;
documents, age, closures of the border, the length of a stay and what is left of it are found by the
real checks for the day of the crossing. What is not: the zone of a document, which the register
does not keep, and whether the same document stood elsewhere at that moment. Who is in the state
Stop was refused, everybody else was let cross, but for a few without a document.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from random import Random

import msgspec
from django.db import transaction
from django.utils import timezone

from openmidas.crossings import checks
from openmidas.crossings.entries import (
    CountReason,
    CrossingRecorded,
    CrossingsCounted,
    Outcome,
    RecordSource,
    RefusalReason,
)
from openmidas.crossings.facts import Facts, Memory, Stayed, gather
from openmidas.crossings.inspection import Direction, Finding, Inspection, State
from openmidas.crossings.models import CountOnly, Crossing
from openmidas.crossings.reading import query_of
from openmidas.crossings.staying import stay_of, tell_stay
from openmidas.journal import Content
from openmidas.lists.in_use import Snapshot, lists_now
from openmidas.nodes.commanding import AT_THE_TERMINAL
from openmidas.nodes.services import record_all
from openmidas.web.demo.country import DemoPost
from openmidas.web.demo.history import Counting, History, Passage

BATCH = 100
"""Entries in one transaction: a counter that wants to write waits no longer than for these."""
PAUSE = 0.1
"""Seconds between two of them: SQLite lets one write at a time, and a counter comes first."""
REFUSED_WITHOUT_DOCUMENT = 0.006
AT_THE_COUNTER = 45_000

Item = Passage | Counting


class Register:
    """Turns the history of a post into the contents of entries, one after the other."""

    def __init__(self, post: DemoPost, history: History) -> None:
        self._post = post
        self._history = history
        self._lists: Snapshot = lists_now()
        self._today: Facts = gather(self._lists.editions)
        self._stays: dict[str, Stayed] = {}

    def content(self, item: Item) -> Content:
        """What is written down of one item; the items must come in their order."""
        if isinstance(item, Counting):
            return CrossingsCounted(
                count=self._history.id_of(item.index),
                day=item.day.isoformat(),
                direction=item.direction,
                number=item.number,
                reason=CountReason.CROWD if self._post.traffic.per_day > 300 else CountReason.POWER,
            )
        return self._recorded(item)

    def _recorded(self, passage: Passage) -> CrossingRecorded:
        facts = msgspec.structs.replace(
            self._today, now=datetime.fromtimestamp(passage.at / 1000, UTC)
        )
        inspection = self._inspection(passage, facts)
        refusal = self._refusal(passage, inspection)
        if refusal is None:
            self._remember(inspection, facts)
        return CrossingRecorded(
            inspection=inspection,
            outcome=Outcome.REFUSED if refusal else Outcome.ADMITTED,
            crossed_at=passage.at,
            source=RecordSource.PAPER if passage.on_paper else RecordSource.REGISTER,
            refusal=refusal,
        )

    def _inspection(self, passage: Passage, facts: Facts) -> Inspection:
        traveller, journey = passage.person.traveller(), passage.journey
        place = passage.index if passage.first is None else passage.first
        inspection = Inspection(
            id=self._history.id_of(passage.index),
            lane=self._post.lanes[place % len(self._post.lanes)],
            opened_at=passage.at - AT_THE_COUNTER,
            traveller=traveller,
            document=passage.person.document(),
            journey=journey,
            group=None if passage.first is None else self._history.id_of(passage.first, "group"),
            stay=stay_of(traveller, journey, facts),
            editions=self._today.editions(),
        )
        found = self._findings(inspection, facts, in_company=passage.first is not None)
        return msgspec.structs.replace(inspection, findings=checks.worst_first(found))

    def _findings(
        self, inspection: Inspection, facts: Facts, *, in_company: bool
    ) -> Iterator[Finding]:
        traveller, document, journey = inspection.traveller, inspection.document, inspection.journey
        memory = Memory(stayed=self._stays.get(document.number) if document.number else None)
        yield from checks.check_lists(self._lists.screen(query_of(traveller, document)), facts)
        yield from checks.check_document(traveller, document, facts)
        yield from checks.check_border(traveller, journey, facts)
        yield from checks.check_age(traveller, facts, with_adult=in_company)
        yield from checks.check_stay_used(traveller, journey, facts, memory)
        yield from tell_stay(traveller, journey, facts, inspection.stay)

    def _refusal(self, passage: Passage, inspection: Inspection) -> RefusalReason | None:
        if inspection.state is State.STOP:
            return RefusalReason.LIST
        if inspection.document.none and passage.first is None:
            chance = Random(f"{self._post.id}/{passage.index}/refused")  # noqa: S311  repeatable
            if chance.random() < REFUSED_WITHOUT_DOCUMENT:
                return RefusalReason.NO_VALID_DOCUMENT
        return None

    def _remember(self, inspection: Inspection, facts: Facts) -> None:
        """The stay of who entered, until the same document leaves."""
        number, stay = inspection.document.number, inspection.stay
        if not number:
            return
        if inspection.journey.direction is Direction.EXIT:
            self._stays.pop(number, None)
        elif stay is not None:
            until = datetime.fromisoformat(stay.until).date() if stay.until else None
            self._stays[number] = Stayed(timezone.localdate(facts.now), stay.rule, until)


def load(
    post: DemoPost,
    history: History,
    *,
    batch: int = BATCH,
    pause: float = PAUSE,
    go_on: Callable[[], bool] = lambda: True,
) -> int:
    """Write what is not written yet, batch by batch, until ``go_on`` says no; how much was written."""
    register = Register(post, history)
    items = history.past()
    written = 0
    while go_on() and (some := list(islice(items, batch))):
        ready = [(item, register.content(item)) for item in some]
        there = _there(history, some)
        new = [content for item, content in ready if history.id_of(item.index) not in there]
        if not new:
            continue
        with transaction.atomic():
            record_all(new, actor=AT_THE_TERMINAL)
        written += len(new)
        time.sleep(pause)
    return written


def _there(history: History, items: Sequence[Item]) -> set[object]:
    """The ids of these items that are written already."""
    ids = [history.id_of(item.index) for item in items]
    crossings = Crossing.objects.filter(id__in=ids).values_list("id", flat=True)
    return {*crossings, *CountOnly.objects.filter(id__in=ids).values_list("id", flat=True)}
