"""When a post should be open, by its hours as the HQ wrote them ("06:00-18:00", "20:00-04:00").

All times are those of the clock on the wall where the post is, without a time zone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache

import msgspec

from openmidas.nodes import slots

DAY = timedelta(days=1)
_SPAN = re.compile(r"\s*([01]\d|2[0-3]):([0-5]\d)\s*-\s*(?:([01]\d|2[0-3]):([0-5]\d)|(24):(00))\s*")

Span = tuple[timedelta, timedelta]
"""From when to when, counted from midnight of a day; the end may lie in the next day."""
ROUND_THE_CLOCK: tuple[Span, ...] = ((timedelta(), DAY),)


class Opening(msgspec.Struct, frozen=True):
    """From when to when a post is open."""

    start: datetime
    end: datetime


class OpeningHours(msgspec.Struct, frozen=True):
    """When a post is open, for each day from Monday to Sunday."""

    week: tuple[tuple[Span, ...], ...]

    @property
    def always(self) -> bool:
        """Whether it never closes."""
        return all(ROUND_THE_CLOCK[0] in day for day in self.week)

    def on(self, day: date) -> Iterator[Opening]:
        """The openings that begin on a day, earliest first."""
        midnight = datetime.combine(day, time.min)
        for start, end in self.week[day.weekday()]:
            yield Opening(midnight + start, midnight + end)

    def current(self, moment: datetime) -> Opening | None:
        """The opening that a moment falls into, those that follow without a break put together."""
        found: Opening | None = None
        for opening in self._around(moment.date()):
            if found is not None and opening.start <= found.end:
                found = Opening(found.start, max(found.end, opening.end))
            elif found is None or not found.start <= moment < found.end:
                found = opening
        return found if found is not None and found.start <= moment < found.end else None

    def following(self, moment: datetime) -> datetime | None:
        """When it opens next after a moment at which it is closed; None if it never does."""
        for ahead in range(8):
            for opening in self.on(moment.date() + ahead * DAY):
                if opening.start > moment:
                    return opening.start
        return None

    def slots_of(self, month: date) -> int:
        """The slots of a month (`nodes.slots`) in which it should be open."""
        return _slots_of(self, month)

    def _around(self, day: date) -> Iterator[Opening]:
        for ahead in (-1, 0, 1):
            yield from self.on(day + ahead * DAY)


ALWAYS = OpeningHours((ROUND_THE_CLOCK,) * 7)


def read_hours(written: Sequence[str]) -> OpeningHours:
    """The hours of a post as `posts.models.Post.hours` has them; nothing written stands for always.

    What cannot be read is taken as open all day: a post is rather missed once too often than never.
    """
    if len(written) != 7:
        return ALWAYS
    return OpeningHours(tuple(_read_day(day) for day in written))


def _read_day(written: str) -> tuple[Span, ...]:
    if not written.strip():
        return ()
    found = [_SPAN.fullmatch(part) for part in written.split(",")]
    spans = [_span(*map(int, filter(None, match.groups()))) for match in found if match]
    return tuple(sorted(spans)) if len(spans) == len(found) else ROUND_THE_CLOCK


def _span(hour: int, minute: int, until_hour: int, until_minute: int) -> Span:
    start = timedelta(hours=hour, minutes=minute)
    end = timedelta(hours=until_hour, minutes=until_minute)
    return start, end if end > start else end + DAY


@lru_cache(maxsize=4096)
def _slots_of(hours: OpeningHours, month: date) -> int:
    bits = 0
    day = month - DAY
    while day < slots.next_month(month):
        for opening in hours.on(day):
            bits |= slots.span_on_wall(month, opening.start, opening.end)
        day += DAY
    return bits
