"""What a sealed post does by itself: it remembers how late it is, for when its clock is set back."""

from __future__ import annotations

import time
from datetime import timedelta

from openmidas.journal import NodeKind
from openmidas.nodes.home import this_home
from openmidas.nodes.jobs import every
from openmidas.nodes.sealing.lease import note_time


class _Watch:
    last = time.monotonic()


@every(timedelta(hours=1), at=NodeKind.POST)
def note_how_late() -> None:
    """Each hour, which spares the flash memory; nothing where a post depends on no lease."""
    moment = time.monotonic()
    note_time(this_home(), moment - _Watch.last)
    _Watch.last = moment
