"""What the HQ tells of each record in a stream: a receipt, or why nothing more is taken."""

from __future__ import annotations

import msgspec
import pytest
from django.db import OperationalError, transaction

from openmidas.exchange import incoming
from openmidas.exchange.incoming import Incoming
from openmidas.exchange.messages import now
from openmidas.exchange.own_news import OwnNews
from openmidas.exchange.records import (
    Ahead,
    Frame,
    Nudge,
    Ping,
    Pong,
    Received,
    Seen,
    Stopped,
    Told,
    decode_told,
    encode_record,
)
from openmidas.journal import (
    TO_HQ,
    TO_NODE,
    TO_STATE,
    Actor,
    Audience,
    NodeKind,
    Place,
    Receipt,
    to_posts,
)
from openmidas.journal.frames import FrameWriter
from openmidas.journal.local import RefusedSegment
from openmidas.journal.models import Journal
from openmidas.journal.segments import pack, unpack
from openmidas.journal.signing import check_receipt, sign_head
from openmidas.nodes.identity import this_node
from openmidas.nodes.keys import public_bytes
from openmidas.nodes.local import Peer
from openmidas.nodes.services import record
from tests.exchange.peers import befriend, opened
from tests.support.writers import Pen

pytestmark = pytest.mark.usefixtures("as_hq", "own_journal")


def bring(stream: Incoming, record: Ahead | Frame | Ping) -> Told:
    return stream.take(msgspec.msgpack.encode(record))


def frames(pen: Pen, *cuts: int) -> list[bytes]:
    """Frames of one stream that end at these entries."""
    writer = FrameWriter()
    runs = [pen.segment(a, b) for a, b in zip((0, *cuts), cuts, strict=False)]
    return [writer.write(run.entries, run.head) for run in runs]


class TestFrames:
    def test_each_has_a_receipt_of_its_own(self) -> None:
        pen, peer = befriend(NodeKind.POST, entries=5)
        stream = Incoming(peer.fingerprint)
        for end, raw in zip((2, 5), frames(pen, 2, 5), strict=True):
            told = bring(stream, Frame(raw, 5 - end))
            assert isinstance(told, Received)
            place = pen.segment(0, end).head.place
            assert (told.epoch, told.sequence) == (place.epoch, place.sequence)
            receipt = Receipt(place, this_node().id, told.at, told.signature)
            check_receipt(receipt, public_bytes(this_node().key))
        assert not stream.over
        assert Peer.objects.get(id=peer.id).waiting == 0

    def test_those_that_lie_there_together_have_each_their_own(self) -> None:
        pen, peer = befriend(NodeKind.POST, entries=6)
        stream = Incoming(peer.fingerprint)
        brought = [
            Frame(raw, 6 - end) for end, raw in zip((2, 5, 6), frames(pen, 2, 5, 6), strict=True)
        ]
        told = stream.take_all([msgspec.msgpack.encode(one) for one in (*brought, Ping(now(), 0))])
        assert isinstance(told[-1], Pong)
        for end, each in zip((2, 5, 6), told, strict=False):
            assert isinstance(each, Received)
            assert each.sequence == end
            place = pen.segment(0, end).head.place
            receipt = Receipt(place, this_node().id, each.at, each.signature)
            check_receipt(receipt, public_bytes(this_node().key))
        assert Journal.objects.get(node=pen.node).place() == pen.place
        assert Peer.objects.get(id=peer.id).waiting == 0

    def test_what_comes_before_one_that_does_not_hold_is_taken(self) -> None:
        pen, peer = befriend(NodeKind.POST, entries=5)
        good, forged, after = frames(pen, 2, 4, 5)
        forged = forged[:-1] + bytes((forged[-1] ^ 1,))  # its signature
        stream = Incoming(peer.fingerprint)
        told = stream.take_all(
            [msgspec.msgpack.encode(Frame(raw, 0)) for raw in (good, forged, after)]
        )
        assert len(told) == 2
        assert isinstance(told[0], Received)
        assert isinstance(told[1], Stopped)
        assert (told[0].sequence, told[1].code) == (2, "head.not_signed")
        assert stream.over
        assert Journal.objects.get(node=pen.node).sequence == 2
        assert RefusedSegment.objects.count() == 1

    def test_rubbish_behind_a_frame_takes_nothing_from_it(self) -> None:
        pen, peer = befriend(NodeKind.POST, entries=2)
        stream = Incoming(peer.fingerprint)
        raw = msgspec.msgpack.encode(Frame(frames(pen, 2)[0], 0))
        told = stream.take_all([raw, b"rubbish", raw])
        assert isinstance(told[0], Received)
        assert told[1:] == [Stopped("message.malformed", {}, None)]

    def test_a_few_bytes_do_not_become_megabytes(self) -> None:
        """Else whoever stole a post's keys could fill the disk of headquarters from a slow link."""
        pen, peer = befriend(NodeKind.POST)
        pen.write(opened("x" * 2_000_000))
        raw = frames(pen, 1)[0]
        assert len(raw) < 1000
        told = bring(Incoming(peer.fingerprint), Frame(raw, 0))
        assert isinstance(told, Stopped)
        assert told.code == "segment.too_large"
        assert Journal.objects.get(node=pen.node).sequence == 0

    def test_a_gap_ends_the_stream_and_says_where_to_go_on(self) -> None:
        pen, peer = befriend(NodeKind.POST, entries=4)
        first, second = frames(pen, 2, 4)
        stream = Incoming(peer.fingerprint)
        stream._frames.read(first)  # arrived, and then this process died before it stored it
        told = bring(stream, Frame(second, 0))
        assert isinstance(told, Stopped)
        assert (told.code, stream.over) == ("chain.gap", True)
        assert told.held is not None
        assert told.held.sequence == 0
        assert isinstance(bring(Incoming(peer.fingerprint), Frame(first, 2)), Received)

    def test_numbers_that_no_table_takes_are_refused(self) -> None:
        pen, peer = befriend(NodeKind.POST)
        pen.place = Place(pen.node, 1, 2**63 - 2, b"h" * 32)
        entries = (pen.write(opened("x")), pen.write(opened("x")))
        raw = FrameWriter().write(entries, sign_head(pen.place, pen.key))
        stream = Incoming(peer.fingerprint)
        told = bring(stream, Frame(raw, 2**63 - 1))
        assert isinstance(told, Stopped)
        assert (told.code, stream.over) == ("header.malformed", True)
        told = bring(Incoming(peer.fingerprint), Ping(2**63 - 1, 2**63 - 1))
        assert isinstance(told, Stopped)
        assert told.code == "message.malformed"

    def test_a_copy_that_is_not_taken_holds_no_journal_back(self) -> None:
        pen, peer = befriend(NodeKind.POST, entries=2)
        stream = Incoming(peer.fingerprint)
        assert bring(stream, Ahead(pack(pen.segment(1, 2)))) == Seen()
        assert Peer.objects.get(id=peer.id).last_problem == "entry.not_urgent"
        assert isinstance(bring(stream, Frame(frames(pen, 2)[0], 0)), Received)

    def test_what_is_refused_is_kept_so_that_it_can_be_read_by_itself(self) -> None:
        pen, peer = befriend(NodeKind.POST, entries=4)
        pen.key = Pen().key
        first, second = frames(pen, 2, 4)
        stream = Incoming(peer.fingerprint)
        stream._frames.read(first)
        Journal.objects.filter(node=pen.node).update(
            sequence=2, hash=pen.segment(0, 2).head.place.hash
        )
        told = bring(stream, Frame(second, 0))
        assert isinstance(told, Stopped)
        assert told.code == "head.not_signed"
        assert unpack(bytes(RefusedSegment.objects.get().raw)).entries == tuple(pen.entries[2:])

    @pytest.mark.parametrize("raw", [b"", b"rubbish", msgspec.msgpack.encode(Nudge())])
    def test_rubbish_ends_the_stream(self, raw: bytes) -> None:
        _, peer = befriend(NodeKind.POST)
        stream = Incoming(peer.fingerprint)
        assert stream.take(raw) == Stopped("message.malformed", {}, None)
        assert stream.over

    def test_a_database_that_fails_is_no_ones_fault(self, monkeypatch: pytest.MonkeyPatch) -> None:
        pen, peer = befriend(NodeKind.POST, entries=1)

        def fail(*_: object) -> None:
            raise OperationalError("database is locked")

        monkeypatch.setattr(incoming, "take_segments", fail)
        stream = Incoming(peer.fingerprint)
        assert bring(stream, Frame(frames(pen, 1)[0], 0)) == Stopped("database.busy", {}, None)


class TestPeers:
    def test_who_is_trusted_no_more_is_told_so_in_the_middle_of_a_stream(self) -> None:
        _, peer = befriend(NodeKind.POST)
        stream = Incoming(peer.fingerprint)
        assert isinstance(bring(stream, Ping(now(), 0)), Pong)
        Peer.objects.filter(id=peer.id).update(revoked=True)
        assert bring(stream, Ping(now(), 0)) == Stopped("node.revoked", {}, None)
        assert bring(Incoming("0" * 64), Ping(now(), 0)) == Stopped("node.unknown", {}, None)

    def test_a_ping_is_a_contact_and_compares_the_clocks(self) -> None:
        _, peer = befriend(NodeKind.POST)
        bring(Incoming(peer.fingerprint), Ping(now() - 3_600_000, 2000))
        found = Peer.objects.get(id=peer.id)
        assert found.last_contact is not None
        assert found.clock_ahead is not None
        assert abs(found.clock_ahead + 3_599_000) < 2000


def test_records_survive_the_way() -> None:
    for told in (Received(1, 2, 3, bytes(64)), Nudge(), Pong(5), Stopped("a.b", {"c": "d"}, None)):
        assert decode_told(encode_record(told)[4:]) == told


class TestOwnNews:
    def write(self, *audiences: Audience) -> None:
        with transaction.atomic():
            for audience in audiences:
                record(opened("x"), actor=Actor(), audience=audience)

    def test_only_those_are_told_that_new_entries_are_for(self) -> None:
        _, peer = befriend(NodeKind.POST)
        _, other = befriend(NodeKind.POST, name="Sona")
        news = OwnNews()
        assert news.since() == []
        self.write(TO_NODE, TO_HQ)
        assert news.since() == [], "headers can wait"
        self.write(to_posts([other.id]))
        assert news.since() == [other.fingerprint]
        assert news.since() == [], "once"
        self.write(TO_STATE)
        assert set(news.since()) == {peer.fingerprint, other.fingerprint}

    def test_a_database_that_is_busy_loses_no_news(self, monkeypatch: pytest.MonkeyPatch) -> None:
        _, peer = befriend(NodeKind.POST)
        news = OwnNews()
        self.write(TO_STATE)

        def fail(*_: object) -> None:
            raise OperationalError("database is locked")

        with monkeypatch.context() as patch:
            patch.setattr("openmidas.exchange.own_news._is_for", fail)
            with pytest.raises(OperationalError):
                news.since()
        assert news.since() == [peer.fingerprint]

    def test_of_many_new_entries_everybody_is_told(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("openmidas.exchange.own_news._LOOKED_AT", 2)
        _, peer = befriend(NodeKind.POST)
        news = OwnNews()
        self.write(TO_NODE, TO_NODE, TO_NODE)
        assert news.since() == [peer.fingerprint]
