"""Who stands at a lane, and checking them anew: the rows that the lane's lock is held for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

import msgspec
from django.db import transaction

from openmidas.crossings import groups
from openmidas.crossings.inspecting import Checker
from openmidas.crossings.inspection import Inspection
from openmidas.crossings.lanes import hold_lane
from openmidas.crossings.local import Standing
from openmidas.crossings.models import CancelledInspection, Crossing
from openmidas.journal import Actor
from openmidas.posts.refusals import Refused


def standing(lane: str) -> list[Inspection]:
    """Who stands at a lane, in the order of arrival; the same after a restart."""
    return [
        row.inspected() for row in Standing.objects.filter(lane=lane).order_by("opened_at", "id")
    ]


def one_standing(lane: str, id: UUID) -> Inspection:
    """The one of this id, who stands here. Raises `Refused` ``scan.decided``, ``scan.unknown``."""
    found = next((one for one in standing(lane) if one.id == id), None)
    if found is None:
        raise Refused("scan.decided" if decided(id) else "scan.unknown")
    return found


def learn(
    checker: Checker, actor: Actor, id: UUID, more: Callable[[Inspection], Inspection]
) -> Inspection:
    """Something more is known of who stands here: check them again with it, and keep it.

    Raises `Refused` as `one_standing` does, and what ``more`` raises.
    """
    with transaction.atomic():
        hold_lane(actor)
        known = more(one_standing(actor.lane, id))
        (checked,) = check_again(checker, [known], standing(actor.lane))
    return checked


def check_company(
    checker: Checker, changed: Sequence[Inspection], here: Sequence[Inspection]
) -> None:
    """Somebody came or left: check again whom that concerns."""
    whom = [one for one in here if groups.concerns(changed, one, checker.today)]
    check_again(checker, whom, here)


def check_again(
    checker: Checker, whom: Sequence[Inspection], here: Sequence[Inspection]
) -> list[Inspection]:
    """Check anew, and keep it. ``here``: all who stand at the lane now."""
    checked = [
        checker.inspect(one, with_adult=groups.with_adult(one, here, checker.today)) for one in whom
    ]
    for one in checked:
        Standing.objects.filter(id=one.id).update(
            inspection=msgspec.msgpack.encode(one), conveyance_id=one.conveyance_id
        )
    return checked


def decided(inspection: UUID) -> bool:
    """Whether a decision was taken on this inspection, or it was cancelled."""
    return (
        Crossing.objects.filter(id=inspection).exists()
        or CancelledInspection.objects.filter(id=inspection).exists()
    )
