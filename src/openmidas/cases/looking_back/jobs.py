"""Looking back by itself, in the worker of the HQ."""

from __future__ import annotations

import time
from datetime import timedelta

from openmidas.cases.looking_back import late
from openmidas.cases.looking_back.limits import SLICE
from openmidas.cases.looking_back.running import give_up, go_on, next_run
from openmidas.journal import JournalError, NodeKind
from openmidas.nodes.jobs import every
from openmidas.screening import EditionError
from openmidas.screening.lost import LostError


@every(timedelta(seconds=5), at=NodeKind.HQ)
def look_back() -> None:
    """Go on for a while where it was left off; receipts are another process's, tables another thread's."""
    ends = time.monotonic() + SLICE.total_seconds()
    run = next_run()
    while run is not None and time.monotonic() < ends:
        try:
            more = go_on(run)
        except (EditionError, LostError, JournalError):
            give_up(run.id)
            more = False
        run = run if more else next_run()


@every(timedelta(minutes=10), at=NodeKind.HQ)
def look_at_late() -> None:
    """Hold what posts sent late against the news of the last month."""
    late.look_at_late()
