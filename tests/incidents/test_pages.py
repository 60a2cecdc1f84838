"""The pages of incidents: three taps, what each role sees, and what stays in the form."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from openmidas.crossings.ids import issue_id
from openmidas.crossings.models import Crossing
from openmidas.exchange.advance import take_ahead
from openmidas.exchange.taking import take_segment
from openmidas.incidents import services
from openmidas.incidents.entries import (
    IncidentAlerted,
    IncidentKind,
    IncidentReported,
    Outcome,
    Severity,
    Source,
)
from openmidas.incidents.linking import Links
from openmidas.incidents.models import Incident, IncidentLink, IncidentStep, number_of
from openmidas.journal import NodeKind
from openmidas.journal.following import project_pending
from openmidas.journal.models import Journal
from openmidas.journal.segments import pack
from openmidas.nodes.services import node_time
from openmidas.posts.compartments import let_in
from openmidas.posts.entries import Compartment
from openmidas.posts.models import Officer
from tests.conftest import POST
from tests.exchange.peers import befriend
from tests.incidents.conftest import Place, said
from tests.support.cast import acting, at_node, client_of, english

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages")]


def browser(officer: Officer) -> Client:
    return english(client_of(officer))


@pytest.fixture
def room(place: Place) -> Client:
    """Boubacar's browser."""
    return browser(place.cast.boubacar)


@pytest.fixture
def counter(place: Place) -> Client:
    """Aminata's browser."""
    return browser(place.cast.aminata)


def text(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())


def report(client: Client, **fields: Any) -> Any:
    usual = {"id": str(issue_id()), "kind": "security", "severity": "medium"}
    return client.post(reverse("incident-report"), {**usual, **fields})


def alert_of_a_post(said: IncidentReported) -> list[IncidentAlerted]:
    with at_node(POST):
        return services.alert_of(said)


def act(client: Client, what: str, incident: Incident, **fields: Any) -> Any:
    there = reverse(f"incident-{what}", args=[incident.id])
    return client.post(there, {"id": str(issue_id()), "form": what, **fields})


class TestReporting:
    def test_kind_severity_and_save_are_enough(self, counter: Client) -> None:
        answer = report(counter)
        row = Incident.objects.get()
        assert answer.status_code == 302
        assert answer["Location"] == reverse("incident", args=[row.id])
        assert "What else is known can be added below" in text(counter.get(answer["Location"]))

    def test_what_is_missing_is_told_and_what_was_typed_stays(self, counter: Client) -> None:
        answer = report(counter, kind="", severity="", words="Shots heard", latitude="14,9")
        page = answer.content.decode()
        assert answer.status_code == 422
        for told in ("Choose what it is about.", "Choose how bad it is.", "Shots heard", "14,9"):
            assert told in page
        assert "A point on the map has a latitude and a longitude." in page

    def test_all_that_can_be_said(self, place: Place, room: Client) -> None:
        crossing = place.crossed()
        other = place.report()
        answer = report(
            room,
            source="patrol",
            words="Six armed men",
            happened_at="2026-11-20T05:30",
            people="6",
            place="Wazamé",
            kilometres="4,5",
            bearing="ne",
            latitude="14,9",
            longitude="-0.7",
            plates="ab 123, cd 456",
            crossings=[str(crossing)],
            others=[str(other.id)],
        )
        assert answer.status_code == 302
        row = Incident.objects.exclude(id=other.id).get()
        assert (row.source, row.people, row.kilometres) == (Source.PATROL, 6, 4.5)
        assert (row.latitude, row.longitude) == (14.9, -0.7)
        assert IncidentLink.objects.filter(incident=row.id).count() == 4
        page = text(room.get(answer["Location"]))
        for told in ("Six armed men", "4.5 km north-east of Wazamé", "AB 123", "6 people"):
            assert told in page

    @pytest.mark.parametrize(
        ("fields", "told"),
        [
            ({"happened_at": "2190-01-01T00:00"}, "That lies in the future"),
            ({"kilometres": "3", "bearing": "n"}, "From which place is that far?"),
            ({"plates": "A" * 30}, "A plate has at most 16"),
        ],
    )
    def test_what_cannot_be_is_told_beside_its_field(
        self, counter: Client, fields: dict[str, str], told: str
    ) -> None:
        answer = report(counter, words="Kept as typed", **fields)
        page = answer.content.decode()
        assert answer.status_code == 409
        assert told in page
        assert "Kept as typed" in page
        assert not Incident.objects.exists()

    @pytest.mark.parametrize(
        "fields", [{"latitude": "91", "longitude": "0"}, {"people": "-1"}, {"bearing": "up"}]
    )
    def test_what_is_out_of_bounds_is_marked(self, counter: Client, fields: dict[str, str]) -> None:
        assert report(counter, **fields).status_code == 422

    def test_the_same_form_twice_is_one_incident(self, counter: Client) -> None:
        id = str(issue_id())
        report(counter, id=id)
        assert report(counter, id=id).status_code == 302
        assert Incident.objects.count() == 1

    def test_an_id_of_somebody_elses_making_is_refused(self, counter: Client) -> None:
        assert report(counter, id="01900000-0000-7000-8000-00000000abcd").status_code == 409

    def test_from_a_crossing_it_is_chosen_already(self, place: Place, room: Client) -> None:
        crossing = place.crossed()
        page = text(room.get(reverse("incident-report"), {"crossing": str(crossing)}))
        assert f'value="{crossing}"' in page
        assert "checked" in page
        assert "KEITA" not in page

    def test_a_crossing_may_be_of_long_ago(self, place: Place, room: Client) -> None:
        crossing = place.crossed()
        Crossing.objects.update(at=node_time() - timedelta(days=40))
        there = reverse("incident-report")
        assert str(crossing) not in text(room.get(there))
        assert f'value="{crossing}"' in text(room.get(there, {"crossing": str(crossing)}))
        assert report(room, crossings=[str(crossing)]).status_code == 302
        assert IncidentLink.objects.get().crossing == crossing

    @pytest.mark.parametrize("named", ["none", "01900000-0000-7000-8000-00000000abcd"])
    def test_a_crossing_that_is_none_is_no_choice(self, room: Client, named: str) -> None:
        assert room.get(reverse("incident-report"), {"crossing": named}).status_code == 200
        report(room, crossings=[named])
        assert not IncidentLink.objects.exists()


class TestWhoSeesWhat:
    def test_a_primary_officer_sees_what_they_reported_and_no_more(
        self, place: Place, counter: Client
    ) -> None:
        mine = place.report(actor=place.aminata, told=said("Mine"))
        other = place.report(told=said("Not mine"))
        page = text(counter.get(reverse("incidents")))
        assert "Mine" in page
        assert "Not mine" not in page
        assert counter.get(reverse("incident", args=[mine.id])).status_code == 200
        assert counter.get(reverse("incident", args=[other.id])).status_code == 404
        assert act(counter, "comment", other, words="Hello there").status_code == 404
        assert act(counter, "update", other, words="Hello there").status_code == 404

    def test_the_second_line_sees_all(self, place: Place, room: Client) -> None:
        place.report(actor=place.aminata, told=said("Of the counter"))
        assert "Of the counter" in text(room.get(reverse("incidents")))

    def test_a_linked_traveller_is_a_number_and_a_time(
        self, place: Place, room: Client, counter: Client
    ) -> None:
        crossing = place.crossed()
        row = place.report(actor=place.aminata, links=Links(crossings=(crossing,)))
        there = reverse("incident", args=[row.id])
        case = reverse("second-line-case", args=[crossing])
        for client, opens in ((counter, False), (room, True)):
            page = text(client.get(there))
            assert "KEITA" not in page
            assert "SP0000001" not in page
            assert (case in page) is opens

    def test_a_duplicate_is_closed_with_the_name_of_the_other(
        self, place: Place, room: Client
    ) -> None:
        other, row = place.report(told=said("A lorry in the ditch")), place.report()
        there = reverse("incident", args=[row.id])
        assert f'<option value="{other.id}">' in text(room.get(there))
        sent = {"id": issue_id(), "outcome": "duplicate", "words": "Reported twice", "same_as": ""}
        answer = room.post(reverse("incident-close", args=[row.id]), sent)
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "Choose the other incident" in page
        assert "Reported twice" in page
        room.post(reverse("incident-close", args=[row.id]), sent | {"same_as": str(other.id)})
        assert reverse("incident", args=[other.id]) in text(room.get(there))


class TestTheList:
    def test_says_at_first_what_to_do(self, room: Client) -> None:
        assert "report it in three taps" in text(room.get(reverse("incidents")))

    def test_shows_open_ones_first_and_others_when_asked(self, place: Place, room: Client) -> None:
        row = place.report(told=said("A lorry in the ditch"))
        services.close(place.boubacar, row.id, issue_id(), Outcome.RESOLVED)
        page = text(room.get(reverse("incidents")))
        assert "A lorry in the ditch" not in page
        assert "No incident is open" in page
        assert "A lorry in the ditch" in text(room.get(reverse("incidents"), {"state": ""}))

    @pytest.mark.parametrize(
        ("asked", "shows"),
        [
            ({"kind": "health"}, False),
            ({"kind": "security", "severity": "high", "days": "7"}, True),
            ({"severity": "low"}, False),
        ],
    )
    def test_can_be_narrowed(
        self, place: Place, room: Client, asked: dict[str, str], shows: bool
    ) -> None:
        place.report(severity=Severity.HIGH, told=said("Stones are thrown"))
        page = text(room.get(reverse("incidents"), asked))
        assert ("Stones are thrown" in page) is shows
        assert ("No incident fits" in page) is not shows

    @pytest.mark.parametrize(
        ("typed", "shows"),
        [("ab 12", True), ("3 MD", True), ("CD", False), ("", True), ("ABCD-0123", False)],
    )
    def test_finds_a_vehicle_by_its_plate(
        self, place: Place, room: Client, typed: str, shows: bool
    ) -> None:
        place.report(told=said("A lorry"), links=Links(plates=("AB 123 MD",)))
        assert ("A lorry" in text(room.get(reverse("incidents"), {"text": typed}))) is shows

    def test_finds_an_incident_by_its_number(self, place: Place, room: Client) -> None:
        row = place.report(told=said("A lorry"))
        place.report(told=said("Another"))
        for typed in (str(row), str(row).lower().replace("-", "")):
            page = text(room.get(reverse("incidents"), {"text": typed}))
            assert "A lorry" in page
            assert "Another" not in page

    def test_of_something_that_is_no_choice_says_so(self, room: Client) -> None:
        assert room.get(reverse("incidents"), {"kind": "weather"}).status_code == 422


class TestOne:
    def test_is_added_to_commented_closed_and_opened_again(
        self, place: Place, room: Client
    ) -> None:
        row = place.report(told=said("A crowd gathers"))
        assert act(room, "update", row, severity="high", words="Stones").status_code == 302
        assert act(room, "comment", row, words="The chief was called").status_code == 302
        answer = act(room, "close", row, outcome="resolved", words="They went home")
        assert answer.status_code == 302
        page = text(room.get(reverse("incident", args=[row.id])))
        for told in ("A crowd gathers", "Stones", "The chief was called", "They went home"):
            assert told in page
        assert "Add what is known now" not in page
        assert act(room, "reopen", row, words="They are back").status_code == 302
        assert list(IncidentStep.objects.order_by("clock").values_list("step", flat=True)) == [
            "reported",
            "updated",
            "commented",
            "closed",
            "reopened",
        ]

    @pytest.mark.parametrize(
        ("what", "fields", "told"),
        [
            ("comment", {"words": "x"}, "at least 3 characters"),
            ("close", {"outcome": "", "words": "They left"}, "Choose how the incident ended."),
            ("close", {"outcome": "other", "words": "ab"}, "at least 3 characters"),
            ("update", {"words": ""}, "Nothing new was said."),
            ("reopen", {"words": "It goes on"}, "This incident is open already."),
        ],
    )
    def test_what_cannot_be_is_told_and_what_was_typed_stays(
        self, place: Place, room: Client, what: str, fields: dict[str, str], told: str
    ) -> None:
        row = place.report()
        answer = act(room, what, row, **fields)
        assert answer.status_code == 409
        assert told in answer.content.decode()
        assert IncidentStep.objects.count() == 1

    def test_an_update_that_is_not_understood_stays_in_the_form(
        self, place: Place, room: Client
    ) -> None:
        row = place.report()
        answer = act(room, "update", row, words="Kept as typed", people="many")
        assert answer.status_code == 422
        assert "Kept as typed" in answer.content.decode()

    def test_words_are_escaped(self, place: Place, room: Client) -> None:
        row = place.report(told=said("<script>alert(1)</script>"))
        assert "<script>alert" not in text(room.get(reverse("incident", args=[row.id])))
        assert "<script>alert" not in text(room.get(reverse("incidents")))


class TestTheHeadquarters:
    def test_sees_all_posts_and_counts_what_is_open(self, place: Place) -> None:
        place.report(severity=Severity.CRITICAL, told=said("Shots at the barrier"))
        with place.at_headquarters():
            page = text(browser(place.cast.djibril).get(reverse("hq-incidents")))
        assert "Shots at the barrier" in page
        assert "Kourémalé" in page
        assert '<span class="tag tag--stop">Critical</span></dt><dd>1</dd>' in page

    def test_comments_and_the_post_reads_it(self, place: Place, room: Client) -> None:
        row = place.report()
        with place.at_headquarters():
            client = browser(place.cast.djibril)
            there = reverse("hq-incident-comment", args=[row.id])
            client.post(there, {"id": str(issue_id()), "words": "A team is on its way"})
            assert "Djibril Camara, headquarters" in text(
                client.get(reverse("hq-incident", args=[row.id]))
            )
        page = text(room.get(reverse("incident", args=[row.id])))
        assert "A team is on its way" in page
        assert "headquarters" in page

    def test_opens_a_linked_crossing_for_a_purpose_only(self, place: Place) -> None:
        crossing = place.crossed()
        row = place.report(links=Links(crossings=(crossing,)))
        with place.at_headquarters():
            page = text(browser(place.cast.djibril).get(reverse("hq-incident", args=[row.id])))
        assert reverse("hq-crossing", args=[crossing]) in page
        assert "KEITA" not in page

    def test_names_no_crossing_of_an_illness_but_to_the_medical_compartment(
        self, place: Place, room: Client
    ) -> None:
        crossing = place.crossed()
        row = place.report(kind=IncidentKind.HEALTH, links=Links(crossings=(crossing,)))
        number = number_of(crossing.hex)
        there = reverse("hq-incident", args=[row.id])
        assert number in text(room.get(reverse("incident", args=[row.id])))
        with place.at_headquarters():
            page = text(browser(place.cast.djibril).get(there))
            assert number not in page
            assert "1 crossing it has to do with is told to the medical compartment alone" in page
            let_in(acting(place.cast.idrissa), place.cast.djibril.id, Compartment.MEDICAL)
            assert number in text(browser(place.cast.djibril).get(there))

    def test_shows_an_alert_that_came_ahead_until_its_journal_comes(self, place: Place) -> None:
        with place.at_headquarters():
            pen, post = befriend(NodeKind.POST, entries=1, name="Labbézanga")
            reported = IncidentReported(
                incident=issue_id(),
                kind=IncidentKind.SECURITY,
                severity=Severity.CRITICAL,
                told=said("Shots <b>now</b>"),
            )
            pen.write(reported)
            pen.write(*alert_of_a_post(reported))
            take_ahead(post, pack(pen.segment(2, 3)))
            client = browser(place.cast.djibril)
            page = text(client.get(reverse("hq-incidents")))
            for told in ("Alerts ahead of their journals", "Shots &lt;b&gt;now", "Labbézanga"):
                assert told in page
            assert "1 alert ahead of its journal" in text(client.get(reverse("situation")))
            take_segment(post, pack(pen.segment()))
            while project_pending(Journal.objects.get(node=pen.node)):
                pass
            page = text(client.get(reverse("hq-incidents")))
            assert "Alerts ahead" not in page
            assert "Shots &lt;b&gt;now" in page

    def test_finds_the_worst_on_its_first_page(self, place: Place) -> None:
        place.report(severity=Severity.CRITICAL)
        place.report(severity=Severity.LOW)
        with place.at_headquarters():
            page = text(browser(place.cast.djibril).get(reverse("situation")))
        assert '<span class="tag tag--stop">Critical · 1</span>' in page
        assert "Low ·" not in page

    def test_oversight_reads_and_says_nothing(self, place: Place) -> None:
        row = place.report()
        with place.at_headquarters():
            page = text(browser(place.cast.kadiatou).get(reverse("hq-incident", args=[row.id])))
        assert reverse("hq-incident-comment", args=[row.id]) not in page
