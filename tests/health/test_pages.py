"""The pages of health checks: for members of the compartment, each opening for a purpose."""

from __future__ import annotations

import csv
import io
import re
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from openmidas.crossings.entries import ReferralReason
from openmidas.crossings.ids import issue_id
from openmidas.crossings.models import Crossing
from openmidas.health import contacts as health_contacts
from openmidas.health.access import name_of_file
from openmidas.health.definitions import Symptom, sample_definitions
from openmidas.health.models import HealthAnswer, HealthCheck, PublishedDefinitions
from openmidas.health.views import contacts as views
from openmidas.journal.models import JournalEntry
from openmidas.posts.models import Lookup, Officer
from tests.cases.referrals.conftest import room_of
from tests.health.conftest import Ward
from tests.support.cast import english, open_case

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages")]

SECRET = ("Rash", "38.6", "KANARI", "Measles")


def opened(officer: Officer, name: str, crossing: UUID, purpose: str = "case") -> Client:
    """An officer's browser that has opened a page for a purpose."""
    client = room_of(officer)
    answer = client.post(reverse(name, args=[crossing]), {"purpose": purpose})
    assert answer.status_code == 302, answer.content
    return client


def measles(ward: Ward) -> UUID:
    """Somebody with an alert, of whom others must not read what they have."""
    ward.publish()
    crossing = ward.sent("Siguiri")
    ward.check(crossing, temperature=38.6, symptoms=(Symptom.RASH,), words="KANARI")
    return crossing


def text(client: Client, name: str, *args: object) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


class TestWhoIsOutside:
    def test_reads_one_word_and_nothing_of_the_check(self, ward: Ward) -> None:
        crossing, client = measles(ward), room_of(ward.cast.coumba)
        open_case(client, crossing)
        for told in (
            text(client, "second-line"),
            text(client, "second-line-case", crossing),
            text(client, "health-checks"),
            text(client, "health-check", crossing),
            text(client, "health-contacts", crossing),
        ):
            assert not [one for one in SECRET if one in told]
        assert "Health: wait" in text(client, "second-line")
        assert "Health: wait" in text(client, "second-line-case", crossing)

    def test_reads_no_illness_in_the_incident(self, ward: Ward) -> None:
        measles(ward)
        told = text(room_of(ward.cast.coumba), "incidents")
        assert "A health check meets an alert definition" in told
        assert not [one for one in SECRET if one in told]

    def test_is_told_at_the_lane_by_the_time_alone(self, ward: Ward) -> None:
        measles(ward)
        told = text(room_of(ward.cast.aminata), "counter")
        assert "Health: wait" in told
        assert not [one for one in (*SECRET, "KEITA") if one in told]

    def test_is_told_whomever_the_lane_sends_on_afterwards(self, ward: Ward) -> None:
        measles(ward)
        for _ in range(6):
            ward.crossed(reason=ReferralReason.ASKED)
        assert "Health: wait" in text(room_of(ward.cast.aminata), "counter")

    def test_writes_nothing(self, ward: Ward) -> None:
        crossing, client = ward.sent(), room_of(ward.cast.coumba)
        assert (
            client.post(reverse("health-check", args=[crossing]), {"purpose": "case"}).status_code
            == 200
        )
        for name in ("health-check-save", "health-check-answer"):
            assert client.post(reverse(name, args=[crossing]), {}).status_code == 403
        assert client.get(reverse("health-contacts-table", args=[crossing])).status_code == 403
        assert not Lookup.objects.exists()


class TestTheList:
    def test_has_who_met_a_definition_first_and_does_not_say_why(self, ward: Ward) -> None:
        first, later = measles(ward), ward.sent()
        client = room_of(ward.cast.boubacar)
        told = text(client, "health-checks")
        assert told.index(str(first)) < told.index(str(later))
        assert "tag--stop" not in told
        assert not [one for one in SECRET if one in told]


class TestTheFile:
    def test_is_not_opened_by_opening_the_crossing(self, ward: Ward) -> None:
        crossing = measles(ward)
        ward.member(ward.cast.djibril)
        with ward.at_headquarters():
            client = room_of(ward.cast.djibril)
            client.post(reverse("hq-crossing", args=[crossing]), {"purpose": "oversight"})
            asked = text(client, "health-check", crossing)
        assert not [one for one in SECRET if one in asked]

    def test_is_opened_for_a_purpose_that_is_recorded(self, ward: Ward) -> None:
        crossing, client = measles(ward), room_of(ward.cast.boubacar)
        asked = text(client, "health-check", crossing)
        assert not [one for one in SECRET if one in asked]
        refused = client.post(reverse("health-check", args=[crossing]), {"purpose": ""})
        assert refused.status_code == 422
        client = opened(ward.cast.boubacar, "health-check", crossing)
        # Who reads look-ups is outside: neither whose health it is, nor which incident.
        query, check = Lookup.objects.get().query, HealthCheck.objects.get()
        assert query == f"health {name_of_file(Crossing.objects.get(id=crossing))}"
        assert not [id for id in (crossing, check.id) if str(id) in query]
        told = text(client, "health-check", crossing)
        assert not [one for one in SECRET if one not in told]

    def test_takes_a_check_with_a_comma_in_the_temperature(self, ward: Ward) -> None:
        ward.publish()
        crossing = ward.sent()
        client, id = opened(ward.cast.boubacar, "health-check", crossing), issue_id()
        said = {
            "id": id,
            "temperature": "38,6",
            "symptoms": ["rash"],
            "contact": "no",
            "place_8": "Kita",
            "days_8": "2",
        }
        assert '<option value="Macenta">' in text(client, "health-check", crossing)
        for _ in range(2):
            answer = client.post(reverse("health-check-save", args=[crossing]), said)
            assert answer.status_code == 302
        row = HealthCheck.objects.get()
        assert (row.id, row.temperature, row.met) == (id, 38.6, ["measles"])
        assert "Meets the alert definition “Measles”" in text(client, "health-check", crossing)

    @pytest.mark.parametrize(
        ("said", "status", "words"),
        [
            ({"place_8": "Kita"}, 422, "<details open>"),
            ({"temperature": "386"}, 409, "A temperature lies between 30 and 45"),
            ({"temperature": "warm"}, 422, "Enter a number"),
            ({"place_1": "Kita"}, 422, "To each place belongs"),
            ({"days_2": "3"}, 422, "To each place belongs"),
            ({"words": "  "}, 409, "Nothing was said yet"),
        ],
    )
    def test_keeps_what_was_typed_where_it_is_not_taken(
        self, ward: Ward, said: dict[str, str], status: int, words: str
    ) -> None:
        crossing = ward.sent()
        client = opened(ward.cast.boubacar, "health-check", crossing)
        sent = {"id": issue_id(), "contact": "unknown", **said}
        answer = client.post(reverse("health-check-save", args=[crossing]), sent)
        assert answer.status_code == status
        told = answer.content.decode()
        assert words in told
        assert str(sent["id"]) in told
        assert all(f'value="{value}"' in told for name, value in said.items() if value.strip())

    @pytest.mark.parametrize("name", ["save", "answer"])
    def test_takes_what_was_changed_after_it_was_saved(self, ward: Ward, name: str) -> None:
        crossing = ward.sent()
        client = opened(ward.cast.boubacar, "health-check", crossing)
        ward.check(crossing, temperature=37.0)
        address, id = reverse(f"health-check-{name}", args=[crossing]), issue_id()
        first, changed = (
            {"contact": contact, "word": word}
            for contact, word in (("yes", "go_on"), ("no", "stays"))
        )
        assert client.post(address, {"id": id, **first}).status_code == 302
        again = client.post(address, {"id": id, **changed})
        assert again.status_code == 409
        told = again.content.decode()
        form = told[told.index(f'action="{address}"') :]
        next_id = re.search(r'name="id" value="([^"]+)"', form)
        assert next_id is not None
        assert next_id[1] != str(id)
        assert client.post(address, {"id": next_id[1], **changed}).status_code == 302

    def test_takes_what_was_typed_after_the_file_was_closed(self, ward: Ward) -> None:
        crossing, client = measles(ward), room_of(ward.cast.boubacar)
        address = reverse("health-check-save", args=[crossing])
        refused = client.post(address, {"id": issue_id(), "temperature": "warm", "words": "TYPED"})
        assert refused.status_code == 422
        assert "TYPED" in refused.content.decode()
        assert not [one for one in ("KANARI", "38.6", "Measles") if one in refused.content.decode()]
        said = {"id": issue_id(), "temperature": "37", "contact": "no"}
        assert client.post(address, said).status_code == 302
        assert HealthCheck.objects.count() == 2
        assert "KANARI" not in text(client, "health-check", crossing)

    def test_says_that_the_definitions_are_old(self, ward: Ward) -> None:
        ward.publish(sample_definitions().replace("dated = 2026-11-01", "dated = 2020-11-01"))
        crossing = ward.sent()
        client = opened(ward.cast.boubacar, "health-check", crossing)
        assert "older than their own limit" in text(client, "health-check", crossing)

    def test_says_the_word_for_the_others(self, ward: Ward) -> None:
        crossing = ward.sent()
        client = opened(ward.cast.boubacar, "health-check", crossing)
        address = reverse("health-check-answer", args=[crossing])
        early = client.post(address, {"id": issue_id(), "word": "go_on"})
        assert early.status_code == 409
        ward.check(crossing, temperature=36.6)
        assert client.post(address, {"id": issue_id(), "word": "go_on"}).status_code == 302
        assert HealthAnswer.objects.get().word == "go_on"
        assert "Health: may go on" in text(room_of(ward.cast.coumba), "second-line")


class TestContacts:
    def test_are_opened_by_themselves_and_given_as_a_table(self, ward: Ward) -> None:
        crossing = measles(ward)
        ward.crossed(destination="=2+2")
        client = opened(ward.cast.boubacar, "health-check", crossing)
        assert "SP0000002" not in text(client, "health-contacts", crossing)
        client = opened(ward.cast.boubacar, "health-contacts", crossing, "complaint")
        assert "SP0000002" in text(client, "health-contacts", crossing)
        answer = client.get(reverse("health-contacts-table", args=[crossing]))
        lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
        assert len(lines) == 2
        line = dict(zip(lines[0], lines[1], strict=True))
        assert (line["document_number"], line["destination"]) == ("SP0000002", "'=2+2")
        client.get(reverse("health-contacts", args=[crossing]), {"days": "60", "minutes": "0"})
        name = name_of_file(Crossing.objects.get(id=crossing))
        found = Lookup.objects.exclude(query__startswith="health").order_by("id")
        assert [(one.query, one.results, one.purpose) for one in found] == [
            (f"contacts {name}, 23 days, 120 minutes", 1, "complaint"),
            (f"contacts {name}, 23 days, 120 minutes, table", 1, "complaint"),
            (f"contacts {name}, 60 days, 0 minutes", 0, "complaint"),
        ]

    def test_say_where_the_list_is_cut(self, ward: Ward, monkeypatch: pytest.MonkeyPatch) -> None:
        crossing = measles(ward)
        ward.crossed()
        row = Crossing.objects.get(id=ward.crossed())
        case = Crossing.objects.filter(id=crossing)
        case.update(document_key=row.document_key, document_issuer=row.document_issuer)
        ward.crossed()
        monkeypatch.setattr(health_contacts, "MOST_OWN", 1)
        monkeypatch.setattr(views, "MOST_LINES", 1)
        client = opened(ward.cast.boubacar, "health-contacts", crossing)
        assert "The list is cut" in text(client, "health-contacts", crossing)
        table = text(client, "health-contacts-table", crossing)
        assert "The list is cut" in table
        assert "The table is cut" in table

    def test_are_of_nobody_whom_health_did_not_check(self, ward: Ward) -> None:
        crossing, client = ward.sent(), room_of(ward.cast.boubacar)
        for name in ("health-contacts", "health-contacts-table"):
            assert client.get(reverse(name, args=[crossing])).status_code == 404

    def test_says_what_is_no_number_of_days(self, ward: Ward) -> None:
        crossing = measles(ward)
        client = opened(ward.cast.boubacar, "health-contacts", crossing)
        answer = client.get(reverse("health-contacts", args=[crossing]), {"days": "many"})
        assert answer.status_code == 422

    def test_are_there_at_headquarters_for_its_members(self, ward: Ward) -> None:
        crossing = measles(ward)
        ward.crossed()
        ward.member(ward.cast.djibril)
        with ward.at_headquarters():
            assert str(crossing) in text(room_of(ward.cast.djibril), "health-checks")
            client = opened(ward.cast.djibril, "health-check", crossing)
            assert "KANARI" in text(client, "health-check", crossing)
            client = opened(ward.cast.djibril, "health-contacts", crossing)
            assert "SP0000002" in text(client, "health-contacts", crossing)
            outside = text(room_of(ward.cast.kadiatou), "health-checks")
            assert str(crossing) not in outside


class TestDefinitions:
    def test_are_read_in_words_before_they_are_published(self, ward: Ward) -> None:
        with ward.at_headquarters():
            client = english(room_of(ward.cast.idrissa))
            address = reverse("health-definitions-new")
            file = io.BytesIO(sample_definitions().encode())
            shown = client.post(address, {"file": file}).content.decode()
            assert "Viral haemorrhagic fever" in shown
            assert not PublishedDefinitions.objects.exists()
            said = {"text": sample_definitions(), "publish": "1"}
            assert client.post(address, said).status_code == 302
            row = PublishedDefinitions.objects.get()
            assert "within 21 days in: Nzérékoré" in text(
                client, "health-definitions-edition", row.id
            )
            assert escape(row.title) in text(client, "health-definitions")
            assert JournalEntry.objects.filter(kind="definitions.published").count() == 1

    def test_says_what_is_wrong_with_a_file(self, ward: Ward) -> None:
        with ward.at_headquarters():
            client = room_of(ward.cast.idrissa)
            file = io.BytesIO(b"title = 'x'")
            answer = client.post(reverse("health-definitions-new"), {"file": file})
            assert answer.status_code == 422
            assert "These are no alert definitions" in answer.content.decode()
