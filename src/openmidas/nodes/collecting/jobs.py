"""What nodes do by themselves about what is collected. A post's preparing is a job of a room above."""

from __future__ import annotations

from datetime import timedelta

from openmidas.journal import NodeKind
from openmidas.nodes.collecting.again import open_again
from openmidas.nodes.collecting.opening import open_collected
from openmidas.nodes.collecting.settling import settle
from openmidas.nodes.jobs import every


@every(timedelta(minutes=1), at=NodeKind.POST)
def settle_collected() -> None:
    """When the worker starts, which is when the post has been opened, and each minute after."""
    settle()


@every(timedelta(seconds=20), at=NodeKind.HQ)
def open_what_came() -> None:
    """Until nothing more can be opened."""
    while open_collected():
        pass


@every(timedelta(days=1), at=NodeKind.HQ)
def try_again_what_could_not_be_opened() -> None:
    """When the worker starts, which may be after an upgrade that knows more kinds, and each day."""
    after, more = None, True
    while more:
        _tried, _opened, after = open_again(after)
        more = after is not None
