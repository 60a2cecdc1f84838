"""Checking one traveller: documents, lists, rules and the post's own memory, in one go."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from openmidas.crossings import checks
from openmidas.crossings.facts import Facts, gather
from openmidas.crossings.inspection import Finding, Inspection, Stay
from openmidas.crossings.reading import query_of
from openmidas.crossings.staying import stay_of, tell_stay
from openmidas.documents import Reading
from openmidas.lists.in_use import screen
from openmidas.screening import Hit


def inspect(inspection: Inspection, reading: Reading | None, *, with_adult: bool) -> Inspection:
    """The inspection with its findings, the editions they rest on, and the stay.

    ``reading`` is None for a traveller who was typed in.
    """
    traveller, document = inspection.traveller, inspection.document
    facts = gather(document, lane=inspection.lane, inspection=inspection.id)
    hits = screen(query_of(traveller, document))
    stay = stay_of(traveller, inspection.journey, facts)
    found = _findings(inspection, reading, facts, hits, stay, with_adult)
    return msgspec.structs.replace(
        inspection, findings=checks.worst_first(found), editions=facts.editions(), stay=stay
    )


def _findings(
    inspection: Inspection,
    reading: Reading | None,
    facts: Facts,
    hits: tuple[Hit, ...],
    stay: Stay | None,
    with_adult: bool,
) -> Iterator[Finding]:
    traveller, document, journey = inspection.traveller, inspection.document, inspection.journey
    yield from checks.check_lists(hits, facts)
    if reading is not None:
        yield from checks.check_reading(reading)
    yield from checks.check_document(traveller, document, facts)
    yield from checks.check_border(traveller, journey, facts)
    yield from checks.check_recent(facts)
    yield from checks.check_age(traveller, facts, with_adult=with_adult)
    yield from checks.check_stay_used(traveller, journey, facts)
    yield from tell_stay(traveller, journey, facts, stay)
