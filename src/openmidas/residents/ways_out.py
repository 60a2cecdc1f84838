"""The way that this room opens: the card."""

from __future__ import annotations

from openmidas.nodes.ways_out import Recipient, register_way_out

register_way_out(
    "residents.card",
    Recipient.TRAVELLER,
    carries="the resident's own card: name, birth, village, plate, number, last day, on paper",
    doors=("url:resident-card",),
)
