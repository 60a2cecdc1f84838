"""A card at the counter: one key, the same lists as for everybody, and what is said of the card."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from openmidas.crossings import services as lane
from openmidas.crossings.card_numbers import make_card_number
from openmidas.crossings.cards import CardEnd
from openmidas.crossings.conveyances import services as conveyances
from openmidas.crossings.ids import issue_id
from openmidas.crossings.inspection import (
    Conveyance,
    Direction,
    Inspection,
    Journey,
    Purpose,
    State,
    Traveller,
)
from openmidas.crossings.models import Crossing
from openmidas.crossings.page import shown_findings
from openmidas.crossings.telling import for_primary
from openmidas.documents import PartialDate
from openmidas.residents import services
from openmidas.residents.models import Resident
from tests.crossings.conveyances.conftest import BUS
from tests.residents.conftest import Village
from tests.support.cast import client_of, english, refusal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages")]


def codes(inspection: Inspection) -> set[str]:
    return {finding.code for finding in inspection.findings}


class TestOneKey:
    def test_the_number_is_enough(self, village: Village) -> None:
        row = village.register()
        inspection = village.crosses(str(row))
        assert "resident_valid" in codes(inspection)
        crossing = Crossing.objects.get()
        assert (crossing.id, crossing.surname, crossing.document_number) == (
            inspection.id,
            "Doumbia Sira",
            row.number,
        )

    def test_statistics_keep_residents_apart(self, village: Village) -> None:
        village.crosses(village.register().number, purpose=Purpose.TRADE, conveyance=Conveyance.CAR)
        crossing = Crossing.objects.get()
        assert (crossing.purpose, crossing.how_read, crossing.conveyance) == (
            "resident",
            "resident",
            "car",
        )

    def test_a_driver_crosses_on_the_motorcycle(self, village: Village) -> None:
        inspection = village.crosses(village.driver().number)
        assert inspection.journey.conveyance is Conveyance.MOTORCYCLE
        assert "driver_valid" in codes(inspection)

    def test_and_not_with_the_bus_that_stands_at_the_lane(self, village: Village) -> None:
        bus = issue_id()
        conveyances.open_conveyance(village.aminata, bus, BUS)
        conveyances.scan_here(village.aminata, bus)
        assert village.crosses(village.driver().number).conveyance_id is None
        assert village.crosses(village.register().number).conveyance_id == bus

    def test_another_direction_of_the_lane_changes_the_direction_alone(
        self, village: Village
    ) -> None:
        village.shows(village.driver().number)
        (again,) = lane.set_journey(village.aminata, Journey(direction=Direction.EXIT))
        assert again.journey == Journey(
            direction=Direction.EXIT,
            purpose=Purpose.RESIDENT,
            conveyance=Conveyance.MOTORCYCLE,
        )

    def test_coming_back_at_once_is_nothing_strange(self, village: Village) -> None:
        card = village.driver().number
        village.crosses(card, direction=Direction.ENTRY)
        assert "same_document" not in codes(village.crosses(card, direction=Direction.EXIT))

    def test_twice_in_one_direction_is(self, village: Village) -> None:
        card = village.driver().number
        village.crosses(card)
        assert "same_document" in codes(village.shows(card))

    def test_nothing_is_asked_that_is_asked_of_a_passport(self, village: Village) -> None:
        found = codes(village.shows(village.register(traveller=_guinean()).number))
        assert not found & {"no_document", "document_unreadable", "lost_not_asked", "no_entry_here"}

    def test_no_stay_is_counted(self, village: Village) -> None:
        assert village.shows(village.register(traveller=_guinean()).number).stay is None


class TestWhatIsSaid:
    def test_a_lapsed_card_is_looked_at(self, village: Village) -> None:
        row = village.register()
        Resident.objects.update(until=row.at.date() - timedelta(days=1))
        inspection = village.shows(row.number)
        assert "resident_lapsed" in codes(inspection)
        assert inspection.state is State.LOOK

    def test_a_revoked_card_is_told_with_its_reason(self, village: Village) -> None:
        row = village.register()
        services.revoke(village.coumba, row.id, CardEnd.LOST)
        inspection = village.shows(row.number)
        assert inspection.state is State.LOOK
        assert inspection.journey.purpose is not Purpose.RESIDENT
        told = [one for one in shown_findings((inspection,), for_primary) if one.look == "look"]
        page = english(client_of(village.cast.aminata)).get("/counter/").content.decode()
        assert told
        assert "Border resident’s card revoked" in page
        assert "lost or stolen" in page

    def test_a_slip_and_a_foreign_card_are_told_apart(self, village: Village) -> None:
        number = village.register().number
        with refusal("card.mistyped"):
            village.shows(number[:-1] + str((int(number[-1]) + 1) % 10))
        with refusal("card.unknown"):
            village.shows(
                make_card_number(1) if number != make_card_number(1) else make_card_number(2)
            )

    def test_a_card_that_was_erased_meanwhile_is_told(self, village: Village) -> None:
        village.shows(village.register().number)
        Resident.objects.all().delete()
        (again,) = lane.set_journey(village.aminata, Journey(direction=Direction.EXIT))
        assert "resident_gone" in codes(again)


class TestTyping:
    @pytest.mark.parametrize("field", ["number", "names"])
    def test_the_number_may_be_typed_into_the_form(self, village: Village, field: str) -> None:
        row = village.register()
        answer = client_of(village.cast.aminata).post(
            reverse("counter-type"), {"id": issue_id(), field: str(row)}
        )
        assert answer.status_code == 200
        assert lane.standing("1")[0].document.number == row.number


def _guinean() -> Traveller:
    return Traveller(
        surname="Bah Aissatou", birth=PartialDate(year=1990), sex="F", nationality="GIN"
    )
