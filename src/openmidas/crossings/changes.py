"""Rooms above that keep something up to date with every crossing register here.

::

    @on_change
    def count(before: Crossing | None, after: Crossing) -> None: ...

Called inside the transaction that changes the row, while the tables follow a journal and while they
are rebuilt: what is kept from it is made again by the same entries.
"""

from __future__ import annotations

from collections.abc import Callable

from openmidas.crossings.models import Crossing

Follower = Callable[[Crossing | None, Crossing], None]

_followers: list[Follower] = []


def on_change(follower: Follower) -> Follower:
    """Let this function know of every crossing that is made or changed."""
    _followers.append(follower)
    return follower


def tell(before: Crossing | None, after: Crossing) -> None:
    """A crossing is there (``before`` None), or is now other than it was."""
    for follower in _followers:
        follower(before, after)
