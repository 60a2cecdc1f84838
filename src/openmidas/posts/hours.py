"""The opening hours of a day as an administrator types them, put into the form that layouts have.

Layouts have one line of text a day: "06:00-18:00", several spans with commas, "20:00-04:00" for one
that ends on the next day, "" for closed (`posts.entries.PostConfigured`).
"""

from __future__ import annotations

import re
from itertools import pairwise

DAYS = 7
MOST_SPANS = 6
_MINUTES_A_DAY = 24 * 60
_CLOCK = r"(\d{1,2})(?:\s*[h:.]\s*(\d{2})?)?"
_SPAN = re.compile(rf"{_CLOCK}\s*(?:[-–—]|à|to)\s*{_CLOCK}")

_Span = tuple[int, int]
"""From one minute to before another, counted from midnight; the end may lie in the next day."""


class NotHoursError(ValueError):
    """The text says no hours of a day."""


def plain_hours(typed: str) -> str:
    """What somebody typed, "6h30 à 18h" or "14-18, 6-12", as layouts have it.

    Raises `NotHoursError`, also for spans that overlap.
    """
    parts = [part for part in (part.strip() for part in re.split(r"[,;]", typed.lower())) if part]
    spans = sorted(_span(part) for part in parts)
    if len(spans) > MOST_SPANS or any(one[1] > other[0] for one, other in pairwise(spans)):
        raise NotHoursError(typed)
    return ",".join(f"{_clock(start)}-{_clock(end)}" for start, end in spans)


def _span(text: str) -> _Span:
    found = _SPAN.fullmatch(text)
    if found is None:
        raise NotHoursError(text)
    start, end = _minute(found[1], found[2]), _minute(found[3], found[4])
    if start == end or start >= _MINUTES_A_DAY or end > _MINUTES_A_DAY:
        raise NotHoursError(text)
    return start, end if end > start else end + _MINUTES_A_DAY


def _minute(hour: str, minute: str | None) -> int:
    if int(minute or 0) > 59:
        raise NotHoursError(f"{hour}:{minute}")
    return int(hour) * 60 + int(minute or 0)


def _clock(minute: int) -> str:
    if minute > _MINUTES_A_DAY:
        minute -= _MINUTES_A_DAY
    return f"{minute // 60:02}:{minute % 60:02}"
