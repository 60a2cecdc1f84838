"""The ways that the posts room opens: what commands print of officers."""

from __future__ import annotations

from openmidas.nodes.ways_out import Recipient, register_way_out

register_way_out(
    "posts.officers",
    Recipient.MACHINE_ROOM,
    carries="names and roles of officers",
    doors=("command:officer list",),
)
