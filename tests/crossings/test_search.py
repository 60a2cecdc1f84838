"""Looking up crossings by name or by document number."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from openmidas.crossings import services
from openmidas.crossings.conveyances import services as conveyances
from openmidas.crossings.conveyances.services import Opening
from openmidas.crossings.entries import AdmissionReason, CrossingAdmitted
from openmidas.crossings.inspection import Conveyance, Direction, Document, Traveller
from openmidas.crossings.models import Crossing
from openmidas.crossings.receipts.issuing import number_of
from openmidas.crossings.search import search_crossings
from openmidas.journal.models import new_id
from openmidas.posts import lookups
from openmidas.posts.lookups import Found, Search
from tests.conftest import HQ, POST
from tests.crossings.conftest import AMINATA, paper, scan
from tests.crossings.test_projections import arrive, inspection
from tests.support.cast import at_node
from tests.support.writers import Pen

pytestmark = pytest.mark.usefixtures("post")


def find(text: str, most: int = 20) -> list[Found]:
    return search_crossings(Search(text=text, most=most))


def crosses(raw: str) -> None:
    services.admit(AMINATA, [scan(raw).id])


@pytest.mark.parametrize(
    "text",
    ["Mariam KEÏTA", "keita mariam", "kei mar", "مريم", "SP0000001", "sp 0000-001", "SPOOOOOO1"],
)
def test_a_person_is_found(text: str) -> None:
    crosses(paper())
    if text == "مريم":
        typed = services.type_in(
            AMINATA, new_id(), Traveller(surname="مريم", nationality="MLI"), Document()
        )
        services.admit(AMINATA, [typed.id])
    assert len(find(text)) == 1


@pytest.mark.parametrize("text", ["mariam diallo", "eita", "SP000000", "%", "___", "-- "])
def test_somebody_else_is_not(text: str) -> None:
    crosses(paper())
    assert find(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Maryam Keyta", True),
        ("KEYTA", True),
        ("Diallo", False),
        ("keita 1994", True),
        ("keita 12/08/1994", True),
        ("12.8.1994", True),
        ("1994-08-12", True),
        ("1994-08-13", False),
        ("keita 1995", False),
        ("1994", False),
    ],
)
def test_in_any_spelling_and_by_the_birth(text: str, found: bool) -> None:
    crosses(paper(birth=date(1994, 8, 12)))
    assert bool(find(text)) is found


def test_by_the_day_of_the_crossing() -> None:
    crosses(paper())
    today = timezone.localdate()
    assert [one.name for one in find(today.isoformat())] == ["KEITA MARIAM"]
    assert [one.name for one in find(f"keita {today:%d/%m/%Y}")] == ["KEITA MARIAM"]
    assert not find((today - timedelta(days=1)).isoformat())


def test_as_it_is_written_comes_before_what_sounds_alike() -> None:
    crosses(paper(surname="DIALLO", number="SP0000011"))
    crosses(paper(surname="JALLOH", number="SP0000012"))
    found = find("diallo")
    assert [(one.name, one.alike) for one in found] == [
        ("DIALLO MARIAM", False),
        ("JALLOH MARIAM", True),
    ]


def test_a_plate_finds_the_bus_and_who_came_with_it() -> None:
    bus = new_id()
    opening = Opening(what=Conveyance.BUS, plate="AO 1204-MD", direction=Direction.ENTRY)
    conveyances.open_conveyance(AMINATA, bus, opening)
    conveyances.scan_here(AMINATA, bus)
    crosses(paper())
    conveyances.leave_lane(AMINATA)
    crosses(paper(number="SP0000099", surname="DIALLO"))
    for text in ("ao1204md", "A0-12O4 md"):
        there, traveller = find(text)
        assert (there.name, there.url) == ("AO 1204-MD", f"/conveyances/{bus}/")
        assert traveller.name == "KEITA MARIAM"
    assert find("AO 1204") == []


@pytest.mark.parametrize("node", [POST, HQ])
def test_the_number_of_a_receipt_finds_the_crossing(node: UUID) -> None:
    crosses(paper())
    crosses(paper(number="SP0000099", surname="DIALLO"))
    crossing = Crossing.objects.get(surname="KEITA")
    with at_node(node):
        for text in (number_of(crossing), number_of(crossing).lower(), str(crossing.id)):
            assert [one.name for one in find(text)] == ["KEITA MARIAM"]
        assert find(str(new_id())) == []


def test_what_is_told() -> None:
    crosses(paper())
    (found,) = find("keita")
    assert (found.name, found.document) == ("KEITA MARIAM", "MLI SP0000001")
    assert (found.nationality, found.where) == ("MLI", "Kourémalé, 1")
    assert found.what


def test_the_newest_first_and_no_more_than_asked_for() -> None:
    for number in range(3):
        crosses(paper(number=f"SP000001{number}"))
    numbers = [found.document[-1] for found in find("keita", most=2)]
    assert numbers == ["2", "1"]


def test_a_post_finds_its_own_and_the_hq_all() -> None:
    crosses(paper())
    elsewhere = Pen()
    elsewhere.write(
        CrossingAdmitted(inspection=inspection(surname="KEITA"), reason=AdmissionReason.CLEAR)
    )
    arrive(elsewhere)
    with at_node(POST):
        assert len(find("keita")) == 1
    with at_node(HQ):
        assert len(find("keita")) == 2


def test_look_ups_ask_it() -> None:
    assert search_crossings in lookups._searches
