"""A bus of sixty: two of the manifest do not come, one comes who is not on it."""

from __future__ import annotations

from datetime import date

from openmidas.crossings.conveyances.services import Opening
from openmidas.crossings.inspection import Conveyance, Direction
from tests.crossings.conftest import bare_post, paper, post  # noqa: F401

BUS = Opening(
    what=Conveyance.BUS,
    plate="AB-1234-RM",
    direction=Direction.ENTRY,
    company="Sonef",
    origin="Bamako",
    destination="Siguiri",
    seats=62,
)
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
