"""No peer, no stick and no machine that comes back from a backup brings back what was erased."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from django.db import transaction

from openmidas.exchange import giving_back
from openmidas.exchange.advance import take_ahead
from openmidas.exchange.giving_back import given_back, kept_of, without_bodies
from openmidas.exchange.messages import Refusal
from openmidas.exchange.reading import read_run
from openmidas.exchange.taking import take_segment
from openmidas.exchange.worker import run_once
from openmidas.journal import Actor, NodeKind, Receipt
from openmidas.journal.erasing import Places
from openmidas.journal.local import AdvanceCopy, RefusedSegment
from openmidas.journal.models import ErasedPlace, Journal, JournalEntry, new_id
from openmidas.journal.segments import pack, unpack
from openmidas.journal.store import CLOSED, open_journal, receive
from openmidas.nodes.entries import EntriesErased, ErasureReason
from openmidas.nodes.erasing import EntryPlace, order_erasure
from openmidas.nodes.identity import ThisNode, this_node
from openmidas.nodes.local import Peer
from openmidas.nodes.services import record
from tests.conftest import HQ
from tests.exchange.erasure_work import Stands
from tests.exchange.peers import befriend, clone_of, opened, referral
from tests.nodes.test_erasing import looked_up
from tests.support.real_nodes import SECONDS, RealNode, free_address, hq_database
from tests.support.writers import Pen


def a_post() -> tuple[Pen, list[bytes]]:
    """A post whose three entries are here, and the segments in which they came."""
    pen, peer = befriend(NodeKind.POST)
    for query in ("Awa", "Mariam", "Binta"):
        pen.write(looked_up(query))
    raw = [pack(pen.segment(0, 2)), pack(pen.segment(1, 3))]
    assert all(isinstance(take_segment(peer, each), Receipt) for each in raw)
    return pen, raw


def erase(pen: Pen, sequence: int) -> None:
    order_erasure([EntryPlace(pen.node, 1, sequence)], ErasureReason.REQUEST, actor=Actor())


def bodies(pen: Pen) -> list[bool]:
    entries = JournalEntry.objects.filter(node=pen.node).order_by("sequence")
    return [entry.body is not None for entry in entries]


@pytest.mark.usefixtures("as_hq", "own_journal")
class TestAtTheHeadquarters:
    def test_the_same_segments_again(self) -> None:
        pen, raw = a_post()
        erase(pen, 2)
        peer = Peer.objects.get(id=pen.node)
        for each in (*raw, pack(pen.segment())):
            assert isinstance(take_segment(peer, each), Receipt)
        assert bodies(pen) == [True, False, True]

    def test_a_refused_segment_is_kept_without_it(self) -> None:
        pen, _ = a_post()
        erase(pen, 2)
        twin = clone_of(pen, 2)
        twin.write(opened("another"))
        peer = Peer.objects.get(id=pen.node)
        assert isinstance(take_segment(peer, pack(twin.segment())), Refusal)
        kept = unpack(bytes(RefusedSegment.objects.get().raw))
        assert [entry.body is not None for entry in kept.entries] == [True, False, True]
        assert kept.head == twin.segment().head, "what the twin signed is proved all the same"

    def test_what_was_sent_ahead_goes_and_does_not_come_again(self) -> None:
        pen, _ = a_post()
        peer = Peer.objects.get(id=pen.node)
        pen.write(referral())
        pen.write(looked_up("behind it"))
        ahead = pack(pen.segment(3, 4))
        take_ahead(peer, ahead)
        assert AdvanceCopy.objects.count() == 1
        take_segment(peer, pack(pen.segment(3, 4)))
        erase(pen, 4)
        assert not AdvanceCopy.objects.exists()
        take_ahead(peer, ahead)
        assert not AdvanceCopy.objects.exists()

    def test_what_comes_ahead_to_a_place_that_was_erased_is_not_kept(self) -> None:
        pen, _ = a_post()
        peer = Peer.objects.get(id=pen.node)
        pen.write(referral())
        ErasedPlace.objects.create(node=HQ, erasure=new_id(), of_node=pen.node, epoch=1, sequence=4)
        take_ahead(peer, pack(pen.segment(3, 4)))
        assert not AdvanceCopy.objects.exists()

    def test_a_restored_post_gets_a_header(self) -> None:
        pen, _ = a_post()
        erase(pen, 2)
        peer = Peer.objects.get(id=pen.node)
        raw = kept_of(peer, pen.segment(0, 1).head.place)
        assert raw is not None
        assert [entry.body is not None for entry in unpack(raw).entries] == [False, True]


@pytest.mark.usefixtures("as_hq", "own_journal")
class TestRestoredHeadquarters:
    @pytest.fixture
    def first_epoch(self, monkeypatch: pytest.MonkeyPatch) -> Pen:
        """What this HQ, now in its second epoch, wrote in its first and has of it: three of five."""
        monkeypatch.setattr(ThisNode, "epoch", property(lambda self: 2))
        monkeypatch.setattr(giving_back, "_asked", set())
        Journal.objects.filter(node=HQ).delete()
        JournalEntry.objects.filter(node=HQ).delete()
        pen = Pen(NodeKind.HQ, HQ)
        for query in ("Awa", "Mariam", "Binta"):
            pen.write(looked_up(query))
        places = (Places(node=HQ, epoch=1, sequences=(2,)),)
        pen.write(EntriesErased(erasure=new_id(), places=places, reason=ErasureReason.REQUEST))
        pen.write(opened("last"))
        open_journal(HQ, 1, NodeKind.HQ, pen.public_key)
        with transaction.atomic():
            receive(pen.segment(0, 3), Journal.objects.select_for_update().get(node=HQ))
        Journal.objects.filter(node=HQ).update(stopped=CLOSED, projected=3)
        return pen

    def test_the_order_comes_back_and_is_obeyed_again(self, first_epoch: Pen) -> None:
        assert bodies(first_epoch) == [True, True, True], "as the backup had it"
        _, post = befriend(NodeKind.POST)
        assert given_back(post, pack(first_epoch.segment(3))) == 2
        run_once()
        assert bodies(first_epoch) == [True, False, True, True, True]

    def test_a_body_that_was_erased_is_neither_asked_for_nor_taken(self, first_epoch: Pen) -> None:
        _, post = befriend(NodeKind.POST)
        given_back(post, pack(first_epoch.segment(3)))
        run_once()
        assert without_bodies(befriend(NodeKind.POST)[1]) == ()
        assert given_back(post, pack(first_epoch.segment())) == 0
        assert bodies(first_epoch) == [True, False, True, True, True]


@pytest.mark.usefixtures("own_journal")
def test_a_post_gives_none_out() -> None:
    with transaction.atomic():
        own = record(looked_up(), actor=Actor())
    hq, peer = befriend(NodeKind.HQ)
    places = (Places(node=own.node, epoch=1, sequences=(own.sequence,)),)
    hq.write(EntriesErased(erasure=new_id(), places=places, reason=ErasureReason.REQUEST))
    assert isinstance(take_segment(peer, pack(hq.segment())), Receipt)
    run_once()
    run = read_run(peer, (this_node().id, 1), own.sequence - 1)
    assert run is not None
    assert [entry.body for entry in run.entries] == [None]


@pytest.fixture
def nodes(tmp_path: Path) -> Iterator[tuple[RealNode, RealNode]]:
    """A post and an HQ that have met, whose exchanges do not run."""
    with hq_database() as database:
        post = RealNode(tmp_path / "post", NodeKind.POST, "sqlite", "")
        hq = RealNode(tmp_path / "hq", NodeKind.HQ, database, free_address())
        for node in (post, hq):
            node.do("init")
        for node, friend in ((post, hq), (hq, post)):
            card = tmp_path / f"{friend.id}.card"
            card.write_bytes(friend.card())
            node.midas("meet" if node is post else "enrol", str(card))
        yield post, hq


def stands(node: RealNode) -> Stands:
    """Let the tables of a real node follow and its report be written; how its journals stand."""
    process = node.start("follow", module="tests.exchange.erasure_work")
    said, _ = process.communicate(timeout=SECONDS)
    assert process.returncode == 0, node.said()
    return msgspec.json.decode(said, type=Stands)


def carry(origin: RealNode, target: RealNode, path: Path) -> Path:
    words = ["--for", "post"] if origin.id != target.id and target.log.parent.name == "post" else []
    origin.midas("stick", "export", str(path), *words)
    target.midas("stick", "import", str(path))
    return path


@pytest.mark.long
@pytest.mark.both
@pytest.mark.timeout(600)
def test_a_post_that_was_off_for_weeks(nodes: tuple[RealNode, RealNode], tmp_path: Path) -> None:
    """Real nodes, by the commands that people type; sticks go to and fro."""
    post, hq = nodes
    post.do("cross", "12")
    old = carry(post, hq, tmp_path / "there.stick")
    assert stands(hq).crossings == 12
    hq.midas(
        "journal", "erase", "--yes", "--reason", "request",
        "--place", "post", "1", "5", "--place", "post", "1", "7",
    )  # fmt: skip
    assert "n’a pas encore reçu l’ordre" in hq.midas("journal", "erased", "--now")
    assert stands(hq) == Stands(crossings=10, erased=2, under_way=0, holds=True)
    assert "Rien n’a été doublé" in hq.midas("stick", "import", str(old))
    assert stands(hq).erased == 2, "an old stick brings nothing back"
    at_post = stands(post)
    assert (at_post.crossings, at_post.erased) == (12, 0), "it knows of nothing yet"

    carry(hq, post, tmp_path / "back.stick")
    assert stands(post) == Stands(crossings=12, erased=2, under_way=1, holds=True)
    assert "en cours" in post.midas("journal", "erased")
    carry(post, hq, tmp_path / "again.stick")
    stands(hq)
    assert "n’en a pas encore signalé la fin" in hq.midas("journal", "erased")
    assert "en cours" not in post.midas("journal", "erased", "--now")
    assert stands(post) == Stands(crossings=10, erased=2, under_way=0, holds=True)

    carry(post, hq, tmp_path / "last.stick")
    stands(hq)
    assert "terminé" in hq.midas("journal", "erased").splitlines()[-1]
    for node in (post, hq):
        node.midas("journal", "verify")
        node.midas("journal", "rebuild")
        assert stands(node).crossings == 10
