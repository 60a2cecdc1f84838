"""Health at the border of the sample country: definitions in force, and a cluster of fever at one post.

Like all of the demonstration the travellers are invented, and so is what they have.
"""

from __future__ import annotations

from collections import defaultdict

from openmidas.crossings.ids import issue_id
from openmidas.crossings.models import Crossing
from openmidas.health.definitions import Symptom, sample_definitions
from openmidas.health.entries import Contact, Visit, Word
from openmidas.health.models import HealthCheck
from openmidas.health.publishing import in_force, publish_definitions
from openmidas.health.services import Checked, answer, check
from openmidas.journal import Actor
from openmidas.nodes.identity import this_node
from openmidas.posts.compartments import compartments_of
from openmidas.posts.entries import Compartment
from openmidas.posts.models import Officer
from openmidas.posts.roles import Role
from openmidas.web.demo.country import DemoPost

POST = "kouremale"
"""The post with the cluster, by its folder."""
LOOKED_AT = 300
FOUND: tuple[tuple[float, tuple[Symptom, ...], Contact], ...] = (
    (38.4, (Symptom.HEADACHE,), Contact.UNKNOWN),
    (38.9, (Symptom.FEVER, Symptom.RASH), Contact.NO),
    (38.1, (Symptom.FEVER, Symptom.COUGH), Contact.NO),
)
"""What the thermometer says: of three, and of one of them a rash."""


def seed_definitions() -> None:
    """At the HQ: publish the sample definitions."""
    publish_definitions(sample_definitions(), actor=Actor())


def check_some(post: DemoPost) -> None:
    """At its post: find three travellers from one place with fever, once, where it may be written down."""
    officer = Officer.objects.filter(username=post.second_line.username).first()
    done = HealthCheck.objects.filter(node=this_node().id).exists()
    if post.folder != POST or done or officer is None or in_force() is None:
        return
    if Compartment.MEDICAL not in compartments_of(officer):
        return
    actor = Actor(officer.id, Role.SECOND_LINE)
    for row, (temperature, symptoms, contact) in zip(_from_one_place(), FOUND, strict=False):
        said = Checked(
            check=issue_id(),
            temperature=temperature,
            symptoms=symptoms,
            contact=contact,
            itinerary=(Visit(place=row.origin, days_ago=2),),
        )
        check(actor, row.id, said)
        answer(actor, row.id, issue_id(), Word.STAYS)


def _from_one_place() -> list[Crossing]:
    """The last travellers who came from one place, as many as have fever; none where it is too few."""
    here = Crossing.objects.filter(node=this_node().id).exclude(origin="").exclude(document_key="")
    found: defaultdict[str, dict[str, Crossing]] = defaultdict(dict)
    for row in here.order_by("-at", "-id").defer("inspection")[:LOOKED_AT]:
        found[row.origin].setdefault(row.document_key, row)
        if len(found[row.origin]) == len(FOUND):
            return list(found[row.origin].values())
    return []
