"""What the analysis writes into the HQ's journal."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import msgspec

from openmidas.journal import TO_NODE, Content, NodeKind, kind

MOST_REASON = 255

Reason = Annotated[str, msgspec.Meta(min_length=1, max_length=MOST_REASON)]


class _Decision(Content, frozen=True, kw_only=True):
    """On two crossings with different documents: an entry, and an exit after it."""

    entry: UUID
    exit: UUID
    reason: Reason


@kind("stay.matched", version=1, audience=TO_NODE, authority=[NodeKind.HQ])
class StayMatched(_Decision, frozen=True, kw_only=True):
    """An analyst finds that one traveller made both: the stay has ended."""


@kind("stay.match_dismissed", version=1, audience=TO_NODE, authority=[NodeKind.HQ])
class StayMatchDismissed(_Decision, frozen=True, kw_only=True):
    """An analyst finds that two travellers made them: they are not proposed again."""


@kind("stay.match_reopened", version=1, audience=TO_NODE, authority=[NodeKind.HQ])
class StayMatchReopened(_Decision, frozen=True, kw_only=True):
    """An analyst takes back what was decided on them, either way."""
