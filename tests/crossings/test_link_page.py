"""The link as a head of post sees it."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from openmidas.crossings.waiting import waiting
from openmidas.exchange.status import exchange_status
from openmidas.journal import NodeKind
from openmidas.journal.local import HeldReceipt
from openmidas.journal.models import Journal
from openmidas.lists.in_use import LISTS
from openmidas.lists.models import ListEdition
from openmidas.nodes.local import Peer
from openmidas.nodes.services import node_time
from tests.conftest import POST
from tests.crossings.conftest import publish_list
from tests.crossings.test_hq_pages import admit, english, inspection
from tests.exchange.peers import befriend
from tests.lists.conftest import arriving
from tests.support.cast import Cast, client_of

pytestmark = pytest.mark.usefixtures("pages")


def hold(peer: Peer) -> None:
    """The HQ has given a receipt for our journal up to here."""
    journal = Journal.objects.get(node=POST)
    place = journal.place()
    HeldReceipt.objects.create(
        node=journal.node, epoch=1, sequence=place.sequence, hash=place.hash, witness=peer.id,
        at=round(node_time().timestamp() * 1000), signature=b"",
    )  # fmt: skip


@pytest.fixture
def coumba(cast: Cast) -> Client:
    """The head of post, signed in: that is an entry as well."""
    return english(client_of(cast.coumba))


def page(client: Client) -> str:
    response = client.get(reverse("link"))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_a_post_without_a_headquarters_says_so(coumba: Client) -> None:
    assert "met no headquarters" in page(coumba)


def test_what_waits_is_told_with_how_long_it_takes(cast: Cast, coumba: Client) -> None:
    _, hq = befriend(NodeKind.HQ, name="Bamako")
    hold(hq)
    assert "Nothing waits" in page(coumba)
    for _ in range(3):
        admit(cast, inspection())
    Peer.objects.filter(id=hq.id).update(last_contact=node_time(), per_minute=2)
    status = exchange_status().hq
    assert status is not None
    found = waiting(status)
    assert (found.crossings, found.referrals, found.others) == (3, 0, 0)
    assert found.since is not None
    said = page(coumba)
    assert "3 crossings wait, 2 minutes at the last speed" in said
    Peer.objects.filter(id=hq.id).update(last_contact=None)
    said = page(coumba)
    assert "does not answer" in said
    assert "minutes at the last speed" not in said, "no speed where nothing moves"


def test_an_edition_on_its_way_is_told(coumba: Client, tmp_path: Path) -> None:
    befriend(NodeKind.HQ)
    publish_list(tmp_path, days_old=9)
    publish_list(tmp_path, days_old=2)
    before, after = ListEdition.objects.order_by("dated")
    arriving(str(after.day), here=43)
    LISTS.forget()
    said = page(coumba)
    assert f'the edition of <bdi dir="ltr">{after.day}</bdi> is on its way, 43 % are here' in said
    assert "the one above stays in use" in said
    assert f'(<bdi dir="ltr">{before.day}</bdi>)' in said


def test_a_clock_that_differs_stands_out(coumba: Client) -> None:
    _, hq = befriend(NodeKind.HQ)
    assert "not compared yet" in page(coumba)
    Peer.objects.filter(id=hq.id).update(clock_ahead=3_600_000, last_contact=node_time())
    assert "more than five minutes" in page(coumba)
