"""What is usual for a weekday: the same weekday of the last eight weeks, and today against it.

Half of those days lie in the usual range: a quarter of them is left out at each end, so that one
market day or one day without power does not make everything usual. Only days on which the post has
recorded anything count. No judgement is made on fewer than three.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

import msgspec
from django.db.models import Sum

from openmidas.crossings.inspection import Direction
from openmidas.crossings.models import Status
from openmidas.flows.models import Span, Tally

WEEKS = 8
LEAST_DAYS = 3
WEEK = timedelta(weeks=1)

By = dict[tuple[UUID, str], "Usual"]
"""What is usual, by post and direction."""


class Against(StrEnum):
    """How a number stands to what is usual."""

    NOT_KNOWN = "not_known"  # not enough days yet
    SO_FAR = "so_far"  # less than usual, while the day still runs
    FEWER = "fewer"
    WITHIN = "within"
    MORE = "more"


class Usual(msgspec.Struct, frozen=True):
    """The range of the middle half, from the lowest to the highest number, of so many days."""

    low: int
    high: int
    days: int

    def against(self, number: int, *, day_runs: bool) -> Against:
        """How a number stands to it. A day that still runs is never called weak."""
        if self.days < LEAST_DAYS:
            return Against.NOT_KNOWN
        if number > self.high:
            return Against.MORE
        if number >= self.low:
            return Against.WITHIN
        return Against.SO_FAR if day_runs else Against.FEWER


NOTHING = Usual(0, 0, 0)


def usual(numbers: Sequence[int]) -> Usual:
    """The middle half of these numbers."""
    ordered = sorted(numbers)
    aside = len(ordered) // 4
    middle = ordered[aside : len(ordered) - aside]
    return Usual(middle[0], middle[-1], len(ordered)) if middle else NOTHING


def usual_by_post(day: date) -> By:
    """What is usual on this weekday for each post and direction: one query, for all posts."""
    days = [day - week * WEEK for week in range(1, WEEKS + 1)]
    found = Tally.objects.filter(facet="", span=Span.DAY, start__in=days)
    admitted: defaultdict[tuple[UUID, date], dict[str, int]] = defaultdict(dict)
    counted = found.order_by().values("node", "start", "direction", "status")
    for row in counted.annotate(all=Sum("number")).filter(all__gt=0):
        numbers = admitted[row["node"], row["start"]]  # made for a day of refusals alone, too
        if row["status"] == Status.ADMITTED:
            numbers[row["direction"]] = row["all"]
    return dict(_by_direction(admitted))


def _by_direction(
    admitted: dict[tuple[UUID, date], dict[str, int]],
) -> Iterator[tuple[tuple[UUID, str], Usual]]:
    by_post: defaultdict[UUID, list[dict[str, int]]] = defaultdict(list)
    for (post, _day), numbers in admitted.items():
        by_post[post].append(numbers)
    for post, days in by_post.items():
        for direction in Direction:
            yield (post, direction), usual([numbers.get(direction, 0) for numbers in days])
