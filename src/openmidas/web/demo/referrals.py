"""People in need of the sample country: a child alone, somebody who asks for asylum, and who reads of them.

Like all of the demonstration they are invented, and so is everybody who is called.
"""

from __future__ import annotations

import re
from itertools import count

from openmidas.cases.referrals.models import Referral
from openmidas.cases.referrals.pathways import Consent, sample_pathways
from openmidas.cases.referrals.publishing import in_force, publish_pathways
from openmidas.cases.referrals.services import Begun, Taken, begin, take_step
from openmidas.crossings.models import Crossing
from openmidas.journal import Actor
from openmidas.journal.models import new_id
from openmidas.nodes.identity import this_node
from openmidas.posts.compartments import let_in
from openmidas.posts.entries import Compartment
from openmidas.posts.models import Officer
from openmidas.posts.roles import Role
from openmidas.web.demo.country import DemoPost, DemoState

MEMBERS = {
    Role.SECOND_LINE: (Compartment.CHILD, Compartment.MEDICAL, Compartment.OTHER),
    Role.HEAD_OF_POST: (Compartment.CHILD, Compartment.TRAFFICKING, Compartment.ASYLUM),
    Role.OVERSIGHT: (Compartment.CHILD, Compartment.TRAFFICKING),
}
"""Who is in which compartment: nobody in all of them."""
CHILD = {
    "name": "Oumou",
    "sex": "F",
    "born": "environ 11 ans",
    "origin": "Djibo",
    "family": "Une tante à Bamako, sans téléphone",
    "companion": "Personne",
    "language": "Fulfulde",
    "needs": "Repas, couverture",
    "circumstances": "Laissée à la gare routière par un transporteur.",
}
CLAIM = {
    "name": "Idriss (nom d'usage)",
    "sex": "M",
    "born": "1991",
    "nationality": "Non dite à l'accueil",
    "language": "Arabe, un peu de français",
    "circumstances": "« Je ne peux pas rentrer, ils cherchent ma famille. »",
}


def seed_pathways(state: DemoState) -> None:
    """At the HQ: publish the sample pathways with telephones that nobody has, and let officers in."""
    node, numbers = Actor(), count(1)
    text = re.sub(
        r"(call = \{ organisation = )",
        lambda found: f'call = {{ telephone = "+000 00 00 {next(numbers):04}", organisation = ',
        sample_pathways(),
    )
    text = text.replace("À compléter", "Jour et nuit").replace("To be filled in", "Day and night")
    publish_pathways(text, actor=node)
    for place in state.nodes:
        for one in place.officers:
            officer = Officer.objects.get(username=one.username, post=place.id)
            for compartment in MEMBERS.get(one.role, ()):
                let_in(node, officer.id, compartment)


def refer_some(post: DemoPost) -> None:
    """At a post: refer two travellers of its history, once, where it knows by which pathway."""
    officer = Officer.objects.filter(username=post.second_line.username).first()
    done = Referral.objects.filter(node=this_node().id).exists()
    if done or officer is None or in_force() is None:
        return
    actor = Actor(officer.id, Role.SECOND_LINE)
    here = Crossing.objects.filter(node=this_node().id).order_by("-at", "-id")
    child = here.filter(age_group__in=("5-11", "12-17")).first()
    grown = here.filter(age_group="18-59", sex="M").first()
    if child is not None:
        consent, why = Consent.BEST_INTERESTS, "Aucun tuteur joignable"
        begun = Begun(
            referral=new_id(), compartment=Compartment.CHILD, consent=consent, why=why, data=CHILD
        )
        begin(actor, child.id, begun)
        reached = Taken(note=new_id(), step=2, reached="Mme Diarra, travailleuse sociale (fictive)")
        take_step(actor, begun.referral, reached)
    if grown is not None:
        begun = Begun(
            referral=new_id(), compartment=Compartment.ASYLUM, consent=Consent.PERSON, data=CLAIM
        )
        begin(actor, grown.id, begun)
