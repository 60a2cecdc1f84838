"""Some of those who fled in the sample country, registered one by one today: so many at once that the rule of
surges sees them. The travellers are invented, and so are their papers."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from openmidas.crossings import services
from openmidas.crossings.ids import issue_id
from openmidas.crossings.inspection import Conveyance, Direction, Journey, Purpose
from openmidas.crossings.lanes import hold_lane
from openmidas.crossings.models import Crossing
from openmidas.journal import Actor
from openmidas.nodes.identity import this_node
from openmidas.posts.models import Officer
from openmidas.posts.roles import Role
from openmidas.web.demo.country import DemoPost
from openmidas.web.demo.fleeing import FOLDER
from openmidas.web.demo.specimens import Specimen

SURNAMES = ("AG ALHASSANE", "WALET ATTAHER", "MAIGA", "TOURE", "CISSE", "HAIDARA")
GIVEN_NAMES = (
    *("AICHATA", "FADIMATA", "MARIAMA", "OUMOU", "ZEINABOU"),
    *("ALMOUSTAPHA", "IBRAHIM", "MOHAMED", "SALIF", "YOUSSOUF"),
)
JOURNEY = Journey(
    direction=Direction.EXIT,
    purpose=Purpose.DISPLACEMENT,
    origin="Ménaka",
    destination="Labbezanga",
    conveyance=Conveyance.FOOT,
)
AT_ONCE = len(GIVEN_NAMES)
"""How many stand at the lane together."""


@transaction.atomic
def register_some(post: DemoPost) -> int:
    """At the post of the displacement: register sixty of them, once; how many. Raises `Refused` where its
    lane is taken."""
    officer = Officer.objects.filter(username=post.officers[0].username, post=post.id).first()
    people = [_person(post, number) for number in range(len(SURNAMES) * AT_ONCE)]
    done = Crossing.objects.filter(node=this_node().id, document_key=people[0].number).exists()
    if post.folder != FOLDER or officer is None or done:
        return 0
    actor = Actor(officer.id, Role.PRIMARY, post.lanes[0])
    before = hold_lane(actor).remembered()
    services.set_journey(actor, JOURNEY)
    for start in range(0, len(people), AT_ONCE):
        family = people[start : start + AT_ONCE]
        scanned = [services.scan(actor, issue_id(), one.mrz(), group=True).id for one in family]
        services.admit(actor, scanned)
    services.set_journey(actor, before)
    return len(people)


def _person(post: DemoPost, at: int) -> Specimen:
    which = at % AT_ONCE
    return Specimen(
        surname=SURNAMES[at // AT_ONCE],
        given_names=GIVEN_NAMES[which],
        number=f"SP{post.traffic.digit}9700{at:02}",
        birth=date(1962 + at * 7 % 40, 1 + at % 12, 1 + at % 28),
        sex="F" if which < AT_ONCE // 2 else "M",
    )
