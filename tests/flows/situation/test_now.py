"""The situation page: what it says of the day, of hits and refusals, and of how each post is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import msgspec
import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from openmidas.crossings.entries import CrossingReferred, ReferralReason
from openmidas.exchange.advance import take_ahead
from openmidas.exchange.taking import take_segment
from openmidas.flows.models import Notable
from openmidas.flows.situation.now import situation
from openmidas.flows.tallies import Key, add
from openmidas.journal import Actor, NodeKind
from openmidas.journal.local import AdvanceCopy, Quarantined
from openmidas.journal.models import Journal, new_id
from openmidas.journal.rebuild import rebuild
from openmidas.journal.segments import pack
from openmidas.lists.services import import_un
from openmidas.nodes.entries import HeldEdition, NodeReported
from openmidas.nodes.local import Peer
from openmidas.nodes.services import node_time, record
from openmidas.posts.models import Post
from openmidas.posts.services import PostLayout, configure_post
from tests.conftest import HQ, POST
from tests.crossings.test_hq_pages import HIT, SAMPLE, admit, english, inspection, refuse
from tests.exchange.peers import befriend, opened
from tests.support.cast import LANES, Cast, at_node, client_of
from tests.support.tables import all_rows

pytestmark = pytest.mark.usefixtures("pages")


@pytest.fixture
def at_hq(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cast]:
    """The HQ, which follows what posts write."""
    for room in ("tallies", "situation.notable"):
        monkeypatch.setattr(f"openmidas.flows.{room}.this_node", lambda: _Hq())
    with at_node(HQ):
        yield cast


class _Hq:
    is_hq = True


def peer(id: UUID = POST, name: str = "Kourémalé", **values: Any) -> Peer:
    made = _peer(id, name, **values)
    made.save()
    return made


def _peer(id: UUID, name: str, **values: Any) -> Peer:
    usual = {"last_contact": timezone.now(), "clock_ahead": 0, "waiting": 0}
    return Peer(
        id=id, kind=NodeKind.POST, name=name, epoch=1, public_key=b"", certificate="",
        fingerprint=id.hex, **(usual | values),
    )  # fmt: skip


def layout(**values: Any) -> None:
    laid_out = PostLayout(name="Kourémalé", lanes=LANES, **values)
    configure_post(Actor(), POST, laid_out)


def reported(**values: Any) -> None:
    with at_node(POST), transaction.atomic():
        now = round(node_time().timestamp() * 1000)
        record(NodeReported(report=new_id(), up_from=now, up_until=now, **values), actor=Actor())


def page(cast: Cast, **asked: str) -> str:
    return _said(english(client_of(cast.djibril)), **asked)


def _said(client: Client, **asked: str) -> str:
    response = client.get(reverse("situation"), asked)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


class TestEmpty:
    def test_says_what_to_do(self, at_hq: Cast) -> None:
        Post.objects.all().delete()
        said = page(at_hq)
        assert "midas enrol CARD" in said
        assert "They appear here by themselves." in said
        assert 'id="health"' not in said

    def test_a_post_that_is_laid_out_and_not_enrolled(self, at_hq: Cast) -> None:
        said = page(at_hq)
        assert "Laid out, and not enrolled yet" in said
        assert "post is silent" not in said


class TestToday:
    def test_against_what_is_usual(self, at_hq: Cast) -> None:
        for week in (1, 2, 3):
            day = timezone.localdate() - timedelta(weeks=week)
            add({Key(POST, "d", day, "entry", "admitted"): week})
        for _entry in range(4):
            admit(at_hq, inspection())
        said = page(at_hq)
        assert (
            '<strong>4</strong> <span class="small muted">more than the usual <bdi dir="ltr">1–3'
            in said
        )
        assert '<strong>0</strong> <span class="small muted">within the usual <bdi>0</bdi>' in said

    def test_says_where_there_are_not_enough_days(self, at_hq: Cast) -> None:
        admit(at_hq, inspection())
        assert "not enough days yet" in page(at_hq)

    def test_totals_are_sums_of_the_rows(self, at_hq: Cast) -> None:
        admit(at_hq, inspection(findings=(HIT,)))
        refuse(at_hq, inspection())
        other = new_id()
        add({Key(other, "d", timezone.localdate(), "exit", "admitted"): 3})
        add({Key(other, "d", timezone.localdate() - timedelta(days=1), "exit", "referred"): 1})
        add({Key(other, "d", timezone.localdate() - timedelta(days=1), "exit", "admitted"): 9})
        now = situation()
        assert (now.totals.entries, now.totals.exits, now.totals.waiting) == (1, 3, 1)
        assert (now.totals.hits, now.totals.refused) == (1, 1)
        assert {post.id for post in now.posts} == {POST, other}


class TestArrivals:
    def test_hits_and_refusals_without_names(self, at_hq: Cast) -> None:
        admit(at_hq, inspection())
        hit = admit(at_hq, inspection(surname="BADEGE", findings=(HIT,)))
        refused = refuse(at_hq, inspection())
        said = page(at_hq)
        for told in (
            "1 hit, strong", "Refused", "On a list for refusal of entry", "Kourémalé",
            reverse("hq-crossing", args=[hit]), reverse("hq-crossing", args=[refused]),
        ):  # fmt: skip
            assert told in said
        for hidden in ("BADEGE", "KEITA", "CDi.001", "A1234567"):
            assert hidden not in said
        assert Notable.objects.count() == 2

    def test_a_referral_that_came_ahead_is_provisional_until_its_journal_comes(
        self, at_hq: Cast
    ) -> None:
        pen, post = befriend(NodeKind.POST, entries=2, name="Labbézanga")
        pen.write(CrossingReferred(inspection=inspection(), reason=ReferralReason.DOCUMENT_DOUBT))
        pen.write(opened("behind it"))
        take_ahead(post, pack(pen.segment(2, 3)))
        said = page(at_hq)
        assert "provisional" in said
        assert "Labbézanga" in said
        assert inspection().traveller.surname not in said
        take_segment(post, pack(pen.segment()))
        assert "provisional" in page(at_hq), "the tables have not followed yet"
        Journal.objects.filter(node=pen.node).update(projected=3)
        assert "provisional" not in page(at_hq)

    def test_no_post_pushes_the_others_out_and_no_clock_breaks_the_page(
        self, at_hq: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("openmidas.flows.situation.ahead.PER_POST", 2)
        quiet, first = befriend(NodeKind.POST, name="Labbézanga")
        loud, second = befriend(NodeKind.POST, name="Sona")
        for pen, post, number in ((quiet, first, 1), (loud, second, 4)):
            for _ in range(number):
                content = CrossingReferred(inspection=inspection(), reason=ReferralReason.HEALTH)
                pen.write(content)
                take_ahead(post, pack(pen.segment(len(pen.entries) - 1, len(pen.entries))))
        told = [each.row.node for each in situation().ahead]
        assert told == [loud.node, loud.node, quiet.node]
        for at in (-(10**17), 2**63 - 1):
            for copy in AdvanceCopy.objects.all():
                body = msgspec.msgpack.decode(bytes(copy.body)) | {"at": at}
                copy.body = msgspec.msgpack.encode(body)
                copy.save()
            assert "provisional" in page(at_hq)

    def test_a_rebuild_gives_the_same(self, transactional_db: None, at_hq: Cast) -> None:
        refuse(at_hq, inspection(findings=(HIT,)))
        before = all_rows()["flows_notable"]
        rebuild()
        assert all_rows()["flows_notable"] == before
        assert len(before) == 1

    def test_a_post_keeps_none(self, cast: Cast) -> None:
        refuse(cast, inspection(findings=(HIT,)))
        assert not Notable.objects.exists()


class TestSilence:
    def test_is_reported_without_anybody_asking(self, at_hq: Cast) -> None:
        layout(silent_minutes=60)
        peer(last_contact=timezone.now() - timedelta(hours=5))
        said = page(at_hq)
        assert "<title>(1 silent post) Situation" in said
        assert "1 post is silent" in said
        assert "(5 hours)" in said
        assert "It should be open around the clock." in said
        fragment = english(client_of(at_hq.djibril)).get(
            reverse("situation"), headers={"HX-Request": "true"}
        )
        assert b"<title>(1 silent post) Situation" in fragment.content

    def test_nobody_misses_a_post_that_is_closed(self, at_hq: Cast) -> None:
        layout(silent_minutes=60, hours=("",) * 7)
        peer(last_contact=timezone.now() - timedelta(hours=5))
        said = page(at_hq)
        assert "<title>Situation" in said
        assert "closed now" in said

    def test_silent_posts_come_first(self, at_hq: Cast) -> None:
        layout()
        peer()
        peer(new_id(), "Zégoua", last_contact=timezone.now() - timedelta(days=2))
        assert [post.name for post in situation().posts] == ["Zégoua", "Kourémalé"]


class TestHealth:
    def test_from_the_report_of_the_post(self, at_hq: Cast) -> None:
        peer(waiting=17, clock_ahead=-900_000)
        held = HeldEdition(kind="list", code="un", edition=new_id(), dated=date(2026, 2, 27))
        reported(
            outage=3 * 3_600_000, editions=(held,), verified=3, verified_at=1_790_000_000_000,
            mains=False, battery=12, charge="Discharging",
        )  # fmt: skip
        said = page(at_hq)
        sequence = Journal.objects.get(node=POST).sequence
        for told in (
            "connected", "<td>17</td>", "-900 s", f"up to 3 of {sequence}", "2026-09-21", "UN list",
            "no mains", "battery 12 %", "1 outage in 7 days, 3 hours",
        ):  # fmt: skip
            assert told in said

    def test_what_is_not_known_is_said_to_be_so(self, at_hq: Cast) -> None:
        peer(clock_ahead=None, last_contact=None)
        said = page(at_hq)
        assert "never heard of" in said
        assert said.count('<span class="muted">not known</span>') == 4

    def test_who_was_never_heard_of_asks_for_a_look(self, at_hq: Cast) -> None:
        peer(last_contact=None, waiting=0)
        post = next(one for one in situation().posts if one.id == POST)
        assert post.troubled
        assert "<td>–</td>" in page(at_hq)

    def test_a_published_list_that_a_post_lacks_is_told(self, at_hq: Cast) -> None:
        peer()
        import_un(SAMPLE, actor=Actor(), limit_days=30)
        reported()
        post = next(one for one in situation().posts if one.id == POST)
        assert post.health is not None
        assert ("list", "un") in post.health.lacking
        assert post.troubled
        assert "not there" in page(at_hq)

    def test_what_is_wrong_stands_out(self, at_hq: Cast) -> None:
        peer()
        reported(verified=0, verified_problem="entry.body_changed", verified_at=1)
        Journal.objects.filter(node=POST).update(stopped="journal.fork")
        Quarantined.objects.create(
            entry=new_id(), node=POST, epoch=1, sequence=1, kind="x", code="c", reason=""
        )
        said = page(at_hq)
        for told in ("journal stopped", "1 entry not used yet", "does not hold"):
            assert told in said

    def test_an_old_report_is_told_as_old(
        self, at_hq: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        peer()
        reported(mains=True)
        later = node_time() + timedelta(hours=5)
        monkeypatch.setattr("openmidas.flows.situation.now.node_time", lambda: later)
        assert "as of 5 hours" in page(at_hq)


class TestMap:
    def test_posts_stand_on_it_by_shape_and_word(self, at_hq: Cast) -> None:
        layout(latitude=11.95, longitude=-8.78, silent_minutes=5)
        peer(last_contact=timezone.now() - timedelta(hours=1))
        said = page(at_hq)
        assert "Tombouctou" in said
        assert 'aria-label="Kourémalé: silent"' in said
        assert "Kourémalé · silent" in said
        assert "style=" not in said.partition("<main")[2]

    def test_a_state_without_data_has_the_page_without_a_map(
        self, at_hq: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("openmidas.flows.views.situation.state_map", lambda *_: None)
        said = page(at_hq)
        assert '<svg class="map' not in said
        assert "Today, so far" in said


class TestManyPosts:
    @pytest.fixture
    def many(self, at_hq: Cast) -> Cast:
        """Five hundred, every one of them in trouble."""
        ids = [new_id() for _ in range(500)]
        Post.objects.bulk_create(
            Post(id=id, node=HQ, name=f"Post {n:03}", latitude=14.0, longitude=-5.0)
            for n, id in enumerate(ids)
        )
        Peer.objects.bulk_create(_peer(id, f"Post {n:03}") for n, id in enumerate(ids))
        Journal.objects.bulk_create(
            Journal(node=id, epoch=1, node_kind="post", public_key=b"", stopped="journal.fork")
            for id in ids
        )
        today = timezone.localdate()
        add({Key(id, "d", today, "entry", "admitted"): n for n, id in enumerate(ids)})
        for _hit in range(25):
            admit(at_hq, inspection(findings=(HIT,)))
        return at_hq

    def test_no_more_questions_and_no_larger_page(self, many: Cast) -> None:
        with CaptureQueriesContext(connection) as asked:
            now = situation()
        assert len(asked) < 35
        assert now.totals.entries == sum(range(500)) + 25
        client = english(client_of(many.djibril))
        assert len(client.get(reverse("situation")).content) < 150_000
        assert "Posts 1 to 30 of 501" in page(many)
        assert "Posts 481 to 501 of 501" in page(many, page="17")


def test_is_where_officers_of_headquarters_begin(at_hq: Cast) -> None:
    for officer in (at_hq.djibril, at_hq.idrissa, at_hq.kadiatou):
        response = client_of(officer).get(reverse("home"))
        assert response.headers["Location"] == reverse("situation")
    said = _said(english(client_of(at_hq.djibril)))
    assert said.count("aria-current") == 1
