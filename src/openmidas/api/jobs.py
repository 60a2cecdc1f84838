"""What the HQ does for the API by itself."""

from __future__ import annotations

from datetime import timedelta

from openmidas.api import uses
from openmidas.journal import NodeKind
from openmidas.nodes.jobs import every


@every(timedelta(hours=1), at=NodeKind.HQ)
def write_days_of_use() -> None:
    """Write how often systems asked on the days that are over."""
    uses.write_days()
