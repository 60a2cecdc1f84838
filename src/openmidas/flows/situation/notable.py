"""Hits and refusals of all posts, kept as they arrive: the few of many that headquarters looks at."""

from __future__ import annotations

from openmidas.crossings.changes import on_change
from openmidas.crossings.inspection import State
from openmidas.crossings.models import Crossing, Status
from openmidas.flows.models import Notable
from openmidas.nodes.identity import this_node

LEVELS = ("strong", "possible", "weak")
"""From the surest on, as `openmidas.screening` has them."""


@on_change
def keep(before: Crossing | None, after: Crossing) -> None:
    """Keep what is notable of a crossing that came, or that was decided otherwise."""
    if not this_node().is_hq:
        return
    levels = _levels(after)
    if not levels and after.status != Status.REFUSED:
        if before is not None:
            Notable.objects.filter(id=after.id).delete()
        return
    Notable.objects.update_or_create(
        id=after.id,
        defaults={
            "node": after.node,
            "at": after.at,
            "day": after.day,
            "hits": len(levels),
            "level": next((level for level in LEVELS if level in levels), ""),
            "status": after.status,
            "refusal_reason": after.refusal_reason,
        },
    )


def _levels(crossing: Crossing) -> list[str]:
    """How sure each hit is. A clear crossing has none but discreet ones, which its bytes show."""
    if crossing.state == State.CLEAR and b"list_hit" not in bytes(crossing.inspection):
        return []
    findings = crossing.inspected().findings
    return [found.params.get("level", "") for found in findings if found.code == "list_hit"]
