"""What the pages of conveyances at a post show: values made ready for the templates."""

from __future__ import annotations

import msgspec

from openmidas.crossings.conveyances.aboard import (
    is_overdue,
    manifest_of,
    overdue_conveyances,
    scanned,
    shown_conveyances,
)
from openmidas.crossings.conveyances.models import OpenedConveyance
from openmidas.crossings.conveyances.people import Comparison, closed_by, comparison
from openmidas.crossings.conveyances.plates import plate_key
from openmidas.crossings.local import LaneMemory


class ConveyanceRow(msgspec.Struct, frozen=True, kw_only=True):
    """A conveyance in the list. ``listed`` 0: no manifest; ``overdue``: nobody closed it in its day."""

    row: OpenedConveyance
    scanned: int
    listed: int
    overdue: bool


class ConveyancePage(msgspec.Struct, frozen=True, kw_only=True):
    """One conveyance. ``lanes``: where its travellers are scanned now; ``here``: at the officer's own.

    ``overdue``: nobody closed it in its day, and it names nobody any more.
    """

    row: OpenedConveyance
    overdue: bool
    compared: Comparison
    lanes: tuple[str, ...]
    here: bool
    may_scan: bool
    by: str


def conveyance_rows(plate: str = "") -> list[ConveyanceRow]:
    """The conveyances of the last day at this post and those never closed, the last first.

    By a part of the plate, if given.
    """
    rows = []
    for row in (shown_conveyances() | overdue_conveyances()).filter(
        plate_key__contains=plate_key(plate)
    ):
        manifest = manifest_of(row)
        listed = len(manifest.listed()) if manifest else 0
        rows.append(_row(row, listed))
    return rows


def _row(row: OpenedConveyance, listed: int) -> ConveyanceRow:
    return ConveyanceRow(row=row, scanned=scanned(row), listed=listed, overdue=is_overdue(row))


def conveyance_page(row: OpenedConveyance, lane: str) -> ConveyancePage:
    """One conveyance as an officer at this lane ("": at none) sees it."""
    at_lanes = LaneMemory.objects.filter(conveyance_id=row.id).order_by("lane")
    lanes = tuple(at_lanes.values_list("lane", flat=True))
    return ConveyancePage(
        row=row,
        overdue=is_overdue(row),
        compared=comparison(row),
        lanes=lanes,
        here=lane in lanes,
        may_scan=bool(lane),
        by=closed_by(row),
    )
