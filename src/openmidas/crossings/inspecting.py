"""Checking travellers: documents, lists, rules and the post's own memory, in one go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from itertools import chain

import msgspec

from openmidas.crossings import checks
from openmidas.crossings.blind import check_number
from openmidas.crossings.cards import card_of, crosses_as_resident, document_to_screen, is_card
from openmidas.crossings.evidence.checks import check_chip, check_seals
from openmidas.crossings.facts import Facts, gather, remember
from openmidas.crossings.hits import HitKey, Remembered, remembered
from openmidas.crossings.inspection import Document, Finding, Inspection, Stay
from openmidas.crossings.reading import query_of
from openmidas.crossings.staying import stay_of, tell_stay
from openmidas.documents import read_mrz
from openmidas.lists.in_use import ListHit, Snapshot, lists_now
from openmidas.lists.lost.in_use import LostAnswer, LostNow, lost_now


class Checker:
    """Checks any number of travellers with the lists, rules and clock of one moment.

    Made before a transaction begins: the first one of a process may wait for the lists.
    """

    def __init__(self) -> None:
        self._lists: Snapshot = lists_now()
        self._lost: LostNow = lost_now()
        self._facts: Facts = gather(self._lists.editions, self._lost.edition)

    @property
    def now(self) -> datetime:
        """The moment that is checked by."""
        return self._facts.now

    @property
    def today(self) -> date:
        """The day that is checked by."""
        return self._facts.today

    def inspect(self, inspection: Inspection, *, with_adult: bool) -> Inspection:
        """The inspection with its findings, the editions they rest on, and the stay."""
        hits = self._lists.screen(query_of(inspection.traveller, inspection.document))
        stay = self._stay(inspection)
        found = tuple(self._findings(inspection, hits, stay, with_adult))
        return msgspec.structs.replace(
            inspection,
            findings=checks.worst_first(chain(found, check_number(inspection.document, found))),
            editions=self._facts.editions(),
            stay=stay,
        )

    def look_back(self, inspection: Inspection, crossed_at: datetime) -> Inspection:
        """Somebody who crossed some time ago: the lists of now, document and border of that day.

        What the post remembers, and who travelled along, says nothing here: registers do not tell.
        """
        then = msgspec.structs.replace(self._facts, now=crossed_at)
        traveller, document, journey = inspection.traveller, inspection.document, inspection.journey
        hits = self._lists.screen(query_of(traveller, document))
        resident = crosses_as_resident(document, journey)
        found = chain(
            self._card(document, then),
            checks.check_lists(hits, self._facts, self._known(inspection, hits)),
            checks.check_lost(self._look(document)),
            () if resident else checks.check_document(traveller, _shown(document), then),
            checks.check_border(traveller, journey, then),
            checks.check_age(traveller, then, with_adult=True),
        )
        return msgspec.structs.replace(
            inspection,
            findings=checks.worst_first(found),
            editions=self._facts.editions(),
            stay=None if resident else stay_of(traveller, journey, then),
        )

    def _known(
        self, inspection: Inspection, hits: tuple[ListHit, ...]
    ) -> Mapping[HitKey, Remembered]:
        """The hits of which the second line knows that they are somebody else's, today."""
        return remembered(inspection.traveller, inspection.document, hits, self.today)

    def _stay(self, inspection: Inspection) -> Stay | None:
        """How long the traveller may stay. Who lives at the border comes and goes: nothing is counted."""
        if crosses_as_resident(inspection.document, inspection.journey):
            return None
        return stay_of(inspection.traveller, inspection.journey, self._facts)

    def _look(self, document: Document) -> LostAnswer:
        asked = document_to_screen(document)
        return self._lost.look(asked.issuer, asked.code, asked.number)

    def _card(self, document: Document, facts: Facts) -> Iterator[Finding]:
        if is_card(document):
            yield from checks.check_card(card_of(document), facts)

    def _findings(
        self, inspection: Inspection, hits: tuple[ListHit, ...], stay: Stay | None, with_adult: bool
    ) -> Iterator[Finding]:
        traveller, document, journey = inspection.traveller, inspection.document, inspection.journey
        facts, memory = self._facts, remember(inspection)
        yield from self._card(document, facts)
        yield from checks.check_lists(hits, facts, self._known(inspection, hits))
        yield from checks.check_lost(self._look(document))
        yield from check_chip(inspection.chip)
        yield from check_seals(inspection.seals)
        if crosses_as_resident(document, journey):
            yield from checks.check_border(traveller, journey, facts)
            yield from checks.check_recent(facts, memory, journey.direction)
            yield from checks.check_age(traveller, facts, with_adult=with_adult)
            return
        if document.lines:
            yield from checks.check_reading(read_mrz("\n".join(document.lines), today=facts.today))
        yield from checks.check_document(traveller, _shown(document), facts)
        yield from checks.check_border(traveller, journey, facts)
        yield from checks.check_recent(facts, memory)
        yield from checks.check_age(traveller, facts, with_adult=with_adult)
        yield from checks.check_stay_used(traveller, journey, facts, memory)
        yield from tell_stay(traveller, journey, facts, stay)


def _shown(document: Document) -> Document:
    """The travel document: a border resident's card is none, and one that does not hold replaces none."""
    return Document() if is_card(document) else document
