"""The forms of the paper register: what was typed into them, and how an entered line fills them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from openmidas.crossings.counting import Count
from openmidas.crossings.entries import CountReason
from openmidas.crossings.inspection import Conveyance, Direction
from openmidas.crossings.models import CountOnly, Crossing
from openmidas.crossings.recording import line_of
from openmidas.crossings.views.counter import one_of


def moment_of(posted: Mapping[str, str]) -> tuple[datetime | None, tuple[str, ...]]:
    """When it was, where the post is; or None and the fields that are wrong."""
    day, clock = day_of(posted), time_of(posted, "time")
    if day is None or clock is None:
        wrong = {"day": day is None, "time": clock is None}
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


def time_of(posted: Mapping[str, str], field: str) -> time | None:
    """The time of the day in a field, to the minute; None where there is none."""
    try:
        clock = time.fromisoformat(str(posted.get(field, "")).strip())
    except ValueError:
        return None
    return None if clock.tzinfo is not None else clock.replace(second=0, microsecond=0)


def count_in(posted: Mapping[str, str]) -> Count | tuple[str, ...]:
    """The count that was typed; or the fields that are wrong. Raises `Refused` ``request.broken``."""
    day, number = day_of(posted), str(posted.get("number", "")).strip()
    hours = {field: time_of(posted, field) for field in ("since", "until")}
    wrong = {
        "day": day is None,
        "number": not (number.isascii() and number.isdigit()),
        **{field: bool(posted.get(field)) and found is None for field, found in hours.items()},
    }
    if day is None or any(wrong.values()):
        return tuple(field for field, is_wrong in wrong.items() if is_wrong)
    by = str(posted.get("conveyance", ""))
    return Count(
        day=day,
        direction=one_of(Direction, str(posted.get("direction", ""))),
        number=int(number[:9]),
        reason=one_of(CountReason, str(posted.get("reason", ""))),
        since=hours["since"],
        until=hours["until"],
        about="about" in posted,
        conveyance=one_of(Conveyance, by) if by else None,
        note=str(posted.get("note", "")).strip(),
    )


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
        "since": f"{row.since:%H:%M}" if row.since else "",
        "until": f"{row.until:%H:%M}" if row.until else "",
        "about": row.about,
        "conveyance": row.conveyance,
        "note": row.note,
    }
