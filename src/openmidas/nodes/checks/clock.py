"""Can the clock be believed?"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from openmidas.journal import NodeKind
from openmidas.journal.clock import MAX_LEAD
from openmidas.journal.models import Journal
from openmidas.nodes.doctor import Finding, Level, check
from openmidas.nodes.identity import this_node
from openmidas.nodes.local import Peer

CLOCKS = Path("/sys/class/rtc")
"""Where Linux shows the clocks that run on a battery of their own."""
FELL_BACK = 60_000
"""Milliseconds behind the last entry: more than any correction of a clock that was right."""


@check()
def against_journal() -> Iterator[Finding]:
    """A clock that stands before the last entry has lost its power, or was set by hand."""
    node = this_node()
    at = Journal.objects.filter(node=node.id).order_by("-at").values_list("at", flat=True).first()
    behind = (at or 0) - time.time_ns() // 1_000_000
    if behind > FELL_BACK:
        yield Finding("clock.fell_back", Level.LOOK, {"minutes": behind // 60_000})
    else:
        yield Finding("clock.follows_journal", Level.OK)


@check()
def against_hq() -> Iterator[Finding]:
    """How far the clocks of this node and of its HQ stand apart."""
    if this_node().is_hq:
        return
    hq = Peer.objects.filter(kind=NodeKind.HQ).exclude(clock_ahead=None).first()
    if hq is None or hq.clock_ahead is None:
        yield Finding("clock.never_compared", Level.UNKNOWN)
        return
    seconds = round(-hq.clock_ahead / 1000)
    if abs(hq.clock_ahead) > MAX_LEAD:
        yield Finding("clock.differs", Level.LOOK, {"seconds": f"{seconds:+d}"})
    else:
        yield Finding("clock.agrees", Level.OK, {"seconds": f"{seconds:+d}"})


@check()
def battery() -> Iterator[Finding]:
    """Whether this computer has a clock that runs while it is off."""
    if not CLOCKS.is_dir():
        yield Finding("clock.battery_unknown", Level.UNKNOWN)
    elif not any(CLOCKS.iterdir()):
        yield Finding("clock.no_battery", Level.LOOK)
    else:
        yield Finding("clock.battery", Level.OK)
