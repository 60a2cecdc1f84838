"""Travellers sent to the second line of whom a copy came ahead of the post's journal: provisional."""

from __future__ import annotations

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
"""How many are listed."""


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
    waiting = [
        copy
        for copy in AdvanceCopy.objects.order_by("-id")[: 2 * LAST]
        if copy.sequence > followed.get((copy.node, copy.epoch), 0)
    ]
    return [told for copy in waiting[:LAST] if (told := _read(copy)) is not None]


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
        at=datetime.fromtimestamp(min(body.at / 1000, copy.arrived.timestamp()), UTC),
        hits=len(hits),
        level=next((level for level in LEVELS if level in levels), ""),
        reason=content.reason,
    )
