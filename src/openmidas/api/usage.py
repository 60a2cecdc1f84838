"""How much systems have asked: today from this machine, the days before from the journal."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

import msgspec
from django.db.models import Max, Sum
from django.db.models.base import ModelBase

from openmidas.api.local import UseToday
from openmidas.api.models import DayOfUse
from openmidas.nodes.services import node_day

DAYS_SHOWN = 60


class Usage(msgspec.Struct, frozen=True, kw_only=True):
    """Questions of today, and when the last one of all was answered."""

    today: int
    last_at: datetime | None


class Day(msgspec.Struct, frozen=True, kw_only=True):
    """One day's questions in one scope, and how many records answered them."""

    day: date
    scope: str
    requests: int
    records: int


def usage_of(system: UUID) -> Usage:
    """How a system's token is used."""
    today = UseToday.objects.filter(system=system, day=node_day()).aggregate(n=Sum("requests"))
    last = [
        table.objects.filter(system=system).aggregate(last=Max("last_at"))["last"]
        for table in (UseToday, DayOfUse)
    ]
    return Usage(today=today["n"] or 0, last_at=max(filter(None, last), default=None))


def days_of_use(system: UUID) -> list[Day]:
    """The last two months by day and scope, newest first."""
    since = node_day() - timedelta(days=DAYS_SHOWN)
    summed: dict[tuple[date, str], tuple[int, int]] = {}
    for table in (UseToday, DayOfUse):
        for day, scope, requests, records in _counted(table, system, since):
            before = summed.get((day, scope), (0, 0))
            summed[day, scope] = (before[0] + requests, before[1] + records)
    return [
        Day(day=day, scope=scope, requests=requests, records=records)
        for (day, scope), (requests, records) in sorted(summed.items(), reverse=True)
    ]


def _counted(table: ModelBase, system: UUID, since: date) -> list[tuple[date, str, int, int]]:
    found = table.objects.filter(system=system, day__gte=since)  # type: ignore[attr-defined]
    return list(found.values_list("day", "scope", "requests", "records"))
