"""Checking a traveller, and the one word that others are told."""

from __future__ import annotations

from typing import Any

import pytest

from openmidas.crossings.entries import AdmissionReason, Outcome, ReferralReason
from openmidas.crossings.ids import issue_id
from openmidas.crossings.second_line import resolve
from openmidas.health.definitions import Symptom
from openmidas.health.entries import Contact, HealthAnswered, Word
from openmidas.health.models import HealthAnswer, HealthCheck
from openmidas.health.services import Checked, answer, check
from openmidas.health.signs import health_signs, words_on
from openmidas.journal.models import new_id
from tests.crossings.test_projections import arrive
from tests.health.conftest import Ward, was_in
from tests.support.cast import refusal
from tests.support.writers import Pen

pytestmark = pytest.mark.django_db


class TestACheck:
    def test_keeps_what_was_measured_and_told(self, ward: Ward) -> None:
        crossing = ward.sent()
        row = ward.check(
            crossing,
            temperature=38.4,
            symptoms=(Symptom.FEVER, Symptom.COUGH),
            contact=Contact.NO,
            itinerary=(was_in("Siguiri", 3),),
            words=" Since Monday ",
        )
        assert (row.crossing, row.temperature, row.words) == (crossing, 38.4, "Since Monday")
        assert row.signs() == (Symptom.FEVER, Symptom.COUGH)
        assert row.visits() == (was_in("Siguiri", 3),)
        assert (row.edition, row.met) == (None, [])

    def test_is_held_against_the_definitions_with_where_the_journey_began(self, ward: Ward) -> None:
        ward.publish()
        row = ward.check(ward.sent(origin="Macenta"), symptoms=(Symptom.FEVER, Symptom.BLEEDING))
        assert row.met == ["ebola"]

    def test_is_written_once_and_not_over(self, ward: Ward) -> None:
        crossing, id = ward.sent(), issue_id()
        first = ward.check(crossing, check=id, temperature=37.0)
        assert ward.check(crossing, check=id, temperature=37.0) == first
        with refusal("form.saved_already"):
            ward.check(crossing, check=id, temperature=38.0)
        assert HealthCheck.objects.count() == 1

    @pytest.mark.parametrize(
        ("said", "code"),
        [
            ({}, "health.nothing_said"),
            ({"temperature": 29.9}, "health.temperature"),
            ({"temperature": 45.1}, "health.temperature"),
            ({"temperature": float("nan")}, "health.temperature"),
            ({"symptoms": (Symptom.OTHER,)}, "health.other"),
            ({"itinerary": (was_in("Kita", 61),)}, "health.days"),
            ({"itinerary": (was_in("Kita", 1),) * 9}, "health.places"),
            ({"itinerary": (was_in("K" * 81, 1),)}, "field.too_long"),
            ({"words": "x" * 501}, "field.too_long"),
            ({"words": "\x00"}, "field.unprintable"),
        ],
    )
    def test_says_what_it_does_not_take(self, ward: Ward, said: dict[str, Any], code: str) -> None:
        with refusal(code):
            ward.check(ward.sent(), **said)
        assert not HealthCheck.objects.exists()

    def test_is_for_the_compartment_and_for_the_post_of_the_crossing(self, ward: Ward) -> None:
        crossing, said = ward.sent(), Checked(check=issue_id(), temperature=37.0)
        with refusal("health.not_yours"):
            check(ward.coumba, crossing, said)
        with refusal("crossing.unknown"):
            check(ward.boubacar, new_id(), said)


class TestTheWord:
    def test_is_wait_until_health_says_another(self, ward: Ward) -> None:
        crossing = ward.sent()
        assert words_on([crossing])[crossing] == "wait"
        ward.check(crossing, temperature=36.8)
        assert words_on([crossing])[crossing] == "wait"
        answer(ward.boubacar, crossing, issue_id(), Word.GO_ON)
        assert words_on([crossing])[crossing] == Word.GO_ON
        ward.check(crossing, temperature=38.8)
        assert words_on([crossing])[crossing] == "wait"

    def test_is_wait_for_nobody_who_was_decided_on(self, ward: Ward) -> None:
        crossing = ward.sent()
        resolve(ward.coumba, crossing, Outcome.ADMITTED, admission=AdmissionReason.HUMANITARIAN)
        assert words_on([crossing])[crossing] == ""

    def test_is_said_by_the_post_of_the_crossing_alone(self, ward: Ward) -> None:
        crossing = ward.sent()
        ward.check(crossing, temperature=36.8)
        other = Pen()
        other.write(HealthAnswered(answer=new_id(), crossing=crossing, word=Word.GO_ON))
        with ward.at_headquarters():
            arrive(other)
            assert HealthAnswer.objects.count() == 1
            assert words_on([crossing])[crossing] == "wait"

    def test_is_not_said_of_whom_health_never_saw(self, ward: Ward) -> None:
        crossing = ward.crossed(reason=ReferralReason.ASKED)
        assert words_on([crossing])[crossing] == ""
        assert health_signs([crossing], ward.cast.coumba) == {}
        assert health_signs([crossing], ward.cast.boubacar)[crossing].url

    def test_comes_after_a_check_and_counts_once(self, ward: Ward) -> None:
        crossing, id = ward.sent(), issue_id()
        with refusal("health.unchecked"):
            answer(ward.boubacar, crossing, id, Word.GO_ON)
        ward.check(crossing, temperature=36.8)
        with refusal("health.word_missing"):
            answer(ward.boubacar, crossing, id, None)
        answer(ward.boubacar, crossing, id, Word.STAYS)
        answer(ward.boubacar, crossing, id, Word.STAYS)
        with refusal("form.saved_already"):
            answer(ward.boubacar, crossing, id, Word.GO_ON)
        assert HealthAnswer.objects.count() == 1

    def test_is_not_for_whoever_is_outside_the_compartment(self, ward: Ward) -> None:
        crossing = ward.sent()
        ward.check(crossing, temperature=36.8)
        with refusal("health.not_yours"):
            answer(ward.coumba, crossing, issue_id(), Word.GO_ON)
        assert health_signs([crossing], ward.cast.coumba)[crossing].url == ""
