"""Answering a hit: what is refused, what is written, and answering anew."""

from __future__ import annotations

from datetime import timedelta

import pytest

from openmidas.cases.entries import Answer, Reason
from openmidas.cases.hits import answers_to, questions
from openmidas.cases.limits import REMEMBERED_DAYS
from openmidas.cases.models import HitResolution
from openmidas.cases.services import Given, resolve_hit
from openmidas.crossings.hits import hit_id
from openmidas.journal.models import JournalEntry, new_id
from openmidas.lists.national.categories import Action
from openmidas.nodes.services import node_day
from tests.cases.conftest import NOT_SAME, SAME, Scene
from tests.conftest import HQ
from tests.support.cast import acting, at_node, refusal


def entries() -> int:
    return JournalEntry.objects.filter(kind="hit.resolved").count()


class TestAnAnswer:
    def test_keeps_the_hit_as_it_was_said(self, scene: Scene) -> None:
        scene.listed()
        inspection = scene.referred()
        hit = scene.answer(inspection)
        (row,) = HitResolution.objects.all()
        (finding,) = [one for one in inspection.findings if one.code == "list_hit"]
        assert row.hit == hit == hit_id(inspection.id, "wanted", "MLI-000001")
        assert (row.list_code, row.listing, row.level) == ("wanted", "MLI-000001", "strong")
        assert f"{row.score:.2f}" == finding.params["score"]
        assert str(row.edition) == finding.params["edition"]
        assert set(row.agreed) == {"name", "birth", "sex", "nationality"}
        assert (row.number, row.issuer, row.birth) == ("SP0000009", "MLI", "1974-03-12")
        assert (row.answer, row.reason, row.note) == ("not_same", "face", "Seen in person")
        assert (row.officer, row.role) == (scene.boubacar.officer, "second_line")
        assert row.found_at <= row.at

    def test_not_the_same_holds_for_a_set_time_and_the_others_for_none(self, scene: Scene) -> None:
        scene.listed()
        scene.answer(scene.referred())
        scene.answer(scene.referred(number="SP0000010"), SAME)
        until = {row.answer: row.until for row in HitResolution.objects.all()}
        assert until == {
            "not_same": node_day() + timedelta(days=REMEMBERED_DAYS),
            "same": None,
        }

    @pytest.mark.parametrize(
        ("given", "code"),
        [
            (Given(answer=Answer.SAME), "hit.without_reason"),
            (Given(reason=Reason.FACE), "hit.without_reason"),
            (Given(answer=Answer.SAME, reason=Reason.BIRTH), "hit.reason_of_other_answer"),
            (Given(answer=Answer.UNSURE, reason=Reason.OTHER, note=" a "), "hit.note_missing"),
            (Given(answer=Answer.SAME, reason=Reason.FACE, note="a" * 2001), "field.too_long"),
        ],
    )
    def test_that_is_incomplete_is_refused(self, scene: Scene, given: Given, code: str) -> None:
        scene.listed()
        inspection = scene.referred()
        with refusal(code):
            scene.answer(inspection, given)
        assert not entries()

    def test_is_given_to_a_hit_that_there_is(self, scene: Scene) -> None:
        scene.listed()
        inspection = scene.referred()
        (asked,) = questions(inspection)
        for crossing, hit in ((inspection.id, new_id()), (new_id(), asked.id)):
            with refusal("hit.unknown"):
                resolve_hit(scene.boubacar, crossing, hit, NOT_SAME)

    def test_of_a_post_is_none_on_what_only_the_headquarters_is_told(self, scene: Scene) -> None:
        scene.listed(action=Action.INFORM, discreet=True)
        inspection = scene.referred()
        hit = hit_id(inspection.id, "wanted", "MLI-000001")
        with refusal("hit.unknown"):
            resolve_hit(scene.boubacar, inspection.id, hit, NOT_SAME)
        with at_node(HQ):
            resolve_hit(acting(scene.cast.djibril), inspection.id, hit, NOT_SAME)
        assert HitResolution.objects.get().node == HQ


class TestAnsweringAnew:
    def test_both_answers_stand_and_the_last_counts(self, scene: Scene) -> None:
        scene.listed()
        inspection = scene.referred()
        hit = scene.answer(inspection)
        (first,) = answers_to(hit)
        scene.answer(inspection, Given(answer=Answer.SAME, reason=Reason.ADMITS, after=first.id))
        assert [row.answer for row in answers_to(hit)] == ["same", "not_same"]
        assert [row.answer for row in HitResolution.objects.that_count()] == ["same"]
        assert entries() == 2

    def test_the_same_again_is_written_once(self, scene: Scene) -> None:
        scene.listed()
        inspection = scene.referred()
        for _ in range(2):
            scene.answer(inspection)
        assert entries() == 1

    def test_over_what_one_did_not_see_is_refused(self, scene: Scene) -> None:
        scene.listed()
        inspection = scene.referred()
        scene.answer(inspection)
        with refusal("hit.answered_meanwhile"):
            scene.answer(inspection, SAME)

    def test_each_node_has_its_own_last_answer(self, scene: Scene) -> None:
        scene.listed()
        inspection = scene.referred()
        hit = scene.answer(inspection)
        (post,) = answers_to(hit)
        with at_node(HQ):
            again = Given(answer=Answer.SAME, reason=Reason.HEADQUARTERS, after=post.id)
            resolve_hit(acting(scene.cast.djibril), inspection.id, hit, again)
        assert {row.answer for row in HitResolution.objects.that_count()} == {"same", "not_same"}
