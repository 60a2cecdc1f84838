"""What headquarters sees of the books of its posts: a day, post by post."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Count, Q
from django.utils import timezone
from msgspec import Struct

from openmidas.crossings.inspection import Direction
from openmidas.crossings.models import Crossing, Status
from openmidas.register.coverage import Attendance, attendance_on
from openmidas.register.models import Shift
from openmidas.register.page import ShownShift, shown

DAY = timedelta(days=1)


class PostDay(Struct, frozen=True, kw_only=True):
    """The day of one post. ``entries``, ``exits``: who was let cross, by the day of the crossing."""

    post: UUID
    name: str
    attendance: Attendance
    entries: int
    exits: int
    shifts: tuple[ShownShift, ...]


def day_of_posts(day: date, posts: dict[UUID, str]) -> list[PostDay]:
    """A day of these posts, in their order."""
    ids = list(posts)
    attendance, crossed = attendance_on(day, ids), _crossed(day, ids)
    here = shown(_shifts(day, ids))
    return [
        PostDay(
            post=post,
            name=name,
            attendance=attendance[post],
            entries=crossed.get((post, Direction.ENTRY), 0),
            exits=crossed.get((post, Direction.EXIT), 0),
            shifts=tuple(one for one in here if one.row.node == post),
        )
        for post, name in posts.items()
    ]


def _shifts(day: date, posts: Sequence[UUID]) -> list[Shift]:
    """The shifts that touch a day."""
    start = timezone.make_aware(datetime.combine(day, time.min))
    end = timezone.make_aware(datetime.combine(day + DAY, time.min))
    found = Shift.objects.filter(Q(until=None) | Q(until__gt=start), node__in=posts, since__lt=end)
    return list(found.order_by("since", "id"))


def _crossed(day: date, posts: Sequence[UUID]) -> dict[tuple[UUID, str], int]:
    found = Crossing.objects.filter(day=day, node__in=posts, status=Status.ADMITTED)
    counted = found.order_by().values_list("node", "direction").annotate(number=Count("id"))
    return {(node, direction): number for node, direction, number in counted}
