"""What the HQ does with its counts by itself."""

from __future__ import annotations

import logging
from datetime import timedelta

from openmidas.flows.checking import check, months_to_check, proven_lately
from openmidas.flows.surge import raise_surges
from openmidas.journal import NodeKind
from openmidas.nodes.jobs import every

logger = logging.getLogger(__name__)


@every(timedelta(days=1), at=NodeKind.HQ)
def prove_tallies() -> None:
    """Hold the tallies against the crossings, once a day."""
    if proven_lately():
        return
    checked = check(months_to_check())
    if checked.differences:
        logger.error(
            "%d counts of the flows differ from the crossings: midas flows check tells which, "
            "midas flows recount makes them anew",
            checked.differences,
        )


@every(timedelta(minutes=15), at=NodeKind.HQ)
def look_for_surges() -> None:
    """Posts where more came in the last hours than the season explains."""
    raise_surges()
