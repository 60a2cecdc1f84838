"""The ways that the analysis opens: tables as files."""

from __future__ import annotations

from openmidas.nodes.ways_out import Recipient, register_way_out

register_way_out(
    "flows.tables",
    Recipient.STATE_OFFICE,
    carries="numbers of crossings by two dimensions, and the long table of them",
    doors=("url:flows-table", "url:flows-long"),
)
register_way_out(
    "flows.overstays",
    Recipient.STATE_OFFICE,
    carries="numbers of overstays by nationality and post",
    doors=("url:stays-over-counts",),
)
