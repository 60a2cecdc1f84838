"""What a sealed post does by itself: it tells who opened it, and remembers how late it is, for when its
clock is set back."""

from __future__ import annotations

import time
from datetime import timedelta

from openmidas.journal import NodeKind
from openmidas.nodes.home import this_home
from openmidas.nodes.jobs import every
from openmidas.nodes.sealing.lease import note_time
from openmidas.nodes.sealing.telling import tell_unsealings


class _Watch:
    last = time.monotonic()


@every(timedelta(minutes=1), at=NodeKind.POST)
def tell_who_opened() -> None:
    """When the worker starts, which is when the post has been opened, and each minute after."""
    tell_unsealings()


@every(timedelta(hours=1), at=NodeKind.POST)
def note_how_late() -> None:
    """Each hour, which spares the flash memory; nothing where a post depends on no lease."""
    moment = time.monotonic()
    note_time(this_home(), moment - _Watch.last)
    _Watch.last = moment
