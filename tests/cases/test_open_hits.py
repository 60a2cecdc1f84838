"""Who is let cross while a very likely hit has no answer: only for a reason, and seen afterwards."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import msgspec
import pytest
from django.db.models import F
from django.test import Client
from django.urls import reverse

from openmidas.cases.entries import Answer, Reason
from openmidas.cases.services import Given
from openmidas.crossings import services
from openmidas.crossings.closing import closing_sheet
from openmidas.crossings.entries import (
    AdmissionReason,
    CrossingResolved,
    OpenHitReason,
    Outcome,
    RefusalReason,
)
from openmidas.crossings.hits import hit_id, unanswered
from openmidas.crossings.inspection import Inspection
from openmidas.crossings.models import Crossing
from openmidas.crossings.second_line import resolve
from openmidas.crossings.wording import refusal as words_of
from openmidas.journal.models import new_id
from openmidas.lists.national.categories import Action
from openmidas.lists.national.entries import BirthOf
from openmidas.posts.refusals import Refused
from tests.cases.conftest import NOT_SAME, SAME, Scene, zone
from tests.conftest import HQ
from tests.support.cast import at_node, client_of, english, open_case, refusal

SWAPPED = BirthOf(date(1974, 12, 3), date(1974, 12, 3), "1974-12-03")
"""Day and month changed places: possible, and no more."""
UNSURE = Given(answer=Answer.UNSURE, reason=Reason.TOO_LITTLE)


def admit(scene: Scene, inspection: Inspection, **given: Any) -> None:
    why = AdmissionReason.FINDINGS_CONSIDERED
    resolve(scene.boubacar, inspection.id, Outcome.ADMITTED, admission=why, **given)


def let_cross(scene: Scene) -> Inspection:
    """Sangaré, whose hit nobody answered, crosses in an emergency."""
    scene.listed()
    inspection = scene.referred()
    admit(scene, inspection, open_hit=OpenHitReason.EMERGENCY)
    return inspection


class TestTheSecondLine:
    def test_answers_a_very_likely_hit_or_says_why_not(self, scene: Scene) -> None:
        scene.listed()
        inspection = scene.referred()
        with refusal("hit.open"):
            admit(scene, inspection)
        assert Crossing.objects.get().status == "referred"
        admit(scene, inspection, open_hit=OpenHitReason.EMERGENCY)
        row = Crossing.objects.get()
        assert row.status == "admitted"
        assert row.open_hit_reason == "emergency"
        assert row.open_hits == [str(hit_id(inspection.id, "wanted", "MLI-000001"))]

    @pytest.mark.parametrize("answer", [SAME, NOT_SAME, UNSURE])
    def test_is_asked_nothing_once_it_is_answered_whatever_it_is(
        self, scene: Scene, answer: Given
    ) -> None:
        scene.listed()
        inspection = scene.referred()
        scene.answer(inspection, answer)
        admit(scene, inspection, open_hit=OpenHitReason.DANGER)
        row = Crossing.objects.get()
        assert (row.status, row.open_hits, row.open_hit_reason) == ("admitted", [], "")

    def test_says_in_the_note_what_no_reason_says(self, scene: Scene) -> None:
        scene.listed()
        inspection = scene.referred()
        for note in ("", " a "):
            with refusal("hit.open_note"):
                admit(scene, inspection, open_hit=OpenHitReason.OTHER, note=note)
        admit(scene, inspection, open_hit=OpenHitReason.OTHER, note="Minister, with escort")
        assert Crossing.objects.get().open_hit_reason == "other"

    def test_refuses_without_a_question(self, scene: Scene) -> None:
        scene.listed()
        inspection = scene.referred()
        why = RefusalReason.LIST
        with refusal("reason.of_other_outcome"):
            resolve(
                scene.boubacar, inspection.id, Outcome.REFUSED, refusal=why,
                open_hit=OpenHitReason.DANGER,
            )  # fmt: skip
        resolve(scene.boubacar, inspection.id, Outcome.REFUSED, refusal=why)
        assert Crossing.objects.get().open_hits == []

    def test_is_not_asked_of_less_than_very_likely_hits(self, scene: Scene) -> None:
        scene.listed(births=(SWAPPED,))
        inspection = scene.referred()
        (hit,) = [one for one in inspection.findings if one.code == "list_hit"]
        assert hit.params["level"] == "possible"
        admit(scene, inspection)
        assert Crossing.objects.get().open_hit_reason == ""

    def test_is_not_asked_where_the_listing_only_informs(self, scene: Scene) -> None:
        scene.listed(action=Action.INFORM)
        admit(scene, scene.referred())
        assert Crossing.objects.get().status == "admitted"

    def test_is_not_asked_again_of_what_was_resolved_before(self, scene: Scene) -> None:
        scene.listed()
        scene.answer(scene.referred())
        again = scene.referred()
        assert unanswered(again) == []

    def test_gives_a_reason_where_a_hit_of_an_earlier_version_cannot_be_answered(
        self, scene: Scene
    ) -> None:
        scene.listed()
        inspection = scene.referred()
        old = tuple(
            msgspec.structs.replace(
                one, params={k: v for k, v in one.params.items() if k != "digest"}
            )
            for one in inspection.findings
        )
        raw = msgspec.msgpack.encode(msgspec.structs.replace(inspection, findings=old))
        Crossing.objects.update(inspection=raw)
        with refusal("hit.open"):
            admit(scene, inspection)
        admit(scene, inspection, open_hit=OpenHitReason.NOT_COMPARABLE)


class TestThePrimaryLine:
    def test_refers_by_a_discreet_code_of_somebody_very_likely(self, scene: Scene) -> None:
        """It is no "Stop", so that nobody near notices; yet it is not for the lane to let pass."""
        scene.listed(discreet=True)
        inspection = services.scan(scene.aminata, new_id(), zone())
        assert inspection.state == "look"
        with refusal("hit.at_primary"):
            services.admit(scene.aminata, [inspection.id])
        services.refer(scene.aminata, [inspection.id])
        assert Crossing.objects.get().status == "referred"

    def test_goes_on_without_a_question_of_all_other_hits(self, scene: Scene) -> None:
        scene.listed(births=(SWAPPED,), discreet=True)
        inspection = services.scan(scene.aminata, new_id(), zone())
        services.admit(scene.aminata, [inspection.id])
        assert Crossing.objects.get().status == "admitted"

    def test_is_told_nothing_of_it_but_the_code(self) -> None:
        assert "hit" not in words_of(Refused("hit.at_primary")).lower()


@pytest.mark.usefixtures("pages")
class TestThePages:
    @pytest.fixture
    def room(self, scene: Scene) -> Client:
        return english(client_of(scene.cast.boubacar))

    def test_of_the_second_line_ask_and_lose_nothing(self, scene: Scene, room: Client) -> None:
        scene.listed()
        inspection = scene.referred()
        case = reverse("second-line-case", args=[inspection.id])
        open_case(room, inspection.id)
        assert "1 hit that is very likely has no answer" in room.get(case).content.decode()
        form = {"outcome": "admitted", "reason": "exempt", "note": "Seen in person"}
        there = reverse("second-line-resolve", args=[inspection.id])
        answer = room.post(there, form)
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "Answer it first" in page
        assert "Seen in person" in page
        assert '<option value="exempt" selected>' in page
        room.post(there, form | {"open_hit": "danger"})
        assert "Danger at the post" in room.get(case).content.decode()

    def test_of_the_second_line_refuse_whatever_was_chosen_for_admitting(
        self, scene: Scene, room: Client
    ) -> None:
        scene.listed()
        inspection = scene.referred()
        there = reverse("second-line-resolve", args=[inspection.id])
        form = {"outcome": "refused", "reason": "false_document", "open_hit": "danger"}
        assert room.post(there, form).status_code == 302
        assert Crossing.objects.get().status == "refused"

    def test_of_the_second_line_do_not_ask_once_it_is_answered(
        self, scene: Scene, room: Client
    ) -> None:
        scene.listed()
        inspection = scene.referred()
        scene.answer(inspection)
        open_case(room, inspection.id)
        page = room.get(reverse("second-line-case", args=[inspection.id])).content.decode()
        assert "SANGARE" in page
        assert 'name="open_hit"' not in page

    def test_of_the_head_of_post_say_how_many_and_why(self, scene: Scene) -> None:
        inspection = let_cross(scene)
        coumba = english(client_of(scene.cast.coumba))
        page = coumba.get(reverse("hits")).content.decode()
        assert "Admitted with an open hit: 1" in page
        assert "Emergency: life or health" in page
        assert reverse("second-line-case", args=[inspection.id]) in page
        assert "SANGARE" not in page
        assert closing_sheet(8).open_hits == 1
        # Referred in the shift before, and let cross in this one.
        Crossing.objects.update(at=F("at") - timedelta(hours=9))
        assert closing_sheet(8).open_hits == 1
        assert "Admitted with an open hit" in coumba.get(reverse("shift-closing")).content.decode()

    def test_say_nothing_where_there_is_none(self, scene: Scene, room: Client) -> None:
        assert "Admitted with an open hit" not in room.get(reverse("hits")).content.decode()

    def test_of_the_headquarters_show_which_and_why(self, scene: Scene) -> None:
        inspection = let_cross(scene)
        scene.referred(number="SP0000010")
        with at_node(HQ):
            djibril = english(client_of(scene.cast.djibril))
            page = djibril.get(f"{reverse('hq-crossings')}?status=open_hit").content.decode()
            there = reverse("hq-crossing", args=[inspection.id])
            assert page.count("with an open hit</span>") == 1
            assert there in page
            page = djibril.post(there, {"purpose": "case", "reason": ""}).content.decode()
        assert "Emergency: life or health" in page


def test_an_entry_of_before_has_no_open_hits() -> None:
    """As older posts write it: the field came later."""
    old = msgspec.msgpack.encode({"crossing": new_id(), "outcome": "admitted"})
    assert msgspec.msgpack.decode(old, type=CrossingResolved).open_hits is None
