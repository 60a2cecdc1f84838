"""Who was resolved as somebody else is not sent to the second line again, until something is new."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags
from django.utils.translation import override

from openmidas.cases.entries import Answer, Reason
from openmidas.cases.hits import answers_to
from openmidas.cases.limits import REMEMBERED_DAYS
from openmidas.cases.models import HitResolution
from openmidas.cases.services import Given
from openmidas.crossings import services
from openmidas.crossings.inspecting import Checker
from openmidas.crossings.inspection import Document, Inspection, State, Traveller
from openmidas.crossings.models import Crossing
from openmidas.crossings.page import shown_findings
from openmidas.crossings.telling import for_post, for_primary
from openmidas.documents import PartialDate
from openmidas.journal.models import new_id
from openmidas.lists.national.categories import Action
from openmidas.lists.national.entries import BirthOf, DocumentOf, NameOf
from openmidas.nodes.services import node_day
from tests.cases.conftest import SAME, Scene
from tests.crossings.conftest import codes, later


def said(inspection: Inspection, told_of: Any) -> str:
    with override("en"):
        found = shown_findings((inspection,), told_of)
    return "\n".join(strip_tags(f"{one.title}. {one.detail}") for one in found)


class TestTheNextScan:
    def test_is_not_stopped_and_says_why(self, scene: Scene) -> None:
        scene.listed()
        first = scene.referred()
        assert first.state is State.STOP
        scene.answer(first)
        again = scene.scan()
        assert "list_hit" not in codes(again)
        assert again.state is not State.STOP
        until = node_day() + timedelta(days=REMEMBERED_DAYS)
        second_line = said(again, for_post)
        for told in ("Already resolved", "Boubacar Traoré", node_day(), until, "SANGARE", "Wanted"):
            assert str(told) in second_line

    def test_tells_the_lane_neither_name_nor_list(self, scene: Scene) -> None:
        scene.listed()
        scene.answer(scene.referred())
        lane = said(scene.scan(), for_primary)
        assert "Already resolved: not the same person" in lane
        assert "Boubacar Traoré" in lane
        for secret in ("SANGARE", "Wanted", "MLI-000001", "code 12"):
            assert secret not in lane

    def test_tells_the_lane_nothing_of_a_discreet_listing(self, scene: Scene) -> None:
        scene.listed(discreet=True)
        scene.answer(scene.referred())
        again = scene.scan()
        assert "Already resolved" not in said(again, for_primary)
        assert "Already resolved" in said(again, for_post)

    def test_never_hides_another_listing(self, scene: Scene) -> None:
        scene.listed()
        scene.answer(scene.referred())
        scene.listed(names=(NameOf("Souleymane SANGARE"), NameOf("Solo Sangaré")))
        again = scene.scan()
        assert codes(again) >= {"list_hit", "hit_resolved"}
        assert again.state is State.STOP

    @pytest.mark.parametrize("given", [SAME, Given(answer=Answer.UNSURE, reason=Reason.TOO_LITTLE)])
    def test_is_stopped_after_any_other_answer(self, scene: Scene, given: Given) -> None:
        scene.listed()
        scene.answer(scene.referred(), given)
        assert scene.scan().state is State.STOP

    def test_is_stopped_where_the_answer_was_taken_back(self, scene: Scene) -> None:
        scene.listed()
        first = scene.referred()
        hit = scene.answer(first)
        (before,) = answers_to(hit)
        scene.answer(first, Given(answer=Answer.SAME, reason=Reason.ADMITS, after=before.id))
        assert scene.scan().state is State.STOP

    def test_is_stopped_by_what_was_found_out_at_a_later_crossing(self, scene: Scene) -> None:
        scene.listed()
        scene.answer(scene.referred())
        scene.answer(scene.referred(), SAME)
        assert scene.scan().state is State.STOP


class TestNewFacts:
    def test_the_listing_says_something_else(self, scene: Scene) -> None:
        listing = scene.listed()
        scene.answer(scene.referred())
        scene.changed(listing, told="Seen at Gao with another name")
        assert scene.scan().state is State.STOP

    def test_a_listing_that_only_holds_for_longer_says_nothing_new(self, scene: Scene) -> None:
        listing = scene.listed()
        scene.answer(scene.referred())
        scene.changed(listing, expires_on=node_day() + timedelta(days=200))
        assert "hit_resolved" in codes(scene.scan())

    @pytest.mark.parametrize(
        "changes", [{"number": "SP0000010"}, {"birth": date(1974, 12, 3)}, {"state": "NER"}]
    )
    def test_another_document_or_birth_date(self, scene: Scene, changes: dict[str, Any]) -> None:
        scene.listed()
        scene.answer(scene.referred())
        again = scene.scan(**changes)
        assert "list_hit" in codes(again)
        assert "hit_resolved" not in codes(again)

    def test_the_comparison_finds_more_than_it_did(self, scene: Scene) -> None:
        """The same passport and birth date, and a name that agrees where it did not."""
        scene.listed(
            births=(BirthOf(date(1974, 3, 1), date(1974, 3, 31), "03/1974"),), nationalities=()
        )
        first = scene.referred(given_names="SOULEY")
        scene.answer(first)
        assert "hit_resolved" in codes(scene.scan(given_names="SOULEY"))
        assert "list_hit" in codes(scene.scan(given_names="SOULEYMANE"))

    def test_the_day_until_which_it_holds(
        self, scene: Scene, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        scene.listed(expires_on=node_day() + timedelta(days=3 * 365))
        scene.answer(scene.referred())
        later(monkeypatch, days=REMEMBERED_DAYS)
        assert "hit_resolved" in codes(scene.scan())
        later(monkeypatch, days=REMEMBERED_DAYS + 1)
        assert "list_hit" in codes(scene.scan())

    def test_a_number_that_agrees_now(self, scene: Scene) -> None:
        listing = scene.listed(documents=())
        scene.answer(scene.referred())
        HitResolution.objects.update(digest="0" * 64)  # as if that alone had not changed
        scene.changed(
            listing, documents=(DocumentOf("passport", "SP0000009", "MLI", "MLI SP0000009"),)
        )
        assert scene.scan().state is State.STOP


class TestNothingToRememberBy:
    def test_no_answer_is_remembered_for_who_has_no_document(self, scene: Scene) -> None:
        scene.listed()
        him = Traveller(
            surname="SANGARE",
            given_names="SOULEYMANE",
            birth=PartialDate(1974, 3, 12),
            sex="M",
            nationality="MLI",
        )
        inspection = services.type_in(scene.aminata, new_id(), him, Document())
        services.refer(scene.aminata, [inspection.id])
        scene.answer(Crossing.objects.get(id=inspection.id).inspected())
        assert HitResolution.objects.get().until is None
        again = services.type_in(scene.aminata, new_id(), him, Document())
        assert "list_hit" in codes(again)


class TestWhatItCosts:
    def queries(self, scene: Scene, **changes: Any) -> int:
        inspection = scene.scan(**changes)
        checker = Checker()
        with CaptureQueriesContext(connection) as queries:
            checker.inspect(inspection, with_adult=True)
        return len(queries)

    def test_two_questions_with_a_hit_and_none_without(self, scene: Scene) -> None:
        scene.listed()
        clear = self.queries(scene, surname="KEITA", given_names="MARIAM", birth=date(1990, 1, 2))
        assert (
            self.queries(scene, number="SP0000011") == clear + 2
        )  # answers, and what is confirmed
        scene.answer(scene.referred())
        assert self.queries(scene) <= clear + 3  # who answered; the last crossing


def test_inform_is_told_as_ever_until_it_is_resolved(scene: Scene) -> None:
    scene.listed(action=Action.INFORM)
    first = scene.referred()
    assert "code 13" in said(first, for_primary)
    scene.answer(first)
    assert "code 13" not in said(scene.scan(), for_primary)
