"""The pages of displacements: what is typed stays there, what is wrong is told, and what is shown."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from openmidas.crossings.ids import issue_id
from openmidas.crossings.inspection import Purpose
from openmidas.displacements.entries import Need, People, Special
from openmidas.displacements.models import Displacement, DisplacementCount, DisplacementMark
from openmidas.incidents.entries import IncidentKind
from openmidas.journal.models import new_id
from openmidas.nodes.services import node_day
from openmidas.posts.models import Officer
from tests.conftest import HQ
from tests.displacements.conftest import Camp
from tests.support.cast import at_node, client_of, open_case

pytestmark = pytest.mark.usefixtures("pages")


def english(officer: Officer) -> Client:
    client = client_of(officer)
    client.cookies["midas_language"] = "en"
    return client


def a_displacement(**changes: Any) -> dict[str, Any]:
    return {
        "id": str(issue_id()),
        "origin": "Ménaka",
        "destination": "Labbezanga",
        "since": node_day().isoformat(),
        "cause": "conflict",
        "direction": "entry",
        **changes,
    }


def count(client: Client, row: Displacement, **fields: Any) -> HttpResponse:
    posted = {"id": str(issue_id()), **fields}
    answer: Any = client.post(reverse("displacement-count", args=[row.id]), posted)
    return answer  # type: ignore[no-any-return]  # the stubs know a subclass of the test client's


class TestOpening:
    def test_it_opens_with_the_incident_of_the_address(self, camp: Camp) -> None:
        incident = camp.report(kind=IncidentKind.HUMANITARIAN)
        client = english(camp.cast.boubacar)
        address = f"{reverse('displacement-open')}?incident={incident.id}"
        assert f'value="{incident.id}" selected' in client.get(address).content.decode()
        client.post(reverse("displacement-open"), a_displacement(incident=str(incident.id)))
        assert Displacement.objects.get().incident == incident.id

    @pytest.mark.parametrize(
        ("changes", "status"),
        [
            ({"origin": ""}, 422),
            ({"cause": ""}, 422),
            ({"since": "soon"}, 422),
            ({"incident": str(new_id())}, 422),
            ({"since": "2999-01-01"}, 422),
            ({"since": "2001-01-01"}, 409),
            ({"id": str(new_id())}, 409),
        ],
    )
    def test_what_cannot_be_is_told_and_what_was_typed_stays(
        self, camp: Camp, changes: dict[str, str], status: int
    ) -> None:
        client = english(camp.cast.boubacar)
        posted = a_displacement(destination="Ouallam", **changes)
        page = client.post(reverse("displacement-open"), posted)
        assert page.status_code == status
        assert 'value="Ouallam"' in page.content.decode()
        assert 'role="alert"' in page.content.decode()
        assert not Displacement.objects.exists()


class TestCounting:
    def test_a_count_with_needs(self, camp: Camp) -> None:
        row = camp.opened()
        fields = {"women": "30", "boys": "12", "needs": ["water", "food"], "about": "on"}
        count(english(camp.cast.aminata), row, **fields)
        found = DisplacementCount.objects.get()
        assert (found.number, found.about, found.needs) == (42, True, ["water", "food"])
        page = english(camp.cast.aminata).get(reverse("displacement", args=[row.id]))
        assert "about 42" in page.content.decode()

    @pytest.mark.parametrize(
        ("fields", "status"),
        [
            ({}, 409),
            ({"women": "many"}, 422),
            ({"women": "-3"}, 422),
            ({"women": "1000000"}, 422),
            ({"women": "1", "wounded": "2"}, 409),
            ({"women": "1", "needs": "gold"}, 422),
            ({"women": "1", "until": "noon"}, 422),
            ({"women": "1", "until": "2999-01-01T10:00"}, 409),
            ({"women": "1", "until": "9999-12-31T23:59"}, 409),
            ({"women": "1", "since": "0001-01-01T00:00"}, 409),
        ],
    )
    def test_what_cannot_be_is_told_and_what_was_typed_stays(
        self, camp: Camp, fields: dict[str, str], status: int
    ) -> None:
        page = count(english(camp.cast.aminata), camp.opened(), place="Au puits", **fields)
        assert page.status_code == status
        assert 'value="Au puits"' in page.content.decode()
        assert not DisplacementCount.objects.exists()

    def test_a_correction_begins_with_what_is_corrected(self, camp: Camp) -> None:
        row = camp.opened()
        first = camp.counted(row, needs=(Need.WATER,))
        client = english(camp.cast.aminata)
        address = reverse("displacement-count", args=[row.id])
        form = client.get(address, {"instead_of": str(first)}).content.decode()
        assert 'name="women" value="30"' in form
        count(client, row, women="31", instead_of=str(first))
        assert camp.totals(row).balance.counted == 31
        assert client.get(address, {"instead_of": str(new_id())}).status_code == 404


class TestRegistering:
    def test_who_gave_displacement_as_purpose_is_ticked(self, camp: Camp) -> None:
        row = camp.opened()
        camp.counted(row)
        fled = camp.crossed("SP0000001", purpose=Purpose.DISPLACEMENT)
        other = camp.crossed("SP0000002", purpose=Purpose.TRADE)
        client = english(camp.cast.aminata)
        address = reverse("displacement-mark", args=[row.id])
        page = client.get(address).content.decode()
        assert f'value="{fled}" checked' in page
        assert f'value="{other}">' in page
        client.post(address, {"crossings": [str(fled)]})
        assert camp.totals(row).balance.registered == 1
        assert f'value="{fled}" checked' not in client.get(address).content.decode()

    def test_what_was_ticked_stays_where_it_is_refused(self, camp: Camp) -> None:
        row = camp.opened()
        fled = camp.crossed("SP0000001", purpose=Purpose.DISPLACEMENT)
        other = camp.crossed("SP0000002", purpose=Purpose.TRADE)
        address = reverse("displacement-mark", args=[row.id])
        posted = {"crossings": [str(other), str(new_id()), "nobody"]}
        page = english(camp.cast.aminata).post(address, posted).content.decode()
        assert f'value="{other}" checked' in page
        assert f'value="{fled}">' in page

    def test_it_can_be_taken_back(self, camp: Camp) -> None:
        row = camp.opened()
        (crossing,) = camp.registered(row, 1)
        client = english(camp.cast.aminata)
        client.post(reverse("displacement-unmark", args=[row.id]), {"crossing": str(crossing)})
        assert DisplacementMark.objects.get().displacement is None

    @pytest.mark.parametrize("chosen", [str(new_id()), "nobody"])
    def test_a_stranger_is_refused(self, camp: Camp, chosen: str) -> None:
        address = reverse("displacement-mark", args=[camp.opened().id])
        page = english(camp.cast.aminata).post(address, {"crossings": [chosen]})
        assert page.status_code == 409
        assert not DisplacementMark.objects.exists()


class TestOneCrossing:
    def test_is_marked_and_taken_back_where_it_stands(self, camp: Camp) -> None:
        row = camp.opened()
        camp.counted(row)
        crossing = camp.crossed(purpose=Purpose.DISPLACEMENT)
        client = english(camp.cast.boubacar)
        address = reverse("displacement-of-crossing", args=[crossing])
        assert "Ménaka" in client.get(address).content.decode()
        posted = {"displacement": str(row.id)}
        for fields, registered in ((posted, 1), (posted | {"back": "1"}, 0)):
            client.post(address, fields)
            assert camp.totals(row).balance.registered == registered

    def test_a_displacement_that_is_none_is_told(self, camp: Camp) -> None:
        address = reverse("displacement-of-crossing", args=[camp.crossed()])
        for chosen in (str(new_id()), "nobody"):
            page = english(camp.cast.boubacar).post(address, {"displacement": chosen}, follow=True)
            assert "notice--stop" in page.content.decode()

    def test_the_interview_leads_to_it(self, camp: Camp) -> None:
        crossing = camp.crossed(purpose=Purpose.DISPLACEMENT)
        client = open_case(english(camp.cast.boubacar), crossing)
        page = client.get(reverse("second-line-case", args=[crossing]))
        assert reverse("displacement-of-crossing", args=[crossing]) in page.content.decode()


def test_it_is_closed_and_opened_again(camp: Camp) -> None:
    row = camp.opened()
    client = english(camp.cast.coumba)
    address = reverse("displacement-close", args=[row.id])
    for fields, is_open in (({}, False), ({"again": "1"}, True)):
        client.post(address, fields)
        assert Displacement.objects.get().open is is_open


def test_one_is_one(camp: Camp) -> None:
    row = camp.opened()
    camp.counted(row, people=People(men=1, women=2), special=Special(wounded=1))
    client = client_of(camp.cast.boubacar)
    client.cookies["midas_language"] = "fr"
    page = client.get(reverse("displacement", args=[row.id])).content.decode()
    assert "2 femmes · 1 homme · 1 blessé<" in page


def test_what_is_over_says_so_before_anybody_counts(camp: Camp) -> None:
    row = camp.opened()
    client = english(camp.cast.coumba)
    client.post(reverse("displacement-close", args=[row.id]))
    page = client.get(reverse("displacement-count", args=[row.id]), follow=True)
    assert page.redirect_chain[0][0] == reverse("displacement", args=[row.id])
    assert "This displacement is over." in page.content.decode()


class TestAtHeadquarters:
    def test_the_numbers_of_all_posts(self, camp: Camp) -> None:
        row = camp.opened()
        camp.counted(row, people=People(men=1234))
        camp.registered(row, 1)
        with at_node(HQ):
            client = english(camp.cast.djibril)
            page = client.get(reverse("hq-displacements")).content.decode()
            assert "1,233" in page
            one = client.get(reverse("hq-displacement", args=[row.id])).content.decode()
            assert "1,234" in one
            assert "Correct" not in one

    def test_what_is_not_shown_is_in_the_sum(
        self, camp: Camp, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for number in (1000, 234):
            camp.counted(camp.opened(), people=People(men=number))
        monkeypatch.setattr("openmidas.displacements.views.hq.MOST_SHOWN", 1)
        with at_node(HQ):
            page = english(camp.cast.djibril).get(reverse("hq-displacements")).content.decode()
        assert "1,234" in page

    def test_the_file_has_a_line_each_and_no_formula(self, camp: Camp) -> None:
        camp.counted(camp.opened(origin="=1+1"))
        with at_node(HQ):
            answer = english(camp.cast.djibril).get(reverse("hq-displacements-table"))
        head, line = answer.content.decode("utf-8-sig").splitlines()
        values = dict(zip(head.split(","), line.split(","), strict=True))
        assert values["origin"] == "'=1+1"
        assert (values["counted"], values["counted_women"], values["people"]) == ("50", "30", "50")

    def test_another_posts_displacement_is_not_shown_at_a_post(self, camp: Camp) -> None:
        row = camp.opened()
        Displacement.objects.filter(id=row.id).update(node=UUID(int=7))
        client = english(camp.cast.coumba)
        assert client.get(reverse("displacement", args=[row.id])).status_code == 404
