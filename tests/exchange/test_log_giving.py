"""The HQ's log: what goes in, what it costs, and what posts are told of it."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from openmidas.exchange import answering, log_giving
from openmidas.exchange.log_giving import CARRIED_AT_ONCE, TELL_EVERY, to_carry, write_log
from openmidas.exchange.messages import Ask, LogMark, LogNews, News, decode_answer, encode
from openmidas.exchange.messages import now as clock
from openmidas.exchange.taking import take_segment
from openmidas.journal import Actor, NodeKind, merkle
from openmidas.journal.loghead import LogHead, check_log_head
from openmidas.journal.models import Journal
from openmidas.journal.segments import pack
from openmidas.journal.witnessed import HeldLogHead, LogLeaf, LogNode
from openmidas.nodes.identity import this_node
from openmidas.nodes.keys import public_bytes
from openmidas.nodes.local import Peer
from openmidas.nodes.services import record
from tests.exchange.peers import befriend, opened
from tests.support.writers import Pen

pytestmark = pytest.mark.usefixtures("as_hq", "own_journal")


@pytest.fixture(autouse=True)
def told_anew() -> Iterator[None]:
    log_giving.forget_told()
    yield
    log_giving.forget_told()


def brings(pen: Pen, peer: Peer) -> None:
    take_segment(peer, pack(pen.segment()))


def news_for(peer: Peer, mark: LogMark | None = LogMark()) -> LogNews | None:  # noqa: B008  frozen
    ask = Ask(time=clock(), round_trip=0, heads=(), held=(), log=mark)
    news = decode_answer(answering.answer(peer.fingerprint, encode(ask)))
    assert isinstance(news, News)
    return news.log


def a_round() -> LogHead:
    head = write_log()
    assert head is not None
    return head


def test_each_journal_that_went_on_gets_one_leaf_a_round() -> None:
    pen, peer = befriend(NodeKind.POST, entries=3)
    assert a_round().size == 1, "our own journal"
    brings(pen, peer)
    assert a_round().size == 2
    assert a_round().size == 2, "nothing new, nothing signed"
    for number in range(4):
        pen.write(opened(str(number)))
        brings(pen, peer)
    assert a_round().size == 3, "one leaf for all that came since"
    leaves = [leaf.place() for leaf in LogLeaf.objects.order_by("index")]
    assert leaves[2] == pen.place == Journal.objects.get(node=pen.node).place()


def test_its_head_is_signed_and_its_root_is_that_of_the_leaves() -> None:
    for number in range(9):
        brings(*befriend(NodeKind.POST, entries=1 + number, name=f"P{number}"))
    head = a_round()
    check_log_head(head, public_bytes(this_node().key))
    leaves = [leaf.place().encode() for leaf in LogLeaf.objects.order_by("index")]
    kept = merkle.grown(0, leaves, lambda level, number: b"")
    assert head.root == merkle.root(10, lambda level, number: kept[level, number])
    assert len(kept) == LogNode.objects.count()


def test_a_round_reads_a_few_rows_however_long_the_log_is() -> None:
    with transaction.atomic():
        for number in range(300):
            record(opened(str(number)), actor=Actor())
            write_log()
    with transaction.atomic():
        record(opened("more"), actor=Actor())
    with CaptureQueriesContext(
        connection,
    ) as asked:
        a_round()
    assert len(asked) <= 14


def test_signed_time_never_runs_backwards(monkeypatch: pytest.MonkeyPatch) -> None:
    first = a_round()
    monkeypatch.setattr(log_giving, "now", lambda: first.at - 86_400_000)
    with transaction.atomic():
        record(opened("more"), actor=Actor())
    assert a_round().at == first.at


class TestWhatPostsAreTold:
    def test_that_the_log_grew_and_that_they_are_in_it(self) -> None:
        pen, peer = befriend(NodeKind.POST, entries=2)
        old = a_round()
        brings(pen, peer)
        for number in range(5):
            brings(*befriend(NodeKind.POST, entries=1, name=f"P{number}"))
        head = a_round()
        told = news_for(peer, LogMark(1, old.size, old.at - TELL_EVERY))
        assert told is not None
        assert told.head == head
        assert merkle.continues(old.size, head.size, old.root, head.root, told.growth)
        assert told.leaf == pen.place
        assert merkle.includes(pen.place.encode(), told.index, head.size, told.path, head.root)

    def test_a_post_of_an_older_version_is_told_nothing(self) -> None:
        _, peer = befriend(NodeKind.POST)
        a_round()
        assert news_for(peer, None) is None

    def test_once_an_hour_and_only_what_is_new(self) -> None:
        _, peer = befriend(NodeKind.POST)
        head = a_round()
        assert news_for(peer, LogMark(1, head.size, 0)) is None
        with transaction.atomic():
            record(opened("more"), actor=Actor())
        a_round()
        assert news_for(peer, LogMark(1, head.size, head.at)) is None
        assert news_for(peer, LogMark(1, head.size, head.at - TELL_EVERY)) is not None
        again = LogMark(1, head.size, head.at - TELL_EVERY)
        assert news_for(peer, again) is None, "not with every question, where it is not taken"

    def test_a_post_that_holds_more_than_there_is_gets_the_head_alone(self) -> None:
        _, peer = befriend(NodeKind.POST)
        head = a_round()
        told = news_for(peer, LogMark(1, 50, head.at))
        assert told is not None
        assert (told.head, told.growth) == (head, ())

    def test_a_damaged_log_proves_nothing_and_stops_nothing(self) -> None:
        _, peer = befriend(NodeKind.POST)
        with transaction.atomic():
            for number in range(6):
                record(opened(str(number)), actor=Actor())
                write_log()
        LogNode.objects.filter(key=2).delete()
        told = news_for(peer, LogMark(1, 3, 0))
        assert told is not None
        assert (told.growth, told.head) == ((), HeldLogHead.objects.get().head())

    def test_it_is_small(self) -> None:
        pen, peer = befriend(NodeKind.POST, entries=1)
        brings(pen, peer)
        with transaction.atomic():
            for number in range(200):
                record(opened(str(number)), actor=Actor())
                write_log()
        for number in range(9):
            brings(*befriend(NodeKind.POST, entries=1, name=f"P{number}"))
        a_round()
        told = news_for(peer, LogMark(1, 77, 0))
        assert len(msgspec.msgpack.encode(told)) < 2500


def test_all_posts_are_carried_in_turn() -> None:
    _, carrier = befriend(NodeKind.POST)
    others = set()
    for number in range(CARRIED_AT_ONCE * 2 + 1):
        pen, peer = befriend(NodeKind.POST, entries=1, name=f"P{number}")
        brings(pen, peer)
        others.add(pen.node)
    seen = set()
    for _ in range(3):
        told = to_carry(carrier)
        assert len(told) == CARRIED_AT_ONCE + 1
        seen |= {head.place.node for head in told}
    assert seen == others | {this_node().id}
