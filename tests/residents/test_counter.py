"""A card at the counter: one key, the same lists as for everybody, and what is said of the card."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from openmidas.crossings import services as lane
from openmidas.crossings.card_numbers import make_card_number
from openmidas.crossings.cards import CardEnd
from openmidas.crossings.conveyances import services as conveyances
from openmidas.crossings.entries import Outcome
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
from openmidas.crossings.reading import query_of
from openmidas.crossings.second_line import resolve
from openmidas.crossings.telling import for_primary
from openmidas.documents import PartialDate
from openmidas.residents import services
from openmidas.residents.models import Resident
from tests.crossings.conveyances.conftest import BUS
from tests.crossings.test_lost_documents import publish_lost
from tests.residents.conftest import Village
from tests.support.cast import acting, client_of, english, refusal

pytest_plugins = ("tests.support.lost_fixtures",)
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

    def test_and_the_lane_says_so_whatever_it_remembers(
        self, village: Village, pages: None
    ) -> None:
        village.shows(village.driver().number)
        page = english(client_of(village.cast.aminata)).get("/counter/").content.decode()
        card = page[page.index('<dl class="facts">') :].split("</dl>")[0]
        assert "Border resident, everyday life" in card
        assert "Motorcycle" in card

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

    def test_the_purpose_of_residents_is_no_lanes(self, village: Village) -> None:
        with refusal("request.broken"):
            lane.set_journey(village.aminata, Journey(purpose=Purpose.RESIDENT))
        page = client_of(village.cast.aminata).get("/counter/").content.decode()
        assert 'value="trade"' in page
        assert 'value="resident"' not in page


class TestWhatIsSaid:
    def test_a_lapsed_card_is_looked_at_and_gives_nothing(self, village: Village) -> None:
        row = village.register(traveller=_guinean())
        Resident.objects.update(until=row.at.date() - timedelta(days=1))
        inspection = village.crosses(row.number)
        assert {"resident_lapsed", "no_document"} <= codes(inspection)
        assert inspection.state is State.LOOK
        assert inspection.journey.purpose is not Purpose.RESIDENT
        assert inspection.stay is not None
        assert "stay_left" in codes(village.shows(row.number, direction=Direction.EXIT))

    def test_the_document_of_the_registration_is_screened(self, village: Village) -> None:
        inspection = village.shows(village.register(document="SP0000022").number)
        query = query_of(inspection.traveller, inspection.document)
        assert (query.number, query.number_issuer) == ("SP0000022", "MLI")

    @pytest.mark.usefixtures("no_files")
    def test_nor_is_a_lost_one_passed_over(self, village: Village, tmp_path: Path) -> None:
        publish_lost(tmp_path, "SP0000022")
        inspection = village.shows(village.register(document="SP0000022").number)
        assert "lost_document" in codes(inspection)

    def test_a_revoked_card_is_told_with_its_reason(self, village: Village) -> None:
        row = village.register()
        services.revoke(village.coumba, row.id, CardEnd.LOST)
        inspection = village.shows(row.number)
        assert inspection.journey.purpose is not Purpose.RESIDENT
        assert "no_document" in codes(inspection)
        told = [one for one in shown_findings((inspection,), for_primary) if one.look == "stop"]
        page = english(client_of(village.cast.aminata)).get("/counter/").content.decode()
        assert told
        assert "Border resident’s card revoked" in page
        assert "lost or stolen" in page

    @pytest.mark.parametrize("end", CardEnd)
    def test_a_card_in_other_hands_is_the_second_lines(
        self, village: Village, end: CardEnd
    ) -> None:
        row = village.register()
        services.revoke(village.coumba, row.id, end, "Carte coupée")
        inspection = village.shows(row.number)
        if end not in {CardEnd.LOST, CardEnd.MISUSED, CardEnd.DIED}:
            assert inspection.state is State.LOOK
            return
        assert inspection.state is State.STOP
        with refusal("stop.at_primary"):
            lane.admit(village.aminata, [inspection.id])
        lane.refer(village.aminata, [inspection.id])
        with refusal("admission.without_reason"):
            resolve(acting(village.cast.boubacar), inspection.id, Outcome.ADMITTED)

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

    def test_a_passport_may_have_such_a_number(self, village: Village) -> None:
        number = make_card_number(1)
        for typed in (number, number[:-1] + "9"):
            id = issue_id()
            said = {"id": id, "number": typed, "names": "Bah", "document": "P"}
            answer = client_of(village.cast.aminata).post(reverse("counter-type"), said)
            assert answer.status_code == 200
            (inspection,) = lane.standing("1")
            assert (inspection.document.code, inspection.document.number) == ("P", typed)
            lane.cancel(village.aminata, [id])

    @pytest.mark.parametrize("kind", ["", "O"])
    def test_a_line_of_the_paper_register_knows_a_card(self, village: Village, kind: str) -> None:
        row = village.driver()
        now = timezone.localtime()
        line = {
            "id": issue_id(),
            "day": now.date().isoformat(),
            "time": f"{now:%H:%M}",
            "number": str(row),
            "document": kind,
            "direction": "entry",
            "purpose": "trade",
            "conveyance": "foot",
            "outcome": "admitted",
        }
        client = client_of(village.cast.coumba)
        saved = client.post(reverse("paper-line"), line)
        crossing = Crossing.objects.get()
        assert (crossing.how_read, crossing.purpose, crossing.conveyance, crossing.surname) == (
            "resident",
            "resident",
            "motorcycle",
            row.name,
        )
        assert 'value="resident" selected' not in client.get(saved["Location"]).content.decode()


def _guinean() -> Traveller:
    return Traveller(
        surname="Bah Aissatou", birth=PartialDate(year=1990), sex="F", nationality="GIN"
    )
