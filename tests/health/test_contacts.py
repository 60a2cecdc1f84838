"""Who travelled with whom."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from openmidas.crossings import services as lane
from openmidas.crossings.conveyances import services as conveyances
from openmidas.crossings.models import Crossing
from openmidas.health import contacts
from openmidas.health.contacts import Asked, Why, contacts_of, explained, own_crossings
from openmidas.journal.models import new_id
from tests.conftest import HQ
from tests.crossings.conftest import paper
from tests.crossings.conveyances.conftest import BUS
from tests.health.conftest import Ward

pytestmark = pytest.mark.django_db

ASKED = Asked(days=21, minutes=15)


def moved(crossing: UUID, **to: object) -> None:
    """A crossing as it would stand if it had been at another time, lane or post."""
    Crossing.objects.filter(id=crossing).update(**to)


def later(crossing: UUID, minutes: int) -> None:
    row = Crossing.objects.get(id=crossing)
    moved(crossing, at=row.at + timedelta(minutes=minutes))


def found(case: UUID, asked: Asked = ASKED) -> dict[UUID, tuple[Why, ...]]:
    own = own_crossings(Crossing.objects.get(id=case), asked.days)
    rows = contacts_of(own.rows, asked)
    return {one.row.id: one.why for one in explained(rows, own.rows, asked)}


def test_at_the_same_lane_within_the_minutes(ward: Ward) -> None:
    case, near, far, other_lane, other_post = (ward.crossed() for _ in range(5))
    later(near, 14)
    later(far, 17)
    moved(other_lane, lane="2")
    moved(other_post, node=HQ)
    assert found(case) == {near: (Why.LANE,)}
    assert set(found(case, Asked(days=21, minutes=30))) == {near, far}
    assert found(case, Asked(days=21, minutes=0)) == {}


def test_in_the_same_group_whatever_the_lane_and_the_minutes(ward: Ward) -> None:
    first = lane.scan(ward.aminata, new_id(), paper(number="SP0000081"), group=True)
    second = lane.scan(ward.aminata, new_id(), paper(number="SP0000082"), group=True)
    lane.admit(ward.aminata, [first.id, second.id])
    moved(second.id, lane="2")
    later(second.id, 100)
    assert found(first.id) == {second.id: (Why.GROUP,)}


def test_with_the_same_bus_whatever_the_lane_and_the_minutes(ward: Ward) -> None:
    bus = new_id()
    conveyances.open_conveyance(ward.aminata, bus, BUS)
    conveyances.scan_here(ward.aminata, bus)
    case, aboard = (ward.crossed(conveyance=BUS.what) for _ in range(2))
    moved(aboard, lane="2")
    later(aboard, 120)
    assert found(case) == {aboard: (Why.CONVEYANCE,)}


def test_at_every_crossing_of_the_document_within_the_days(ward: Ward) -> None:
    case, before, long_before = ward.crossed(), ward.crossed(), ward.crossed()
    document = Crossing.objects.get(id=case).document_key
    issuer = Crossing.objects.get(id=case).document_issuer
    met, met_long_before = ward.crossed(), ward.crossed()
    for id, days in ((before, 20), (met, 20), (long_before, 22), (met_long_before, 22)):
        later(id, -days * 24 * 60)
    moved(before, document_key=document, document_issuer=issuer)
    moved(long_before, document_key=document, document_issuer=issuer)
    assert set(found(case)) == {met}


def test_at_the_nearest_crossings_where_there_are_too_many(
    ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contacts, "MOST_OWN", 3)
    case, *others = (ward.crossed() for _ in range(6))
    row = Crossing.objects.get(id=case)
    for id, days in zip(others, (1, 2, 3, 4, -1), strict=True):
        later(id, days * 24 * 60)
        moved(id, document_key=row.document_key, document_issuer=row.document_issuer)
    own = own_crossings(row, 21)
    assert {one.id for one in own.rows} == {case, others[0], others[4]}
    assert own.cut
    assert (own.since < row.at < own.until, own_crossings(row, 1).cut) == (True, False)


def test_of_somebody_without_a_document_at_that_crossing(ward: Ward) -> None:
    case, near = ward.crossed(), ward.crossed()
    moved(case, document_key="", document_issuer="")
    assert set(found(case)) == {near}


def test_is_one_query(ward: Ward) -> None:
    case = ward.crossed()
    for _ in range(3):
        ward.crossed()
    own = own_crossings(Crossing.objects.get(id=case), 21)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert len(list(contacts_of(own.rows, ASKED))) == 3
    assert len(asked) == 1
