"""The ways that the second line opens: figures of hits, and the sheet of a referral."""

from __future__ import annotations

from openmidas.nodes.ways_out import Recipient, register_way_out

register_way_out(
    "cases.hit_figures",
    Recipient.STATE_OFFICE,
    carries="numbers of hits by list and post",
    doors=("url:hit-figures-table",),
)
SHEET = register_way_out(
    "cases.referral_sheet",
    Recipient.PROTECTION,
    carries="the minimum data set of one referral, on paper",
    doors=("url:referral-sheet",),
)
