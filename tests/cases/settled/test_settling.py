"""The headquarters confirms an answer: every post remembers it, and learns nobody's document."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import override

from openmidas.cases.entries import Answer, Bearer, Reason
from openmidas.cases.hits import answers_to
from openmidas.cases.models import HitResolution
from openmidas.cases.services import Given
from openmidas.cases.settled.digests import bearer_digest, new_key
from openmidas.cases.settled.entries import HitSettled
from openmidas.cases.settled.models import SettledHit
from openmidas.cases.settled.services import settle, unsettle
from openmidas.crossings.erasing import places_of_crossing
from openmidas.crossings.inspection import State
from openmidas.crossings.page import shown_findings
from openmidas.crossings.telling import for_post
from openmidas.journal.local import Quarantined
from openmidas.journal.models import JournalEntry, new_id
from openmidas.journal.rebuild import rebuild
from tests.cases.conftest import SAME, Scene
from tests.cases.test_projections import content
from tests.conftest import HQ, POST
from tests.crossings.conftest import codes
from tests.crossings.test_projections import arrive
from tests.support.cast import acting, at_node, client_of, refusal
from tests.support.tables import all_rows
from tests.support.writers import Pen

ELSEWHERE = UUID("01900000-0000-7000-8000-000000000002")


def confirmed(scene: Scene) -> HitResolution:
    """Another post resolved him as somebody else, and Djibril confirmed that."""
    scene.listed()
    scene.answer(scene.referred())
    with at_node(HQ):
        settle(acting(scene.cast.djibril), HitResolution.objects.get().id)
    HitResolution.objects.update(node=ELSEWHERE)
    return HitResolution.objects.get()


class TestAtEveryPost:
    def test_the_hit_only_informs(self, scene: Scene) -> None:
        confirmed(scene)
        again = scene.scan()
        assert "hit_resolved" in codes(again)
        assert again.state is not State.STOP
        with override("en"):
            found = shown_findings((again,), for_post)
        said = " ".join(strip_tags(one.detail) for one in found)
        assert "Another post compared the two, and headquarters confirmed it" in said

    @pytest.mark.parametrize("changes", [{"number": "SP0000010"}, {"state": "NER"}])
    def test_it_is_of_that_traveller_alone(self, scene: Scene, changes: dict[str, Any]) -> None:
        confirmed(scene)
        assert "list_hit" in codes(scene.scan(**changes))

    def test_new_facts_open_it_again(self, scene: Scene) -> None:
        scene.listed()
        scene.answer(scene.referred())
        with at_node(HQ):
            settle(acting(scene.cast.djibril), HitResolution.objects.get().id)
        HitResolution.objects.update(node=ELSEWHERE)
        SettledHit.objects.update(digest="0" * 64)
        assert scene.scan().state is State.STOP

    def test_who_saw_the_person_here_is_not_overruled(self, scene: Scene) -> None:
        confirmed(scene)
        again = scene.referred()
        scene.answer(again, SAME)
        assert scene.scan().state is State.STOP

    def test_it_ends_when_it_is_taken_back(self, scene: Scene) -> None:
        confirmed(scene)
        with at_node(HQ):
            unsettle(acting(scene.cast.djibril), SettledHit.objects.get().id)
        assert scene.scan().state is State.STOP

    def test_what_travels_there_names_nobody(self, scene: Scene) -> None:
        confirmed(scene)
        entry = JournalEntry.objects.get(kind="hit.settled")
        for secret in (b"SP0000009", b"1974", b"SANGARE"):
            assert secret not in bytes(entry.body or b"")


class TestConfirming:
    def test_is_done_once(self, scene: Scene) -> None:
        scene.listed()
        scene.answer(scene.referred())
        id = HitResolution.objects.get().id
        with at_node(HQ):
            for _ in range(2):
                settle(acting(scene.cast.djibril), id)
        assert SettledHit.objects.count() == 1

    def test_needs_an_answer_that_counts(self, scene: Scene) -> None:
        scene.listed()
        inspection = scene.referred()
        hit = scene.answer(inspection)
        (first,) = answers_to(hit)
        scene.answer(inspection, Given(answer=Answer.SAME, reason=Reason.ADMITS, after=first.id))
        djibril = acting(scene.cast.djibril)
        with at_node(HQ):
            for row in answers_to(hit):
                with refusal("answer.superseded"):
                    settle(djibril, row.id)
            with refusal("answer.unknown"):
                settle(djibril, new_id())

    def test_is_anothers_than_who_answered(self, scene: Scene) -> None:
        scene.listed()
        scene.answer(scene.referred())
        with at_node(HQ), refusal("answer.same_person"):
            settle(scene.boubacar, HitResolution.objects.get().id)

    def test_no_post_confirms_anything(self, db: None) -> None:
        said = content()
        pen = Pen()
        pen.write(
            HitSettled(
                settlement=new_id(),
                resolution=said.resolution,
                crossing=said.crossing,
                hit=said.hit,
                key=new_key(),
                bearer="a" * 64,
                until="2027-11-26",
            )
        )
        arrive(pen)
        assert not SettledHit.objects.exists()
        assert Quarantined.objects.get().node == pen.node


@pytest.mark.django_db(transaction=True)
def test_rebuilt_confirmations_equal_the_live_ones(scene: Scene) -> None:
    scene.listed()
    scene.answer(scene.referred())
    with at_node(HQ):
        djibril = acting(scene.cast.djibril)
        settle(djibril, HitResolution.objects.get().id)
        unsettle(djibril, SettledHit.objects.get().id)
    live = all_rows()
    assert len(live["cases_settledhit"]) == 1
    rebuild()
    assert all_rows() == live


def test_a_confirmation_goes_with_its_crossing(scene: Scene) -> None:
    scene.listed()
    inspection = scene.referred()
    scene.answer(inspection)
    with at_node(HQ):
        settle(acting(scene.cast.djibril), HitResolution.objects.get().id)
        found = places_of_crossing(inspection.id)
    assert {(one.node, _kind(one)) for one in found} == {
        (POST, "crossing.referred"),
        (POST, "hit.resolved"),
        (HQ, "hit.settled"),
    }


def _kind(place: Any) -> str:
    return JournalEntry.objects.get(
        node=place.node, epoch=place.epoch, sequence=place.sequence
    ).kind


def test_two_confirmations_of_one_traveller_cannot_be_told_to_be() -> None:
    bearer = Bearer(number="SP0000009", issuer="MLI", birth="1974-03-12")
    assert bearer_digest(new_key(), bearer) != bearer_digest(new_key(), bearer)


@pytest.mark.usefixtures("pages")
class TestThePage:
    @pytest.fixture
    def office(self, scene: Scene) -> Client:
        client = client_of(scene.cast.djibril)
        client.cookies["midas_language"] = "en"
        return client

    def test_is_empty_at_first(self, office: Client) -> None:
        with at_node(HQ):
            page = office.get(reverse("hits-settled")).content.decode()
        assert "No post has resolved a hit as somebody else’s" in page

    def test_confirms_and_takes_back_and_names_nobody(self, scene: Scene, office: Client) -> None:
        scene.listed()
        scene.answer(scene.referred())
        id = HitResolution.objects.get().id
        with at_node(HQ):
            page = office.get(reverse("hits-settled")).content.decode()
            assert "MLI-000001" in page
            assert "SANGARE" not in page
            page = office.post(reverse("hit-settle", args=[id]), follow=True).content.decode()
            assert "on its way to the posts" in page
            assert "Take back" in page
            settled = SettledHit.objects.get()
            there = reverse("hit-unsettle", args=[settled.id])
            assert "Taken back" in office.post(there, follow=True).content.decode()
        assert SettledHit.objects.get().ended_at is not None

    def test_says_that_a_post_answered_otherwise_since(self, scene: Scene, office: Client) -> None:
        scene.listed()
        inspection = scene.referred()
        hit = scene.answer(inspection)
        (first,) = answers_to(hit)
        with at_node(HQ):
            settle(acting(scene.cast.djibril), first.id)
        scene.answer(inspection, Given(answer=Answer.SAME, reason=Reason.ADMITS, after=first.id))
        with at_node(HQ):
            page = office.get(reverse("hits-settled")).content.decode()
        assert "Answered otherwise since" in page

    def test_tells_what_is_not_possible(self, scene: Scene, office: Client) -> None:
        with at_node(HQ):
            page = office.post(reverse("hit-settle", args=[new_id()]), follow=True)
        assert "There is no such answer" in page.content.decode()
