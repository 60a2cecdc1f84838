"""What the HQ sees of all its posts: the crossings as they arrive, and the day in numbers.

Nobody is named here. Who a traveller was is told on the crossing's own page, after a look-up.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

import msgspec
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from openmidas.crossings.inspection import Direction
from openmidas.crossings.models import Crossing, Status
from openmidas.journal import NodeKind
from openmidas.nodes.models import EnrolledNode
from openmidas.nodes.services import node_day
from openmidas.posts.models import Post

ON_A_PAGE = 50
OPEN_HIT = "open_hit"
"""Admitted while a hit that asks for an answer had none, see `second_line.resolve`."""


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which crossings to show; what is empty does not matter. ``day``: where the HQ is.

    ``status``: one of `models.Status`, or `OPEN_HIT`.
    """

    post: UUID | None = None
    day: date | None = None
    direction: str = ""
    status: str = ""
    nationality: str = ""


class CrossingRow(msgspec.Struct, frozen=True, kw_only=True):
    """A crossing without who crossed. ``hits``: how many listings may be the traveller."""

    crossing: Crossing
    post: str
    hits: int


class CrossingsPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page of crossings, newest first; ``number`` counts from 1."""

    rows: tuple[CrossingRow, ...]
    number: int
    more: bool


class PostDay(msgspec.Struct, frozen=True, kw_only=True):
    """A post's day so far: who was let in, let out and refused, and who waits at the second line."""

    post: str
    entries: int = 0
    exits: int = 0
    refused: int = 0
    waiting: int = 0


EARLIEST, LATEST = date(2000, 1, 1), date(2199, 12, 31)
"""Days that may be asked for; what is before and after is not looked for."""


def post_names() -> dict[UUID, str]:
    """All posts of the State by name: as laid out, else as enrolled."""
    enrolled = EnrolledNode.objects.filter(kind=NodeKind.POST).values_list("id", "name")
    names = {**dict(enrolled), **dict(Post.objects.values_list("id", "name"))}
    return dict(sorted(names.items(), key=lambda item: (item[1], item[0])))


def crossings(wanted: Wanted, number: int = 1) -> CrossingsPage:
    """One page of the crossings that are wanted."""
    start = (max(number, 1) - 1) * ON_A_PAGE
    # One more than is shown tells whether there are more, without counting millions.
    found = list(_found(wanted).order_by("-at", "-id")[start : start + ON_A_PAGE + 1])
    names = post_names()
    return CrossingsPage(
        rows=tuple(_row(crossing, names) for crossing in found[:ON_A_PAGE]),
        number=max(number, 1),
        more=len(found) > ON_A_PAGE,
    )


def today_by_post() -> list[PostDay]:
    """The day so far, for each post that is enrolled or has written something today, by name."""
    start, end = bounds(node_day())
    admitted = Q(status=Status.ADMITTED)
    counted = (
        Crossing.objects.filter(at__gte=start, at__lt=end)
        .order_by()
        .values("node")
        .annotate(
            entries=Count("id", filter=admitted & Q(direction=Direction.ENTRY)),
            exits=Count("id", filter=admitted & Q(direction=Direction.EXIT)),
            refused=Count("id", filter=Q(status=Status.REFUSED)),
            waiting=Count("id", filter=Q(status=Status.REFERRED)),
        )
    )
    names = post_names()
    days = {id: PostDay(post=name) for id, name in names.items()}
    for row in counted:
        days[row["node"]] = PostDay(
            post=names.get(row["node"], str(row["node"])),
            entries=row["entries"],
            exits=row["exits"],
            refused=row["refused"],
            waiting=row["waiting"],
        )
    return list(days.values())


def total(days: Sequence[PostDay]) -> PostDay:
    """All posts together: the sum of what is shown, by construction."""
    return PostDay(
        post="",
        entries=sum(day.entries for day in days),
        exits=sum(day.exits for day in days),
        refused=sum(day.refused for day in days),
        waiting=sum(day.waiting for day in days),
    )


def _found(wanted: Wanted) -> QuerySet[Crossing]:
    found = Crossing.objects.all()
    if wanted.post is not None:
        found = found.filter(node=wanted.post)
    if wanted.day is not None:
        start, end = bounds(wanted.day)
        found = found.filter(at__gte=start, at__lt=end)
    if wanted.direction:
        found = found.filter(direction=wanted.direction)
    if wanted.status == OPEN_HIT:
        found = found.filter(open_hit_reason__gt="")
    elif wanted.status:
        found = found.filter(status=wanted.status)
    if wanted.nationality:
        found = found.filter(nationality=wanted.nationality)
    return found


def bounds(day: date) -> tuple[datetime, datetime]:
    """A day from midnight to midnight, where this node is."""
    following = day + timedelta(days=1)
    start, end = (datetime.combine(d, time.min) for d in (day, following))
    return timezone.make_aware(start), timezone.make_aware(end)


def _row(crossing: Crossing, names: dict[UUID, str]) -> CrossingRow:
    findings = crossing.inspected().findings
    return CrossingRow(
        crossing=crossing,
        post=names.get(crossing.node, str(crossing.node)),
        hits=sum(finding.code == "list_hit" for finding in findings),
    )
