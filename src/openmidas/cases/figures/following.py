"""Every hit of every crossing, kept as they arrive at the HQ."""

from __future__ import annotations

from openmidas.cases.entries import MOST_LISTING
from openmidas.cases.figures.models import CounterHit
from openmidas.crossings.changes import on_change
from openmidas.crossings.hits import hit_id, key_of
from openmidas.crossings.inspection import Finding, State
from openmidas.crossings.models import Crossing
from openmidas.nodes.identity import this_node
from openmidas.screening import Level

HIT = "list_hit"
"""Those that were resolved before as somebody else interrupt nobody, and are not counted again."""
LEVELS: tuple[Level, ...] = ("strong", "possible", "weak")


@on_change
def keep(before: Crossing | None, after: Crossing) -> None:
    """Keep the hits of a crossing that came. A decision changes none of them."""
    if before is not None or not this_node().is_hq or not _may_have_hits(after):
        return
    for finding in after.inspected().findings:
        if _is_hit(finding):
            _keep(after, finding)


def _keep(crossing: Crossing, finding: Finding) -> None:
    key = key_of(finding)
    if key is None:
        return
    # Whatever a post writes: PostgreSQL takes no NUL, and columns have their length.
    list_code, listing = (text.replace("\0", "\ufffd") for text in key)
    CounterHit.objects.update_or_create(
        id=hit_id(crossing.id, list_code, listing),
        defaults={
            "node": crossing.node,
            "crossing": crossing.id,
            "list_code": list_code[:32],
            "listing": listing[:MOST_LISTING],
            "level": finding.params.get("level", ""),
            "at": crossing.at,
        },
    )


def _may_have_hits(crossing: Crossing) -> bool:
    """Most have none, which is seen without reading all that was inspected."""
    return crossing.state != State.CLEAR or HIT.encode() in bytes(crossing.inspection)


def _is_hit(finding: Finding) -> bool:
    return finding.code == HIT and finding.params.get("level") in LEVELS
