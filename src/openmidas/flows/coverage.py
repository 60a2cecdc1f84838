"""How much of what happened the numbers tell: hours that posts were up, how crossings were recorded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

import msgspec
from django.db.models import Q, Sum
from django.utils import timezone

from openmidas.crossings.models import CountOnly, ErasedCount, Recorded
from openmidas.crossings.overview import EARLIEST, LATEST, post_names
from openmidas.displacements.totals import unregistered
from openmidas.flows.dimensions import RECORDED
from openmidas.flows.models import Span, Tally
from openmidas.journal import NodeKind
from openmidas.nodes import slots
from openmidas.nodes.local import Peer
from openmidas.nodes.models import LastReport, UpMonth
from openmidas.nodes.services import node_time
from openmidas.posts.models import Post
from openmidas.posts.opening_hours import ALWAYS, read_hours
from openmidas.register.coverage import attended

DAY = timedelta(days=1)


class Hours(msgspec.Struct, frozen=True, kw_only=True):
    """Hours of a period, each a part of the one before it.

    ``open``: in which posts should have been open, as far as they have passed; ``known``: of which
    their reports tell; ``up``: in which they were up. Beside them ``attended``: those of ``known`` in which
    a shift was on duty, by the posts' own books.
    """

    open: float = 0.0
    attended: float = 0.0
    known: float = 0.0
    up: float = 0.0

    @property
    def unknown(self) -> float:
        """Hours of opening of which no report tells: posts that never reported, or not yet."""
        return self.open - self.known

    @property
    def percent_attended(self) -> int:
        """Of the hours that are known, rounded down, as `percent_up`."""
        return int(100 * self.attended / self.known) if self.known else 0

    @property
    def percent_up(self) -> int:
        """Of the hours that are known, rounded down: 100 is never said of less."""
        return int(100 * self.up / self.known) if self.known else 0


class PostCoverage(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of one post in the period.

    ``live``, ``paper``, ``register``: crossings by how they were recorded; ``counted``: travellers
    who were counted and not recorded, ``about`` of them by estimates; ``displaced``: people of
    displacements who were counted and have no crossing; ``erased``: crossings that were erased since;
    ``to_come``: entries of its journal that it still has for the HQ (of any time), None where it
    never said; ``reported_until``: None if it never reported.
    """

    post: UUID
    name: str
    hours: Hours = Hours()
    live: int = 0
    paper: int = 0
    register: int = 0
    counted: int = 0
    about: int = 0
    displaced: int = 0
    erased: int = 0
    to_come: int | None = None
    reported_until: datetime | None = None


class Coverage(msgspec.Struct, frozen=True, kw_only=True):
    """What the numbers of a period cover: the parts, and their sums by construction."""

    start: date
    end: date
    posts: tuple[PostCoverage, ...]

    @property
    def hours(self) -> Hours:
        """The hours of all posts together."""
        return Hours(
            open=sum(one.hours.open for one in self.posts),
            attended=sum(one.hours.attended for one in self.posts),
            known=sum(one.hours.known for one in self.posts),
            up=sum(one.hours.up for one in self.posts),
        )

    @property
    def live(self) -> int:
        """Crossings that were recorded as they took place."""
        return sum(one.live for one in self.posts)

    @property
    def paper(self) -> int:
        """Crossings that were written down later, from paper."""
        return sum(one.paper for one in self.posts)

    @property
    def register(self) -> int:
        """Crossings that were taken over from an earlier register."""
        return sum(one.register for one in self.posts)

    @property
    def counted(self) -> int:
        """Travellers who were counted and not recorded one by one; in none of the other numbers."""
        return sum(one.counted for one in self.posts)

    @property
    def about(self) -> int:
        """Of those who were only counted, how many by estimates."""
        return sum(one.about for one in self.posts)

    @property
    def displaced(self) -> int:
        """People of displacements who were counted and have no crossing; in none of the other numbers."""
        return sum(one.displaced for one in self.posts)

    @property
    def erased(self) -> int:
        """Crossings that were erased, with all that was known of them; in none of the other numbers."""
        return sum(one.erased for one in self.posts)

    @property
    def to_come(self) -> int:
        """Entries that posts still have for the HQ."""
        return sum(one.to_come or 0 for one in self.posts)

    @property
    def never_reported(self) -> tuple[str, ...]:
        """The names of posts of whose hours nothing is known."""
        return tuple(one.name for one in self.posts if one.reported_until is None)


def coverage(posts: Sequence[UUID], start: date, end: date) -> Coverage:
    """What the numbers of these posts (none named: all) cover from one day to another, both included."""
    numbers = _Numbers(posts, max(start, EARLIEST), min(end, LATEST))
    names = post_names()
    wanted = dict.fromkeys(posts or (*names, *numbers.nodes))
    return Coverage(
        start=start,
        end=end,
        posts=tuple(numbers.of(post, names.get(post, str(post))) for post in wanted),
    )


class _Numbers:
    """What is looked up once for all posts."""

    def __init__(self, posts: Sequence[UUID], start: date, end: date) -> None:
        these = Q(node__in=posts) if posts else Q()
        self.recorded = _recorded(these, start, end)
        counted = CountOnly.objects.filter(these, day__gte=start, day__lte=end).values("node")
        self.counted = dict(counted.annotate(all=Sum("number")).values_list("node", "all"))
        rough = counted.filter(about=True).annotate(all=Sum("number"))
        self.about = dict(rough.values_list("node", "all"))
        self.displaced = unregistered(start, end)
        gone = ErasedCount.objects.filter(day__gte=start, day__lte=end).values("post")
        self.erased = dict(gone.annotate(all=Sum("number")).values_list("post", "all"))
        peers = Peer.objects.filter(kind=NodeKind.POST).exclude(last_contact=None)
        self.to_come = dict(peers.values_list("id", "waiting"))
        self.reports = LastReport.objects.in_bulk(list(posts) or None)
        self.opening = {
            id: read_hours(hours) for id, hours in Post.objects.values_list("id", "hours")
        }
        self.months = tuple(_months(start, end))
        self.up = _up(these, start, end)
        self.attended = attended(posts, *_whole(start, end))

    @property
    def nodes(self) -> list[UUID]:
        """Nodes that wrote crossings and may not be enrolled."""
        return sorted(self.recorded.keys() | self.counted.keys() | self.displaced.keys())

    def of(self, post: UUID, name: str) -> PostCoverage:
        recorded = self.recorded[post]
        report = self.reports.get(post)
        return PostCoverage(
            post=post,
            name=name,
            hours=self._hours(post, report),
            live=recorded[Recorded.LIVE] + recorded[Recorded.COLLECTED],
            paper=recorded[Recorded.PAPER],
            register=recorded[Recorded.REGISTER],
            counted=self.counted.get(post, 0),
            about=self.about.get(post, 0),
            displaced=self.displaced.get(post, 0),
            erased=self.erased.get(post, 0),
            to_come=self.to_come.get(post),
            reported_until=report.known_until if report else None,
        )

    def _hours(self, post: UUID, report: LastReport | None) -> Hours:
        opening = self.opening.get(post, ALWAYS)
        told = _told(report)
        counts = [0, 0, 0, 0]
        for month, passed in self.months:
            should = passed & opening.slots_of(month)
            known = should & slots.span_on_wall(month, *told) if told else 0
            up = known & self.up.get((post, month), 0)
            there = known & self.attended.get((post, month), 0)
            for number, bits in enumerate((should, known, up, there)):
                counts[number] += bits.bit_count()
        should_h, known_h, up_h, there_h = (count * slots.SLOT / _HOUR for count in counts)
        return Hours(open=should_h, known=known_h, up=up_h, attended=there_h)


_HOUR = timedelta(hours=1)


def _months(start: date, end: date) -> Iterator[tuple[date, int]]:
    """The months of a period, each with its slots that belong to it and have passed."""
    first, last = _whole(start, end)
    if first < last:
        for month in slots.months_of(first, last):
            yield month, slots.span_in(month, first, last)


def _whole(start: date, end: date) -> tuple[datetime, datetime]:
    """From when to when a period lasts, as far as it has passed."""
    first = timezone.make_aware(datetime.combine(start, time.min))
    return first, min(timezone.make_aware(datetime.combine(end + DAY, time.min)), node_time())


def _told(report: LastReport | None) -> tuple[datetime, datetime] | None:
    """From when to when the reports of a post tell, in the time on the wall."""
    if report is None:
        return None
    return timezone.make_naive(report.known_from), timezone.make_naive(report.known_until)


def _recorded(these: Q, start: date, end: date) -> defaultdict[UUID, defaultdict[str, int]]:
    """Crossings by post and by how they were recorded: whole months from the roll-up by month."""
    first = start if start.day == 1 else slots.next_month(start)
    after = (end + DAY).replace(day=1)
    if first < after:
        days = Q(start__gte=start, start__lt=first) | Q(start__gte=after, start__lte=end)
    else:
        days = Q(start__gte=start, start__lte=end)
    when = Q(span=Span.MONTH, start__gte=first, start__lt=after) | Q(days, span=Span.DAY)
    found = Tally.objects.filter(these, when, facet=RECORDED).order_by().values("node", "value")
    recorded: defaultdict[UUID, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    for node, value, number in found.annotate(all=Sum("number")).values_list(
        "node", "value", "all"
    ):
        recorded[node][value] = number
    return recorded


def _up(these: Q, start: date, end: date) -> dict[tuple[UUID, date], int]:
    """The slots in which each post was up, by month."""
    found = UpMonth.objects.filter(these, month__gte=start.replace(day=1), month__lte=end)
    return {
        (node, month): slots.from_bytes(bytes(raw))
        for node, month, raw in found.values_list("node", "month", "slots")
    }
