"""Answers in the tables: the same after a rebuild, at the HQ, in any order, and gone with the crossing."""

from __future__ import annotations

from typing import Any

import pytest

from openmidas.cases.entries import Answer, Bearer, HitResolved, HitSaid, Reason
from openmidas.cases.hits import answers_to
from openmidas.cases.models import HitResolution
from openmidas.cases.services import Given
from openmidas.crossings.erasing import places_of_crossing, places_of_document
from openmidas.crossings.hits import hit_id
from openmidas.journal import Actor
from openmidas.journal.local import Quarantined
from openmidas.journal.models import JournalEntry, new_id
from openmidas.journal.rebuild import rebuild
from openmidas.nodes.entries import ErasureReason
from openmidas.nodes.erasing import order_erasure
from tests.cases.conftest import Scene
from tests.conftest import HQ
from tests.crossings.test_projections import arrive
from tests.support.cast import at_node
from tests.support.tables import all_rows
from tests.support.writers import Pen


def content(**changes: Any) -> HitResolved:
    usual: dict[str, Any] = {
        "resolution": new_id(),
        "crossing": new_id(),
        "found_at": 1_759_999_000_000,
        "hit": HitSaid(
            list_code="un",
            listing="CDi.001",
            edition=new_id(),
            digest="a" * 64,
            level="strong",
            score=20.5,
            agreed=("name", "birth"),
        ),
        "bearer": Bearer(number="SP0000009", issuer="MLI", birth="1974-03-12"),
        "answer": Answer.NOT_SAME,
        "reason": Reason.FACE,
        "until": "2027-11-26",
    }
    return HitResolved(**{**usual, **changes})


@pytest.mark.django_db(transaction=True)
def test_rebuilt_answers_equal_the_live_ones(scene: Scene) -> None:
    scene.listed()
    inspection = scene.referred()
    hit = scene.answer(inspection)
    (first,) = answers_to(hit)
    scene.answer(inspection, Given(answer=Answer.SAME, reason=Reason.ADMITS, after=first.id))
    live = all_rows()
    assert len(live["cases_hitresolution"]) == 2
    rebuild()
    assert all_rows() == live


@pytest.mark.django_db
class TestFromAPost:
    def test_arrives_at_the_headquarters(self) -> None:
        with at_node(HQ):
            pen = Pen()
            said = content()
            pen.write(said)
            arrive(pen)
        row = HitResolution.objects.get()
        assert (row.node, row.hit) == (pen.node, hit_id(said.crossing, "un", "CDi.001"))
        assert (row.answer, row.agreed) == ("not_same", ["birth", "name"])

    def test_no_post_changes_anothers_answer(self) -> None:
        said = content()
        mine, other = Pen(), Pen()
        mine.write(said)
        other.write(content(resolution=said.resolution, answer=Answer.SAME, reason=Reason.FACE))
        other.write(content(crossing=said.crossing, answer=Answer.SAME, until=None))
        with at_node(HQ):
            arrive(mine)
            arrive(other)
        assert HitResolution.objects.get(id=said.resolution).answer == "not_same"
        assert HitResolution.objects.that_count().filter(node=mine.node).count() == 1
        assert Quarantined.objects.get().node == other.node

    @pytest.mark.parametrize("changes", [{"found_at": 10**17}, {"until": "2027-02-30"}])
    def test_that_no_calendar_has_is_set_aside(self, changes: dict[str, Any]) -> None:
        with at_node(HQ):
            pen = Pen()
            pen.write(content(**changes))
            arrive(pen)
        assert not HitResolution.objects.exists()
        assert Quarantined.objects.get().kind == "hit.resolved"


@pytest.mark.django_db
class TestErasing:
    def test_an_answer_goes_with_its_crossing(self, scene: Scene) -> None:
        scene.listed()
        mine = scene.referred()
        scene.answer(mine)
        scene.answer(scene.referred(number="SP0000010"))
        places = places_of_crossing(mine.id)
        kinds = {
            JournalEntry.objects.get(node=one.node, epoch=one.epoch, sequence=one.sequence).kind
            for one in places
        }
        assert kinds == {"crossing.referred", "hit.resolved"}
        with at_node(HQ):
            order_erasure(places, ErasureReason.REQUEST, actor=Actor())
            rebuild()
        assert HitResolution.objects.get().number == "SP0000010"

    def test_and_with_its_document(self, scene: Scene) -> None:
        scene.listed()
        scene.answer(scene.referred())
        found = places_of_document("SP0000009", "MLI")
        kinds = [
            JournalEntry.objects.get(node=p.node, epoch=p.epoch, sequence=p.sequence).kind
            for p in found
        ]
        assert sorted(kinds) == ["crossing.referred", "hit.resolved"]
