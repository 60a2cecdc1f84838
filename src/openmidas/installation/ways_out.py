"""The way that an upgrade opens: the copy for the way back."""

from __future__ import annotations

from openmidas.nodes.ways_out import Recipient, register_way_out

register_way_out(
    "installation.before_upgrade",
    Recipient.WRITER,
    carries="everything, into the node's own folder",
    doors=("command:upgrade",),
)
