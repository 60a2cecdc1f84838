"""What the HQ answers to a post's messages."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from django.db import OperationalError, transaction

from openmidas.exchange import answering, giving_back
from openmidas.exchange.contact import trusted_certificates
from openmidas.exchange.core import SEGMENT_BYTES, SEGMENT_ENTRIES
from openmidas.exchange.messages import (
    Ask,
    News,
    Refusal,
    decode_answer,
    encode,
    now,
)
from openmidas.exchange.taking import take_segment
from openmidas.journal import (
    TO_HQ,
    TO_NODE,
    TO_STATE,
    Actor,
    Audience,
    NodeKind,
    Place,
    SealedEntry,
    to_posts,
)
from openmidas.journal.entry import NO_HASH
from openmidas.journal.local import HeldReceipt
from openmidas.journal.models import Journal, JournalEntry
from openmidas.journal.segments import pack, unpack
from openmidas.journal.signing import Receipt, sign_head
from openmidas.journal.store import place_at
from openmidas.nodes import services
from openmidas.nodes.identity import NodeCard, this_node
from openmidas.nodes.local import Peer
from openmidas.nodes.models import EnrolledNode
from openmidas.nodes.services import record
from tests.exchange.peers import befriend, clone_of, opened, receipt_by
from tests.support.writers import Pen

pytestmark = pytest.mark.usefixtures("as_hq", "own_journal")


def say(peer: Peer, message: Ask) -> Any:
    return decode_answer(answering.answer(peer.fingerprint, encode(message)))


def an_ask(**values: Any) -> Ask:
    return Ask(**({"time": now(), "round_trip": 0, "heads": (), "held": ()} | values))


def news_for(peer: Peer, **values: Any) -> News:
    answer = say(peer, an_ask(**values))
    assert isinstance(answer, News), answer
    return answer


def test_numbers_that_no_table_takes_are_refused_or_held_to_what_it_does() -> None:
    """As many entries in each of two journals as a number can say; a time in the year 292 million."""
    pen, peer = befriend(NodeKind.POST, entries=1)
    heads = tuple(
        sign_head(Place(pen.node, epoch, 2**63 - 1, b"h" * 32), pen.key) for epoch in (1, 2)
    )
    news_for(peer, heads=heads)
    assert Peer.objects.get(id=peer.id).waiting == 2**63 - 1
    for wrong in ({"time": 2**63 - 1}, {"round_trip": 2**63 - 1}):
        answer = say(peer, an_ask(**wrong))
        assert isinstance(answer, Refusal)
        assert answer.code == "message.malformed"


def card_of(peer: Peer) -> NodeCard:
    return NodeCard(
        id=peer.id, kind=NodeKind.POST, state="MLI", name=peer.name, epoch=peer.epoch,
        public_key=bytes(peer.public_key), certificate=peer.certificate, exchange="",
    )  # fmt: skip


def write(count: int, audience: Audience = TO_STATE, name: str = "x") -> None:
    with transaction.atomic():
        for _ in range(count):
            record(opened(name), actor=Actor(), audience=audience)


def own() -> Journal:
    return Journal.objects.get(node=this_node().id)


def problem_of(peer: Peer) -> str:
    return Peer.objects.get(id=peer.id).last_problem


def receipt_at(pen: Pen, sequence: int) -> Receipt:
    """What a post signs once it holds our journal up to there."""
    return receipt_by(pen, place_at(own(), sequence))


class TestNews:
    def test_a_post_gets_the_journal_in_runs_until_it_holds_all(self) -> None:
        pen, peer = befriend(NodeKind.POST)
        write(SEGMENT_ENTRIES + 9)
        first = news_for(peer)
        (raw,) = first.segments
        run = unpack(raw)
        assert (len(run.entries), first.waiting) == (SEGMENT_ENTRIES, 10)
        second = news_for(peer, held=(receipt_by(pen, run.head.place),))
        rest = unpack(second.segments[0])
        assert (len(rest.entries), second.waiting) == (10, 0)
        assert rest.head.place == own().place()
        third = news_for(peer, held=(receipt_by(pen, rest.head.place),))
        assert (third.segments, third.waiting) == ((), 0)

    def test_a_post_that_takes_none_now_gets_none(self) -> None:
        _, peer = befriend(NodeKind.POST)
        news = news_for(peer, wants=False)
        assert (news.segments, news.waiting) == ((), 1)

    def test_a_run_is_bounded_by_weight_but_never_empty(self) -> None:
        _, peer = befriend(NodeKind.POST)
        write(3, name="x" * (SEGMENT_BYTES + 1))
        runs = [len(unpack(news_for(peer).segments[0]).entries)]
        assert runs == [1], "the small first entry alone"
        pen, heavy = befriend(NodeKind.POST, name="Sona")
        held = receipt_at(pen, 1)
        assert len(unpack(news_for(heavy, held=(held,)).segments[0]).entries) == 1

    def test_bodies_go_only_to_whom_they_are_meant_for(self) -> None:
        _, peer = befriend(NodeKind.POST)
        _, other = befriend(NodeKind.POST, name="Sona")
        for audience in (TO_NODE, TO_HQ, TO_STATE, to_posts([peer.id]), to_posts([other.id])):
            write(1, audience)
        entries = unpack(news_for(peer).segments[0]).entries
        assert [entry.body is not None for entry in entries] == [
            True,
            False,
            False,
            True,
            True,
            False,
        ]
        bare = entries[1]
        assert bare == SealedEntry(bare.header)
        assert bytes(JournalEntry.objects.get(sequence=2).header) == bare.header

    def test_it_tells_how_far_the_posts_journal_is_held(self) -> None:
        pen, peer = befriend(NodeKind.POST, entries=3)
        assert news_for(peer).receipts == ()
        receipt = take_segment(peer, pack(pen.segment(0, 2)))
        assert news_for(peer, heads=(pen.segment().head,)).receipts == (receipt,)
        assert Peer.objects.get(id=peer.id).waiting == 1

    def test_a_posts_receipts_are_kept_and_only_forward(self) -> None:
        pen, peer = befriend(NodeKind.POST)
        write(3)
        news_for(peer, held=(receipt_at(pen, 4),))
        assert len(unpack(news_for(peer, held=(receipt_at(pen, 2),)).segments[0]).entries) == 2
        assert HeldReceipt.objects.get(witness=pen.node).sequence == 4

    @pytest.mark.parametrize(
        ("forge", "code"),
        [
            (
                lambda receipt, pen: receipt_by(Pen(node=pen.node), receipt.place),
                "receipt.not_signed",
            ),
            (lambda receipt, pen: receipt_by(Pen(), receipt.place), "receipt.wrong_witness"),
            (
                lambda receipt, pen: receipt_by(pen, pen.segment().head.place),
                "receipt.other_journal",
            ),
        ],
    )
    def test_receipts_are_verified(self, forge: Any, code: str) -> None:
        pen, peer = befriend(NodeKind.POST, entries=1)
        answer = say(peer, an_ask(held=(forge(receipt_at(pen, 1), pen),)))
        assert isinstance(answer, Refusal)
        assert answer.code == code == problem_of(peer)
        assert HeldReceipt.objects.count() == 0


class TestAlarms:
    def test_a_cloned_post_is_seen_by_its_head(self) -> None:
        pen, peer = befriend(NodeKind.POST, entries=3)
        take_segment(peer, pack(pen.segment()))
        clone = clone_of(pen, 2)
        clone.write(opened("another third"))
        news_for(peer, heads=(clone.segment().head,))
        assert Journal.objects.get(node=pen.node).stopped == "journal.fork"
        assert problem_of(peer) == "journal.fork"

    def test_a_head_that_nobody_signed_stops_nothing(self) -> None:
        pen, peer = befriend(NodeKind.POST, entries=2)
        take_segment(peer, pack(pen.segment()))
        forger = clone_of(pen, 1)
        forger.key = Pen().key
        forger.write(opened("forged"))
        assert say(peer, an_ask(heads=(forger.segment().head,))).code == "head.not_signed"
        assert Journal.objects.get(node=pen.node).stopped == ""

    def test_a_head_behind_ours_is_only_late(self) -> None:
        """An earlier question may arrive after a later segment."""
        pen, peer = befriend(NodeKind.POST, entries=3)
        take_segment(peer, pack(pen.segment()))
        news_for(peer, heads=(pen.segment(0, 2).head,))
        assert problem_of(peer) == ""

    def test_a_post_that_holds_more_than_we_wrote_shows_that_we_were_restored(self) -> None:
        pen, peer = befriend(NodeKind.POST)
        write(2)
        later = msgspec.structs.replace(own().place(), sequence=9)
        assert news_for(peer, held=(receipt_by(pen, later),)).segments == ()
        assert problem_of(peer) == "ours.journal.behind"
        news_for(peer, held=(receipt_at(pen, 3),))
        assert problem_of(peer) == "", "over when it is shown no longer"

    @pytest.mark.parametrize(
        ("told", "noted"),
        [
            ({"refused": "entry.body_changed"}, "ours.entry.body_changed"),
            ({"troubled": "journal.behind"}, "journal.behind"),
        ],
    )
    def test_what_a_post_finds_wrong_is_noted(self, told: dict[str, str], noted: str) -> None:
        _, peer = befriend(NodeKind.POST)
        news_for(peer, **told)
        assert problem_of(peer) == noted

    def test_a_posts_clock_is_compared(self) -> None:
        _, peer = befriend(NodeKind.POST)
        news_for(peer, time=now() - 3_600_000, round_trip=2000)
        ahead = Peer.objects.get(id=peer.id).clock_ahead
        assert ahead is not None
        assert abs(ahead + 3_599_000) < 2000


class TestBadMessages:
    def test_a_post_that_is_trusted_no_more_is_let_in_nowhere(self) -> None:
        _, peer = befriend(NodeKind.POST)
        with transaction.atomic():
            record(opened("x"), actor=Actor())
        services.enrol(card_of(peer), actor=Actor())
        assert peer.certificate in trusted_certificates()
        services.revoke(peer.id, "stolen at night", actor=Actor())
        assert peer.certificate not in trusted_certificates()
        answer = say(peer, an_ask())
        assert (type(answer), answer.code) == (Refusal, "node.revoked")
        told = EnrolledNode.objects.get(id=peer.id)
        assert told.revoked_reason == "stolen at night"
        with pytest.raises(Peer.DoesNotExist):
            services.revoke(peer.id, "again", actor=Actor())
        services.enrol(card_of(peer), actor=Actor())
        assert peer.certificate in trusted_certificates()
        assert EnrolledNode.objects.get(id=peer.id).revoked_at is None

    def test_whoever_is_no_peer_learns_nothing_else(self) -> None:
        answer = decode_answer(answering.answer("0" * 64, encode(an_ask())))
        assert isinstance(answer, Refusal)
        assert answer.code == "node.unknown"

    @pytest.mark.parametrize(
        "raw",
        [
            b"",
            b"rubbish",
            msgspec.msgpack.encode({"dream": "type"}),
            b"\x81\xa1a" * 100_000,  # maps in maps in maps
            msgspec.msgpack.encode(
                {"type": "ask", "time": -1, "round_trip": 0, "heads": [], "held": []}
            ),
            encode(News(time=1, receipts=(), segments=(), waiting=0)),
        ],
    )
    def test_rubbish_is_refused_by_name(self, raw: bytes) -> None:
        _, peer = befriend(NodeKind.POST)
        answer = decode_answer(answering.answer(peer.fingerprint, raw))
        assert isinstance(answer, Refusal)
        assert answer.code == "message.malformed" == problem_of(peer)

    def test_a_database_that_fails_is_no_ones_fault(self, monkeypatch: pytest.MonkeyPatch) -> None:
        _, peer = befriend(NodeKind.POST)

        def fail(peer: Peer) -> None:
            raise OperationalError("database is locked")

        monkeypatch.setattr(answering, "given_receipts", fail)
        assert say(peer, an_ask()).code == "database.busy"


class TestAReplacedPost:
    def test_it_gets_its_journal_in_the_parts_that_it_asks_for(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(giving_back, "PART_ENTRIES", 4)
        pen, peer = befriend(NodeKind.POST, 6)
        take_segment(peer, pack(pen.segment()))
        start = Place(pen.node, 1, 0, NO_HASH)
        (raw,) = news_for(peer, lacks=(start,), in_parts=True).returned
        part = unpack(raw)
        assert len(part.entries) == 4
        (raw,) = news_for(peer, lacks=(part.head.place,), in_parts=True).returned
        assert unpack(raw).head.place == pen.place
        assert news_for(peer, lacks=(pen.place,), in_parts=True).returned == ()

    def test_once_it_lacks_nothing_the_next_stick_is_light_again(self) -> None:
        pen, peer = befriend(NodeKind.POST, 1)
        Peer.objects.filter(id=peer.id).update(lacks=[[1, 0, True]])
        news_for(peer)
        assert Peer.objects.get(id=peer.id).lacks, "it has not heard yet how far we are"
        news_for(peer, held=(receipt_by(pen, own().place()),))
        assert Peer.objects.get(id=peer.id).lacks == []
