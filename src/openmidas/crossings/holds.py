"""What keeps a traveller from being refused, as rooms above know it. They register themselves::

register_hold(not_to_be_refused)
"""

from __future__ import annotations

from collections.abc import Callable

from openmidas.crossings.models import Crossing

Hold = Callable[[Crossing], bool]

_holds: list[Hold] = []


def register_hold(hold: Hold) -> None:
    """A higher room knows of travellers whom nobody refuses yet; registering twice does nothing."""
    if hold not in _holds:
        _holds.append(hold)


def may_be_refused(crossing: Crossing) -> bool:
    """Whether nothing in a room above keeps this traveller from being refused."""
    return not any(hold(crossing) for hold in _holds)
