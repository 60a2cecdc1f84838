"""Who came with a conveyance: those who stand at a lane, and those who were decided on."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import msgspec

from openmidas.crossings.conveyances.comparing import Aboard, key_of
from openmidas.crossings.conveyances.models import Manifest, OpenedConveyance
from openmidas.crossings.inspection import Inspection
from openmidas.crossings.local import LaneMemory, Standing
from openmidas.crossings.models import Crossing

STANDING = "standing"
"""The status of who was scanned and not yet decided on."""


class BusAtLane(msgspec.Struct, frozen=True, kw_only=True):
    """The conveyance whose travellers are scanned at a lane. ``listed`` 0: it has no manifest."""

    id: UUID
    what: str
    plate: str
    scanned: int
    listed: int


def bus_at(lane: str) -> BusAtLane | None:
    """What stands open at a lane; None for nothing."""
    memory = LaneMemory.objects.filter(lane=lane).first()
    if memory is None or memory.conveyance_id is None:
        return None
    row = OpenedConveyance.objects.filter(id=memory.conveyance_id).first()
    if row is None:
        return None
    manifest = manifest_of(row.id)
    return BusAtLane(
        id=row.id,
        what=row.what,
        plate=row.plate,
        scanned=scanned(row.id),
        listed=len(manifest.listed()) if manifest else 0,
    )


def manifest_of(conveyance: UUID) -> Manifest | None:
    """The manifest that holds, if there is one."""
    return Manifest.objects.filter(conveyance=conveyance).order_by("-clock", "-id").first()


def scanned(conveyance: UUID) -> int:
    """How many travellers were scanned with it; a document that was read twice is one of them."""
    crossed = Crossing.objects.filter(conveyance_id=conveyance)
    here = Standing.objects.filter(conveyance_id=conveyance)
    keys = [
        *crossed.values_list("document_key", flat=True),
        *here.values_list("document_key", flat=True),
    ]
    return len({key for key in keys if key}) + keys.count("")


def aboard_of(conveyance: UUID) -> list[Aboard]:
    """All who were scanned with it, in their order; the last scan of a document stands for it."""
    found: dict[str, Aboard] = {}
    for one in (*_decided_on(conveyance), *_standing(conveyance)):
        found[key_of(one.number) or str(one.id)] = one
    return sorted(found.values(), key=lambda one: one.id)


def _decided_on(conveyance: UUID) -> Iterator[Aboard]:
    for row in Crossing.objects.filter(conveyance_id=conveyance).order_by("at", "id"):
        yield _aboard(row.inspected(), row.status)


def _standing(conveyance: UUID) -> Iterator[Aboard]:
    for row in Standing.objects.filter(conveyance_id=conveyance):
        yield _aboard(row.inspected(), STANDING)


def _aboard(inspection: Inspection, status: str) -> Aboard:
    return Aboard(
        id=inspection.id,
        name=inspection.traveller.name,
        number=inspection.document.number,
        nationality=inspection.traveller.nationality,
        birth=inspection.traveller.birth,
        status=status,
    )
