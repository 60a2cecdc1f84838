"""A bus of the sample country whose manifest is wrong: two on it did not come, one came who is not on it.

Behind it comes a car with the plate of the bus, for the rule that sees one plate twice.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction
from msgspec.structs import replace

from openmidas.crossings import services
from openmidas.crossings.conveyances.entries import ManifestLine, Source
from openmidas.crossings.conveyances.models import OpenedConveyance
from openmidas.crossings.conveyances.services import (
    Opening,
    close_conveyance,
    give_manifest,
    name_driver,
    open_conveyance,
    scan_here,
)
from openmidas.crossings.ids import issue_id
from openmidas.crossings.inspection import Conveyance, Direction
from openmidas.documents import PartialDate
from openmidas.journal import Actor
from openmidas.nodes.identity import this_node
from openmidas.posts.models import Officer
from openmidas.posts.roles import Role
from openmidas.web.demo.country import DemoPost
from openmidas.web.demo.specimens import Specimen

SURNAMES = ("SANOGO", "KONATE", "DEMBELE", "BAGAYOKO", "FOFANA", "DIAKITE")
GIVEN_NAMES = ("ADAMA", "BINTOU", "CHEICK", "DJENEBA", "FANTA")
SPELLED = {"SANOGO": "Sanogho", "KONATE": "Konaté", "DEMBELE": "Dembélé", "DIAKITE": "Jakité"}
"""As the company's clerk writes some of them."""
NOT_THERE = (4, 17)
NOTE = "Deux sont restés à la gare routière ; une passagère est montée en route."


@transaction.atomic
def bring_bus(post: DemoPost) -> int:
    """At a post: let a bus come, once; how many were scanned. Raises `Refused` where its lane is taken."""
    officer = Officer.objects.filter(username=post.officers[0].username, post=post.id).first()
    if officer is None or OpenedConveyance.objects.filter(node=this_node().id).exists():
        return 0
    actor, conveyance = Actor(officer.id, Role.PRIMARY, post.lanes[0]), issue_id()
    people = _passengers(post)
    open_conveyance(actor, conveyance, _opening(post))
    give_manifest(actor, conveyance, issue_id(), Source.CSV, [_line(one) for one in people])
    scan_here(actor, conveyance)
    others = [_person(post, 98, "DIABATE", "OUSMANE"), _person(post, 99, "SOUMARE", "KADIDIA")]
    came = [*others, *(one for at, one in enumerate(people) if at not in NOT_THERE)]
    scanned = [services.scan(actor, issue_id(), one.mrz(), group=True).id for one in came]
    services.admit(actor, scanned)
    name_driver(actor, conveyance, scanned[0])
    close_conveyance(actor, conveyance, NOTE)
    _bring_its_double(actor, post)
    return len(scanned)


def _bring_its_double(actor: Actor, post: DemoPost) -> None:
    """A car with the plate of the bus, and who drives it."""
    car, driver = issue_id(), _person(post, 97, "BERTHE", "SIDIKI")
    said = replace(_opening(post), what=Conveyance.CAR, company="", seats=5)
    open_conveyance(actor, car, said)
    scan_here(actor, car)
    scanned = services.scan(actor, issue_id(), driver.mrz()).id
    services.admit(actor, [scanned])
    name_driver(actor, car, scanned)
    close_conveyance(actor, car)


def _opening(post: DemoPost) -> Opening:
    return Opening(
        what=Conveyance.BUS,
        plate=f"BK-{post.traffic.digit}482-MD",
        direction=Direction.ENTRY,
        company="Djoliba Voyages (fictive)",
        origin=post.traffic.beyond[0],
        destination=post.traffic.home[0],
        seats=55,
    )


def _passengers(post: DemoPost) -> list[Specimen]:
    names = [(surname, given) for surname in SURNAMES for given in GIVEN_NAMES]
    return [_person(post, at, *name) for at, name in enumerate(names)]


def _person(post: DemoPost, at: int, surname: str, given: str) -> Specimen:
    return Specimen(
        surname=surname,
        given_names=given,
        number=f"SP{post.traffic.digit}9900{at:02}",
        birth=date(1965 + at % 30, 1 + at % 12, 1 + at % 28),
        sex="F" if given in {"BINTOU", "DJENEBA", "FANTA", "KADIDIA"} else "M",
    )


def _line(one: Specimen) -> ManifestLine:
    """As a clerk writes it: two in three without the number, by the year of birth."""
    name = f"{one.given_names.title()} {SPELLED.get(one.surname, one.surname.title())}"
    if int(one.number[-2:]) % 3 == 0:
        return ManifestLine(name=name, number=one.number, nationality=one.state)
    return ManifestLine(name=name, birth=PartialDate(year=one.birth.year))
