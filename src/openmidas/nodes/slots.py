"""Times of a month as bits: which slots of five minutes somebody was there, or should have been.

A slot belongs to a span that covers its middle. Spans that follow one another thus have each slot
once, and what two reports say twice counts once: bits are put together by "or", in any order.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.utils import timezone

SLOT = timedelta(minutes=5)
SLOTS_A_DAY = timedelta(days=1) // SLOT


def slots_in(month: date) -> int:
    """How many slots the month of this day has."""
    return calendar.monthrange(month.year, month.month)[1] * SLOTS_A_DAY


def run(first: int, after: int) -> int:
    """The bits of the slots from ``first`` to before ``after``."""
    return (1 << after) - (1 << first) if after > first else 0


def months_of(start: datetime, end: datetime) -> Iterator[date]:
    """The first days of all months that a span touches, where this node is."""
    month = timezone.localdate(start).replace(day=1)
    while month <= timezone.localdate(end):
        yield month
        month = next_month(month)


def next_month(month: date) -> date:
    """The first day of the following month."""
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)


def span_in(month: date, start: datetime, end: datetime) -> int:
    """The bits of a span, from ``start`` to before ``end``, in one month."""
    return span_on_wall(month, timezone.make_naive(start), timezone.make_naive(end))


def span_on_wall(month: date, start: datetime, end: datetime) -> int:
    """As `span_in`, of times on the wall where this node is (without a time zone)."""
    return run(_slot_of(month, start), _slot_of(month, end))


def _slot_of(month: date, moment: datetime) -> int:
    """The first slot of this month whose middle is not before a moment, or the first after it."""
    since = moment - datetime.combine(month, time.min)
    number = -((SLOT / 2 - since) // SLOT)
    return min(max(number, 0), slots_in(month))


def to_bytes(bits: int, month: date) -> bytes:
    """The bits of a month as they are stored."""
    return bits.to_bytes(-(-slots_in(month) // 8), "little")


def from_bytes(raw: bytes) -> int:
    """What `to_bytes` stored."""
    return int.from_bytes(raw, "little")
