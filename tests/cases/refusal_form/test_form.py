"""The form of a refusal: what stands on it, in each language, and that it was given."""

from __future__ import annotations

from uuid import UUID

import msgspec
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openmidas.cases.interviews.services import Decision, decide
from openmidas.cases.refusal_form.entries import Signed, Understood
from openmidas.cases.refusal_form.filling import BY_HAND, LANGUAGES, fill
from openmidas.cases.refusal_form.models import ServedRefusal
from openmidas.cases.refusal_form.services import serve
from openmidas.cases.refusal_form.setting import set_form
from openmidas.crossings import services as lane
from openmidas.crossings.entries import Outcome, RefusalReason
from openmidas.crossings.ids import issue_id
from openmidas.crossings.inspection import Direction, Journey
from openmidas.crossings.models import Crossing
from openmidas.crossings.recording import record_line
from openmidas.journal.models import new_id
from tests.cases.conftest import Scene
from tests.crossings.conftest import AMINATA, BOUBACAR, paper, publish, refer, rules_of, scan
from tests.crossings.test_recording import line
from tests.support.cast import client_of, english, open_case, refusal

REMEDY = 'remedy = { fr = "Recours dans les huit jours", en = "Appeal within eight days" }'


def refused(reason: RefusalReason = RefusalReason.NO_VALID_DOCUMENT, **changes: object) -> UUID:
    inspection = scan(paper(**changes))
    refer(inspection)
    decide(BOUBACAR, inspection.id, Decision(outcome=Outcome.REFUSED, refusal=reason))
    return inspection.id


@pytest.mark.usefixtures("post")
class TestWhatStandsOnIt:
    def test_reason_and_law_in_the_language_of_the_traveller(self) -> None:
        row = Crossing.objects.get(id=refused())
        french, english = fill(row, "fr"), fill(row, "en")
        assert (french.title, english.title) == ("Refus d’entrée", "Refusal of entry")
        assert english.reason == "No valid travel document"
        assert english.grounds[0].value == "ECOWAS Protocol A/P.1/5/79, article 3, paragraph 1"
        values = [fact.value for fact in english.facts]
        assert {"KEITA", "MARIAM", "Kourémalé", str(row.id)} <= set(values)

    def test_what_the_state_has_not_published_is_left_open(self) -> None:
        row = Crossing.objects.get(id=refused(RefusalReason.THREAT))
        assert [ground.value for ground in fill(row, "en").grounds] == [BY_HAND] * 3

    def test_a_remedy_is_in_french_where_it_is_in_no_other_language(self) -> None:
        text = rules_of(timezone.localdate()).replace("[refusal]", f"[refusal]\n{REMEDY}")
        publish(text)
        row = Crossing.objects.get(id=refused())
        assert fill(row, "en").grounds[1].value == "Appeal within eight days"
        assert fill(row, "ar").grounds[1].value == "Recours dans les huit jours"

    def test_who_leaves_is_refused_the_exit(self) -> None:
        lane.set_journey(AMINATA, Journey(direction=Direction.EXIT))
        row = Crossing.objects.get(id=refused())
        assert fill(row, "en").title == "Refusal of exit"

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_it_is_set_in_each_language_whatever_the_name(self, language: str) -> None:
        row = Crossing.objects.get(id=refused())
        row.surname, row.given_names = '#panic("x") $ \\ ]', "Ɓintou جلو ߡߡߊ"
        filled = fill(row, language)
        assert filled.right_to_left is (language == "ar")
        pdf = set_form(filled)
        assert pdf.startswith(b"%PDF-")
        assert pdf != set_form(msgspec.structs.replace(filled, reason="another"))

    def test_no_sentence_of_it_is_left_in_english(self) -> None:
        """What travellers are given is written in full in all four, or not offered."""
        row = Crossing.objects.get(id=refused())
        original = fill(row, "en")
        for language in set(LANGUAGES) - {"en"}:
            other = fill(row, language)
            assert other.title != original.title
            assert other.reason != original.reason
            assert not set(other.notices) & set(original.notices)
            assert not set(other.signatures) & set(original.signatures)


@pytest.mark.usefixtures("post")
class TestGivingIt:
    def test_is_written_down_once(self) -> None:
        crossing, id = refused(), new_id()
        for _ in range(2):
            serve(BOUBACAR, crossing, id, " Bambara ", Understood.INTERPRETER, Signed.DECLINED)
        with refusal("form.saved_already"):
            serve(BOUBACAR, crossing, id, "Hausa", Understood.INTERPRETER, Signed.DECLINED)
        row = ServedRefusal.objects.get()
        assert (row.language, row.understood, row.signed) == ("Bambara", "interpreter", "declined")

    def test_needs_a_refusal_and_a_language(self) -> None:
        crossing = refused()
        with refusal("refusal.language"):
            serve(BOUBACAR, crossing, new_id(), " ", Understood.READ, Signed.SIGNED)
        with refusal("refusal.unknown"):
            serve(BOUBACAR, new_id(), new_id(), "Hausa", Understood.READ, Signed.SIGNED)
        with refusal("field.too_long"):
            serve(BOUBACAR, crossing, new_id(), "a" * 41, Understood.READ, Signed.SIGNED)


@pytest.mark.usefixtures("pages")
class TestThePage:
    def test_offers_the_form_of_a_refusal_and_of_nothing_else(self, scene: Scene) -> None:
        room: Client = english(client_of(scene.cast.boubacar))
        inspection = scene.referred()
        case = reverse("second-line-case", args=[inspection.id])
        form = reverse("refusal-form", args=[inspection.id, "fr"])
        assert form not in open_case(room, inspection.id).get(case).content.decode()
        assert room.get(form).status_code == 404
        resolve = reverse("second-line-resolve", args=[inspection.id])
        room.post(resolve, {"outcome": "refused", "reason": "false_document"})
        assert form in room.get(case).content.decode()
        answer = room.get(form)
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
        assert answer["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
        assert room.get(form.replace("-fr", "-xx")).status_code == 404

    def test_who_was_refused_on_paper_was_given_one_on_paper(self, scene: Scene) -> None:
        room: Client = english(client_of(scene.cast.boubacar))
        crossing = new_id()
        record_line(BOUBACAR, crossing, line(outcome=Outcome.REFUSED, refusal=RefusalReason.THREAT))
        page = open_case(room, crossing).get(reverse("second-line-case", args=[crossing]))
        assert "Decided: Refused" in page.content.decode()
        assert reverse("refusal-form", args=[crossing, "fr"]) not in page.content.decode()

    def test_tells_in_the_course_that_it_was_given(self, scene: Scene) -> None:
        room: Client = english(client_of(scene.cast.boubacar))
        inspection = scene.referred()
        resolve = reverse("second-line-resolve", args=[inspection.id])
        room.post(resolve, {"outcome": "refused", "reason": "false_document"})
        given = {
            "id": issue_id(),
            "language": "Hausa",
            "understood": "read_out",
            "signed": "signed",
        }
        page = room.post(reverse("refusal-given", args=[inspection.id]), given, follow=True)
        assert "Hausa · It was read out to them · signed" in page.content.decode()
