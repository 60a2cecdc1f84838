"""The link as a head of post sees it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from openmidas.crossings.publishing import publish_rules
from openmidas.crossings.rules import sample_rules
from openmidas.crossings.waiting import waiting
from openmidas.exchange.status import exchange_status
from openmidas.journal import Actor, NodeKind
from openmidas.journal.local import HeldReceipt
from openmidas.journal.models import Journal, JournalEntry
from openmidas.lists.in_use import LISTS
from openmidas.lists.models import ListEdition
from openmidas.nodes.local import Peer, StickNote
from openmidas.nodes.services import node_time
from tests.conftest import HQ, POST
from tests.crossings.conftest import publish_list
from tests.crossings.test_hq_pages import admit, english, inspection
from tests.exchange.peers import befriend
from tests.lists.conftest import arriving
from tests.support.cast import Cast, at_node, client_of

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


def test_what_waits_of_another_epoch_counts_as_well(cast: Cast, coumba: Client) -> None:
    _, hq = befriend(NodeKind.HQ)
    admit(cast, inspection())
    hold(hq)
    left = JournalEntry.objects.get(node=POST, kind="crossing.admitted")
    Journal.objects.create(node=POST, epoch=2, node_kind=NodeKind.POST, public_key=b"", sequence=1)
    JournalEntry.objects.create(
        node=POST, epoch=2, sequence=1, kind=left.kind, header=left.header, body=left.body,
        salt=left.salt,
    )  # fmt: skip
    status = exchange_status().hq
    assert status is not None
    found = waiting(status)
    assert (found.crossings, found.all) == (1, 1)
    assert found.since is not None


def test_since_when_is_told_where_the_oldest_was_erased(cast: Cast, coumba: Client) -> None:
    befriend(NodeKind.HQ)
    status = exchange_status().hq
    assert status is not None
    before = waiting(status).since
    first = JournalEntry.objects.filter(node=POST).order_by("sequence").first()
    assert first is not None
    JournalEntry.objects.filter(id=first.id).update(body=None, salt=None, kind="")
    since = waiting(status).since
    assert since is not None
    assert before is not None
    assert abs(since - before) < timedelta(seconds=5)


def test_sticks_and_rules_are_told(cast: Cast, coumba: Client) -> None:
    said = page(coumba)
    assert "No stick was made or taken in here yet." in said
    assert "No rules of stay have arrived yet" in said
    with at_node(HQ), transaction.atomic():
        publish_rules(sample_rules(), actor=Actor())
    note = {"peer": HQ, "made_at": node_time()}
    StickNote.objects.create(outgoing=True, entries=1204, **note)
    StickNote.objects.create(outgoing=False, entries=3, new=2, problem="chain.gap", **note)
    said = page(coumba)
    assert "1,204 entries on it" in said
    assert "2 new entries" in said
    assert "not all taken" in said
    assert "Rules of stay" in said
    assert "No rules of stay" not in said
