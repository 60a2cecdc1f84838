"""A shift in numbers, out of the tables; and what it leaves to the next."""

from __future__ import annotations

from collections import defaultdict
from typing import TypeVar
from uuid import UUID

from django.db.models import Count, Max, Model, Q, QuerySet, Sum
from django.utils import timezone
from msgspec import Struct

from openmidas.cases.interviews.models import CaseTaking, Hold
from openmidas.cases.referrals.models import Referral
from openmidas.cases.refusal_form.models import ServedRefusal
from openmidas.crossings.models import (
    CancelledInspection,
    CountOnly,
    Crossing,
    Recorded,
    Status,
)
from openmidas.incidents.entries import Severity
from openmidas.incidents.models import Incident
from openmidas.register import others
from openmidas.register.entries import Figures, Passed, Spell, Turned, Waiting
from openmidas.register.limits import MOST_KINDS
from openmidas.register.models import Occurrence, Relaxation, Shift
from openmidas.register.outages import Cause, add_up, outages
from openmidas.register.spans import Span

Row = TypeVar("Row", bound=Model)
LIVE = (Recorded.LIVE, Recorded.COLLECTED)


class TypedIn(Struct, frozen=True):
    """What was typed in, as `Figures` has it."""

    paper: int
    paper_late: int
    counted: int
    counted_late: int


def figures(post: UUID, span: Span) -> Figures:
    """What happened at a post in a span, as the tables of this node have it."""
    here = Crossing.objects.filter(node=post, at__gte=span.start, at__lt=span.end)
    live = here.filter(recorded__in=LIVE)
    typed = _typed_in(post, span)
    held = _held(post, span)
    incidents = _within(Incident.objects.filter(node=post), span)
    gone = outages(post, span)
    return Figures(
        passed=_passed(live),
        refused=_refused(post, span),
        paper=typed.paper,
        paper_late=typed.paper_late,
        counted=typed.counted,
        counted_late=typed.counted_late,
        open_hits=_open_hits(post, span).count(),
        cancelled=_within(CancelledInspection.objects.filter(node=post), span).count(),
        held=Spell(number=len(held), minutes=sum(held)),
        longest=max(held, default=0),
        interviews=_within(CaseTaking.objects.filter(node=post), span)
        .values("crossing")
        .distinct()
        .count(),
        forms=_within(ServedRefusal.objects.filter(node=post), span).count(),
        receipts=live.filter(receipt_sequence__isnull=False).count(),
        complaints=others.complaints_made(post, span),
        incidents=incidents.count(),
        grave=incidents.filter(severity__in=[one for one in Severity if one.alerts]).count(),
        occurrences=_within(Occurrence.objects.filter(node=post), span).count(),
        relaxations=relaxed(post, span).count(),
        power=add_up(gone, Cause.POWER),
        link=add_up(gone, Cause.LINK),
    )


def waiting(post: UUID) -> Waiting:
    """What stands open at a post now."""
    at_the_room = Crossing.objects.filter(node=post, status=Status.REFERRED, recorded__in=LIVE)
    return Waiting(
        interviews=at_the_room.count(),
        referrals=Referral.objects.filter(node=post, outcome="").count(),
        incidents=Incident.objects.filter(node=post, open=True).count(),
        complaints=others.complaints_unanswered(post),
    )


def relaxed(post: UUID, span: Span) -> QuerySet[Relaxation]:
    """The relaxations that touch a span."""
    return Relaxation.objects.filter(
        Q(ended_at=None) | Q(ended_at__gt=span.start), node=post, at__lt=span.end
    )


def _within(found: QuerySet[Row], span: Span) -> QuerySet[Row]:
    """Those that were written within a span."""
    return found.filter(at__gte=span.start, at__lt=span.end)


def _passed(live: QuerySet[Crossing]) -> tuple[Passed, ...]:
    counted = live.order_by("direction", "status").values_list("direction", "status")
    return tuple(
        Passed(direction=direction, status=status, number=number)
        for direction, status, number in counted.annotate(number=Count("id"))[:MOST_KINDS]
    )


def _refused(post: UUID, span: Span) -> tuple[Turned, ...]:
    """Refusals by when they were decided: who came before the shift may be refused in it."""
    found = Crossing.objects.filter(
        node=post,
        status=Status.REFUSED,
        recorded__in=LIVE,
        resolved_at__gte=span.start,
        resolved_at__lt=span.end,
    )
    counted = found.order_by("refusal_reason").values_list("refusal_reason")
    return tuple(
        Turned(reason=reason, number=number)
        for reason, number in counted.annotate(number=Count("id"))[:MOST_KINDS]
    )


def _open_hits(post: UUID, span: Span) -> QuerySet[Crossing]:
    """Who was let cross in a span while a hit had no answer, by when that was decided."""
    return Crossing.objects.filter(
        node=post,
        resolved_at__gte=span.start,
        resolved_at__lt=span.end,
        open_hit_reason__gt="",
    )


def _typed_in(post: UUID, span: Span) -> TypedIn:
    """What was on paper and who was only counted, by when it was typed in since the last sheet: what was
    typed after a shift ended is told by the next, and nothing stands on no sheet or on two."""
    told = Shift.objects.filter(node=post, until__lte=span.start).aggregate(last=Max("until"))[
        "last"
    ]
    since = Q(typed_at__isnull=False) if told is None else Q(typed_at__gte=told)
    lines = Crossing.objects.filter(since, node=post, typed_at__lt=span.end).aggregate(
        all=Count("id"), late=Count("id", filter=Q(at__lt=span.start))
    )
    before = Q(day__lt=timezone.localdate(span.start))
    since = Q() if told is None else Q(at__gte=told)
    counts = CountOnly.objects.filter(since, node=post, at__lt=span.end).aggregate(
        all=Sum("number", default=0), late=Sum("number", filter=before, default=0)
    )
    return TypedIn(lines["all"], lines["late"], counts["all"], counts["late"])


def _held(post: UUID, span: Span) -> list[int]:
    """How many minutes of the shift each person was held, in the second line, who was: once or more."""
    rows = Hold.objects.filter(
        Q(ended_at=None) | Q(ended_at__gt=span.start), node=post, at__lt=span.end
    ).values_list("crossing", "at", "ended_at")
    held: defaultdict[UUID, int] = defaultdict(int)
    for crossing, at, ended_at in rows:
        part = Span(at, ended_at or span.end).within(span)
        if part is not None:
            held[crossing] += part.minutes
    return list(held.values())
