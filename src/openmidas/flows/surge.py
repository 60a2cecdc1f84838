"""At the HQ: more travellers at a post, in the last hours, than the season explains.

The season is the habit that the situation page shows, `flows.situation.usual`: the middle half of the
same weekdays over the last eight weeks. Here it is asked for the same hours of those days.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from django.db.models import Count
from django.utils import timezone

from openmidas.crossings.inspection import Direction
from openmidas.crossings.models import Crossing, Status
from openmidas.flows.models import Span, Tally
from openmidas.flows.situation.usual import LEAST_DAYS, WEEK, WEEKS, Usual, usual
from openmidas.incidents.entries import Told
from openmidas.incidents.limits import MOST_PEOPLE
from openmidas.incidents.publishing import rules_in_use
from openmidas.incidents.raising.raising import Cause, open_of, raise_once
from openmidas.incidents.rules import Surge
from openmidas.incidents.services import milliseconds
from openmidas.nodes.services import node_time

CODE = "surge"

Numbers = Mapping[tuple[UUID, str], int]
"""Travellers who were admitted, by post and direction."""


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """So many at a post, in one direction, since ``since``, and what is usual there."""

    post: UUID
    direction: Direction
    number: int
    since: datetime
    usual: Usual


def raise_surges() -> int:
    """Raise an incident for each post and direction where so many came; how many.

    While one is open, the same surge raises no second; once it is closed, none on the same day.
    """
    rules = rules_in_use()
    rule = rules.surge
    if rule is None:
        return 0
    return sum(
        raise_once(CODE, rule, _cause(seen, rule), edition=rules.edition) is not None
        for seen in surges(rule)
        if not _going_on(seen)
    )


def surges(rule: Surge) -> list[Seen]:
    """What is above the rule's bounds now."""
    until = node_time()
    since = until - timedelta(hours=rule.hours)
    numbers = {
        key: number for key, number in _admitted(since, until).items() if number >= rule.travellers
    }
    if not numbers:
        return []  # as on most days: the habit is not asked for
    habit = _habit(since, until, {post for post, _direction in numbers})
    found = (
        Seen(post=post, direction=Direction(direction), number=number, since=since, usual=known)
        for (post, direction), number in sorted(numbers.items())
        if (known := habit[post, direction]).days >= LEAST_DAYS
    )
    return [seen for seen in found if seen.number * 100 > seen.usual.high * rule.percent]


def _admitted(since: datetime, until: datetime) -> Numbers:
    rows = Crossing.objects.filter(at__gte=since, at__lt=until, status=Status.ADMITTED).order_by()
    counted = rows.values_list("node", "direction").annotate(all=Count("id"))
    return {(node, direction): number for node, direction, number in counted}


def _habit(
    since: datetime, until: datetime, posts: set[UUID]
) -> defaultdict[tuple[UUID, str], Usual]:
    """What is usual in these hours. As in the situation, a day on which the post recorded nothing at all
    does not count: it was off."""
    numbers: defaultdict[tuple[UUID, str], list[int]] = defaultdict(list)
    for week in range(1, WEEKS + 1):
        start, end = since - week * WEEK, until - week * WEEK
        there = Counter(_admitted(start, end))
        for post in posts & _recorded(start, end):
            for direction in Direction:
                numbers[post, direction].append(there[post, direction])
    found: defaultdict[tuple[UUID, str], Usual] = defaultdict(lambda: Usual(0, 0, 0))
    found.update((key, usual(of_days)) for key, of_days in numbers.items())
    return found


def _recorded(start: datetime, end: datetime) -> set[UUID]:
    """The posts that recorded anything on the days of these hours."""
    days = {timezone.localdate(start), timezone.localdate(end)}
    rows = Tally.objects.filter(facet="", span=Span.DAY, start__in=days, number__gt=0)
    return set(rows.order_by().values_list("node", flat=True).distinct())


def _going_on(seen: Seen) -> bool:
    return any(one.cause.get("direction") == seen.direction for one in open_of(CODE, seen.post))


def _cause(seen: Seen, rule: Surge) -> Cause:
    return Cause(
        key=(str(seen.post), seen.direction, timezone.localdate(seen.since).isoformat()),
        post=seen.post,
        said={
            "direction": seen.direction,
            "travellers": str(seen.number),
            "hours": str(rule.hours),
            "low": str(seen.usual.low),
            "high": str(seen.usual.high),
            "days": str(seen.usual.days),
        },
        told=Told(happened_at=milliseconds(seen.since), people=min(seen.number, MOST_PEOPLE)),
    )
