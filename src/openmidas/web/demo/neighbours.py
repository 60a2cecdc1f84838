"""Who lives at Kourémalé in the sample country, and a herd that passes: invented, like all of it."""

from __future__ import annotations

from uuid import UUID, uuid5

from openmidas.crossings.cards import CardEnd
from openmidas.crossings.inspection import Direction, Traveller
from openmidas.declarations.entries import (
    Animal,
    Animals,
    Certificate,
    GoodsDeclared,
    GoodsKind,
    HerdDeclared,
    Load,
    Unit,
    Vaccinated,
)
from openmidas.declarations.models import Declaration
from openmidas.declarations.services import Declarer, declare
from openmidas.documents import PartialDate
from openmidas.journal import Actor
from openmidas.nodes.identity import this_node
from openmidas.posts.models import Officer
from openmidas.residents.entries import Fact, ResidentKind
from openmidas.residents.models import Resident
from openmidas.residents.services import Registration, register, revoke
from openmidas.web.demo.country import DemoPost

AT = ("kouremale", "kouremale-guinee")
"""The folders of the posts of the village that is cut in two."""
RESIDENTS = (
    ("Sira Doumbia", "F", 1974, "MLI", "Kourémalé"),
    ("Fanta Camara", "F", 1988, "GIN", "Kourémalé"),
    ("Moussa Keïta", "M", 1961, "MLI", "Kourémalé"),
    ("Djénéba Traoré", "F", 1995, "MLI", "Nafadji"),
    ("Ousmane Condé", "M", 1983, "GIN", "Niandan Koro"),
    ("Aïssata Sidibé", "F", 2001, "MLI", "Kourémalé"),
    ("Bakary Coulibaly", "M", 1957, "MLI", "Balamansala"),
    ("Mariama Bah", "F", 1979, "GIN", "Doko"),
)
DRIVERS = (
    ("Lamine Keïta", 1999, "MLI", "SP1024"),
    ("Sékou Kourouma", 1996, "GIN", "SP2207"),
    ("Adama Samaké", 2003, "MLI", "SP3391"),
)
QUESTIONS = (
    Fact(question="Prénom de la grand-mère", answer="Djeneba"),
    Fact(question="Couleur de la porte", answer="Bleue"),
)
REVOKED = 3
"""Which of the residents has lost the card."""


def settle(post: DemoPost) -> int:
    """Register who lives at this post, and declare what passes, once; how many residents there are.

    Raises `Officer.DoesNotExist` as long as the officers of the post have not arrived.
    """
    if post.folder not in AT:
        return 0
    primary = Officer.objects.get(username=post.simulated.username, post=post.id)
    actor = Actor(primary.id, primary.roles[0])
    people = [
        _resident(name, sex, born, nationality, village)
        for name, sex, born, nationality, village in RESIDENTS
    ]
    people += [_driver(*driver) for driver in DRIVERS]
    for number, said in enumerate(people):
        id = _id(post, f"resident/{number}")
        if not Resident.objects.filter(id=id).exists():
            row = register(actor, id, said)
            if number == REVOKED:
                revoke(actor, row.id, CardEnd.LOST)
    _pass(post, actor)
    return Resident.objects.filter(node=this_node().id).count()


def _resident(name: str, sex: str, born: int, nationality: str, village: str) -> Registration:
    return Registration(
        kind=ResidentKind.RESIDENT,
        traveller=Traveller(
            surname=name, sex=sex, birth=PartialDate(year=born), nationality=nationality
        ),
        village=village,
        facts=QUESTIONS if born < 1980 else (),
    )


def _driver(name: str, born: int, nationality: str, plate: str) -> Registration:
    return Registration(
        kind=ResidentKind.DRIVER,
        traveller=Traveller(
            surname=name, sex="M", birth=PartialDate(year=born), nationality=nationality
        ),
        village="Kourémalé",
        plate=plate,
    )


def _pass(post: DemoPost, actor: Actor) -> None:
    """A herd on its way south, one without papers, and a motorcycle with rice."""
    herd = HerdDeclared(
        declaration=_id(post, "herd"),
        direction=Direction.EXIT,
        animals=(Animals(kind=Animal.CATTLE, number=120), Animals(kind=Animal.DONKEYS, number=2)),
        herders=4,
        origin="Kangaba",
        destination="Siguiri",
        route="Narena, Niagassola",
        vaccinated=Vaccinated.YES,
    )
    certificate = Certificate(
        number="SP-CIT-00412", issuer="Service vétérinaire, Kangaba", day="2026-10-12"
    )
    sheep = HerdDeclared(
        declaration=_id(post, "sheep"),
        direction=Direction.ENTRY,
        animals=(Animals(kind=Animal.SHEEP, number=35),),
        herders=1,
        origin="Doko",
        destination="Bamako",
    )
    rice = GoodsDeclared(
        declaration=_id(post, "rice"),
        direction=Direction.ENTRY,
        goods=(Load(kind=GoodsKind.FOOD, quantity=6, unit=Unit.BAG),),
        origin="Siguiri",
    )
    here = Declaration.objects.filter(node=this_node().id)
    told = (
        (herd, Declarer(owner="Bocar Diallo", certificate=certificate)),
        (sheep, None),
        (rice, None),
    )
    for said, declarer in told:
        if not here.filter(id=said.declaration).exists():
            declare(actor, said, declarer)


def _id(post: DemoPost, name: str) -> UUID:
    return uuid5(post.id, f"openmidas/demo/{name}")
