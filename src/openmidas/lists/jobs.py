"""What the lists room does by itself: compiling editions that have come."""

from __future__ import annotations

from datetime import timedelta

from openmidas.lists.compiled import compile_latest
from openmidas.nodes.jobs import every


@every(timedelta(minutes=1))
def compile_lists() -> None:
    """Have the editions in use compiled, so that the next start opens them at once."""
    compile_latest()
