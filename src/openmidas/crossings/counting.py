"""Travellers of whom the post knows a number alone: how many, when, and how exactly they were counted."""

from __future__ import annotations

from datetime import date, time
from uuid import UUID

import msgspec
from django.db import transaction
from django.utils import timezone

from openmidas.crossings import limits
from openmidas.crossings.entries import (
    OLDEST,
    OLDEST_YEARS,
    CountReason,
    CrossingsCounted,
)
from openmidas.crossings.inspection import Conveyance, Direction
from openmidas.crossings.models import CountOnly
from openmidas.journal import Actor
from openmidas.nodes.identity import this_node
from openmidas.nodes.services import node_day, node_time, record
from openmidas.posts.mandate import hold_journal
from openmidas.posts.refusals import Refused

MOST_COUNTED = 100_000


class Count(msgspec.Struct, frozen=True, kw_only=True):
    """So many travellers on a day, of whom no more is known.

    ``since``, ``until``: from when to when, both or neither; ``about``: an estimate; ``conveyance``:
    None where nothing is said of it.
    """

    day: date
    direction: Direction
    number: int
    reason: CountReason
    since: time | None = None
    until: time | None = None
    about: bool = False
    conveyance: Conveyance | None = None
    note: str = ""


def record_count(
    actor: Actor, id: UUID, count: Count, *, correct: bool = False, again: bool = False
) -> None:
    """Enter how many crossed on a day without being recorded one by one; or correct such a number.

    The same again changes nothing. ``again``: though others were counted in these hours already.

    Raises `Refused`: ``count.there`` where ``again`` is not said, ``recording.in_future``,
    ``recording.too_old``, ``count.number``, ``count.hours``, ``count.not_yours``,
    ``recording.saved_already``, ``field.too_long``, ``field.unprintable``.
    """
    _check(count, least=0 if correct else 1)
    with transaction.atomic():
        hold_journal()
        before = CountOnly.objects.filter(id=id).first()
        if correct and (before is None or before.node != this_node().id):
            raise Refused("count.not_yours")
        if before is not None:
            if count_of(before) == count:
                return
            if not correct:
                raise Refused("recording.saved_already")
        if not again:
            _check_not_there(id, count)
        content = CrossingsCounted(
            count=id,
            day=count.day.isoformat(),
            direction=count.direction,
            number=count.number,
            reason=count.reason,
            since=f"{count.since:%H:%M}" if count.since else "",
            until=f"{count.until:%H:%M}" if count.until else "",
            about=count.about,
            conveyance=count.conveyance,
            note=count.note,
        )
        record(content, actor=actor)


def counts_to_correct() -> list[CountOnly]:
    """The counts that were entered here last."""
    return list(CountOnly.objects.filter(node=this_node().id).order_by("-at", "-id")[:20])


def count_of(row: CountOnly) -> Count:
    """The count that made a row."""
    return Count(
        day=row.day,
        direction=Direction(row.direction),
        number=row.number,
        reason=CountReason(row.reason),
        since=row.since,
        until=row.until,
        about=row.about,
        conveyance=Conveyance(row.conveyance) if row.conveyance else None,
        note=row.note,
    )


def _check_not_there(id: UUID, count: Count) -> None:
    """Counts are added up, so what is counted in two of them counts double. Raises `Refused`
    ``count.there``: the same direction, hours that overlap, and the same means or none said."""
    rows = CountOnly.objects.filter(
        node=this_node().id, day=count.day, direction=count.direction, number__gt=0
    ).exclude(id=id)
    if count.conveyance:
        rows = rows.filter(conveyance__in=("", count.conveyance))
    there = [row for row in rows.order_by("since", "id") if _overlap(row, count)]
    if there and count.number:
        told = ", ".join(f"{'~' if row.about else ''}{row.number} ({_hours(row)})" for row in there)
        raise Refused("count.there", day=count.day.isoformat(), there=told)


def _overlap(row: CountOnly, count: Count) -> bool:
    """Whether the hours of two counts of a day overlap; none said are the whole day."""
    if row.since is None or row.until is None or count.since is None or count.until is None:
        return True
    return row.since < count.until and count.since < row.until


def _hours(row: CountOnly) -> str:
    if row.since is None or row.until is None:
        return "00:00–24:00"
    return f"{row.since:%H:%M}–{row.until:%H:%M}"


def _check(count: Count, *, least: int) -> None:
    today = node_day()
    if count.day > today:
        raise Refused("recording.in_future")
    if count.day < today - OLDEST:
        raise Refused("recording.too_old", years=str(OLDEST_YEARS))
    if not least <= count.number <= MOST_COUNTED:
        raise Refused("count.number", most=str(MOST_COUNTED))
    if count.since is None or count.until is None:
        if count.since is not count.until:
            raise Refused("count.hours")
    elif count.since >= count.until:
        # A night is two counts: each belongs to the day on which people crossed.
        raise Refused("count.hours")
    elif count.day == today and count.until > timezone.localtime(node_time()).time():
        raise Refused("recording.in_future")
    limits.check_text("note", count.note, limits.COUNT_NOTE)
