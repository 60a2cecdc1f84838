"""What the lists room does by itself: compiling editions that have come, republishing the State's own."""

from __future__ import annotations

from datetime import timedelta

from openmidas.journal import NodeKind
from openmidas.lists.compiled import compile_latest
from openmidas.lists.national.publishing import republish_due
from openmidas.lists.national.uploads import forget_old_uploads
from openmidas.nodes.jobs import every


@every(timedelta(minutes=1))
def compile_lists() -> None:
    """Have the editions in use compiled, so that the next start opens them at once."""
    compile_latest()


@every(timedelta(hours=1), at=NodeKind.HQ)
def republish_lists() -> None:
    """Keep the State's own lists from growing stale while nothing on them changes."""
    republish_due()


@every(timedelta(hours=1), at=NodeKind.HQ)
def forget_uploads() -> None:
    """A file of listings that nobody proposed is not kept."""
    forget_old_uploads()
