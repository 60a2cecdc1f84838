"""The map around a post: for picking the point where something happened, and for showing it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import ceil

import msgspec
from django.utils.translation import get_language

from openmidas.incidents.entries import Point
from openmidas.incidents.models import Incident
from openmidas.maps import Surroundings, surroundings
from openmidas.maps.around import Place, kilometres_between
from openmidas.nodes.identity import this_node
from openmidas.posts.models import Post

KILOMETRES = 150
"""How far the map reaches from the post to each side, if no point lies farther."""
BEYOND_THE_POINT = 1.2
STEP = 50
"""Kilometres by which a map is made larger, so that few of them are drawn anew."""
FARTHEST = 1000
"""Kilometres from the post; what lies farther is drawn with its own surroundings."""
LETTER = 11
BESIDE = 12
"""Units of the map that a letter of a post's name takes, and that the name keeps from its mark."""


class Spot(msgspec.Struct, frozen=True):
    """A post on the map. ``before``: its name stands before the mark, where there is room."""

    x: int
    y: int
    name: str
    before: bool


class IncidentMap(msgspec.Struct, frozen=True, kw_only=True):
    """What the page draws. ``at``: where the point is, or nothing; ``start``: where picking begins."""

    drawn: Surroundings
    posts: tuple[Spot, ...]
    at: tuple[int, int] | None
    start: tuple[int, int]

    @property
    def numbers(self) -> dict[str, str]:
        """What the script reckons with, as attributes: no language writes them with a comma."""
        window = self.drawn.window
        names = ("west", "north", "across", "down")
        return {name: repr(getattr(window, name)) for name in names}


def map_to_pick() -> IncidentMap | None:
    """The surroundings of this post; None where nobody has said where it lies."""
    place = _place(Post.objects.filter(id=this_node().id).first())
    return _drawn(place, KILOMETRES, None) if place else None


def map_of(row: Incident) -> IncidentMap | None:
    """The map of an incident that has a point; None for others."""
    place = row.where()
    if place is None or place.point is None:
        return None
    return _map_of_point(place.point, _place(Post.objects.filter(id=row.node).first()))


def _map_of_point(point: Point, post: Place | None) -> IncidentMap:
    at = (point.latitude, point.longitude)
    far = kilometres_between(at, post) * BEYOND_THE_POINT if post else 0
    if post is None or far > FARTHEST:
        return _drawn(at, KILOMETRES, at)
    return _drawn(post, max(KILOMETRES, ceil(far / STEP) * STEP), at)


def _drawn(middle: Place, kilometres: int, at: Place | None) -> IncidentMap:
    state, language = this_node().config.state, get_language() or "fr"
    drawn = surroundings(middle, kilometres, state=state, language=language)
    return IncidentMap(
        drawn=drawn,
        posts=tuple(_spots(drawn, Post.objects.order_by("name"))),
        at=drawn.place(*at) if at else None,
        start=(drawn.side // 2, drawn.side // 2),
    )


def _spots(drawn: Surroundings, posts: Iterable[Post]) -> Iterator[Spot]:
    for post in posts:
        place = _place(post)
        if place and (spot := drawn.place(*place)):
            x, y = spot
            yield Spot(x, y, post.name, before=x + BESIDE + len(post.name) * LETTER > drawn.side)


def _place(post: Post | None) -> Place | None:
    if post is None or post.latitude is None or post.longitude is None:
        return None
    return post.latitude, post.longitude
