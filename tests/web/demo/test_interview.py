"""The played second line answers hits through its pages, with a reason, and then decides."""

from __future__ import annotations

from random import Random

import pytest
from django.test import Client
from django.utils import timezone

from openmidas.cases.entries import REASONS, Answer, Reason
from openmidas.cases.models import HitResolution
from openmidas.crossings.models import Crossing
from openmidas.web.demo.check import CheckFailed, Visitor
from openmidas.web.demo.interview import Room
from openmidas.web.demo.living import _unanswered
from tests.cases.conftest import Scene, scene
from tests.crossings.conftest import publish, rules_of
from tests.support.cast import client_of

__all__ = ["scene"]

pytestmark = pytest.mark.usefixtures("pages")


class Within(Visitor):
    """A browser within this process."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def get(self, path: str) -> str:
        answer = self._client.get(path)
        assert answer.status_code == 200, path
        return answer.content.decode()

    def post(self, path: str, **fields: str) -> str:
        answer = self._client.post(path, fields, follow=True)
        if answer.status_code != 200:
            raise CheckFailed(path, answer.status_code)
        return answer.content.decode()


def room_of(scene: Scene, seed: int = 1) -> Room:
    return Room(Within(client_of(scene.cast.boubacar)), Random(seed))  # noqa: S311  repeatable


def test_hits_are_answered_with_reasons_and_each_way(scene: Scene) -> None:
    scene.listed()
    room = room_of(scene)
    for number in range(20):
        inspection = scene.referred(number=f"SP00001{number:02}")
        room.decide(inspection.id, stop=True)

    rows = list(HitResolution.objects.all())
    assert {row.answer for row in rows} == set(Answer)
    assert len(rows) == 20
    for row in rows:
        assert Reason(row.reason) in REASONS[Answer(row.answer)]
        assert row.officer == scene.cast.boubacar.id
        crossing = Crossing.objects.get(id=row.crossing)
        assert crossing.status == ("admitted" if row.answer == Answer.NOT_SAME else "refused")
        assert crossing.open_hit_reason == ""


def test_who_is_not_the_person_is_not_admitted_where_something_else_says_stop(scene: Scene) -> None:
    today = timezone.localdate()
    publish(rules_of(today, f'[[closures]]\ncode = "test"\nhosts = ["MLI"]\nfrom = {today}\n'))
    scene.listed()
    room = room_of(scene)
    for number in range(8):
        inspection = scene.referred(number=f"SP00001{number:02}", state="GIN")
        room.decide(inspection.id, stop=True)
    assert HitResolution.objects.filter(answer=Answer.NOT_SAME).exists()
    assert set(Crossing.objects.values_list("status", flat=True)) == {"refused"}


def test_who_has_no_hit_is_decided_on_as_well(scene: Scene) -> None:
    inspection = scene.referred()
    room_of(scene).decide(inspection.id, stop=False)
    assert Crossing.objects.get().status in ("admitted", "refused")
    assert not HitResolution.objects.exists()


def test_what_was_answered_is_not_answered_again(scene: Scene) -> None:
    scene.listed()
    inspection = scene.referred()
    scene.answer(inspection)
    assert room_of(scene).answer_hits(inspection.id) == set()
    assert HitResolution.objects.count() == 1


def test_of_the_history_those_are_given_that_have_no_answer(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("openmidas.web.demo.living.LEFT_OPEN", 0)
    scene.referred(number="SP0000010")  # on no list yet
    scene.listed()
    answered, left = scene.referred(), scene.referred(number="SP0000011")
    scene.answer(answered)
    assert _unanswered() == [left.id]
