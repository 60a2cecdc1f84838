"""The ways that every node has: its sealed copies, its numbers, what commands print."""

from __future__ import annotations

from openmidas.nodes.ways_out import Recipient, register_way_out

register_way_out(
    "node.backup",
    Recipient.WRITER,
    carries="everything, sealed to the State's recovery key",
    doors=("command:backup now",),
)
register_way_out(
    "node.metrics",
    Recipient.MACHINE_ROOM,
    carries="numbers of the node, of no person",
    doors=("url:health-metrics",),
)
