"""The ways that the second line opens: figures of hits, and the sheet of a referral."""

from __future__ import annotations

from openmidas.nodes.ways_out import Recipient, confine_columns, register_way_out

register_way_out(
    "cases.hit_figures",
    Recipient.STATE_OFFICE,
    carries="numbers of hits by list and post",
    doors=("url:hit-figures-table",),
)
register_way_out(
    "cases.refusal_form",
    Recipient.TRAVELLER,
    carries="the traveller's own refusal: name, document, reason and legal basis, on paper",
    doors=("url:refusal-form",),
)
for table, columns in {
    "cases.CaseNote": ("text",),
    "cases.CaseChecklist": ("done",),
    "cases.CareRecord": ("said",),
    "cases.Hold": ("note",),
    "cases.TakeOver": ("why",),
    "cases.TakeOverAnswer": ("why",),
    "cases.HqDirection": ("words",),
}.items():
    confine_columns(table, columns)
SHEET = register_way_out(
    "cases.referral_sheet",
    Recipient.PROTECTION,
    carries="the minimum data set of one referral, on paper",
    doors=("url:referral-sheet",),
)
