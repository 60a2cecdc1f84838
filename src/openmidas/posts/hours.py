"""When a post is open: one line of text a day, as the HQ writes it into the post's layout.

Seven lines from Monday to Sunday, "06:00-18:00", several spans with commas, "" for closed; nothing
at all stands for "always" (`posts.entries.PostConfigured`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

import msgspec

DAYS = 7
MINUTES_A_DAY = 24 * 60
MOST_SPANS = 6

_SPAN = re.compile(
    r"(\d{1,2})(?:\s*[h:.]\s*(\d{2})?)?\s*(?:[-–—]|à|to|until)\s*(\d{1,2})(?:\s*[h:.]\s*(\d{2})?)?"
)


class NotHoursError(ValueError):
    """The text says no hours of a day."""


class Span(msgspec.Struct, frozen=True, order=True):
    """From one minute of the day to before another; 1440 is midnight at its end."""

    start: int
    end: int

    def text(self) -> str:
        """The span as layouts have it: "06:00-18:00"."""
        return f"{_clock(self.start)}-{_clock(self.end)}"


def read_hours(text: str) -> tuple[Span, ...]:
    """The hours of one day, in order; nothing for a day on which the post is closed.

    Takes what people type, "6h30 à 18h", "6-12, 14-18", and its own form. Hours past midnight
    belong to the next day. Raises `NotHoursError`, also for spans that overlap.
    """
    parts = [part for part in (part.strip() for part in re.split(r"[,;]", text.lower())) if part]
    spans = tuple(sorted(_span(part) for part in parts))
    overlap = any(one.end > other.start for one, other in pairwise(spans))
    if overlap or len(spans) > MOST_SPANS:
        raise NotHoursError(text)
    return spans


def plain_hours(text: str) -> str:
    """What somebody typed, as layouts have it. Raises `NotHoursError`."""
    return ",".join(span.text() for span in read_hours(text))


def is_open(hours: Sequence[str], moment: datetime) -> bool:
    """Whether a post with these hours is open at a moment, given where the post is (local time).

    Raises `NotHoursError` for hours that no layout has.
    """
    if not hours:
        return True
    minute = moment.hour * 60 + moment.minute
    today = hours[moment.weekday()] if moment.weekday() < len(hours) else ""
    return any(span.start <= minute < span.end for span in read_hours(today))


def _span(text: str) -> Span:
    found = _SPAN.fullmatch(text)
    if found is None:
        raise NotHoursError(text)
    start, end = _minute(found[1], found[2]), _minute(found[3], found[4])
    if not start < end <= MINUTES_A_DAY:
        raise NotHoursError(text)
    return Span(start, end)


def _minute(hour: str, minute: str | None) -> int:
    if int(minute or 0) > 59:
        raise NotHoursError(f"{hour}:{minute}")
    return int(hour) * 60 + int(minute or 0)


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
