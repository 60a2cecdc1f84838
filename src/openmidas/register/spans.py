"""Spans of time: what two have in common, and what is left of one. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from msgspec import Struct

MINUTE = timedelta(minutes=1)


class Span(Struct, frozen=True):
    """From a moment to before another."""

    start: datetime
    end: datetime

    @property
    def minutes(self) -> int:
        """How many whole minutes it lasts."""
        return max(timedelta(), self.end - self.start) // MINUTE

    def within(self, other: Span) -> Span | None:
        """The part of it that lies in another; None where there is none."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Span(start, end) if start < end else None


def without(whole: Span, gone: Iterable[Span]) -> list[Span]:
    """What is left of a span when others are taken out of it, in their order."""
    left, start = [], whole.start
    for span in sorted(gone, key=lambda one: one.start):
        if span.start > start:
            left.append(Span(start, min(span.start, whole.end)))
        start = max(start, span.end)
        if start >= whole.end:
            return [one for one in left if one.start < one.end]
    left.append(Span(start, whole.end))
    return [one for one in left if one.start < one.end]
