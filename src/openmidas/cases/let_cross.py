"""Travellers whom this post admitted while a hit that asks for an answer had none: for its head."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from openmidas.cases.models import HitResolution
from openmidas.crossings.models import Crossing
from openmidas.crossings.words import OPEN_HIT_REASONS
from openmidas.nodes.identity import this_node
from openmidas.nodes.services import node_time
from openmidas.posts.models import Officer

LET_CROSS_DAYS = 30
"""So long back: what is older is the headquarters' to ask about."""


class LetCross(msgspec.Struct, frozen=True, kw_only=True):
    """One of them, without a name. ``left``: how many of the hits have no answer to this day."""

    crossing: UUID
    at: datetime
    reason: str
    by: str
    left: int


def let_cross_here() -> list[LetCross]:
    """Those of the last days, the last first."""
    since = node_time() - timedelta(days=LET_CROSS_DAYS)
    rows = Crossing.objects.filter(node=this_node().id, at__gte=since, open_hit_reason__gt="")
    found = list(rows.order_by("-at", "-id").defer("inspection"))
    if not found:
        return []
    asked = {hit for row in found for hit in row.open_hits}
    answered = {
        str(hit)
        for hit in HitResolution.objects.filter(hit__in=asked).values_list("hit", flat=True)
    }
    ids = {row.resolved_by for row in found if row.resolved_by}
    names = dict(Officer.objects.filter(id__in=ids).values_list("id", "name"))
    return [
        LetCross(
            crossing=row.id,
            at=row.resolved_at or row.at,
            reason=str(OPEN_HIT_REASONS.get(row.open_hit_reason, row.open_hit_reason)),
            by=names.get(row.resolved_by, "") if row.resolved_by else "",
            left=sum(hit not in answered for hit in row.open_hits),
        )
        for row in found
    ]
