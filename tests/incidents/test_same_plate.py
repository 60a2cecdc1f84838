"""The rule of plates: on which registrations it raises, once for a pair, and what an erasure takes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.utils import translation

from openmidas.crossings import services as lane
from openmidas.crossings.conveyances import services as buses
from openmidas.crossings.conveyances.models import OpenedConveyance
from openmidas.crossings.erasing import places_of_crossing
from openmidas.crossings.ids import issue_id
from openmidas.crossings.inspection import Conveyance, Direction
from openmidas.incidents import services
from openmidas.incidents.entries import Outcome
from openmidas.incidents.linking import Links
from openmidas.incidents.models import Incident, IncidentLink, IncidentStep
from openmidas.incidents.page import incident_page
from openmidas.incidents.publishing import publish_incident_rules, rules_in_use
from openmidas.incidents.raising.plates import raise_same_plates
from openmidas.journal import Actor
from openmidas.journal.models import new_id
from openmidas.journal.rebuild import rebuild
from tests.conftest import HQ, POST
from tests.crossings.conftest import paper, publish, rules_of, years_ago
from tests.crossings.test_erasing import erase
from tests.incidents.conftest import Place
from tests.support.cast import at_node
from tests.support.tables import all_rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def hq(place: Place) -> Iterator[Place]:
    with at_node(HQ):
        yield place


def opened(place: Place, *, days_ago: float = 0, **said: Any) -> UUID:
    """A vehicle stands before Kourémalé: a bus of Sonef, if nothing else is said."""
    usual: dict[str, Any] = {
        "what": Conveyance.BUS,
        "plate": "AB-1234-RM",
        "company": "Sonef",
        "direction": Direction.ENTRY,
    }
    id = issue_id()
    with at_node(POST):
        buses.open_conveyance(place.aminata, id, buses.Opening(**(usual | said)))
    row = OpenedConveyance.objects.get(id=id)
    OpenedConveyance.objects.filter(id=id).update(at=row.at - timedelta(days=days_ago))
    return id


def test_two_kinds_raise_an_incident_once_that_links_the_plate(hq: Place) -> None:
    opened(hq, days_ago=3)
    opened(hq, days_ago=2, what=Conveyance.TRUCK, plate="ab 1234 rm", company="Awa Diallo")
    opened(hq, days_ago=1)
    assert raise_same_plates() == 1
    assert raise_same_plates() == 0
    row = Incident.objects.get()
    assert (row.node, row.post, row.kind, row.severity) == (HQ, POST, "border", "medium")
    assert (row.rule, row.edition) == ("same_plate", rules_in_use().edition)
    assert IncidentLink.objects.get().plate == "AB 1234 RM"
    with translation.override("fr"):
        why = incident_page(row).why
    assert "Bus à Kourémalé" in why
    assert "Camion à Kourémalé" in why
    for nothing_of in ("Awa", "Sonef", "1234"):
        assert nothing_of not in why


def test_two_companies_of_a_bus_raise_one(hq: Place) -> None:
    opened(hq, days_ago=1)
    opened(hq, company="Rimbo")
    assert raise_same_plates() == 1
    with translation.override("en"):
        assert "the bus of two companies" in incident_page(Incident.objects.get()).why


def test_each_pair_raises_its_own(hq: Place) -> None:
    opened(hq, days_ago=2)
    opened(hq, days_ago=1, company="Rimbo")
    opened(hq, what=Conveyance.TRUCK)
    assert raise_same_plates() == 2  # bus and lorry are one, whichever company's


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({}, {"company": "SONEF Transport"}),
        ({}, {"company": ""}),
        ({}, {"plate": "AB-1235-RM", "company": "Rimbo"}),
        ({"days_ago": 31}, {"company": "Rimbo"}),
        ({"plate": "X-1"}, {"plate": "X 1", "company": "Rimbo"}),
        # Of a car it may be the owner, a person, who may sell it.
        (
            {"what": Conveyance.CAR, "company": "Awa Diallo"},
            {"what": Conveyance.CAR, "company": "Sekou Camara"},
        ),
    ],
)
def test_raises_nothing_on_what_can_be(
    hq: Place, first: dict[str, Any], second: dict[str, Any]
) -> None:
    opened(hq, **first)
    opened(hq, **second)
    assert raise_same_plates() == 0


def test_a_closed_one_is_not_raised_again(hq: Place) -> None:
    opened(hq, days_ago=1)
    opened(hq, company="Rimbo")
    raise_same_plates()
    services.close(hq.djibril, Incident.objects.get().id, issue_id(), Outcome.NOTHING_FOUND)
    opened(hq)
    assert raise_same_plates() == 0


def test_published_rules_without_it_raise_nothing(hq: Place) -> None:
    opened(hq, days_ago=1)
    opened(hq, company="Rimbo")
    publish_incident_rules('edition = "none"', actor=Actor())
    assert raise_same_plates() == 0


def test_a_plate_too_long_for_a_link_is_linked_by_its_signs(hq: Place) -> None:
    opened(hq, plate="AB - 1234 - 5678 - R")
    opened(hq, plate="AB - 1234 - 5678 - R", company="Rimbo")
    assert raise_same_plates() == 1
    assert IncidentLink.objects.get().plate == "AB12345678R"


@pytest.mark.django_db(transaction=True)
def test_rebuilt_it_is_the_same(hq: Place) -> None:
    opened(hq)
    opened(hq, company="Rimbo")
    raise_same_plates()
    live = all_rows()
    rebuild()
    assert all_rows() == live


class TestErasing:
    @pytest.fixture
    def driver(self, hq: Place) -> UUID:
        """Mariam came in a car; its plate was a bus's at another time. Her crossing."""
        with at_node(POST):
            publish(rules_of(years_ago(0)))
            car = opened(hq, what=Conveyance.CAR, company="Mariam Keita")
            buses.scan_here(hq.aminata, car)
            found = lane.scan(hq.aminata, new_id(), paper())
            lane.admit(hq.aminata, [found.id])
            buses.close_conveyance(hq.aminata, car, "")
        opened(hq)
        assert raise_same_plates() == 1
        return found.id

    def test_the_link_goes_with_whose_car_it_was(self, hq: Place, driver: UUID) -> None:
        with at_node(POST):
            hq.report(links=Links(plates=("AB 1234 RM",)))  # by hand: of what an officer saw
        erase(places_of_crossing(driver))
        row = Incident.objects.get(rule="same_plate")
        assert not IncidentLink.objects.filter(incident=row.id).exists()
        assert IncidentLink.objects.count() == 1
        assert IncidentStep.objects.filter(incident=row.id).count() == 1
        assert raise_same_plates() == 0

    def test_that_of_others_stays(self, hq: Place, driver: UUID) -> None:
        opened(hq, plate="CD 5678", days_ago=1)
        opened(hq, plate="CD 5678", company="Rimbo")
        raise_same_plates()
        erase(places_of_crossing(driver))
        assert IncidentLink.objects.get().plate == "CD 5678"
