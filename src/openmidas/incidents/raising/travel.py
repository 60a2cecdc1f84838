"""At the HQ: the same document at two posts, faster than a car can go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from itertools import pairwise
from math import asin, cos, radians, sin, sqrt
from uuid import UUID

from django.db.models import Count
from django.utils import timezone

from openmidas.crossings.models import Crossing, Recorded
from openmidas.crossings.overview import post_names
from openmidas.incidents.entries import Told
from openmidas.incidents.linking import Links
from openmidas.incidents.publishing import rules_in_use
from openmidas.incidents.raising.raising import Cause, raise_once
from openmidas.incidents.rules import ImpossibleTravel
from openmidas.incidents.services import milliseconds
from openmidas.nodes.services import node_time
from openmidas.posts.models import Post

CODE = "impossible_travel"
EARTH_KILOMETRES = 6371.0

Place = tuple[float, float]
Pair = tuple[Crossing, Crossing]


def raise_impossible_travel() -> int:
    """Raise an incident for each pair of crossings that no car could have made; how many.

    Crossings that were written down later are left out: their times are those of a register.
    """
    rules = rules_in_use()
    rule = rules.impossible_travel
    if rule is None:
        return 0
    places = places_of_posts()
    return sum(
        raise_once(CODE, rule, _cause(pair, rule, places), edition=rules.edition) is not None
        for pair in _pairs(rule)
        if too_fast(pair, rule, places)
    )


def too_fast(pair: Pair, rule: ImpossibleTravel, places: Mapping[UUID, Place]) -> bool:
    """Whether no car could have made both crossings, by the posts' places and the rule's bounds."""
    first, second = pair
    if first.node not in places or second.node not in places:
        return False
    far = kilometres(places[first.node], places[second.node])
    taken = second.at - first.at + timedelta(minutes=rule.minutes_of_grace)
    return far >= rule.kilometres and timedelta(hours=far / rule.kilometres_per_hour) > taken


def kilometres(one: Place, other: Place) -> float:
    """How far two places (latitude, longitude in degrees) are apart as the crow flies (haversine)."""
    (north, east), (to_north, to_east) = (tuple(map(radians, place)) for place in (one, other))
    half = sin((to_north - north) / 2) ** 2
    half += cos(north) * cos(to_north) * sin((to_east - east) / 2) ** 2
    return 2 * EARTH_KILOMETRES * asin(min(1.0, sqrt(half)))


def places_of_posts() -> dict[UUID, Place]:
    """Where the posts are that have a place."""
    laid_out = Post.objects.exclude(latitude=None).exclude(longitude=None)
    found = laid_out.values_list("id", "latitude", "longitude")
    return {id: (float(north or 0), float(east or 0)) for id, north, east in found}


def _pairs(rule: ImpossibleTravel) -> Iterator[Pair]:
    """Crossings of one document at two posts that follow each other."""
    since = node_time() - timedelta(days=rule.days)
    lately = Crossing.objects.filter(at__gte=since, recorded=Recorded.LIVE)
    known = lately.exclude(document_key="").exclude(document_issuer="").order_by()
    grouped = known.values_list("document_key", "document_issuer")
    moved = grouped.annotate(posts=Count("node", distinct=True)).filter(posts__gt=1)
    for key, issuer, _posts in moved:
        of_one = known.filter(document_key=key, document_issuer=issuer).defer("inspection")
        rows = list(of_one.order_by("at", "id"))
        yield from (pair for pair in pairwise(rows) if pair[0].node != pair[1].node)


def _cause(pair: Pair, rule: ImpossibleTravel, places: Mapping[UUID, Place]) -> Cause:
    first, second = pair
    names = post_names()
    far = kilometres(places[first.node], places[second.node])
    return Cause(
        key=(str(first.id), str(second.id)),
        post=second.node,
        said={
            "first": names.get(first.node, "–")[:120],
            "first_at": f"{timezone.localtime(first.at):%Y-%m-%d %H:%M}",
            "second": names.get(second.node, "–")[:120],
            "second_at": f"{timezone.localtime(second.at):%Y-%m-%d %H:%M}",
            "km": str(int(far)),
            "minutes": str(int((second.at - first.at).total_seconds() // 60)),
            "limit": str(rule.kilometres_per_hour),
        },
        told=Told(happened_at=milliseconds(second.at)),
        links=Links(crossings=(first.id, second.id)),
    )
