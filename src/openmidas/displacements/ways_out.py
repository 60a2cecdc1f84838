"""The way that this room opens: numbers of displaced people as a file."""

from __future__ import annotations

from openmidas.nodes.ways_out import Recipient, register_way_out

register_way_out(
    "displacements.table",
    Recipient.STATE_OFFICE,
    carries="numbers of displaced people by displacement, day, sex and age",
    doors=("url:hq-displacements-table",),
)
