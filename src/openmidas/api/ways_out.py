"""The ways that the HQ's API opens to other systems of the State."""

from __future__ import annotations

from openmidas.nodes.ways_out import Recipient, register_way_out

CROSSINGS = register_way_out(
    "api.crossings",
    Recipient.STATE_SYSTEM,
    carries="crossings, with name and document where the system's scope has persons",
    doors=("url:api-crossings", "url:api-crossing"),
)
register_way_out(
    "api.numbers",
    Recipient.STATE_SYSTEM,
    carries="numbers of crossings, and how posts are",
    doors=("url:api-flows", "url:api-posts", "url:api-health"),
)
register_way_out(
    "api.screening",
    Recipient.STATE_SYSTEM,
    carries="hits on lists of somebody whom the system names",
    doors=("url:api-screen",),
)
