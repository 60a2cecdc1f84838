"""The way that the crossings room opens: the closing sheet on paper. And which crossings tell of a claim."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from openmidas.crossings.entries import ReferralReason
from openmidas.crossings.models import Crossing
from openmidas.nodes.ways_out import Recipient, confine_columns, register_claims, register_way_out

register_way_out(
    "crossings.closing_sheet",
    Recipient.STATE_OFFICE,
    carries="numbers of a shift, and the name of the officer who printed them",
    doors=("url:shift-closing",),
)
register_way_out(
    "crossings.receipt",
    Recipient.TRAVELLER,
    carries="number, post, time, direction, stay until, the document's last digits, on paper",
    doors=("url:receipts",),
)


def asked_for_protection(crossings: Collection[UUID]) -> Collection[UUID]:
    """Those of these crossings that the primary line referred because somebody asked for protection."""
    found = Crossing.objects.filter(id__in=crossings, reason=ReferralReason.PROTECTION)
    return set(found.values_list("id", flat=True))


register_claims(asked_for_protection)
confine_columns(
    "crossings.Crossing",
    ("reason", "admission_reason", "refusal_reason", "handed_to", "note", "inspection"),
)
