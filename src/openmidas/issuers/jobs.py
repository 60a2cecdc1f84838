"""What this room does by itself: letting go of files that nobody took."""

from __future__ import annotations

from datetime import timedelta

from openmidas.issuers.given import forget_old_files
from openmidas.journal import NodeKind
from openmidas.nodes.jobs import every


@every(timedelta(hours=1), at=NodeKind.HQ)
def forget_files() -> None:
    """A file of certificates with which nothing was done is not kept."""
    forget_old_files()
