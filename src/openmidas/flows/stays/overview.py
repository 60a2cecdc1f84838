"""Who is in the country, in numbers: sums of `PresenceCount`, so that parts and totals agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

import msgspec
from django.db.models import Sum

from openmidas.crossings.inspection import Direction
from openmidas.crossings.models import CountOnly
from openmidas.crossings.overview import post_names
from openmidas.crossings.words import state_in_words
from openmidas.flows.models import Counted, Limit, PresenceCount

RECENT_DAYS = (7, 30, 90)


class Share(msgspec.Struct, frozen=True, kw_only=True):
    """A part of those present, by kind of limit. ``code``: of a State; "" where there is none."""

    name: str
    code: str = ""
    by_limit: dict[str, int]

    @property
    def number(self) -> int:
        """All of them."""
        return sum(self.by_limit.values())

    @property
    def with_day(self) -> int:
        return self.by_limit.get(Limit.DAY, 0)

    @property
    def without_limit(self) -> int:
        return self.by_limit.get(Limit.NONE, 0)

    @property
    def unknown(self) -> int:
        return self.by_limit.get(Limit.UNKNOWN, 0)


class InCountry(msgspec.Struct, frozen=True, kw_only=True):
    """Who is in the country, by documents.

    ``recent``: of them, how many entered within so many days, today included; ``overstays``: of them,
    how many were to leave before today. ``without``, ``counted``: entries and exits that cannot be
    matched, since there was no document or nobody was recorded; ``about``: of those counted, by estimates.
    """

    total: Share
    by_nationality: tuple[Share, ...]
    by_post: tuple[Share, ...]
    recent: tuple[tuple[int, int], ...]
    overstays: int
    without: dict[str, int]
    counted: dict[str, int]
    about: int


def in_country(today: date) -> InCountry:
    """Everything that the page shows: a handful of sums."""
    names = post_names()
    nationalities: dict[str, Counter[str]] = {}
    posts: dict[UUID, Counter[str]] = {}
    total: Counter[str] = Counter()
    rows = PresenceCount.objects.filter(what=Counted.NOW).values_list(
        "node", "nationality", "limit", "number"
    )
    for post, nationality, limit, number in rows:
        for counter in (
            total,
            nationalities.setdefault(nationality, Counter()),
            posts.setdefault(post, Counter()),
        ):
            counter[limit] += number
    return InCountry(
        total=Share(name="", by_limit=dict(total)),
        by_nationality=_largest_first(
            Share(name=state_in_words(code) if code else "", code=code, by_limit=dict(counted))
            for code, counted in nationalities.items()
        ),
        by_post=_largest_first(
            Share(name=names.get(post, str(post)), by_limit=dict(counted))
            for post, counted in posts.items()
        ),
        recent=tuple((days, _entered_within(today, days)) for days in RECENT_DAYS),
        overstays=overstays_now(today),
        without=_without(),
        counted=_counted_only(),
        about=CountOnly.objects.filter(about=True).aggregate(all=Sum("number", default=0))["all"],
    )


def overstays_now(today: date) -> int:
    """How many of those present were to leave before today."""
    return _sum(what=Counted.UNTIL, day__lt=today)


def _entered_within(today: date, days: int) -> int:
    return _sum(what=Counted.ENTERED, day__gt=today - timedelta(days=days))


def _sum(**columns: object) -> int:
    return PresenceCount.objects.filter(**columns).aggregate(all=Sum("number"))["all"] or 0


def _without() -> dict[str, int]:
    return {
        Direction.ENTRY: _sum(what=Counted.ENTRY_WITHOUT),
        Direction.EXIT: _sum(what=Counted.EXIT_WITHOUT),
    }


def _counted_only() -> dict[str, int]:
    sums = CountOnly.objects.order_by().values_list("direction").annotate(all=Sum("number"))
    counted: dict[str, int] = dict.fromkeys(Direction, 0)
    return counted | dict(sums)


def _largest_first(shares: Iterable[Share]) -> tuple[Share, ...]:
    return tuple(sorted(shares, key=lambda one: (-one.number, one.name)))
