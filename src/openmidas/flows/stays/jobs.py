"""What the HQ does by itself about stays."""

from __future__ import annotations

from datetime import timedelta

from openmidas.flows.stays.proposing import propose
from openmidas.journal import NodeKind
from openmidas.nodes.jobs import every


@every(timedelta(minutes=10), at=NodeKind.HQ)
def propose_matches() -> None:
    """Look for exits that may end a stay which began with another document."""
    propose()
