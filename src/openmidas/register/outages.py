"""Times in which a post was not up, or up without a link: nobody writes them down by hand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.utils import timezone
from msgspec import Struct

from openmidas.exchange.contact import find_hq
from openmidas.exchange.status import exchange_status
from openmidas.journal.projecting import moment
from openmidas.nodes.identity import this_node
from openmidas.nodes.models import NodeReport
from openmidas.register.entries import Spell
from openmidas.register.limits import LINK_OUTAGE
from openmidas.register.local import LinkSeen
from openmidas.register.models import LinkOutage
from openmidas.register.spans import MINUTE, Span, without


class Cause(StrEnum):
    """What was missing: power, or whatever else stops the programs; or the link."""

    POWER = "power"
    LINK = "link"


class Outage(Struct, frozen=True, kw_only=True):
    """A time without. ``lasting``: it is not over yet."""

    cause: Cause
    span: Span
    lasting: bool = False


def outages(post: UUID, span: Span) -> list[Outage]:
    """All that touch a span, cut to it, in their order; with the link that is down now, at the post."""
    found = [
        *(Outage(cause=Cause.POWER, span=one) for one in power_outages(post, span)),
        *(Outage(cause=Cause.LINK, span=one) for one in _link_outages(post, span)),
        *_going_on(post, span),
    ]
    return sorted(found, key=lambda one: (one.span.start, one.cause))


def power_outages(post: UUID, span: Span) -> list[Span]:
    """Times within a span in which the post's programs did not run, as its reports tell.

    A report that tells of one is written as soon as it is over, and no later than the next hour.
    """
    reports = NodeReport.objects.filter(
        node=post, outage__gt=0, at__gte=span.start, up_until__lt=span.end
    )
    told = (
        Span(until, until + timedelta(milliseconds=outage))
        for until, outage in reports.values_list("up_until", "outage")
    )
    return _cut(told, span)


def add_up(found: Iterable[Outage], cause: Cause) -> Spell:
    """How many of one cause, and how long in all."""
    minutes = [one.span.minutes for one in found if one.cause is cause]
    return Spell(number=len(minutes), minutes=sum(minutes))


def _link_outages(post: UUID, span: Span) -> list[Span]:
    rows = LinkOutage.objects.filter(
        node=post, restored_at__gt=span.start, lost_at__lt=span.end
    ).values_list("lost_at", "restored_at")
    return _cut((Span(lost, restored) for lost, restored in rows), span)


def _going_on(post: UUID, span: Span) -> list[Outage]:
    """The link that is down now, as far as it was in the span: told of by no entry before it is back."""
    lost_at = link_lost_at() if post == this_node().id else None
    if lost_at is None:
        return []
    down = Span(lost_at, timezone.now())
    part = down.within(span)
    if part is None:
        return []
    until_now = down.end - span.end < MINUTE
    return [
        Outage(cause=Cause.LINK, span=one, lasting=until_now and one.end == part.end)
        for one in without(part, power_outages(post, part))
        # A link that fell out a moment ago may be back in a moment: that is no outage.
        if down.end - down.start > LINK_OUTAGE
    ]


def link_lost_at() -> datetime | None:
    """At a post: since when nothing is heard of its HQ; None where all is well, or it has met none."""
    hq = find_hq() if not this_node().is_hq else None
    if hq is None or hq.last_contact is None:
        return None
    status = exchange_status().hq
    if status is None or status.reachable:
        return None
    # A contact that was noted by a clock that had fallen back was later than it says.
    seen = LinkSeen.objects.filter(id=1).first()
    return hq.last_contact if seen is None else max(hq.last_contact, moment(seen.seen))


def _cut(spans: Iterable[Span], whole: Span) -> list[Span]:
    parts = (span.within(whole) for span in spans)
    return sorted((one for one in parts if one is not None), key=lambda one: one.start)
