"""The forms of the paper register: what was typed into them, and how an entered line fills them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from openmidas.crossings.models import CountOnly, Crossing
from openmidas.crossings.recording import line_of


def moment_of(posted: Mapping[str, str]) -> tuple[datetime | None, tuple[str, ...]]:
    """When it was, where the post is; or None and the fields that are wrong."""
    day = day_of(posted)
    try:
        clock = time.fromisoformat(str(posted.get("time", "")).strip())
    except ValueError:
        clock = None
    if day is None or clock is None or clock.tzinfo is not None:
        wrong = {"day": day is None, "time": clock is None or clock.tzinfo is not None}
        return None, tuple(field for field, is_wrong in wrong.items() if is_wrong)
    try:
        return timezone.make_aware(datetime.combine(day, clock)), ()
    except OverflowError:
        return None, ("day",)


def day_of(posted: Mapping[str, str]) -> date | None:
    """The day; None where there is none."""
    try:
        return date.fromisoformat(str(posted.get("day", "")).strip())
    except ValueError:
        return None


def values_of_line(row: Crossing) -> dict[str, Any]:
    """A line as the form has it, so that it can be corrected."""
    entered = line_of(row)
    traveller, document, journey = entered.traveller, entered.document, entered.journey
    return {
        "id": row.id,
        "correct": True,
        "day": entered.crossed_at.date().isoformat(),
        "time": f"{entered.crossed_at:%H:%M}",
        "names": traveller.name,
        "birth": traveller.birth.text() if traveller.birth else "",
        "sex": traveller.sex,
        "nationality": traveller.nationality,
        "document": document.code,
        "number": document.number,
        "expiry": document.expiry.text() if document.expiry else "",
        "direction": journey.direction,
        "purpose": journey.purpose,
        "conveyance": journey.conveyance,
        "origin": journey.origin,
        "destination": journey.destination,
        "outcome": entered.outcome,
        "refusal": entered.refusal or "",
    }


def values_of_count(row: CountOnly) -> dict[str, Any]:
    """A count as the form has it, so that it can be corrected."""
    return {
        "id": row.id,
        "correct": True,
        "day": row.day.isoformat(),
        "direction": row.direction,
        "number": row.number,
        "reason": row.reason,
    }
