"""A displacement of the sample country: nine hundred people from Ménaka, counted at Labbezanga in three days.

Some of them are registered since. Everything is written through the services that the pages use, and
once: started again, the same ids change nothing.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

import msgspec
from django.utils import timezone

from openmidas.crossings.inspection import Direction, Purpose
from openmidas.crossings.models import Crossing
from openmidas.displacements.entries import Cause, Need, People, Special
from openmidas.displacements.services import Count, Opening, count, mark, open_displacement
from openmidas.journal import Actor
from openmidas.nodes.identity import this_node
from openmidas.posts.models import Officer
from openmidas.web.demo.country import DemoPost
from openmidas.web.demo.happenings import incident_id

FOLDER = "labbezanga"
BEGAN_BEFORE = timedelta(days=3)
REGISTERED = 120
"""How many at most are registered when the demonstration begins."""


class Arrival(msgspec.Struct, frozen=True, kw_only=True):
    """People who were counted together, how long before the demonstration began."""

    ago: timedelta
    lasted: timedelta
    people: People
    special: Special = Special()
    needs: tuple[Need, ...] = ()
    about: bool = False


ARRIVALS = (
    Arrival(
        ago=timedelta(days=2, hours=20),
        lasted=timedelta(hours=4),
        people=People(unseen=140),
        needs=(Need.WATER, Need.FOOD),
        about=True,
    ),
    Arrival(
        ago=timedelta(days=1, hours=22),
        lasted=timedelta(hours=5),
        people=People(women=84, men=41, girls=66, boys=59, children=12),
        special=Special(unaccompanied=5, wounded=3, pregnant=9, elderly=17),
        needs=(Need.WATER, Need.FOOD, Need.MEDICAL),
    ),
    Arrival(
        ago=timedelta(hours=23),
        lasted=timedelta(hours=6),
        people=People(women=101, men=52, girls=79, boys=74, children=8),
        special=Special(unaccompanied=7, wounded=6, pregnant=8, elderly=21, disabled=4),
        needs=(Need.WATER, Need.FOOD, Need.SHELTER, Need.MEDICAL),
    ),
    Arrival(
        ago=timedelta(hours=4),
        lasted=timedelta(hours=2),
        people=People(women=58, men=37, girls=46, boys=43),
        special=Special(unaccompanied=2, elderly=11, disabled=2),
        needs=(Need.WATER, Need.SHELTER, Need.TRANSPORT),
    ),
)


def let_flee(post: DemoPost, began: int) -> int:
    """Write the displacement of this post; how many people were counted: none at any other post.

    ``began``: in milliseconds since 1970.
    """
    if post.folder != FOLDER:
        return 0
    teller = Officer.objects.get(username=post.second_line.username, post=post.id)
    actor = Actor(teller.id, teller.roles[0])
    start = datetime.fromtimestamp(began / 1000, UTC)
    id = _id(f"{post.id}/{began}")
    told = Opening(
        origin="Ménaka",
        destination="Labbezanga",
        since=timezone.localdate(start - BEGAN_BEFORE),
        cause=Cause.CONFLICT,
        direction=Direction.EXIT,
        incident=incident_id(post, began, 0),
        words="À pied et en charrette, par la piste d’Ansongo.",
    )
    open_displacement(actor, id, told)
    for number, arrival in enumerate(ARRIVALS):
        count(actor, id, _id(f"{post.id}/{began}/{number}"), _count(arrival, start))
    mark(actor, id, _registered(start))
    return sum(_count(arrival, start).number for arrival in ARRIVALS)


def _count(arrival: Arrival, start: datetime) -> Count:
    until = start - arrival.ago
    return Count(
        people=arrival.people,
        special=arrival.special,
        needs=arrival.needs,
        since=until - arrival.lasted,
        until=until,
        about=arrival.about,
    )


def _registered(start: datetime) -> list[UUID]:
    """Those of them who have crossed: the last who said that they fled."""
    fled = Crossing.objects.filter(
        node=this_node().id,
        purpose=Purpose.DISPLACEMENT,
        direction=Direction.EXIT,
        at__gte=start - BEGAN_BEFORE,
        at__lt=start,
    )
    return list(fled.order_by("-at", "-id").values_list("id", flat=True)[:REGISTERED])


def _id(name: str) -> UUID:
    return uuid5(UUID(int=0), f"openmidas/demo/displacement/{name}")
