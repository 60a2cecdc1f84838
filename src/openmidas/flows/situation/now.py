"""The situation: the day at each post against what is usual, hits and refusals, how each post is.

The number of questions to the database does not depend on the number of posts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from uuid import UUID

import msgspec
from django.db.models import Count, Q, Sum
from django.utils import timezone

from openmidas.crossings.inspection import Direction
from openmidas.crossings.models import Status
from openmidas.crossings.overview import post_names
from openmidas.crossings.post_health import PostHealth, post_health
from openmidas.flows.models import Notable, Span, Tally
from openmidas.flows.situation.ahead import SentAhead, sent_ahead
from openmidas.flows.situation.usual import NOTHING, Against, Usual, usual_by_post
from openmidas.nodes.services import node_time
from openmidas.posts.models import Post
from openmidas.posts.silence import Hearing, Silence, silence_of

LAST = 20
"""How many hits and refusals are listed."""
LOW_BATTERY = 25
"""Percent below which a battery without power from outside is worth a word."""
REPORT_EVERY = timedelta(hours=1)
OLD_REPORT = 3 * REPORT_EVERY
"""A report that is older than this says how the post was, and not how it is."""


class DayCount(msgspec.Struct, frozen=True):
    """A number of today, so far, and what is usual for the weekday."""

    number: int
    usual: Usual

    @property
    def against(self) -> Against:
        """How it stands to what is usual, while the day runs."""
        return self.usual.against(self.number, day_runs=True)


class PostSituation(msgspec.Struct, frozen=True, kw_only=True):
    """One post. ``health`` None: it is laid out, and not enrolled."""

    id: UUID
    name: str
    place: tuple[float, float] | None
    entries: DayCount
    exits: DayCount
    waiting: int
    hits: int
    refused: int
    silence: Silence
    health: PostHealth | None
    now: datetime

    @property
    def report_is_old(self) -> bool:
        """Whether the last report says no more than how the post was."""
        report = self.health.report if self.health else None
        return report is not None and self.now - report.at > OLD_REPORT

    @property
    def low_on_power(self) -> bool:
        """Whether, by its last report, it runs on a battery that is nearly empty."""
        report = self.health.report if self.health else None
        if report is None or report.mains or report.battery is None:
            return False
        return report.battery < LOW_BATTERY

    @property
    def silent(self) -> bool:
        """Whether it is reported as silent: nobody waits to hear of one that is trusted no more."""
        return self.silence.hearing is Hearing.SILENT and not self.revoked

    @property
    def revoked(self) -> bool:
        """Whether it is trusted no more."""
        return self.health is not None and self.health.peer.revoked

    @property
    def troubled(self) -> bool:
        """Whether anything but silence asks for a look.

        What is not known does: a post never heard of, or one without a list.
        """
        health = self.health
        if health is None:
            return False
        return bool(
            self.silence.hearing is Hearing.NEVER
            or not health.lists
            or health.lacking
            or health.peer.stopped
            or health.quarantined
            or health.refused
            or health.peer.clock_differs
            or any(edition.stale for edition in health.editions)
            or (health.report and health.report.verified_problem)
            or self.low_on_power
        )

    @property
    def rank(self) -> tuple[int, str]:
        """Posts that ask for a look come first."""
        return (0 if self.silent else 1 if self.troubled else 2), self.name


class Totals(msgspec.Struct, frozen=True, kw_only=True):
    """All posts together: sums of what their rows show."""

    entries: int
    exits: int
    waiting: int
    hits: int
    refused: int


class Arrival(msgspec.Struct, frozen=True):
    """A hit or a refusal, without the traveller."""

    row: Notable
    post: str


class Provisional(msgspec.Struct, frozen=True):
    """A referral that came ahead of its journal."""

    row: SentAhead
    post: str


class Situation(msgspec.Struct, frozen=True, kw_only=True):
    """Everything on the page. ``posts``: those that ask for a look first, then by name."""

    now: datetime
    posts: tuple[PostSituation, ...]
    arrivals: tuple[Arrival, ...]
    ahead: tuple[Provisional, ...]

    @property
    def silent(self) -> tuple[PostSituation, ...]:
        """The posts that are reported as silent."""
        return tuple(post for post in self.posts if post.silent)

    @property
    def totals(self) -> Totals:
        """The last row of the table."""
        return Totals(
            entries=sum(post.entries.number for post in self.posts),
            exits=sum(post.exits.number for post in self.posts),
            waiting=sum(post.waiting for post in self.posts),
            hits=sum(post.hits for post in self.posts),
            refused=sum(post.refused for post in self.posts),
        )


def situation() -> Situation:
    """The situation now."""
    now = node_time()
    names = post_names()
    day = _Day(timezone.localdate(now))
    health = {one.peer.id: one for one in post_health()}
    names |= {id: one.peer.name for id, one in health.items() if id not in names}
    layouts = Post.objects.in_bulk()
    posts = [
        day.post(id, names.get(id, str(id)), layouts.get(id), health.get(id), now)
        for id in dict.fromkeys((*names, *day.nodes))
    ]
    return Situation(
        now=now,
        posts=tuple(sorted(posts, key=lambda post: post.rank)),
        arrivals=tuple(
            Arrival(row, names.get(row.node, str(row.node)))
            for row in Notable.objects.filter(at__lte=now).order_by("-at", "-id")[:LAST]
        ),
        ahead=tuple(Provisional(row, names.get(row.node, str(row.node))) for row in sent_ahead()),
    )


class _Day:
    """What is counted once for all posts: today, and who still waits since yesterday."""

    def __init__(self, day: date) -> None:
        self.usual = usual_by_post(day)
        yesterday = day - timedelta(days=1)
        tallies = Tally.objects.filter(facet="", span=Span.DAY, start__in=(yesterday, day))
        waits_or_today = tallies.filter(Q(start=day) | Q(status=Status.REFERRED)).order_by()
        self.counts: defaultdict[UUID, Counter[tuple[str, str]]] = defaultdict(Counter)
        counted = waits_or_today.values("node", "direction", "status").annotate(all=Sum("number"))
        for row in counted:
            self.counts[row["node"]][row["status"], row["direction"]] = row["all"]
        hits = Notable.objects.filter(day=day, hits__gt=0).order_by().values("node")
        self.hits: dict[UUID, int] = dict(hits.annotate(all=Count("id")).values_list("node", "all"))

    @property
    def nodes(self) -> list[UUID]:
        """Nodes that wrote something today and may not be enrolled."""
        return sorted(self.counts)

    def post(
        self, id: UUID, name: str, layout: Post | None, health: PostHealth | None, now: datetime
    ) -> PostSituation:
        counts = self.counts[id] if id in self.counts else Counter()

        def of(status: Status) -> int:
            return sum(counts[status, direction] for direction in Direction)

        def admitted(direction: Direction) -> DayCount:
            usual = self.usual.get((id, direction), NOTHING)
            return DayCount(counts[Status.ADMITTED, direction], usual)

        return PostSituation(
            id=id,
            name=name,
            place=_place(layout),
            entries=admitted(Direction.ENTRY),
            exits=admitted(Direction.EXIT),
            waiting=of(Status.REFERRED),
            hits=self.hits.get(id, 0),
            refused=of(Status.REFUSED),
            silence=silence_of(layout, health.peer.last_contact if health else None, now),
            health=health,
            now=now,
        )


def _place(layout: Post | None) -> tuple[float, float] | None:
    if layout is None or layout.latitude is None or layout.longitude is None:
        return None
    return layout.latitude, layout.longitude
