"""Ordering an erasure at the headquarters, and knowing who has followed."""

from __future__ import annotations

import io
import shutil
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import OperationalError, transaction

from openmidas.cli import main
from openmidas.journal import Actor, NodeKind
from openmidas.journal.erasing import MOST_PLACES
from openmidas.journal.following import project_pending
from openmidas.journal.local import ErasureUnderWay, HeldReceipt
from openmidas.journal.models import ErasedPlace, Journal, JournalEntry, new_id
from openmidas.journal.store import lock_journal, receive
from openmidas.nodes import erasing, erasing_jobs, reports
from openmidas.nodes.entries import EntriesErased, ErasureReason, NodeReported
from openmidas.nodes.erasing import (
    EntryPlace,
    NotErasable,
    Standing,
    follow_erasures,
    followed_to,
    followers,
    order_erasure,
)
from openmidas.nodes.erasing_wording import word_not_erasable
from openmidas.nodes.identity import this_node
from openmidas.nodes.local import Peer, Uptime
from openmidas.nodes.models import Erasure, NodeReport
from openmidas.nodes.services import record
from openmidas.posts.entries import LookupMade
from openmidas.posts.models import Lookup
from tests.conftest import HQ
from tests.exchange.peers import befriend, receipt_by
from tests.support.writers import Pen

OFFICER = Actor(new_id(), "administrator")


def looked_up(query: str = "Mariam") -> LookupMade:
    return LookupMade(lookup=new_id(), purpose="case", reason="", query=query, results=1)


def arrive(pen: Pen) -> None:
    with transaction.atomic():
        receive(pen.segment(), lock_journal(pen.node, 1))
    while project_pending(Journal.objects.get(node=pen.node)):
        pass


def a_post(entries: int = 3) -> tuple[Pen, Peer]:
    """A post that this node copies, with so many look-ups."""
    pen, peer = befriend(NodeKind.POST)
    for _ in range(entries):
        pen.write(looked_up())
    arrive(pen)
    return pen, peer


def refused(code: str) -> pytest.RaisesExc[NotErasable]:
    return pytest.RaisesExc(
        NotErasable, check=lambda error: error.code == code and bool(word_not_erasable(error))
    )


@pytest.mark.usefixtures("as_hq", "own_journal")
class TestOrdering:
    def test_the_bodies_are_gone_and_the_record_says_who_and_why(self) -> None:
        pen, _ = a_post()
        (order,) = order_erasure(
            [EntryPlace(pen.node, 1, 2)], ErasureReason.AUTHORITY, actor=OFFICER
        )
        assert JournalEntry.objects.get(node=pen.node, sequence=2).body is None
        erasure = Erasure.objects.get(id=order)
        own = Journal.objects.get(node=HQ)
        assert (erasure.sequence, erasure.places, erasure.reason) == (own.sequence, 1, "authority")
        assert (erasure.officer, erasure.role) == (OFFICER.officer, "administrator")

    def test_more_than_one_order_holds(self) -> None:
        pen, _ = a_post(MOST_PLACES + 1)
        places = [EntryPlace(pen.node, 1, number) for number in range(1, MOST_PLACES + 2)]
        orders = order_erasure(places, ErasureReason.RETENTION, actor=OFFICER)
        assert sorted(Erasure.objects.values_list("places", flat=True)) == [1, MOST_PLACES]
        assert ErasedPlace.objects.filter(erasure__in=orders).count() == MOST_PLACES + 1
        assert not JournalEntry.objects.filter(node=pen.node).exclude(body=None).exists()

    def test_all_or_nothing(self) -> None:
        pen, _ = a_post()
        first = JournalEntry.objects.get(node=HQ, sequence=1)
        assert first.kind == "epoch.opened"
        for place, code in (
            (EntryPlace(pen.node, 1, 4), "missing"),
            (EntryPlace(pen.node, 2, 1), "missing"),
            (EntryPlace(HQ, 1, 1), "lasting"),
        ):
            with refused(code):
                order_erasure(
                    [EntryPlace(pen.node, 1, 2), place], ErasureReason.REQUEST, actor=OFFICER
                )
        assert not Erasure.objects.exists()
        assert JournalEntry.objects.get(node=pen.node, sequence=2).body is not None

    def test_twice_is_once(self) -> None:
        pen, _ = a_post()
        place = EntryPlace(pen.node, 1, 2)
        order_erasure([place, place], ErasureReason.REQUEST, actor=OFFICER)
        with refused("nothing"):
            order_erasure([place], ErasureReason.REQUEST, actor=OFFICER)


@pytest.mark.usefixtures("own_journal")
def test_a_post_orders_nothing() -> None:
    with refused("not_hq"):
        order_erasure([EntryPlace(this_node().id, 1, 1)], ErasureReason.REQUEST, actor=OFFICER)


@pytest.mark.usefixtures("as_hq", "own_journal")
class TestWhoFollows:
    def order(self, *pens: Pen | None) -> Erasure:
        with transaction.atomic():
            own = record(looked_up(), actor=Actor())
        places = [
            EntryPlace(pen.node, 1, 2) if pen else EntryPlace(HQ, 1, own.sequence) for pen in pens
        ]
        (order,) = order_erasure(places, ErasureReason.REQUEST, actor=OFFICER)
        return Erasure.objects.get(id=order)

    def standings(self, erasure: Erasure) -> dict[UUID, Standing]:
        return {each.node: each.standing for each in followers(erasure)}

    def test_the_post_that_wrote_it_or_all_for_what_the_headquarters_wrote(self) -> None:
        one, _ = a_post()
        other, _ = a_post()
        assert self.standings(self.order(one)) == {one.node: Standing.NOT_THERE}
        assert self.standings(self.order(None)) == {
            one.node: Standing.NOT_THERE,
            other.node: Standing.NOT_THERE,
        }

    def test_from_order_to_end(self) -> None:
        pen, peer = a_post()
        erasure = self.order(pen)
        place = Journal.objects.get(node=HQ).place()
        held = receipt_by(pen, place)
        HeldReceipt.objects.create(
            node=HQ, epoch=1, sequence=place.sequence, hash=place.hash, witness=pen.node, at=held.at,
            signature=held.signature,
        )  # fmt: skip
        assert self.standings(erasure) == {pen.node: Standing.THERE}
        self.report(pen, erased=erasure.sequence - 1)
        assert self.standings(erasure) == {pen.node: Standing.THERE}
        self.report(pen, erased=erasure.sequence)
        assert self.standings(erasure) == {pen.node: Standing.DONE}
        Peer.objects.filter(id=peer.id).update(revoked=True)
        assert self.standings(self.order(None)) == {pen.node: Standing.REVOKED}

    def report(self, pen: Pen, erased: int) -> None:
        now = 1_760_000_000_000
        pen.write(
            NodeReported(report=new_id(), up_from=now, up_until=now, erased_epoch=1, erased=erased)
        )
        arrive(pen)


class TestAtAPost:
    """A post that was off for weeks: the order comes with everything else that the HQ wrote."""

    @pytest.fixture
    def ordered(self, own_journal: None) -> Pen:
        """The HQ has erased what this post wrote second; the post has not come to it yet."""
        with transaction.atomic():
            own = record(looked_up(), actor=Actor())
        hq, _ = befriend(NodeKind.HQ, 40)
        hq.write(
            EntriesErased(
                erasure=new_id(),
                places=(erasing.Places(node=own.node, epoch=1, sequences=(own.sequence,)),),
                reason=ErasureReason.REQUEST,
            )
        )
        hq.write(looked_up("later"))
        return hq

    def test_obeys_when_its_tables_come_to_the_order(self, ordered: Pen) -> None:
        assert followed_to() == (1, 0)
        arrive(ordered)
        assert JournalEntry.objects.get(node=this_node().id, sequence=2).body is None
        assert Lookup.objects.filter(query="Mariam").exists()
        assert followed_to() == (1, 40), "not to the end yet"

    def test_says_so_when_it_is_done(self, ordered: Pen, monkeypatch: pytest.MonkeyPatch) -> None:
        reports.report()
        arrive(ordered)
        Uptime.objects.update(reported=0)
        reports.report()
        assert NodeReport.objects.order_by("at").last().erased == 40  # type: ignore[union-attr]
        ErasureUnderWay.objects.all().delete()
        assert followed_to() == (1, 42)
        told = NodeReport.objects.order_by("at").last()
        monkeypatch.setattr(reports, "AGAIN", timedelta(0))
        reports.report()
        last = NodeReport.objects.order_by("at").last()
        assert last != told, "news: within the hour"
        assert (last.erased_epoch, last.erased) == (1, 42)  # type: ignore[union-attr]
        reports.report()
        assert NodeReport.objects.order_by("at").last() == last, "told once"


@pytest.mark.usefixtures("as_hq", "own_journal")
class TestAFullDisk:
    @pytest.fixture(autouse=True)
    def english(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("OPENMIDAS_LANGUAGE", "en")

    def test_is_no_reason_not_to_try(self, monkeypatch: pytest.MonkeyPatch) -> None:
        pen, _ = a_post()
        monkeypatch.setattr(shutil, "disk_usage", lambda _folder: Full())
        order_erasure([EntryPlace(pen.node, 1, 2)], ErasureReason.REQUEST, actor=OFFICER)
        assert JournalEntry.objects.get(node=pen.node, sequence=2).body is None

    @pytest.mark.parametrize(
        ("where", "command", "said"),
        [
            ("order_erasure", ("erase", "--place", "NODE", "1", "2", "--reason", "request", "--yes"),
             "Nothing was erased: the disk is full."),
            ("follow_erasures", ("erased", "--now"), "the rest follows by itself"),
        ],
    )  # fmt: skip
    def test_where_not_even_that_fits_it_is_said(
        self,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
        where: str,
        command: tuple[str, ...],
        said: str,
    ) -> None:
        pen, _ = a_post()

        def full(*_args: object, **_named: object) -> None:
            raise OperationalError("database or disk is full")

        monkeypatch.setattr(f"openmidas.nodes.erase_commands.{where}", full)
        words = [str(pen.node) if word == "NODE" else word for word in command]
        assert main(["journal", *words]) == 1
        assert said in " ".join(capsys.readouterr().err.split())


class Full:
    """A disk on which nothing is free."""

    total, used, free = 100, 100, 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("as_hq", "own_journal")
class TestCommands:
    @pytest.fixture(autouse=True)
    def english(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("OPENMIDAS_LANGUAGE", "en")
        monkeypatch.setenv("COLUMNS", "200")

    def test_a_place_after_a_yes_and_then_to_the_end(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        pen, peer = a_post()
        words = ["journal", "erase", "--reason", "mistake", "--place", peer.name, "1", "2"]
        monkeypatch.setattr("sys.stdin", io.StringIO("no\n"))
        assert main(words) == 1
        assert "Nothing was erased" in capsys.readouterr().err
        monkeypatch.setattr("sys.stdin", io.StringIO("Yes\n"))
        assert main(words) == 0
        said = capsys.readouterr().out
        assert "lookup.made" in said
        assert "Tables and pages still show it" in said
        assert f"{peer.name}: does not have the order yet" in said
        assert main(["journal", "erased"]) == 0
        said = capsys.readouterr().out
        assert "under way" in said
        assert "it was recorded by mistake" in said
        assert main(["journal", "erased", "--now"]) == 0
        said = capsys.readouterr().out
        assert "under way" not in said
        assert Lookup.objects.filter(node=pen.node).count() == 2
        assert not ErasureUnderWay.objects.exists()

    @pytest.mark.parametrize(
        ("place", "said"),
        [
            (("Nowhere", "1", "2"), "No node of this name"),
            (("Labbézanga", "one", "2"), "are numbers"),
            (("Labbézanga", "1", "99"), "There is no entry 99"),
            (("Bamako", "1", "1"), "cannot be erased"),
        ],
    )
    def test_what_cannot_be_erased(
        self, place: tuple[str, str, str], said: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        a_post()
        assert main(["journal", "erase", "--yes", "--reason", "request", "--place", *place]) == 1
        assert said in capsys.readouterr().err
        assert not Erasure.objects.exists()

    def test_the_worker_sees_to_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        pen, _ = a_post()
        order_erasure([EntryPlace(pen.node, 1, 2)], ErasureReason.REQUEST, actor=OFFICER)
        done: list[bool] = []
        monkeypatch.setattr(erasing, "QUIET", timedelta(0))
        monkeypatch.setattr(erasing_jobs, "follow_erasures", lambda: done.append(follow_erasures()))
        erasing_jobs.begin().join()
        assert done == [True]
        assert Lookup.objects.filter(node=pen.node).count() == 2
