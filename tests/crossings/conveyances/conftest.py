"""A bus of sixty: two of the manifest do not come, one comes who is not on it."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from openmidas.crossings.conveyances import services
from openmidas.crossings.conveyances.entries import ManifestLine, Source
from openmidas.crossings.conveyances.models import Manifest, OpenedConveyance
from openmidas.crossings.conveyances.services import Opening
from openmidas.crossings.ids import issue_id
from openmidas.crossings.inspection import Conveyance, Direction
from openmidas.crossings.models import Crossing
from openmidas.journal import Actor
from openmidas.journal.models import new_id
from openmidas.posts.services import PostLayout, configure_post
from tests.conftest import HQ, POST
from tests.crossings.conftest import admit, bare_post, paper, post, scan  # noqa: F401
from tests.support.cast import Cast, acting, at_node

BUS = Opening(
    what=Conveyance.BUS,
    plate="AB-1234-RM",
    direction=Direction.ENTRY,
    company="Sonef",
    origin="Bamako",
    destination="Siguiri",
    seats=62,
)
OTHER_POST = UUID("01900000-0000-7000-8000-00000000beef")
PAPERS = {"MARIAM": "SP0000001", "OUMOU": "SP0000002", "SALIF": "SP0000003"}
SURNAMES = ("DIALLO", "KEITA", "TRAORE", "COULIBALY", "CAMARA", "SIDIBE")
GIVEN = (
    *("MAMADOU", "AISSATA", "IBRAHIMA", "FATOUMATA", "SEKOU"),
    *("MARIAM", "OUSMANE", "KADIATOU", "BAKARY", "ROKIA"),
)
# As a company's clerk writes what the passport spells otherwise.
OTHERWISE = {"DIALLO": "Jallow", "TRAORE": "Traoré", "COULIBALY": "Kulibali", "CAMARA": "Kamara"}
SIXTY = [(surname, given) for surname in SURNAMES for given in GIVEN]


def birth(at: int) -> date:
    return date(1970 + at % 25, 1 + at % 12, 1 + at % 28)


def number(at: int) -> str:
    return f"SP00{at:05}"


def zone(at: int) -> str:
    """The passport of the traveller at this place of the sixty."""
    surname, given = SIXTY[at]
    return paper(surname=surname, given_names=given, number=number(at), birth=birth(at), sex="M")


def stranger() -> str:
    """The passport of somebody who is on no manifest."""
    return paper(surname="HAIDARA", given_names="ABOUBACRINE", number="SP0099999", sex="M")


def manifest_text() -> str:
    """The manifest: a third with numbers, a third by name and birth, a third in another spelling."""
    lines = []
    for at, (surname, given) in enumerate(SIXTY):
        match at % 3:
            case 0:
                lines.append(f"{given.title()} {surname}; {number(at)}; MLI; {birth(at)}")
            case 1:
                lines.append(f"{surname} {given}; ; Mali; {birth(at):%d/%m/%Y}")
            case _:
                spelled = OTHERWISE.get(surname, surname.title())
                lines.append(f"{given.title()} {spelled}; ; ; {birth(at).year}")
    return "\n".join(lines)


@pytest.fixture
def buses(cast: Cast) -> tuple[OpenedConveyance, OpenedConveyance]:
    """Of one plate: closed at another post an hour ago, and open at Kourémalé."""
    aminata = acting(cast.aminata, "1")
    ids = issue_id(), issue_id()
    with at_node(HQ):
        configure_post(Actor(), OTHER_POST, PostLayout(name="Kourémalé II", lanes=("1",)))
    with at_node(POST):
        for id, given in zip(ids, PAPERS, strict=False):
            services.open_conveyance(aminata, id, BUS)
            lines = [ManifestLine(name="Awa Traore")]
            services.give_manifest(aminata, id, new_id(), Source.TYPED, lines)
            services.scan_here(aminata, id)
            admit(scan(paper(number=PAPERS[given], given_names=given), aminata), actor=aminata)
            if id == ids[0]:
                services.close_conveyance(aminata, id, "Awa stayed behind")
                at = OpenedConveyance.objects.get().at - timedelta(hours=1)
                OpenedConveyance.objects.update(node=OTHER_POST, at=at)
                Crossing.objects.update(node=OTHER_POST)
                Manifest.objects.update(node=OTHER_POST)
    first, second = (OpenedConveyance.objects.get(id=id) for id in ids)
    return first, second
