"""The numbers of displacements: counts that stand, crossings that are marked, and what is left."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TypeVar
from uuid import UUID

import msgspec
from django.db.models import Exists, OuterRef, QuerySet

from openmidas.crossings.ages import AgeGroup
from openmidas.crossings.models import Crossing
from openmidas.displacements.arithmetic import Balance, balance, left
from openmidas.displacements.models import (
    PEOPLE,
    SPECIAL,
    Displacement,
    DisplacementCount,
    DisplacementMark,
)

Key = TypeVar("Key", str, date)

_CHILDREN = {AgeGroup.UNDER_5, AgeGroup.TO_11, AgeGroup.TO_17}
_GROUPS = {
    ("F", False): "women",
    ("M", False): "men",
    ("", False): "adults",
    ("F", True): "girls",
    ("M", True): "boys",
    ("", True): "children",
}


class DayNumbers(msgspec.Struct, frozen=True, kw_only=True):
    """One day: people who were counted on it, of them by estimates, and crossings of counted people."""

    day: date
    counted: int
    about: int
    registered: int


class Totals(msgspec.Struct, frozen=True, kw_only=True):
    """A displacement in numbers, or several together.

    ``counted``, ``registered``: by the groups of `entries.People`; ``special``: by `entries.Special`;
    ``about``: of those counted, how many by estimates; ``left``: what is to be registered, by the day
    of its count.
    """

    balance: Balance = Balance()
    counted: Mapping[str, int] = {}
    registered: Mapping[str, int] = {}
    special: Mapping[str, int] = {}
    about: int = 0
    days: tuple[DayNumbers, ...] = ()
    left: Mapping[date, int] = {}


def standing_counts(displacements: Iterable[UUID]) -> QuerySet[DisplacementCount]:
    """The counts that no other takes the place of, the oldest first."""
    later = DisplacementCount.objects.filter(instead_of=OuterRef("id"), node=OuterRef("node"))
    found = DisplacementCount.objects.filter(displacement__in=list(displacements))
    return found.filter(~Exists(later)).order_by("until", "id")


def marked_crossings(displacements: Iterable[UUID]) -> QuerySet[DisplacementMark]:
    """The marks of crossings that are known here and of the same post, each of a displacement."""
    own = Crossing.objects.filter(id=OuterRef("crossing"), node=OuterRef("node"))
    found = DisplacementMark.objects.filter(displacement__in=list(displacements))
    return found.filter(Exists(own)).order_by("at", "id")


def totals(rows: Sequence[Displacement]) -> dict[UUID, Totals]:
    """The numbers of each of these displacements."""
    ids = [row.id for row in rows]
    counts: defaultdict[UUID, list[DisplacementCount]] = defaultdict(list)
    for count in standing_counts(ids):
        counts[count.displacement].append(count)
    marked: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for of, crossing in marked_crossings(ids).values_list("displacement", "crossing"):
        if of is not None:
            marked[of].add(crossing)
    # By the marks, and not by as many ids as there are: no database takes any number of them.
    crossings = (
        Crossing.objects.filter(id__in=marked_crossings(ids).order_by().values("crossing"))
        .only("sex", "age_group", "day")
        .in_bulk()
    )
    return {
        id: _totals(counts[id], [crossings[one] for one in marked[id] if one in crossings])
        for id in ids
    }


def together(all: Iterable[Totals]) -> Totals:
    """The sum of several displacements."""
    parts = list(all)
    days: defaultdict[date, Counter[str]] = defaultdict(Counter)
    for part in parts:
        for one in part.days:
            days[one.day] += Counter(
                counted=one.counted, about=one.about, registered=one.registered
            )
    return Totals(
        balance=sum((part.balance for part in parts), Balance()),
        counted=_sum(part.counted for part in parts),
        registered=_sum(part.registered for part in parts),
        special=_sum(part.special for part in parts),
        about=sum(part.about for part in parts),
        days=_days(days),
        left=_sum(part.left for part in parts),
    )


def unregistered(start: date, end: date) -> dict[UUID, int]:
    """By post, the people of its displacements who were counted from one day to another, both included,
    and have no crossing. Who was registered since is in the crossings, and not in here."""
    within = DisplacementCount.objects.filter(day__gte=start, day__lte=end)
    rows = list(Displacement.objects.filter(id__in=within.values("displacement")))
    by_post: Counter[UUID] = Counter()
    found = totals(rows)
    for row in rows:
        by_post[row.node] += sum(n for day, n in found[row.id].left.items() if start <= day <= end)
    return {post: number for post, number in by_post.items() if number}


def _totals(counts: Sequence[DisplacementCount], crossings: Sequence[Crossing]) -> Totals:
    numbers = [count.number for count in counts]
    days: defaultdict[date, Counter[str]] = defaultdict(Counter)
    remaining: Counter[date] = Counter()
    for count, still in zip(counts, left(numbers, len(crossings)), strict=True):
        days[count.day]["counted"] += count.number
        days[count.day]["about"] += count.number if count.about else 0
        remaining[count.day] += still
    for crossing in crossings:
        days[crossing.day]["registered"] += 1
    return Totals(
        balance=balance(sum(numbers), len(crossings)),
        counted={name: sum(getattr(count, name) for count in counts) for name in PEOPLE},
        registered=_sum([dict.fromkeys(PEOPLE, 0), Counter(map(_group, crossings))]),
        special={name: sum(getattr(count, name) for count in counts) for name in SPECIAL},
        about=sum(count.number for count in counts if count.about),
        days=_days(days),
        left=dict(remaining),
    )


def _group(crossing: Crossing) -> str:
    """The group of `entries.People` that a registered traveller belongs to."""
    if not crossing.age_group:
        return "unseen"
    sex = crossing.sex if crossing.sex in ("F", "M") else ""
    return _GROUPS[sex, crossing.age_group in _CHILDREN]


def _days(days: Mapping[date, Mapping[str, int]]) -> tuple[DayNumbers, ...]:
    names = ("counted", "about", "registered")
    return tuple(
        DayNumbers(day=day, **{name: days[day].get(name, 0) for name in names})
        for day in sorted(days)
    )


def _sum(parts: Iterable[Mapping[Key, int]]) -> dict[Key, int]:
    """The sum of each key, in the order in which keys are met first."""
    added: dict[Key, int] = {}
    for part in parts:
        for key, number in part.items():
            added[key] = added.get(key, 0) + number
    return added
