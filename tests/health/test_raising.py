"""What a check raises: an alert for a definition, and one for a cluster of fever."""

from __future__ import annotations

import re

import pytest
from django.db.models import Q
from django.utils.translation import override

from openmidas.crossings.ids import issue_id
from openmidas.crossings.models import Crossing
from openmidas.health.definitions import Symptom
from openmidas.health.models import PublishedDefinitions
from openmidas.health.page import alerts_on
from openmidas.health.raising import ALERT, FEVER, alert_id
from openmidas.incidents.entries import Outcome
from openmidas.incidents.models import Incident, IncidentLink
from openmidas.incidents.page import incident_page, shown
from openmidas.incidents.raising.cluster import raise_health_clusters
from openmidas.incidents.raising.raising import cause_id
from openmidas.incidents.services import close
from openmidas.incidents.wording import word_rule
from openmidas.journal.models import JournalEntry
from tests.conftest import POST
from tests.health.conftest import Ward

pytestmark = pytest.mark.django_db

MEASLES = (Symptom.FEVER, Symptom.RASH)


class TestAnAlert:
    def test_is_an_urgent_incident_that_names_nobody(self, ward: Ward) -> None:
        ward.publish()
        crossing = ward.sent()
        check = ward.check(crossing, symptoms=MEASLES)
        row = Incident.objects.get(rule=ALERT)
        # Its number cannot be found by trying the crossings that everybody knows.
        assert row.id == alert_id(POST, check.id, "measles") != alert_id(POST, crossing, "measles")
        assert (row.kind, row.severity, row.post, row.people) == ("health", "critical", POST, 1)
        assert JournalEntry.objects.filter(kind="incident.alerted").count() == 1
        assert not IncidentLink.objects.exists()

    def test_says_which_illness_at_headquarters_alone(self, ward: Ward) -> None:
        ward.publish()
        ward.check(ward.sent(), symptoms=MEASLES)
        (told,) = shown(Incident.objects.all())
        assert not {"Measles", "Rougeole"} & set(re.findall(r"\w+", told.about))
        with ward.at_headquarters():
            (told,) = shown(Incident.objects.all())
            assert {"Measles", "Rougeole"} & set(re.findall(r"\w+", told.about))

    def test_says_in_words_by_which_rule(self, ward: Ward) -> None:
        ward.publish()
        dated = PublishedDefinitions.objects.get().dated
        ward.check(ward.sent(), symptoms=MEASLES)
        row = Incident.objects.get()
        with override("en"):
            said = f"Rule: Health alert, definitions of {dated}."
            assert incident_page(row).rule == said
            assert word_rule(ALERT, "0" * 32) == "Rule: Health alert."
            assert word_rule(ALERT, "another") == "Rule: Health alert."
            assert word_rule("silent_post", "2026-11") == "Rule: Silent post, 2026-11."
            assert word_rule("of_later", "2027") == "Rule: of_later, 2027."
        with override("fr"):
            said = f"Règle : Alerte sanitaire, définitions du {dated}."
            assert incident_page(row).rule == said

    def test_is_raised_once_for_a_traveller(self, ward: Ward) -> None:
        ward.publish()
        crossing = ward.sent()
        ward.check(crossing, symptoms=MEASLES)
        ward.check(crossing, symptoms=(*MEASLES, Symptom.COUGH))
        assert Incident.objects.filter(rule=ALERT).count() == 1

    def test_is_raised_anew_where_the_first_was_closed(self, ward: Ward) -> None:
        ward.publish()
        crossing = ward.sent()
        ward.check(crossing, symptoms=MEASLES)
        first = Incident.objects.get(rule=ALERT)
        close(ward.boubacar, first.id, issue_id(), Outcome.RESOLVED, "Seen by the nurse")
        ward.check(crossing, temperature=36.9)
        (one,) = alerts_on(Crossing.objects.get(id=crossing))
        assert (one.incident, one.open) == (first.id, False)
        ward.check(crossing, symptoms=MEASLES)
        assert Incident.objects.filter(rule=ALERT, open=True).count() == 1
        (one,) = alerts_on(Crossing.objects.get(id=crossing))
        assert (one.incident != first.id, one.open) == (True, True)

    def test_is_raised_by_nothing_where_nothing_is_published(self, ward: Ward) -> None:
        ward.check(ward.sent(), symptoms=MEASLES)
        assert not Incident.objects.exists()


class TestAClusterOfFever:
    def test_is_three_travellers_from_one_place_however_it_is_written(self, ward: Ward) -> None:
        ward.publish()
        ward.check(ward.sent("Siguiri"), temperature=38.2)
        ward.check(ward.crossed(origin="SIGUIRI "), symptoms=(Symptom.FEVER,))
        ward.check(ward.sent("Siguiri"), temperature=37.2)
        ward.check(ward.sent("Kita"), temperature=39.0)
        assert not Incident.objects.filter(rule=FEVER).exists()
        ward.check(ward.sent("siguirí"), temperature=38.0)
        row = Incident.objects.get(rule=FEVER)
        assert (row.kind, row.people, row.cause["origin"]) == ("health", 3, "Siguiri")
        assert not IncidentLink.objects.filter(incident=row.id).exclude(crossing=None).exists()

    def test_counts_a_traveller_once(self, ward: Ward) -> None:
        ward.publish()
        first, second = ward.sent("Siguiri"), ward.sent("Siguiri")
        for crossing in (first, first, second, second):
            ward.check(crossing, temperature=38.5)
        assert not Incident.objects.filter(rule=FEVER).exists()

    def test_goes_on_while_it_is_open_and_begins_anew_when_it_was_closed(self, ward: Ward) -> None:
        ward.publish()
        for _ in range(4):
            ward.check(ward.sent("Siguiri"), temperature=38.5)
        row = Incident.objects.get(rule=FEVER)
        assert row.people == 4
        close(ward.boubacar, row.id, issue_id(), Outcome.RESOLVED, "Seen by the nurse")
        ward.check(ward.sent("Siguiri"), temperature=38.5)
        assert Incident.objects.filter(rule=FEVER).count() == 1
        for _ in range(2):
            ward.check(ward.sent("Siguiri"), temperature=38.5)
        ward.check(ward.sent("Siguiri"), temperature=38.5)
        assert sorted(Incident.objects.filter(rule=FEVER).values_list("open", "people")) == [
            (False, 4),
            (True, 4),
        ]

    def test_is_not_raised_again_for_those_of_an_erased_one(self, ward: Ward) -> None:
        ward.publish()
        for _ in range(4):
            ward.check(ward.sent("Siguiri"), temperature=38.5)
        Incident.objects.filter(rule=FEVER).delete()
        for _ in range(2):
            ward.check(ward.sent("Siguiri"), temperature=38.5)
        assert not Incident.objects.filter(rule=FEVER).exists()
        ward.check(ward.sent("Siguiri"), temperature=38.5)
        assert Incident.objects.get(rule=FEVER).people == 3

    def test_names_no_incident_that_lists_crossings(self, ward: Ward) -> None:
        ward.publish()
        crossings = [ward.sent("Siguiri") for _ in range(3)]
        raise_health_clusters()
        checks = [ward.check(crossing, temperature=38.5) for crossing in crossings]
        fever = Incident.objects.get(rule=FEVER)
        assert not IncidentLink.objects.filter(Q(incident=fever.id) | Q(other=fever.id)).exists()
        assert fever.id == cause_id(FEVER, (str(checks[0].id),), POST)

    def test_counts_who_crosses_twice_once(self, ward: Ward) -> None:
        ward.publish()
        first, again, second = (ward.sent("Siguiri") for _ in range(3))
        row = Crossing.objects.get(id=first)
        Crossing.objects.filter(id=again).update(
            document_key=row.document_key, document_issuer=row.document_issuer
        )
        for crossing in (first, again, second):
            ward.check(crossing, temperature=38.5)
        assert not Incident.objects.filter(rule=FEVER).exists()
