"""The way that this room opens: the totals as a file."""

from __future__ import annotations

from openmidas.nodes.ways_out import Recipient, register_way_out

register_way_out(
    "declarations.totals",
    Recipient.STATE_OFFICE,
    carries="numbers of animals and goods by post, month and direction; of no person",
    doors=("url:hq-declarations-table",),
)
