"""What a room above tells of travellers to whoever decides on them: a word or two, and no more.

It registers itself::

    register_signs(health_signs)
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime, time
from uuid import UUID

import msgspec
from django.utils import timezone

from openmidas.crossings.models import Crossing
from openmidas.nodes.identity import this_node
from openmidas.nodes.services import node_day
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
MOST_SENT = 5
"""Of how many the idle lane tells what became of them."""
MOST_ASKED = 200
"""Of how many, the last ones, it is asked whether anything is told of them."""


class SentOn(msgspec.Struct, frozen=True):
    """One whom a lane sent to the second line, by the time alone, and what it is told of them since."""

    at: datetime
    signs: tuple[Sign, ...]


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


def sent_on(lane: str) -> list[SentOn]:
    """Those whom a lane of this post sent on since midnight and of whom something is told."""
    midnight = timezone.make_aware(datetime.combine(node_day(), time.min))
    here = Crossing.objects.filter(node=this_node().id, lane=lane, at__gte=midnight)
    # Who was let cross at the lane itself has no reason of a referral.
    lately = here.exclude(reason="").order_by("-at", "-id")[:MOST_ASKED]
    sent = dict(lately.values_list("id", "at"))
    told = signs_of(sent)
    return [SentOn(at, told[id]) for id, at in sent.items() if id in told][:MOST_SENT]
