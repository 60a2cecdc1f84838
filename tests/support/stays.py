"""Crossings of a country as posts record them, for tests of stays: by document, time and post."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from openmidas.crossings.entries import CrossingRecorded, Outcome, RecordSource, RefusalReason
from openmidas.crossings.inspection import (
    Direction,
    Document,
    HowRead,
    Inspection,
    Journey,
    Stay,
    Traveller,
    UsedEdition,
)
from openmidas.documents import PartialDate
from openmidas.journal.models import new_id

START = datetime(2025, 3, 1, 8, tzinfo=UTC)
"""Before everything that `tests.support.writers` writes."""
RULES = UsedEdition(kind="rules", code="Rules", edition=None, dated="2025-01-29", age_days=3)


def crossed(
    number: str = "A1234567",
    direction: str = "entry",
    *,
    minutes: int = 0,
    at: datetime | None = None,
    outcome: Outcome = Outcome.ADMITTED,
    issuer: str = "GIN",
    until: date | None = None,
    rule: str = "ecowas",
    **person: Any,
) -> CrossingRecorded:
    """A crossing that was written down later, ``minutes`` after `START`, or ``at`` a moment."""
    traveller = {
        "surname": "DIALLO",
        "given_names": "MAMADOU",
        "birth": PartialDate(1990, 3, 5),
        "sex": "M",
        "nationality": "GIN",
    } | person
    moment = at or START + timedelta(minutes=minutes)
    return CrossingRecorded(
        inspection=Inspection(
            id=new_id(),
            lane="1",
            opened_at=0,
            traveller=Traveller(**traveller),
            document=Document(
                code="P" if number else "", number=number, issuer=issuer, how_read=HowRead.MRZ
            ),
            journey=Journey(direction=Direction(direction)),
            editions=(RULES,),
            stay=Stay(rule=rule, until=until.isoformat() if until else None, days=None)
            if rule
            else None,
        ),
        outcome=outcome,
        crossed_at=round(moment.timestamp() * 1000),
        source=RecordSource.PAPER,
        refusal=RefusalReason.LIST if outcome is Outcome.REFUSED else None,
    )
