"""Shifts of the sample country: the one before the demonstration began, and the one that is on duty.

Everything is written through the services that the pages use, and once: started again, the same ids
change nothing.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

from openmidas.journal import Actor
from openmidas.posts.models import Officer
from openmidas.posts.roles import Role
from openmidas.register import services, writing
from openmidas.register.entries import Duty, Member
from openmidas.register.models import Shift
from openmidas.web.demo.country import DemoPost

BEFORE = timedelta(hours=11)
"""How long before the demonstration the first shift began; it hands over as that begins."""
DUTIES = {
    Role.SECOND_LINE: Duty.IN_CHARGE,
    Role.PRIMARY: Duty.LANE,
    Role.HEAD_OF_POST: Duty.SUPPORT,
}
LINES = (
    (timedelta(hours=3), "Visite du sous-préfet, un quart d’heure ; rien à signaler."),
    (timedelta(hours=7), "Livraison de vingt litres de gasoil pour le groupe électrogène."),
)
NOTE = "Le groupe électrogène s’arrête par moments. Un camion attend ses papiers au parking."


def keep_book(post: DemoPost, began: int) -> int:
    """Write the shifts of this post; how many there are. ``began``: in milliseconds since 1970.

    Raises `openmidas.posts.refusals.Refused` where the demonstration began more than a few hours ago, and
    its book was not begun then.
    """
    team = _team(post)
    actor = Actor(team[0].officer, Role.SECOND_LINE)
    start = datetime.fromtimestamp(began / 1000, UTC)
    first, second = _id(post, began, "first"), _id(post, began, "second")
    services.open_shift(actor, first, team, start - BEFORE)
    for number, (after, words) in enumerate(LINES):
        line = _id(post, began, f"line {number}")
        writing.note_occurrence(actor, line, words, start - BEFORE + after)
    services.hand_over(actor, first, second, team, NOTE)
    return Shift.objects.filter(id__in=(first, second)).count()


def _team(post: DemoPost) -> tuple[Member, ...]:
    """The officers of a post: the first of the second line is in charge, and stands first."""
    charge = post.second_line.username
    ids = dict(Officer.objects.filter(post=post.id).values_list("username", "id"))
    members = []
    for one in post.officers:
        if one.username not in ids:
            raise Officer.DoesNotExist(one.username)
        duty = DUTIES.get(one.role, Duty.SUPPORT)
        if duty is Duty.IN_CHARGE and one.username != charge:
            duty = Duty.SECOND_LINE
        members.append(Member(officer=ids[one.username], duty=duty))
    return tuple(sorted(members, key=lambda one: one.duty is not Duty.IN_CHARGE))


def _id(post: DemoPost, began: int, name: str) -> UUID:
    return uuid5(UUID(int=0), f"openmidas/demo/shift/{post.id}/{began}/{name}")
