"""A traveller who is recorded while the post is shut: what the form says becomes sealed entry. No
database, no list, no rule: nothing is looked up, and nothing can be read back."""

from __future__ import annotations

from uuid import UUID

import msgspec

from openmidas.crossings import limits
from openmidas.crossings.entries import CollectedOutcome, CrossingCollected
from openmidas.crossings.inspection import (
    Document,
    Finding,
    Inspection,
    Journey,
    Severity,
    Traveller,
)
from openmidas.journal import Actor
from openmidas.nodes.collecting.store import CollectingStore

NOT_CHECKED = Finding(code="collected", severity=Severity.LOOK)
"""In place of all that the checks would have said: such a crossing must never look clear."""


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """What an officer writes down of a traveller, and decided."""

    traveller: Traveller
    document: Document
    journey: Journey
    outcome: CollectedOutcome
    note: str = ""


def collect_crossing(
    store: CollectingStore, actor: Actor, id: UUID, sheet: Sheet, *, wall: int
) -> int:
    """Seal what was written down; the number under which the post has it. ``wall``: milliseconds.

    The same ``id`` again adds nothing. Raises `Refused` ``field.too_long``, ``field.unprintable``.
    """
    limits.check_traveller(sheet.traveller)
    limits.check_document(sheet.document)
    limits.check_journey(sheet.journey)
    limits.check_note(sheet.note)
    inspection = Inspection(
        id=id,
        lane=actor.lane,
        opened_at=wall,
        traveller=sheet.traveller,
        document=sheet.document,
        journey=sheet.journey,
        findings=(NOT_CHECKED,),
    )
    content = CrossingCollected(inspection=inspection, outcome=sheet.outcome, note=sheet.note)
    return store.add(id, content, actor, wall)
