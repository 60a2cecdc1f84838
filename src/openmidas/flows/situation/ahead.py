"""Travellers sent to the second line of whom a copy came ahead of the post's journal: provisional."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from uuid import UUID

import msgspec

from openmidas.crossings.entries import CrossingReferred, ReferralReason
from openmidas.flows.situation.notable import LEVELS
from openmidas.journal import JournalError
from openmidas.journal.entry import decode_body
from openmidas.journal.local import AdvanceCopy
from openmidas.journal.models import Journal

LAST = 20
PER_POST = 5
"""How many are listed, and how many of one post: no post pushes the others' out."""
_NEWEST = 2000


class SentAhead(msgspec.Struct, frozen=True):
    """A referral that overtook its journal, without the traveller. ``hits``: on lists, ``level``: of
    the surest."""

    node: UUID
    at: datetime
    hits: int
    level: str
    reason: ReferralReason


def sent_ahead() -> list[SentAhead]:
    """Those that the tables do not hold yet, the newest first."""
    followed = {
        (node, epoch): projected
        for node, epoch, projected in Journal.objects.values_list("node", "epoch", "projected")
    }
    newest = AdvanceCopy.objects.order_by("-id").values_list("id", "node", "epoch", "sequence")
    listed: Counter[UUID] = Counter()
    ids = []
    for id, node, epoch, sequence in newest[:_NEWEST]:
        if sequence > followed.get((node, epoch), 0) and listed[node] < PER_POST:
            listed[node] += 1
            ids.append(id)
    copies = AdvanceCopy.objects.filter(id__in=ids[:LAST]).order_by("-id")
    return [told for copy in copies if (told := _read(copy)) is not None]


def _moment(at: int, arrived: datetime) -> datetime:
    """When it was written, as the post says; never after it came, and never before there were clocks."""
    return datetime.fromtimestamp(min(max(at, 0), round(arrived.timestamp() * 1000)) / 1000, UTC)


def _read(copy: AdvanceCopy) -> SentAhead | None:
    """None where this version does not understand it: the journal brings it all the same."""
    try:
        body = decode_body(bytes(copy.body))
        content = body.read()
    except JournalError:
        return None
    if not isinstance(content, CrossingReferred):
        return None
    hits = [found for found in content.inspection.findings if found.code == "list_hit"]
    levels = [found.params.get("level", "") for found in hits]
    return SentAhead(
        node=copy.node,
        at=_moment(body.at, copy.arrived),
        hits=len(hits),
        level=next((level for level in LEVELS if level in levels), ""),
        reason=content.reason,
    )
