"""Travellers whom the post did not check live: their lines of the paper register, written down later."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from django.db import transaction
from django.utils import timezone

from openmidas.crossings import limits
from openmidas.crossings.entries import (
    OLDEST,
    OLDEST_YEARS,
    CrossingRecorded,
    Outcome,
    RecordSource,
    RefusalReason,
)
from openmidas.crossings.inspecting import Checker
from openmidas.crossings.inspection import Document, Inspection, Journey, Traveller
from openmidas.crossings.local import Standing
from openmidas.crossings.models import CancelledInspection, Crossing, Recorded
from openmidas.crossings.reading import document_key, name_key
from openmidas.journal import Actor
from openmidas.journal.models import new_id
from openmidas.nodes.identity import this_node
from openmidas.nodes.services import node_time, record
from openmidas.posts.mandate import hold_journal
from openmidas.posts.refusals import Refused

CORRECTABLE = timedelta(hours=24)


class PaperLine(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the paper register. ``refusal``: why, where the traveller was refused."""

    traveller: Traveller
    document: Document
    journey: Journey
    crossed_at: datetime
    outcome: Outcome
    refusal: RefusalReason | None = None


def record_line(
    actor: Actor,
    id: UUID,
    line: PaperLine,
    *,
    correct: bool = False,
    again: bool = False,
    pages: UUID | None = None,
) -> Inspection:
    """Enter a line of the paper register, checked against the lists of now; or correct one.

    ``pages``: what the photos of it are about that were beside the form, if any were. The same line again
    changes nothing. ``again``: though what looks like it is here already.

    Raises `Refused`: ``recording.there`` where ``again`` is not said, ``recording.in_future``,
    ``recording.too_old``, ``refusal.without_reason``, ``reason.of_other_outcome``,
    ``recording.saved_already``, ``recording.not_yours``, ``field.too_long``, ``field.unprintable``.
    """
    _check_line(line)
    checker = Checker()  # before the transaction: it may wait for the lists
    inspection = Inspection(
        id=id,
        lane="",
        opened_at=round(checker.now.timestamp() * 1000),
        traveller=line.traveller,
        document=line.document,
        journey=line.journey,
    )
    with transaction.atomic():
        hold_journal()
        before = _line_before(actor, id, correct=correct)
        if before is not None:
            if line_of(before) == line:
                return before.inspected()
            if not correct:
                raise Refused("recording.saved_already")
        if not again:
            _check_not_there(id, line)
        checked = checker.look_back(inspection, line.crossed_at)
        content = CrossingRecorded(
            inspection=checked,
            outcome=line.outcome,
            crossed_at=round(line.crossed_at.timestamp() * 1000),
            source=RecordSource.PAPER,
            refusal=line.refusal,
            pages=pages,
        )
        record(content, actor=actor)
    return checked


def lines_to_correct(officer: UUID | None) -> list[Crossing]:
    """The lines that an officer entered here a short while ago, the last first."""
    mine = Crossing.objects.filter(
        node=this_node().id, officer=officer, recorded=Recorded.PAPER, id__gte=_earliest()
    )
    return list(mine.order_by("-id")[:20])


def line_of(row: Crossing) -> PaperLine:
    """The line that made a row."""
    inspection = row.inspected()
    return PaperLine(
        traveller=inspection.traveller,
        document=inspection.document,
        journey=inspection.journey,
        crossed_at=timezone.localtime(row.at),
        outcome=Outcome(row.status),
        refusal=RefusalReason(row.refusal_reason) if row.refusal_reason else None,
    )


def _check_line(line: PaperLine) -> None:
    limits.check_traveller(line.traveller)
    limits.check_document(line.document)
    limits.check_journey(line.journey)
    now = node_time()
    if line.crossed_at > now:
        raise Refused("recording.in_future")
    if line.crossed_at < now - OLDEST:
        raise Refused("recording.too_old", years=str(OLDEST_YEARS))
    if line.outcome is Outcome.HANDED_OVER:  # the paper register has no second line
        raise Refused("request.broken")
    if line.outcome is Outcome.REFUSED and line.refusal is None:
        raise Refused("refusal.without_reason")
    if line.outcome is not Outcome.REFUSED and line.refusal is not None:
        raise Refused("reason.of_other_outcome")


def _check_not_there(id: UUID, line: PaperLine) -> None:
    """Two officers with one register, or a page taken up again: the same passage is typed twice.

    Raises `Refused` ``recording.there``: same document (without one, same name), minute and direction.
    """
    minute = line.crossed_at.replace(second=0, microsecond=0)
    there = Crossing.objects.filter(
        node=this_node().id,
        at__gte=minute,
        at__lt=minute + timedelta(minutes=1),
        direction=line.journey.direction,
        document_key=document_key(line.document),
    ).exclude(id=id)
    if line.document.none:
        there = there.filter(name_key=name_key(line.traveller.name))
    if (row := there.first()) is not None:
        at = f"{timezone.localtime(row.at):%Y-%m-%d %H:%M}"
        raise Refused("recording.there", name=f"{row.surname} {row.given_names}".strip(), at=at)


def _line_before(actor: Actor, id: UUID, *, correct: bool) -> Crossing | None:
    """The row that this id stands for already. Raises `Refused` where it is not to be touched."""
    before = Crossing.objects.filter(id=id).first()
    if before is None:
        taken = CancelledInspection.objects.filter(id=id) or Standing.objects.filter(id=id)
        if correct or taken:
            raise _not_yours()
        return None
    mine = (
        before.node == this_node().id
        and before.recorded == Recorded.PAPER
        and before.officer == actor.officer
        and before.id >= _earliest()
    )
    if not mine:
        raise _not_yours()
    return before


def _not_yours() -> Refused:
    hours = CORRECTABLE.total_seconds() // 3600
    return Refused("recording.not_yours", hours=f"{hours:.0f}")


def _earliest() -> UUID:
    """The id that was made when the time for corrections began, by the clock that makes ids."""
    milliseconds = (new_id().int >> 80) - round(CORRECTABLE.total_seconds() * 1000)
    return UUID(int=milliseconds << 80)
