"""What a room above tells of travellers to whoever decides on them: a word or two, and no more.

It registers itself::

    register_signs(health_signs)
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from uuid import UUID

import msgspec

from openmidas.posts.models import Officer


class Sign(msgspec.Struct, frozen=True, kw_only=True):
    """One word. ``look``: its style ("look", "clear").

    ``url``, ``more``: where more stands and how that is called, for those who may read it.
    """

    words: str
    look: str
    url: str = ""
    more: str = ""


Signs = Callable[[Collection[UUID], Officer | None], Mapping[UUID, Sign]]

_signs: list[Signs] = []


def register_signs(signs: Signs) -> None:
    """A higher room tells something of crossings from now on; registering twice does nothing."""
    if signs not in _signs:
        _signs.append(signs)


def signs_of(
    crossings: Collection[UUID], officer: Officer | None = None
) -> dict[UUID, tuple[Sign, ...]]:
    """What is told to this officer, None: to anybody, of each of these crossings."""
    found: dict[UUID, tuple[Sign, ...]] = {}
    for signs in _signs:
        for id, sign in signs(crossings, officer).items():
            found[id] = (*found.get(id, ()), sign)
    return found
