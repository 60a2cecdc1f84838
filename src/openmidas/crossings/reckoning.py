"""The travellers of a day, by how the post came to know of them: parts that always add up.

Crossings are registered one by one: as they took place, later from paper, or out of an earlier
register. Counted travellers are no crossings: they stand in a part of their own, and how many of them
are an estimate stands beside it. Whoever adds both up sees of what the sum is made.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

import msgspec
from django.db.models import Count, Model, Q, QuerySet, Sum

from openmidas.crossings.models import CountOnly, Crossing, Recorded
from openmidas.crossings.overview import EARLIEST, LATEST, post_names

RowT = TypeVar("RowT", bound=Model)
LIVE = Q(recorded__in=(Recorded.LIVE, Recorded.COLLECTED))


class Parts(msgspec.Struct, frozen=True, kw_only=True):
    """Travellers of a day, whatever was decided on them. ``about``: of ``counted``, by estimates."""

    live: int = 0
    paper: int = 0
    register: int = 0
    counted: int = 0
    about: int = 0

    @property
    def registered(self) -> int:
        """Those with a crossing of their own."""
        return self.live + self.paper + self.register

    @property
    def all(self) -> int:
        """Registered and counted together."""
        return self.registered + self.counted

    def __add__(self, other: Parts) -> Parts:
        names = self.__struct_fields__
        return Parts(**{name: getattr(self, name) + getattr(other, name) for name in names})


class PostReckoning(msgspec.Struct, frozen=True, kw_only=True):
    """The parts of one post."""

    post: str
    parts: Parts


class Reckoning(msgspec.Struct, frozen=True, kw_only=True):
    """A day by post; its total is the sum of what is shown, by construction."""

    day: date
    posts: tuple[PostReckoning, ...]

    @property
    def total(self) -> Parts:
        """All posts together."""
        return sum((one.parts for one in self.posts), Parts())


def reckoning(day: date, posts: Sequence[UUID] = ()) -> Reckoning:
    """The day of these posts; none named: of all that had a traveller on that day, by name."""
    day = min(max(day, EARLIEST), LATEST)
    registered = _of(Crossing.objects.filter(day=day), posts).annotate(
        live=Count("id", filter=LIVE),
        paper=Count("id", filter=Q(recorded=Recorded.PAPER)),
        register=Count("id", filter=Q(recorded=Recorded.REGISTER)),
    )
    counted = _of(CountOnly.objects.filter(day=day, number__gt=0), posts).annotate(
        counted=Sum("number"), about=Sum("number", filter=Q(about=True), default=0)
    )
    parts = dict.fromkeys(posts, Parts())
    rows: list[dict[str, Any]] = [*registered, *counted]
    for row in rows:
        node = row.pop("node")
        parts[node] = parts.get(node, Parts()) + Parts(**row)
    names = post_names()
    shown = (
        PostReckoning(post=names.get(node, str(node)), parts=found) for node, found in parts.items()
    )
    return Reckoning(day=day, posts=tuple(sorted(shown, key=lambda one: one.post)))


def _of(rows: QuerySet[RowT], posts: Sequence[UUID]) -> QuerySet[RowT, dict[str, Any]]:
    here = rows.filter(node__in=posts) if posts else rows
    return here.order_by().values("node")
