"""How much of a post's opening hours somebody was on duty, by its shifts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from msgspec import Struct

from openmidas.journal.projecting import moment
from openmidas.nodes import slots
from openmidas.nodes.identity import this_node
from openmidas.nodes.models import LastReport
from openmidas.nodes.services import node_time
from openmidas.posts.models import Post
from openmidas.posts.opening_hours import ALWAYS, OpeningHours, read_hours
from openmidas.register.models import Shift
from openmidas.register.spans import Span

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)

Attended = Mapping[tuple[UUID, date], int]
"""The slots (`nodes.slots`) in which a shift was on duty, by post and month."""


class Attendance(Struct, frozen=True, kw_only=True):
    """Hours of a day: in which a post should have been ``open``, as far as they have passed; of which its
    reports tell, ``known``; and in how many of those a shift was on duty."""

    open: float = 0.0
    known: float = 0.0
    attended: float = 0.0

    @property
    def unknown(self) -> float:
        """Hours of opening of which no report tells, or not yet."""
        return self.open - self.known

    @property
    def percent(self) -> int:
        """Of the hours that are known, rounded down: 100 is never said of less."""
        return int(100 * self.attended / self.known) if self.known else 0


def attended(posts: Sequence[UUID], start: datetime, end: datetime) -> Attended:
    """When a shift was on duty at these posts (none named: all) in a time."""
    these = Q(node__in=posts) if posts else Q()
    rows = Shift.objects.filter(
        these, Q(until=None) | Q(until__gt=start), since__lt=end
    ).values_list("node", "since", "until")
    told = _told(posts)
    bits: defaultdict[tuple[UUID, date], int] = defaultdict(int)
    for node, since, until in rows:
        first, last = (
            max(since, start),
            min(until or (told[node].end if node in told else since), end),
        )
        if first < last:
            for month in slots.months_of(first, last):
                bits[node, month] |= slots.span_in(month, first, last)
    return bits


def attendance_on(day: date, posts: Sequence[UUID]) -> dict[UUID, Attendance]:
    """How much of their opening hours of a day these posts were attended."""
    start = timezone.make_aware(datetime.combine(day, time.min))
    end = min(timezone.make_aware(datetime.combine(day + DAY, time.min)), node_time())
    if start >= end:
        return {post: Attendance() for post in posts}
    month = day.replace(day=1)
    passed = slots.span_in(month, start, end)
    found, layouts = attended(posts, start, end), Post.objects.in_bulk(list(posts))
    told = _told(posts)
    return {
        post: _attendance(
            passed & _hours(layouts.get(post)).slots_of(month),
            slots.span_in(month, told[post].start, told[post].end) if post in told else 0,
            found.get((post, month), 0),
        )
        for post in posts
    }


def _attendance(should: int, told: int, was: int) -> Attendance:
    parts = (should, should & told, should & told & was)
    opened, known, met = (bits.bit_count() * slots.SLOT / HOUR for bits in parts)
    return Attendance(open=opened, known=known, attended=met)


def _hours(layout: Post | None) -> OpeningHours:
    return read_hours(layout.hours) if layout else ALWAYS


def _told(posts: Sequence[UUID]) -> dict[UUID, Span]:
    """Of which time posts have told. A shift that is on duty is known to be until then: a post that is
    not heard of any more may have burned down, and its shift with it."""
    node, now = this_node(), node_time()
    if not node.is_hq:
        return {node.id: Span(moment(0), now)}
    reports = LastReport.objects.filter(id__in=posts) if posts else LastReport.objects.all()
    rows = reports.values_list("id", "known_from", "known_until")
    return {id: Span(start, min(end, now)) for id, start, end in rows}
