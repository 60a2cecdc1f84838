"""The way that complaints open: back to whoever made one."""

from __future__ import annotations

from openmidas.nodes.ways_out import Recipient, register_way_out

register_way_out(
    "rights.answer",
    Recipient.TRAVELLER,
    carries="the oversight's answer, to whoever has the complaint's number and code word",
    doors=("url:public-answer",),
)
