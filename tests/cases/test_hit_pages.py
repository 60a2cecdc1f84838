"""The pages of a hit: what they show, to whom, and what they leave in the log."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import msgspec
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openmidas.cases.entries import Answer, Reason
from openmidas.cases.hits import questions
from openmidas.cases.models import HitResolution
from openmidas.cases.services import Given
from openmidas.crossings.hits import hit_id
from openmidas.crossings.inspection import Inspection
from openmidas.crossings.models import Crossing
from openmidas.journal.models import new_id
from openmidas.lists.in_use import LISTS
from openmidas.lists.models import ListEdition
from openmidas.lists.national import proposals
from openmidas.lists.national.categories import Action
from openmidas.lists.national.entries import NameOf
from openmidas.lists.national.models import NationalList
from openmidas.posts.models import Lookup
from openmidas.posts.roles import Role
from tests.cases.conftest import SAME, Scene, zone
from tests.conftest import HQ
from tests.support.cast import at_node, client_of, open_case

pytestmark = pytest.mark.usefixtures("pages")


@pytest.fixture
def room(scene: Scene) -> Client:
    """Boubacar's browser, in English."""
    client = client_of(scene.cast.boubacar)
    client.cookies["midas_language"] = "en"
    return client


def address(inspection: Inspection, name: str = "hit") -> str:
    (asked,) = questions(inspection)
    return reverse(name, args=[inspection.id, asked.id])


def read(client: Client, inspection: Inspection) -> str:
    """The page of the hit, in a browser in which the interview is open."""
    return open_case(client, inspection.id).get(address(inspection)).content.decode()


def post(client: Client, inspection: Inspection, **form: Any) -> Any:
    there = address(inspection, "hit-answer")
    return open_case(client, inspection.id).post(there, form, follow=True)


class TestTheHit:
    def test_stands_side_by_side_and_says_what_differs(self, scene: Scene, room: Client) -> None:
        scene.listed(sex="F", names=(NameOf("Souleymane SANGARE"), NameOf("Solo SANGARE")))
        page = read(room, scene.referred())
        for told in (
            "SANGARE SOULEYMANE",
            "MLI-000001",
            "Against it: another sex",
            "Solo SANGARE",
            "Wanted for arrest",
            "call the gendarmerie",
            "Edition of",
        ):
            assert told in page

    def test_shows_no_source_and_no_reason(self, scene: Scene, room: Client) -> None:
        scene.listed()
        page = read(room, scene.referred())
        for secret in ("robbery", "Warrant", "Court of Gao"):
            assert secret not in page

    def test_is_in_the_log_of_look_ups_once_for_each_officer(
        self, scene: Scene, room: Client
    ) -> None:
        scene.listed()
        inspection = scene.referred()
        for _ in range(2):
            read(room, inspection)
        read(client_of(scene.cast.coumba), inspection)
        looked = Lookup.objects.filter(query__startswith="listing")
        assert {one.query for one in looked} == {
            f"listing wanted MLI-000001, crossing {inspection.id}"
        }
        assert [one.officer for one in looked.order_by("id")] == [
            scene.cast.boubacar.id,
            scene.cast.coumba.id,
        ]

    def test_says_that_the_list_is_stale(self, scene: Scene, room: Client) -> None:
        scene.listed()
        inspection = scene.referred()
        old = timezone.now() - timedelta(days=30)
        ListEdition.objects.update(dated=old, published_at=old)
        LISTS.forget()
        page = read(room, inspection)
        assert "Stale: 30 days old, and its limit is 14 days" in page
        assert "compared with the edition of" in page

    def test_says_that_the_listing_changed_since(self, scene: Scene, room: Client) -> None:
        listing = scene.listed()
        inspection = scene.referred()
        scene.changed(listing, told="Unarmed")
        page = read(room, inspection)
        assert "The listing has changed since the scan" in page

    def test_says_that_the_listing_is_gone(self, scene: Scene, room: Client) -> None:
        listing = scene.listed()
        inspection = scene.referred()
        with at_node(HQ):
            made = proposals.propose_removal(scene.desk.fanta, listing.id, "found")
            proposals.approve(scene.desk.mariam, made.id, made.digest)
        scene.publish()
        page = read(room, inspection)
        assert "does not meet this traveller any more" in page

    def test_that_only_the_headquarters_is_told_of_is_not_there(
        self, scene: Scene, room: Client
    ) -> None:
        scene.listed(action=Action.INFORM, discreet=True)
        inspection = scene.referred()
        hit = hit_id(inspection.id, "wanted", "MLI-000001")
        assert room.get(reverse("hit", args=[inspection.id, hit])).status_code == 404
        assert not Lookup.objects.exists()

    def test_of_another_post_or_of_nobody_is_not_there(self, scene: Scene, room: Client) -> None:
        scene.listed()
        inspection = scene.referred()
        assert room.get(reverse("hit", args=[inspection.id, new_id()])).status_code == 404
        there = address(inspection)
        Crossing.objects.update(node=new_id())
        assert room.get(there).status_code == 404

    def test_of_an_earlier_version_has_no_page_and_stays_readable(
        self, scene: Scene, room: Client
    ) -> None:
        """Findings did not always say what an answer keeps."""
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
        page = (
            open_case(room, inspection.id)
            .get(reverse("second-line-case", args=[inspection.id]))
            .content.decode()
        )
        assert "Very likely on a list" in page
        assert "Compare and answer" not in page

    def test_opens_with_the_interview_or_for_a_purpose(self, scene: Scene, room: Client) -> None:
        scene.listed()
        inspection = scene.referred()
        there = address(inspection)
        assert "Open and record" in room.get(there).content.decode()
        assert not Lookup.objects.exists()
        page = room.post(there, {"purpose": "complaint"}, follow=True).content.decode()
        assert "How they compare" in page
        assert {one.purpose for one in Lookup.objects.all()} == {"complaint"}
        assert Lookup.objects.count() == 2

    def test_a_note_that_comes_too_late_comes_back_into_its_field(
        self, scene: Scene, room: Client
    ) -> None:
        scene.listed()
        inspection = scene.referred()
        said = {"said": "not_same", "note": "His brother"}  # why not, is not said
        closed = room.post(address(inspection, "hit-answer"), said)
        assert closed.status_code == 409
        page = closed.content.decode()
        assert f'action="{address(inspection)}"' in page
        assert 'name="kept-note" value="His brother"' in page
        again = {"purpose": "case", "reason": "", "kept-note": "His brother"}
        page = room.post(address(inspection), again).content.decode()
        assert ">His brother</textarea>" in page
        assert {one.query.split()[0] for one in Lookup.objects.all()} == {"interview", "listing"}


class TestTheAnswer:
    @pytest.mark.parametrize(
        ("action", "discreet", "todo"),
        [
            (Action.CALL_HQ, False, "Call headquarters now, and give the number MLI-000001"),
            (Action.SECOND_LINE, False, "Do what the listing asks"),
            (Action.INFORM, False, "nothing else is asked"),
            (Action.SECOND_LINE, True, "must not notice"),
        ],
    )
    def test_the_same_says_what_to_do_by_what_the_listing_asks(
        self, scene: Scene, room: Client, action: Action, discreet: bool, todo: str
    ) -> None:
        scene.listed(action=action, discreet=discreet)
        page = post(room, scene.referred(), said="same.admits").content.decode()
        assert todo in page

    def test_not_the_same_says_until_when_and_goes_on_to_the_decision(
        self, scene: Scene, room: Client
    ) -> None:
        scene.listed()
        inspection = scene.referred()
        page = post(room, inspection, said="not_same.face", note="Seen").content.decode()
        until = HitResolution.objects.get().until
        assert until is not None
        assert f"Until {until.isoformat()} this listing does not send this traveller here" in page
        case = (
            open_case(room, inspection.id)
            .get(reverse("second-line-case", args=[inspection.id]))
            .content.decode()
        )
        assert "Not the same person: Another face (Boubacar Traoré" in case
        assert '<option value="not_the_person" selected>' in case

    @pytest.mark.parametrize("said", ["", "same", "same.birth", "nonsense.face", "same.nonsense"])
    def test_that_is_incomplete_loses_nothing(self, scene: Scene, room: Client, said: str) -> None:
        scene.listed()
        answer = post(room, scene.referred(), said=said, note="Wears glasses")
        assert answer.status_code == 409
        assert "Wears glasses" in answer.content.decode()
        assert not HitResolution.objects.exists()

    def test_anew_shows_both(self, scene: Scene, room: Client) -> None:
        scene.listed()
        inspection = scene.referred()
        post(room, inspection, said="not_same.face")
        first = HitResolution.objects.get()
        page = post(room, inspection, said="same.admits", after=str(first.id)).content.decode()
        assert page.index("The same person") < page.index("Answers before it")
        assert "Another face" in page

    def test_over_a_colleagues_is_not_saved_unseen(self, scene: Scene, room: Client) -> None:
        scene.listed()
        inspection = scene.referred()
        scene.answer(inspection, SAME)
        answer = post(room, inspection, said="not_same.face", after="")
        assert answer.status_code == 409
        assert "A colleague has answered meanwhile" in answer.content.decode()

    def test_of_a_remembered_hit_can_be_taken_back_where_it_came_up_again(
        self, scene: Scene, room: Client
    ) -> None:
        scene.listed()
        scene.answer(scene.referred())
        again = scene.referred()
        post(room, again, said="same.admits")
        assert "list_hit" in {one.code for one in scene.scan().findings}


class TestTheList:
    def test_is_empty_at_first(self, room: Client) -> None:
        assert "No hit was answered here yet" in room.get(reverse("hits")).content.decode()

    def test_shows_the_answer_that_counts_and_names_no_traveller(
        self, scene: Scene, room: Client
    ) -> None:
        scene.listed()
        inspection = scene.referred()
        hit = scene.answer(inspection)
        page = room.get(reverse("hits")).content.decode()
        assert "MLI-000001" in page
        assert "Another face" in page
        assert "SANGARE" not in page
        first = HitResolution.objects.get()
        again = Given(answer=Answer.UNSURE, reason=Reason.TOO_LITTLE, after=first.id)
        scene.answer(inspection, again)
        page = room.get(reverse("hits")).content.decode()
        assert page.count(reverse("hit", args=[inspection.id, hit])) == 1
        assert "Not sure" in page


class TestTheHeadquarters:
    def test_reads_the_answer_with_the_crossing(self, scene: Scene) -> None:
        scene.listed()
        inspection = scene.referred()
        scene.answer(inspection)
        with at_node(HQ):
            NationalList.objects.update(readers=[Role.HQ_ANALYST])
            client = client_of(scene.cast.djibril)
            client.cookies["midas_language"] = "en"
            there = reverse("hq-crossing", args=[inspection.id])
            page = client.post(there, {"purpose": "case", "reason": ""}).content.decode()
        assert "Not the same person: Another face (Boubacar Traoré" in page
        assert "Compare and answer" not in page


def test_names_from_documents_are_escaped(scene: Scene, room: Client) -> None:
    scene.listed(told="<script>alert(1)</script>")
    page = read(room, scene.referred())
    assert "<script>alert" not in page
    assert zone()[:8] not in page
