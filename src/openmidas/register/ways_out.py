"""The way that the post's book opens: the closing sheet on paper."""

from __future__ import annotations

from openmidas.nodes.ways_out import Recipient, register_way_out

register_way_out(
    "register.closing_sheet",
    Recipient.STATE_OFFICE,
    carries="numbers of a shift, names of its officers, the words of its hand-over and of its book",
    doors=("url:shift-sheet",),
)
