"""What is set aside, as the HQ sees it: why, of which post, and tried again by whom."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from openmidas.exchange.worker import run_once
from openmidas.journal import NodeKind
from openmidas.journal.local import Quarantined
from openmidas.journal.models import Journal, JournalEntry, new_id
from openmidas.journal.store import lock_journal, receive
from openmidas.nodes.entries import NodeEnrolled
from openmidas.nodes.local import RetryUnderWay
from openmidas.nodes.models import EnrolledNode, QuarantineRetry
from openmidas.nodes.quarantine import carry_on
from openmidas.posts.models import Lookup
from tests.conftest import HQ
from tests.exchange.peers import befriend
from tests.support.cast import Cast, at_node, client_of
from tests.support.writers import Pen

pytestmark = pytest.mark.usefixtures("pages")

NAME = "Sona KEITA"


@pytest.fixture
def at_hq(cast: Cast) -> Iterator[Cast]:
    with at_node(HQ):
        yield cast


def english(client: Client) -> Client:
    client.cookies["midas_language"] = "en"
    return client


def forbidden(pen: Pen, entries: int = 1) -> list[Quarantined]:
    """A post writes what only the HQ may: it is stored, and set aside."""
    for _ in range(entries):
        pen.write(
            NodeEnrolled(
                enrolled=new_id(), node_kind=NodeKind.POST, name=NAME, state="MLI", epoch=1,
                public_key=b"", certificate="",
            )
        )  # fmt: skip
    with transaction.atomic():
        receive(pen.segment(), lock_journal(pen.node, 1))
    while run_once():
        pass
    return list(Quarantined.objects.filter(node=pen.node).order_by("sequence"))


def allow(pen: Pen) -> None:
    """As an upgrade would: from now on its writer may say so."""
    Journal.objects.filter(node=pen.node).update(node_kind=NodeKind.HQ)


def page(client: Client, **asked: str) -> str:
    response = client.get(reverse("quarantine"), asked)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_nothing_aside_says_what_that_means(at_hq: Cast) -> None:
    said = page(english(client_of(at_hq.idrissa)))
    assert "Nothing is set aside" in said
    assert "What has not arrived yet is another matter" in said
    assert "Try all" not in said


def test_the_list_says_why_and_names_nobody(at_hq: Cast) -> None:
    pen, _ = befriend(NodeKind.POST, name="Labbézanga")
    (item,) = forbidden(pen)
    Quarantined.objects.filter(entry=item.entry).update(reason=f"quotes {NAME}")
    for officer in (at_hq.idrissa, at_hq.kadiatou):
        said = page(english(client_of(officer)))
        assert "A post may not decide this" in said
        assert "Labbézanga" in said
        assert reverse("quarantine-entry", args=[item.entry]) in said
        assert NAME not in said
        assert ("Try all of them again" in said) is (officer == at_hq.idrissa)


def test_it_is_opened_only_after_a_look_up_is_written(at_hq: Cast) -> None:
    pen, _ = befriend(NodeKind.POST, name="Labbézanga")
    (item,) = forbidden(pen)
    client = english(client_of(at_hq.kadiatou))
    address = reverse("quarantine-entry", args=[item.entry])
    assert NAME not in client.get(address).content.decode()
    asked = {"purpose": "other", "reason": "short"}
    refused = client.post(address, asked)
    assert refused.status_code == 422
    assert NAME not in refused.content.decode()
    assert not Lookup.objects.exists()
    opened = client.post(address, {"purpose": "oversight", "reason": ""}).content.decode()
    assert NAME in opened
    assert "entry.not_authorised" in opened
    assert Lookup.objects.get().query == f"set aside: Labbézanga 1/{item.sequence}"


def test_what_cannot_be_read_at_all_is_shown_as_such(at_hq: Cast) -> None:
    pen, _ = befriend(NodeKind.POST)
    (item,) = forbidden(pen)
    JournalEntry.objects.filter(id=item.entry).update(body=b"\xc1")
    client = english(client_of(at_hq.idrissa))
    address = reverse("quarantine-entry", args=[item.entry])
    opened = client.post(address, {"purpose": "oversight", "reason": ""}).content.decode()
    assert "It cannot be read at all" in opened


def test_one_is_tried_again_and_who_did_is_kept(at_hq: Cast) -> None:
    pen, _ = befriend(NodeKind.POST)
    (item,) = forbidden(pen)
    client = english(client_of(at_hq.idrissa))
    address = reverse("quarantine-entry-retry", args=[item.entry])
    assert "It stays here" in client.post(address, follow=True).content.decode()
    allow(pen)
    assert "it counts from now on" in client.post(address, follow=True).content.decode()
    assert EnrolledNode.objects.filter(name=NAME).exists()
    assert not Quarantined.objects.exists()
    orders = QuarantineRetry.objects.order_by("at")
    assert [(order.officer, order.sequence) for order in orders] == [
        (at_hq.idrissa.id, item.sequence)
    ] * 2
    assert "Idrissa Maïga" in page(client)
    assert "1 of 1 could be used" in page(client)


@pytest.mark.parametrize("whose", ["post", "all"])
def test_all_are_tried_again_by_the_worker_in_batches(
    at_hq: Cast, monkeypatch: pytest.MonkeyPatch, whose: str
) -> None:
    pen, _ = befriend(NodeKind.POST, name="Labbézanga")
    other, _ = befriend(NodeKind.POST, name="Kidal")
    forbidden(pen, 5)
    forbidden(other, 2)
    allow(pen)
    allow(other)
    monkeypatch.setattr("openmidas.journal.quarantine.retry_quarantined.__defaults__", (None, 2))
    client = english(client_of(at_hq.idrissa))
    asked = {"post": str(pen.node)} if whose == "post" else {}
    said = client.post(reverse("quarantine-retry"), asked, follow=True).content.decode()
    assert "They are tried again now" in said
    assert "goes on" in said
    assert Quarantined.objects.count() == 7, "the page does none of the work"
    tried = []
    while RetryUnderWay.objects.filter(ended=None).exists():
        tried.append(carry_on())
    assert max(tried) == 2
    assert sum(tried) == (5 if whose == "post" else 7)
    assert Quarantined.objects.count() == (2 if whose == "post" else 0)
    assert carry_on() == 0
    assert f"{sum(tried)} of {sum(tried)} could be used" in page(client)


def test_a_post_that_has_nothing_aside_is_said_so(at_hq: Cast) -> None:
    client = english(client_of(at_hq.idrissa))
    asked = {"post": "01900000-0000-7000-8000-00000000dead"}
    said = client.post(reverse("quarantine-retry"), asked, follow=True).content.decode()
    assert "Nothing of this post is set aside any more." in said
    assert not QuarantineRetry.objects.exists()


def test_a_choice_of_post_and_reason_stays_from_page_to_page(at_hq: Cast) -> None:
    pen, _ = befriend(NodeKind.POST, name="Labbézanga")
    other, _ = befriend(NodeKind.POST, name="Kidal")
    many(pen.node, 60)
    many(other.node, 1, code="row.missing")
    client = english(client_of(at_hq.idrissa))
    said = page(client, post=str(pen.node), reason="projection.failed")
    assert "Page 1 of 2" in said
    assert f"?post={pen.node}&amp;reason=projection.failed&amp;page=2" in said
    assert "It completes something that is not here" not in said
    said = page(client, post=str(other.node))
    assert "It completes something that is not here" in said
    assert "The program failed on it" not in said


def test_a_large_quarantine_asks_no_more_of_the_database(at_hq: Cast) -> None:
    pen, _ = befriend(NodeKind.POST, name="Labbézanga")
    client = english(client_of(at_hq.idrissa))
    many(pen.node, 1)
    with CaptureQueriesContext(
        connection,
    ) as few:
        page(client)
    many(pen.node, 400)
    with CaptureQueriesContext(connection) as all_of_them:
        page(client)
    assert len(all_of_them) == len(few)


def many(node: UUID, number: int, code: str = "projection.failed") -> None:
    Quarantined.objects.bulk_create(
        Quarantined(
            entry=new_id(), node=node, epoch=1, sequence=each + 1, kind="crossing.admitted",
            code=code, reason="",
        )
        for each in range(number)
    )  # fmt: skip
