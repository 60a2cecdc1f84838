"""Alerts of which a copy came ahead of the post's journal: provisional, until the journal brings them."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import msgspec

from openmidas.incidents.entries import IncidentAlerted
from openmidas.journal import JournalError
from openmidas.journal.entry import decode_body
from openmidas.journal.local import AdvanceCopy
from openmidas.journal.models import Journal

MOST = 200
"""How many of the newest copies are looked at."""


class Alert(msgspec.Struct, frozen=True):
    """An alert that overtook its journal: of which post, when it came, and what it says."""

    node: UUID
    arrived: datetime
    said: IncidentAlerted


def alerts_ahead() -> list[Alert]:
    """Those that the tables do not hold yet, the newest first."""
    followed = {
        (node, epoch): projected
        for node, epoch, projected in Journal.objects.values_list("node", "epoch", "projected")
    }
    copies = AdvanceCopy.objects.order_by("-id")[:MOST]
    waiting = (one for one in copies if one.sequence > followed.get((one.node, one.epoch), 0))
    return [alert for one in waiting if (alert := _read(one)) is not None]


def _read(copy: AdvanceCopy) -> Alert | None:
    """None where it is no alert, or this version does not understand it."""
    try:
        content = decode_body(bytes(copy.body)).read()
    except JournalError:
        return None
    if not isinstance(content, IncidentAlerted):
        return None
    return Alert(copy.node, copy.arrived.astimezone(UTC), content)
