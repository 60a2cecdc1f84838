"""Seals and leases at the HQ: who is sealed, until when, opened by whom; set with a reason, by whom."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from openmidas.exchange.worker import run_once
from openmidas.journal import NodeKind
from openmidas.journal.store import lock_journal, receive
from openmidas.nodes.entries import NodeReported
from openmidas.nodes.local import HeldShare, PostLease
from openmidas.nodes.models import LeaseChange
from openmidas.nodes.sealing.entries import PostUnsealed, ShareUsed
from openmidas.posts.layouts import PostLayout
from openmidas.posts.leases import seals
from openmidas.posts.services import configure_post
from tests.conftest import HQ
from tests.exchange.peers import befriend
from tests.support.cast import Cast, acting, at_node, client_of
from tests.support.writers import Pen

pytestmark = pytest.mark.usefixtures("pages")


@pytest.fixture
def at_hq(cast: Cast) -> Iterator[Cast]:
    with at_node(HQ):
        yield cast


@pytest.fixture
def post(at_hq: Cast) -> Pen:
    """A post that is laid out, and has asked for a lease."""
    pen, peer = befriend(NodeKind.POST, name="Labbézanga")
    configure_post(acting(at_hq.idrissa), peer.id, PostLayout(name="Labbézanga", lanes=("1",)))
    PostLease.objects.create(post=peer.id, days=14, until=timezone.now() + timedelta(days=13))
    HeldShare.objects.create(
        id=uuid4(), post=peer.id, share=b"s", proof=b"p", deposited_at=timezone.now()
    )
    return pen


def arrives(pen: Pen, *contents: Any) -> None:
    for content in contents:
        pen.write(content)
    with transaction.atomic():
        receive(pen.segment(), lock_journal(pen.node, 1))
    while run_once():
        pass


def report(sealed: bool | None) -> NodeReported:
    return NodeReported(report=uuid4(), up_from=0, up_until=0, sealed=sealed)


def opening(**changes: Any) -> PostUnsealed:
    usual: dict[str, Any] = {
        "opening": uuid4(), "at": 9_000, "officers": ("Awa Traoré", "Issa <b>Koné</b>"),
        "share": ShareUsed.TOKEN, "failed": 3, "first_failed": 7_000,
        "last_failed": 8_000,
    }  # fmt: skip
    return PostUnsealed(**usual | changes)


def said(answer: Any) -> str:
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def english(officer: Any) -> Client:
    client = client_of(officer)
    client.cookies["midas_language"] = "en"
    return client


def page_of(client: Client, post: UUID) -> str:
    return said(client.get(reverse("hq-post", args=[post])))


def change(client: Client, post: UUID, days: str, reason: str) -> str:
    address = reverse("hq-post-lease", args=[post])
    return said(client.post(address, {"days": days, "reason": reason}, follow=True))


class TestWhatIsKnown:
    def test_before_anything_has_arrived_nothing_is_claimed(self, at_hq: Cast, post: Pen) -> None:
        page = said(english(at_hq.kadiatou).get(reverse("hq-leases")))
        assert "Labbézanga" in page
        assert "not told yet" in page
        assert "not sealed" not in page
        assert "nothing of it has arrived" in page

    @pytest.mark.parametrize(
        ("sealed", "words"), [(True, "<td>sealed </td>"), (False, "not sealed: its key lies")]
    )
    def test_what_the_post_reported(self, at_hq: Cast, post: Pen, sealed: bool, words: str) -> None:
        arrives(post, report(sealed))
        assert words in said(english(at_hq.djibril).get(reverse("hq-leases")))

    def test_who_opened_it_last_and_after_how_many_tries(self, at_hq: Cast, post: Pen) -> None:
        early = opening(opening=uuid4(), at=5_000, officers=("Fatou",), failed=0)
        arrives(post, opening(), early)
        row = next(one for one in seals() if one.peer.id == post.node)
        assert row.last is not None
        assert row.last.officers[0] == "Awa Traoré", "the last by its time"
        page = said(english(at_hq.idrissa).get(reverse("hq-leases")))
        assert "Awa Traoré" in page
        assert "Issa &lt;b&gt;Koné&lt;/b&gt;" in page
        assert "with the share on a token" in page
        assert "3 wrong tries before" in page
        assert "Fatou" not in page
        assert "Fatou" in page_of(english(at_hq.idrissa), post.node), "the history has both"

    def test_an_opening_that_was_not_noted_says_so(self, at_hq: Cast, post: Pen) -> None:
        arrives(post, opening(officers=(), share=ShareUsed.UNKNOWN, failed=0))
        page = page_of(english(at_hq.idrissa), post.node)
        assert "not known by whom" in page
        assert "not known with which share" in page

    def test_a_lease_that_has_run_out_and_a_share_that_was_refused(
        self, at_hq: Cast, post: Pen
    ) -> None:
        PostLease.objects.update(until=timezone.now() - timedelta(hours=1))
        HeldShare.objects.update(refused_at=timezone.now())
        assert "has run out" in said(english(at_hq.idrissa).get(reverse("hq-leases")))
        assert "did not know the pass phrases" in page_of(english(at_hq.idrissa), post.node)

    def test_many_posts_cost_no_more_questions(self, at_hq: Cast, post: Pen) -> None:
        arrives(post, opening())
        with CaptureQueriesContext(connection) as one:
            seals()
        for number in range(3):
            befriend(NodeKind.POST, name=f"Post {number}")
        with CaptureQueriesContext(connection) as four:
            assert len(seals()) == 4
        assert len(four) == len(one)


class TestSetting:
    def test_an_administrator_withdraws_it_with_a_reason(self, at_hq: Cast, post: Pen) -> None:
        page = change(english(at_hq.idrissa), post.node, "0", "  The machine  was taken ")
        assert "It holds from the next renewal on" in page
        assert "withdrawn: not renewed any more" in page
        assert "<bdi>Idrissa Maïga</bdi> · withdrawn: The machine was taken" in page
        assert PostLease.objects.get(post=post.node).days == 0
        row = LeaseChange.objects.get()
        assert (row.officer, row.role, row.node) == (at_hq.idrissa.id, "administrator", HQ)

    def test_it_is_prolonged_in_the_same_way(self, at_hq: Cast, post: Pen) -> None:
        until = PostLease.objects.get(post=post.node).until
        page = change(english(at_hq.idrissa), post.node, "30", "The road is cut until May")
        assert "30 days from each renewal on" in page
        assert PostLease.objects.get(post=post.node).until == until, "nothing is given unasked"

    @pytest.mark.parametrize(
        ("days", "reason", "words"),
        [
            ("7", "", "Say why"),
            ("7", "x" * 300, "Say why"),
            ("", "The road is cut", "A lease has 0 to 365 days"),
            ("366", "The road is cut", "A lease has 0 to 365 days"),
            ("-1", "The road is cut", "A lease has 0 to 365 days"),
            ("soon", "The road is cut", "A lease has 0 to 365 days"),
        ],
    )
    def test_what_cannot_be_changes_nothing(
        self, at_hq: Cast, post: Pen, days: str, reason: str, words: str
    ) -> None:
        assert words in change(english(at_hq.idrissa), post.node, days, reason)
        assert PostLease.objects.get(post=post.node).days == 14
        assert not LeaseChange.objects.exists()

    def test_who_only_reads_has_no_form(self, at_hq: Cast, post: Pen) -> None:
        address = reverse("hq-post-lease", args=[post.node])
        assert address not in page_of(english(at_hq.kadiatou), post.node)
        answer = english(at_hq.kadiatou).post(address, {"days": "0", "reason": "Because"})
        assert answer.status_code == 403
        assert not LeaseChange.objects.exists()

    def test_an_unknown_post(self, at_hq: Cast) -> None:
        address = reverse("hq-post-lease", args=[uuid4()])
        answer = english(at_hq.idrissa).post(address, {"days": "0", "reason": "Because"})
        assert answer.status_code == 404
