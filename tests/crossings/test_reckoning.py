"""The travellers of a day: registered, from paper, only counted, and the sum of all."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.urls import reverse

from openmidas.crossings.counting import Count, record_count
from openmidas.crossings.entries import CountReason
from openmidas.crossings.inspection import Direction
from openmidas.crossings.models import Crossing
from openmidas.crossings.reckoning import Parts, reckoning
from openmidas.journal.models import new_id
from openmidas.nodes.identity import this_node
from openmidas.nodes.services import node_day
from tests.conftest import HQ
from tests.crossings.conftest import admit, paper, scan
from tests.support.cast import Cast, acting, at_node, client_of

pytestmark = pytest.mark.usefixtures("pages", "post")


def count(cast: Cast, number: int, *, about: bool = False, id: UUID | None = None) -> UUID:
    id = id or new_id()
    counted = Count(
        day=node_day(),
        direction=Direction.ENTRY,
        number=number,
        reason=CountReason.POWER,
        about=about,
    )
    record_count(acting(cast.boubacar), id, counted, again=True)
    return id


@pytest.fixture
def a_day(cast: Cast) -> None:
    for number in ("SP0000001", "SP0000002", "SP0000003"):
        admit(scan(paper(number=number)))
    Crossing.objects.filter(document_number="SP0000003").update(recorded="paper")
    count(cast, 60, about=True)
    count(cast, 7)


def test_the_parts_make_the_whole(a_day: None) -> None:
    (here,) = reckoning(node_day(), [this_node().id]).posts
    assert here.parts == Parts(live=2, paper=1, counted=67, about=60)
    assert (here.parts.registered, here.parts.all) == (3, 70)


def test_another_day_has_its_own(a_day: None) -> None:
    yesterday = node_day() - timedelta(days=1)
    (here,) = reckoning(yesterday, [this_node().id]).posts
    assert here.parts == Parts()
    assert reckoning(yesterday).posts == ()


def test_headquarters_sees_the_same(a_day: None, cast: Cast) -> None:
    with at_node(HQ):
        assert reckoning(node_day()).total.all == 70
        client = client_of(cast.djibril)
        client.cookies["midas_language"] = "en"
        page = client.get(reverse("hq-crossings")).content.decode()
    assert "of them 60 by estimate" in page
    assert "<strong>70</strong>" in page
