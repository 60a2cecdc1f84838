"""The pages of residents: what stays in the form, what is recorded, and what headquarters sees."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from openmidas.crossings import services as lane
from openmidas.crossings.cards import CardEnd
from openmidas.crossings.ids import issue_id
from openmidas.journal.models import JournalEntry
from openmidas.nodes.services import node_day
from openmidas.posts.models import Lookup
from openmidas.residents import services
from openmidas.residents.card.filling import fill
from openmidas.residents.card.setting import set_card
from openmidas.residents.models import Resident
from tests.residents.conftest import FACTS, Village
from tests.support.cast import client_of, english

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages")]
FORM = {
    "kind": "driver",
    "names": "Lamine  Keïta",
    "birth": "26 ans",
    "sex": "M",
    "nationality": "GIN",
    "village": "Kourémalé",
    "plate": "ab 1234",
}


class TestRegistering:
    def test_makes_a_driver_with_a_card(self, village: Village) -> None:
        answer = client_of(village.cast.aminata).post(
            reverse("resident-new"), {"id": issue_id(), **FORM}
        )
        row = Resident.objects.get()
        assert answer["Location"] == reverse("resident", args=[row.id])
        assert (row.name, row.plate, row.kind) == ("Lamine Keïta", "AB1234", "driver")
        birth = row.traveller().birth
        assert birth is not None
        assert birth.approximate

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"birth": "soon"}, "Birth date not understood"),
            ({"names": ""}, "This field is required"),
            ({"plate": ""}, "A moto-taxi driver has a plate"),
            ({"question_1": "Which door?"}, "A question has an answer"),
            ({"question_1": "Which door?", "answer_1": "The blue"}, "Ask for two things"),
            ({"id": "nonsense"}, "The request was not complete"),
        ],
    )
    def test_what_was_typed_stays_where_something_is_wrong(
        self, village: Village, changes: dict[str, str], said: str
    ) -> None:
        client = english(client_of(village.cast.aminata))
        answer = client.post(reverse("resident-new"), {"id": str(issue_id()), **FORM, **changes})
        page = answer.content.decode()
        assert answer.status_code in (409, 422)
        assert said in page
        assert 'value="Kourémalé"' in page
        assert not Resident.objects.exists()

    def test_who_has_a_card_is_told_and_can_be_somebody_else(self, village: Village) -> None:
        known = village.register("Doumbia Sira")
        client = english(client_of(village.cast.boubacar))
        typed = {
            "id": str(issue_id()),
            **FORM,
            "kind": "resident",
            "plate": "",
            "names": "Doumbia Sira",
            "birth": "02/03/1980",
            "sex": "F",
            "nationality": "MLI",
        }
        page = client.post(reverse("resident-new"), typed).content.decode()
        assert str(known) in page
        assert client.post(reverse("resident-new"), {**typed, "sure": "on"}).status_code == 302


class TestOneResident:
    def test_the_list_finds_by_another_spelling(self, village: Village) -> None:
        row = village.register()
        village.driver()
        client = client_of(village.cast.aminata)
        page = client.get(reverse("residents"), {"text": "Dumbia Siira"}).content.decode()
        assert str(row) in page
        assert "AB1234" not in page

    def test_what_cannot_be_searched_lists_nobody(self, village: Village) -> None:
        row = village.register()
        client = client_of(village.cast.aminata)
        answer = client.get(reverse("residents"), {"kind": "nobody"})
        assert answer.status_code == 422
        assert str(row) not in answer.content.decode()

    def test_the_card_is_printed_while_it_holds(self, village: Village) -> None:
        row = village.driver()
        client = client_of(village.cast.coumba)
        answer = client.get(reverse("resident-card", args=[row.id]))
        assert answer.content.startswith(b"%PDF")
        services.revoke(village.coumba, row.id, CardEnd.LOST)
        assert client.get(reverse("resident-card", args=[row.id])).status_code == 404

    def test_who_forgot_the_card_goes_to_the_counter_all_the_same(self, village: Village) -> None:
        row = village.register(facts=FACTS)
        client = english(client_of(village.cast.aminata))
        page = client.get(reverse("resident", args=[row.id])).content.decode()
        assert "Djeneba" in page
        asked = {"id": str(issue_id())}
        answer = client.post(reverse("resident-counter", args=[row.id]), asked)
        assert answer["Location"] == reverse("counter")
        assert lane.standing("1")[0].document.number == row.number
        again = client.post(reverse("resident-counter", args=[row.id]), {"id": str(issue_id())})
        assert again.status_code == 409
        assert "Somebody still stands at this lane" in again.content.decode()

    def test_crossings_are_shown_for_a_purpose_that_is_recorded(self, village: Village) -> None:
        row = village.register()
        village.crosses(row.number)
        client = english(client_of(village.cast.boubacar))
        url = reverse("resident-history", args=[row.id])
        assert client.post(url, {"purpose": "other", "reason": "so"}).status_code == 422
        assert not Lookup.objects.exists()
        page = client.post(url, {"purpose": "case"}).content.decode()
        assert "<td>Entry</td>" in page
        looked = Lookup.objects.get()
        assert (looked.query, looked.results) == (f"border resident {row}", 1)

    def test_the_head_of_post_renews_and_revokes(self, village: Village) -> None:
        row = village.register()
        Resident.objects.update(until=node_day() - timedelta(days=1))
        client = english(client_of(village.cast.coumba))
        client.post(reverse("resident-renew", args=[row.id]))
        row.refresh_from_db()
        assert row.until > node_day()
        url = reverse("resident-revoke", args=[row.id])
        missing = client.post(url, {"end": "other", "words": "?"})
        assert missing.status_code == 409
        assert 'value="?"' in missing.content.decode()
        client.post(url, {"end": "lost"})
        page = client.get(reverse("resident", args=[row.id])).content.decode()
        assert "lost or stolen" in page
        assert reverse("resident-card", args=[row.id]) not in page


class TestHeadquarters:
    def test_sees_numbers_and_nobody(self, village: Village) -> None:
        village.crosses(village.register().number)
        with village.at_headquarters():
            page = english(client_of(village.cast.djibril)).get(reverse("hq-residents"))
        text = page.content.decode()
        assert '<td class="number">1</td><td class="number">0</td>' in text
        assert "Doumbia" not in text

    def test_finds_a_person_for_a_purpose(self, village: Village) -> None:
        row = village.register()
        with village.at_headquarters():
            client = english(client_of(village.cast.djibril))
            page = client.post(
                reverse("find"), {"purpose": "case", "reason": "7", "text": "doumbia"}
            ).content.decode()
        assert str(row) in page
        assert JournalEntry.objects.filter(kind="lookup.made").exists()


def test_a_card_with_the_longest_of_names_is_one_page(village: Village) -> None:
    row = village.driver("Mamadou " * 15, village="Balamansala " * 6)
    assert len(re.findall(rb"/Type\s*/Page\b", set_card(fill(row)))) == 1
