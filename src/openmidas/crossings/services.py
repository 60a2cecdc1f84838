"""What can be done at the lanes: scan, type in, decide. Each is one transaction that holds the lane."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from django.db import transaction
from django.db.models import QuerySet

from openmidas.crossings import groups, limits
from openmidas.crossings.cards import document_of_card, journey_with, read_card
from openmidas.crossings.conveyances.aboard import full_bus, standing_at
from openmidas.crossings.entries import (
    AdmissionReason,
    CrossingAdmitted,
    CrossingReferred,
    InspectionCancelled,
    ReferralReason,
)
from openmidas.crossings.hits import asks_for_an_answer
from openmidas.crossings.inspecting import Checker
from openmidas.crossings.inspection import (
    Document,
    HowRead,
    Inspection,
    Journey,
    Purpose,
    State,
    Traveller,
)
from openmidas.crossings.lanes import hold_lane
from openmidas.crossings.local import LaneMemory, Standing
from openmidas.crossings.models import CancelledInspection, Crossing, Status
from openmidas.crossings.reading import document_key, document_of, read_document, traveller_of
from openmidas.crossings.standing import check_again, check_company, decided
from openmidas.crossings.standing import standing as standing
from openmidas.journal import Actor, Content
from openmidas.nodes.services import record
from openmidas.posts.refusals import Refused as Refused  # the pages of this room take it from here


def scan(
    actor: Actor,
    inspection: UUID,
    raw: str,
    *,
    group: bool = False,
    how: HowRead = HowRead.MRZ,
) -> Inspection:
    """A document was read at the actor's lane: check it, and keep it until somebody decides.

    The number of a border resident's card is enough: the post knows the rest. The same inspection again
    gives the same answer. Raises `Refused`: ``scan.unreadable``, ``card.mistyped``, ``card.unknown``,
    ``scan.decided``, ``scan.unknown`` (the inspection stands at another lane), ``lane.occupied``,
    ``group.full``, ``conveyance.full`` (the bus left the lane), ``request.broken`` (the actor is at no lane).
    """
    checker = Checker()
    if card := read_card(raw):
        document = document_of_card(card)
        return _open(checker, actor, inspection, card.traveller, document, group=group)
    reading = read_document(raw, checker.today)
    if reading is None:
        raise Refused("scan.unreadable")
    traveller, document = traveller_of(reading), document_of(reading, how)
    return _open(checker, actor, inspection, traveller, document, group=group)


def type_in(
    actor: Actor,
    inspection: UUID,
    traveller: Traveller,
    document: Document,
    *,
    group: bool = False,
) -> Inspection:
    """A traveller without a readable document, as typed.

    Raises `Refused` as `scan` does, and ``field.too_long``, ``field.unprintable``.
    """
    limits.check_traveller(traveller)
    limits.check_document(document)
    return _open(Checker(), actor, inspection, traveller, document, group=group)


def set_journey(actor: Actor, journey: Journey) -> list[Inspection]:
    """Remember where travellers of this lane go, and check again who stands there.

    Raises `Refused` ``field.too_long``, ``field.unprintable``, ``request.broken`` (as for the purpose of
    border residents, which their card brings along).
    """
    limits.check_journey(journey)
    if journey.purpose is Purpose.RESIDENT:
        raise Refused("request.broken")
    checker = Checker()
    with transaction.atomic():
        memory = hold_lane(actor)
        if journey.conveyance != memory.remembered().conveyance:
            memory.bus_leaves()  # who comes on foot now did not come with the bus
        memory.journey = msgspec.msgpack.encode(journey)
        memory.save()
        here = [_on_journey(one, memory, journey, checker.today) for one in standing(actor.lane)]
        return check_again(checker, here, here)


def _on_journey(one: Inspection, memory: LaneMemory, journey: Journey, today: date) -> Inspection:
    """Somebody who stands here, on the journey that the lane has now: by the bus only if it still is."""
    own = journey_with(one.document, journey, today)
    came_with = one.conveyance_id if one.conveyance_id == memory.bus_for(own) else None
    return msgspec.structs.replace(one, journey=own, conveyance_id=came_with)


def lane_journey(lane: str) -> Journey:
    """What the lane remembers; an entry on foot where it remembers nothing."""
    memory = LaneMemory.objects.filter(lane=lane).first()
    if memory is None:
        return Journey()
    return memory.remembered() if standing_at(memory) else memory.without_bus()


def admit(actor: Actor, inspections: Sequence[UUID]) -> list[UUID]:
    """Let everybody named cross; the crossings' ids. Asked twice, it is done once.

    All or nobody. Raises `Refused`: ``stop.at_primary`` if anybody is in the state Stop,
    ``hit.at_primary`` if a code asks for the second line, of somebody who is very likely the person,
    ``scan.decided`` if it was decided otherwise on somebody, ``scan.unknown``.
    """

    def admitted(inspection: Inspection) -> Content:
        if inspection.state is State.STOP:
            raise Refused("stop.at_primary")
        # Discreet ones are no "Stop", which is seen and heard. They are the second line's all the same.
        if any(asks_for_an_answer(finding) for finding in inspection.findings):
            raise Refused("hit.at_primary")
        clear = inspection.state is State.CLEAR
        reason = AdmissionReason.CLEAR if clear else AdmissionReason.FINDINGS_CONSIDERED
        return CrossingAdmitted(inspection=inspection, reason=reason)

    at_primary = Crossing.objects.filter(status=Status.ADMITTED, resolved_at=None)
    return _decide(actor, inspections, admitted, at_primary)


def refer(
    actor: Actor,
    inspections: Sequence[UUID],
    reason: ReferralReason = ReferralReason.FINDINGS,
) -> list[UUID]:
    """Send everybody named to the second line; as `admit`, but also in the state Stop."""

    def referred(inspection: Inspection) -> Content:
        return CrossingReferred(inspection=inspection, reason=reason)

    at_second = Crossing.objects.exclude(status=Status.ADMITTED, resolved_at=None)
    return _decide(actor, inspections, referred, at_second)


def cancel(actor: Actor, inspections: Sequence[UUID]) -> list[UUID]:
    """Clear the lane without a decision; what was found stays in the journal. Raises as `refer`."""

    def cancelled(inspection: Inspection) -> Content:
        return InspectionCancelled(inspection=inspection)

    return _decide(actor, inspections, cancelled, CancelledInspection.objects.all())


def _decide(
    actor: Actor,
    inspections: Sequence[UUID],
    write: Callable[[Inspection], Content],
    done: QuerySet[Any],
) -> list[UUID]:
    """Write one entry for everybody named who still stands here; the others must be ``done``."""
    ids = list(dict.fromkeys(inspections))
    with transaction.atomic():
        hold_lane(actor)
        here = standing(actor.lane)
        going = [inspection for inspection in here if inspection.id in ids]
        _check_done(set(ids) - {inspection.id for inspection in going}, done)
        for content in [write(inspection) for inspection in going]:
            record(content, actor=actor)
        Standing.objects.filter(id__in=[inspection.id for inspection in going]).delete()
        left = [inspection for inspection in here if inspection.id not in ids]
        if going and left:
            check_company(Checker(), going, left)
    return ids


def _check_done(ids: set[UUID], done: QuerySet[Any]) -> None:
    missing = ids - set(done.filter(id__in=ids).values_list("id", flat=True)) if ids else ids
    for id in missing:
        raise Refused("scan.decided" if decided(id) else "scan.unknown")


def _open(
    checker: Checker,
    actor: Actor,
    id: UUID,
    traveller: Traveller,
    document: Document,
    *,
    group: bool,
) -> Inspection:
    with transaction.atomic():
        memory = hold_lane(actor)
        full = full_bus(memory, id)
        if full is None:
            return _stand(checker, memory, id, traveller, document, group=group)
        memory.bus_leaves()
    # It has left: whoever is scanned again comes by themselves.
    raise Refused("conveyance.full", plate=full.plate)


def _stand(
    checker: Checker,
    memory: LaneMemory,
    id: UUID,
    traveller: Traveller,
    document: Document,
    *,
    group: bool,
) -> Inspection:
    others = standing(memory.lane)
    if again := next((one for one in others if one.id == id), None):
        if (again.traveller, again.document) != (traveller, document):
            raise Refused("lane.occupied")
        return again
    _check_new(id)
    groups.check_room(others, group=group)
    journey = journey_with(document, memory.remembered(), checker.today)
    inspection = Inspection(
        id=id,
        lane=memory.lane,
        opened_at=round(checker.now.timestamp() * 1000),
        traveller=traveller,
        document=document,
        journey=journey,
        group=groups.group_of(others) if group else None,
        conveyance_id=memory.bus_for(journey),
    )
    with_adult = groups.with_adult(inspection, others, checker.today)
    checked = checker.inspect(inspection, with_adult=with_adult)
    Standing.objects.create(
        id=id,
        lane=memory.lane,
        document_key=document_key(document),
        inspection=msgspec.msgpack.encode(checked),
        opened_at=checked.opened_at,
        conveyance_id=checked.conveyance_id,
    )
    check_company(checker, [checked], [*others, checked])
    return checked


def _check_new(id: UUID) -> None:
    """Raises `Refused` where this inspection was decided on, or stands at another lane."""
    if Standing.objects.filter(id=id).exists():
        raise Refused("scan.unknown")
    if decided(id):
        raise Refused("scan.decided")
