"""Who came with a conveyance: those who stand at a lane, and those who were decided on.

What another node wrote of it is not looked at: a post says alone who its buses brought.
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import msgspec
from django.db.models import QuerySet

from openmidas.crossings.conveyances.comparing import Aboard, key_of
from openmidas.crossings.conveyances.limits import MOST, SHOWN, SPARE
from openmidas.crossings.conveyances.models import ConveyanceDriver, Manifest, OpenedConveyance
from openmidas.crossings.inspection import Inspection
from openmidas.crossings.local import LaneMemory, Standing
from openmidas.crossings.models import Crossing
from openmidas.nodes.identity import this_node
from openmidas.nodes.services import node_time

STANDING = "standing"
"""The status of who was scanned and not yet decided on."""


class BusAtLane(msgspec.Struct, frozen=True, kw_only=True):
    """The conveyance whose travellers are scanned at a lane. ``listed`` 0: it has no manifest.

    ``most``: if so many were scanned, it has left, and nobody said so at the lane.
    """

    id: UUID
    what: str
    plate: str
    scanned: int
    listed: int
    most: int


def bus_at(lane: str) -> BusAtLane | None:
    """What stands open at a lane; None for nothing."""
    memory = LaneMemory.objects.filter(lane=lane).first()
    return bus_of(memory) if memory else None


def bus_of(memory: LaneMemory) -> BusAtLane | None:
    """The same, of a lane that is held."""
    row = standing_at(memory)
    if row is None:
        return None
    manifest = manifest_of(row)
    listed = len(manifest.listed()) if manifest else 0
    return BusAtLane(
        id=row.id,
        what=row.what,
        plate=row.plate,
        scanned=scanned(row),
        listed=listed,
        most=(max(row.seats, listed) or MOST) + SPARE,
    )


def full_bus(memory: LaneMemory, id: UUID) -> BusAtLane | None:
    """The bus at the lane, where more were scanned than it can have brought; not for who stands here."""
    bus = bus_of(memory)
    if bus is None or bus.scanned < bus.most or Standing.objects.filter(id=id).exists():
        return None
    return bus


def standing_at(memory: LaneMemory) -> OpenedConveyance | None:
    """The conveyance that a lane scans. One that nobody closed is forgotten after a day: whoever comes
    then did not come with it."""
    if memory.conveyance_id is None:
        return None
    return shown_conveyances().filter(id=memory.conveyance_id, closed_at=None).first()


def shown_conveyances() -> QuerySet[OpenedConveyance]:
    """The conveyances that were opened at this post within a day, the last first."""
    since = node_time() - SHOWN
    rows = OpenedConveyance.objects.filter(node=this_node().id, at__gte=since)
    return rows.order_by("-at", "-id")


def overdue_conveyances() -> QuerySet[OpenedConveyance]:
    """Those of this post that nobody closed in their day: they can still be closed, the last first."""
    before = node_time() - SHOWN
    rows = OpenedConveyance.objects.filter(node=this_node().id, closed_at=None, at__lt=before)
    return rows.order_by("-at", "-id")


def is_overdue(row: OpenedConveyance) -> bool:
    """Whether nobody closed it in the day in which its pages name people."""
    return row.closed_at is None and row.at < node_time() - SHOWN


def manifest_of(row: OpenedConveyance) -> Manifest | None:
    """The manifest that holds, if there is one."""
    given = Manifest.objects.filter(conveyance=row.id, node=row.node)
    return given.order_by("-clock", "-id").first()


def scanned(row: OpenedConveyance) -> int:
    """How many travellers were scanned with it; a document that was read twice is one of them."""
    keys: list[tuple[str, str]] = [
        *_crossed(row).values_list("document_key", "document_issuer"),
        *((one.document_key, one.inspected().document.issuer) for one in _at_lanes(row)),
    ]
    documents = [key for key in keys if key[0]]
    return len(set(documents)) + len(keys) - len(documents)


def aboard_of(row: OpenedConveyance) -> list[Aboard]:
    """All who were scanned with it, in their order; the last scan of a document stands for it."""
    driver = _driver_of(row)
    found: dict[tuple[str, str], Aboard] = {}
    for inspection, status in (*_decided_on(row), *_standing(row)):
        document = inspection.document
        key = (key_of(document.number) or str(inspection.id), document.issuer)
        drives = inspection.id == driver or (key in found and found[key].drives)
        found[key] = _aboard(inspection, status, drives=drives)
    return sorted(found.values(), key=lambda one: one.id)


def _driver_of(row: OpenedConveyance) -> UUID | None:
    said = ConveyanceDriver.objects.filter(id=row.id, node=row.node)
    return said.values_list("crossing", flat=True).first()


def _crossed(row: OpenedConveyance) -> QuerySet[Crossing]:
    return Crossing.objects.filter(conveyance_id=row.id, node=row.node)


def _at_lanes(row: OpenedConveyance) -> QuerySet[Standing]:
    return Standing.objects.filter(conveyance_id=row.id).order_by("opened_at", "id")


def _decided_on(row: OpenedConveyance) -> Iterator[tuple[Inspection, str]]:
    for crossing in _crossed(row).order_by("at", "id"):
        yield crossing.inspected(), crossing.status


def _standing(row: OpenedConveyance) -> Iterator[tuple[Inspection, str]]:
    for one in _at_lanes(row):
        yield one.inspected(), STANDING


def _aboard(inspection: Inspection, status: str, *, drives: bool) -> Aboard:
    return Aboard(
        id=inspection.id,
        name=inspection.traveller.name,
        number=inspection.document.number,
        nationality=inspection.traveller.nationality,
        birth=inspection.traveller.birth,
        status=status,
        drives=drives,
    )
