"""What can be done at the lanes: scan, type in, decide. Each is one transaction."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import date
from uuid import UUID

import msgspec
from django.db import transaction
from django.utils import timezone

from openmidas.crossings.checks import ADULT, age_on
from openmidas.crossings.entries import (
    CrossingAdmitted,
    CrossingReferred,
    InspectionCancelled,
    ReferralReason,
)
from openmidas.crossings.inspecting import inspect
from openmidas.crossings.inspection import Document, Inspection, Journey, State, Traveller
from openmidas.crossings.local import LaneMemory, Standing
from openmidas.crossings.models import CancelledInspection, Crossing
from openmidas.crossings.reading import document_of, traveller_of
from openmidas.documents import Reading, find_mrz, read_mrz
from openmidas.journal import Actor
from openmidas.journal.models import new_id
from openmidas.nodes.services import record

MAX_GROUP = 100


class Refused(Exception):  # noqa: N818  an answer to the officer, not a fault
    """What was asked is not possible now; ``code`` is worded in `crossings.wording`."""

    def __init__(self, code: str, **params: str) -> None:
        self.code = code
        self.params = params
        super().__init__(code)


def standing(lane: str) -> list[Inspection]:
    """Who stands at a lane, in the order of arrival; the same after a restart."""
    return [
        row.inspected() for row in Standing.objects.filter(lane=lane).order_by("opened_at", "id")
    ]


def scan(actor: Actor, inspection: UUID, raw: str, *, group: bool = False) -> Inspection:
    """A document was read at the actor's lane: check it, and keep it until somebody decides.

    The same inspection again gives the same answer. Raises `Refused`: ``scan.unreadable``,
    ``scan.decided``, ``lane.occupied``, ``group.full``.
    """
    today = timezone.localdate()
    lines = find_mrz(raw)
    if lines is None:
        raise Refused("scan.unreadable")
    reading = read_mrz("\n".join(lines), today=today)
    return _open(
        actor, inspection, traveller_of(reading), document_of(reading), reading, raw, group=group
    )


def type_in(
    actor: Actor,
    inspection: UUID,
    traveller: Traveller,
    document: Document,
    *,
    group: bool = False,
) -> Inspection:
    """A traveller without a readable document, as typed. Raises `Refused` as `scan` does."""
    return _open(actor, inspection, traveller, document, None, "", group=group)


@transaction.atomic
def set_journey(actor: Actor, journey: Journey) -> list[Inspection]:
    """Remember where travellers of this lane go, and check again who stands there."""
    LaneMemory.objects.update_or_create(
        lane=actor.lane, defaults={"journey": msgspec.msgpack.encode(journey)}
    )
    return _check_again(actor.lane)


def lane_journey(lane: str) -> Journey:
    """What the lane remembers; an entry on foot where it remembers nothing."""
    memory = LaneMemory.objects.filter(lane=lane).first()
    return memory.remembered() if memory else Journey()


@transaction.atomic
def admit(actor: Actor, inspections: Sequence[UUID]) -> list[UUID]:
    """Let everybody named cross; the crossings' ids. Asked twice, it is done once.

    Raises `Refused`: ``stop.at_primary`` if anybody is in the state Stop, ``scan.unknown``.
    """
    waiting = _undecided(actor, inspections)
    if any(row.inspected().state is State.STOP for row in waiting):
        raise Refused("stop.at_primary")
    for row in waiting:
        record(CrossingAdmitted(inspection=row.inspected()), actor=actor)
        row.delete()
    return list(inspections)


@transaction.atomic
def refer(
    actor: Actor,
    inspections: Sequence[UUID],
    reason: ReferralReason = ReferralReason.FINDINGS,
) -> list[UUID]:
    """Send everybody named to the second line. Raises `Refused` ``scan.unknown``."""
    for row in _undecided(actor, inspections):
        record(CrossingReferred(inspection=row.inspected(), reason=reason), actor=actor)
        row.delete()
    return list(inspections)


@transaction.atomic
def cancel(actor: Actor, inspections: Sequence[UUID]) -> list[UUID]:
    """Clear the lane without a decision; what was found stays in the journal."""
    for row in _undecided(actor, inspections):
        record(InspectionCancelled(inspection=row.inspected()), actor=actor)
        row.delete()
    _check_again(actor.lane)
    return list(inspections)


@transaction.atomic
def _open(
    actor: Actor,
    id: UUID,
    traveller: Traveller,
    document: Document,
    reading: Reading | None,
    raw: str,
    *,
    group: bool,
) -> Inspection:
    # The lane's row first: two requests for one lane queue here.
    memory, _ = LaneMemory.objects.select_for_update().get_or_create(
        lane=actor.lane, defaults={"journey": msgspec.msgpack.encode(Journey())}
    )
    again = Standing.objects.filter(id=id).first()
    if again is not None:
        return again.inspected()
    if _decided(id):
        raise Refused("scan.decided")
    others = standing(actor.lane)
    _check_room(others, group=group)
    inspection = Inspection(
        id=id,
        lane=actor.lane,
        opened_at=time.time_ns() // 1_000_000,
        traveller=traveller,
        document=document,
        journey=memory.remembered(),
        group=_group_of(others) if group else None,
    )
    checked = inspect(inspection, reading, with_adult=_with_adult(inspection, others))
    _keep(checked, raw)
    if others:
        _check_again(actor.lane)
    return checked


def _check_room(others: list[Inspection], *, group: bool) -> None:
    if others and not (group and all(other.group for other in others)):
        raise Refused("lane.occupied")
    if len(others) >= MAX_GROUP:
        raise Refused("group.full", limit=str(MAX_GROUP))


def _group_of(others: list[Inspection]) -> UUID:
    return next((other.group for other in others if other.group), None) or new_id()


def _with_adult(inspection: Inspection, others: list[Inspection]) -> bool:
    """Whether somebody in the same group is certainly grown up."""
    today = timezone.localdate()
    return any(
        other.id != inspection.id
        and other.group is not None
        and other.traveller.birth is not None
        and _surely_adult(other.traveller.birth.latest(), today)
        for other in others
    )


def _surely_adult(birth: date, today: date) -> bool:
    return age_on(birth, today) >= ADULT


def _check_again(lane: str) -> list[Inspection]:
    """The journey or the group changed: what stands at the lane is checked anew."""
    before = standing(lane)
    journey = lane_journey(lane)
    today = timezone.localdate()
    after = []
    for inspection in before:
        lines = inspection.document.lines
        checked = inspect(
            msgspec.structs.replace(inspection, journey=journey),
            read_mrz("\n".join(lines), today=today) if lines else None,
            with_adult=_with_adult(inspection, before),
        )
        Standing.objects.filter(id=checked.id).update(inspection=msgspec.msgpack.encode(checked))
        after.append(checked)
    return after


def _keep(inspection: Inspection, raw: str) -> None:
    Standing.objects.create(
        id=inspection.id,
        lane=inspection.lane,
        document_number=inspection.document.number,
        inspection=msgspec.msgpack.encode(inspection),
        raw=raw,
        opened_at=inspection.opened_at,
    )


def _decided(inspection: UUID) -> bool:
    return (
        Crossing.objects.filter(id=inspection).exists()
        or CancelledInspection.objects.filter(id=inspection).exists()
    )


def _undecided(actor: Actor, inspections: Sequence[UUID]) -> list[Standing]:
    """Those named who still stand at the actor's lane; those already decided are passed over."""
    rows = {
        row.id: row
        for row in Standing.objects.select_for_update().filter(id__in=inspections, lane=actor.lane)
    }
    for id in inspections:
        if id not in rows and not _decided(id):
            raise Refused("scan.unknown")
    return [rows[id] for id in inspections if id in rows]
