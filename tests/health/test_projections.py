"""Health checks in the tables: the same after a rebuild, nobody else's, and gone with the crossing."""

from __future__ import annotations

import pytest

from openmidas.crossings.erasing import places_of_crossing
from openmidas.crossings.ids import issue_id
from openmidas.health.definitions import Symptom
from openmidas.health.entries import HealthAnswered, HealthChecked, Word
from openmidas.health.models import HealthAnswer, HealthCheck
from openmidas.health.services import answer
from openmidas.journal import Actor, NodeKind
from openmidas.journal.local import Quarantined
from openmidas.journal.models import new_id
from openmidas.journal.rebuild import rebuild
from openmidas.nodes.entries import ErasureReason
from openmidas.nodes.erasing import order_erasure
from tests.conftest import HQ
from tests.crossings.test_projections import arrive
from tests.health.conftest import Ward, was_in
from tests.support.cast import at_node
from tests.support.tables import all_rows
from tests.support.writers import Pen


@pytest.mark.django_db(transaction=True)
def test_rebuilt_checks_equal_the_live_ones(ward: Ward) -> None:
    ward.publish()
    crossing = ward.sent("Siguiri")
    ward.check(
        crossing,
        temperature=39.2,
        symptoms=(Symptom.RASH,),
        itinerary=(was_in("Kita", 2),),
        words="Red spots",
    )
    answer(ward.boubacar, crossing, issue_id(), Word.STAYS)
    live = all_rows()
    assert len(live["health_healthcheck"]) == len(live["health_healthanswer"]) == 1
    rebuild()
    assert all_rows() == live


@pytest.mark.django_db
class TestFromAPost:
    def test_no_post_writes_over_anothers(self) -> None:
        mine, other = Pen(), Pen()
        said = HealthChecked(check=new_id(), crossing=new_id(), temperature=37.0)
        mine.write(said)
        other.write(HealthChecked(check=said.check, crossing=said.crossing, temperature=41.0))
        with at_node(HQ):
            arrive(mine)
            arrive(other)
        assert HealthCheck.objects.get().temperature == 37.0
        assert Quarantined.objects.count() == 1

    def test_no_headquarters_checks_anybody(self) -> None:
        hq = Pen(NodeKind.HQ)
        hq.write(HealthAnswered(answer=new_id(), crossing=new_id(), word=Word.GO_ON))
        arrive(hq)
        assert not HealthAnswer.objects.exists()
        assert Quarantined.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_what_was_checked_goes_with_the_crossing(ward: Ward) -> None:
    crossing = ward.sent()
    ward.check(crossing, temperature=37.0)
    answer(ward.boubacar, crossing, issue_id(), Word.GO_ON)
    places = places_of_crossing(crossing)
    assert len(places) == 3
    with at_node(HQ):
        order_erasure(places, ErasureReason.REQUEST, actor=Actor())
        rebuild()
    assert not HealthCheck.objects.exists()
    assert not HealthAnswer.objects.exists()
