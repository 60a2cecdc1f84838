"""Neighbours carry each other's heads, so that neither a post nor the HQ rewrites history alone."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from django.db import transaction

from openmidas.exchange import answering, carrying, contact
from openmidas.exchange.carrying import (
    AT_ONCE,
    GIVE_EVERY,
    KEPT_OF_ONE,
    given_back,
    keep_carried,
    to_give_back,
)
from openmidas.exchange.contact import Concern
from openmidas.exchange.heads import FORK, FURTHER, caught_up
from openmidas.exchange.messages import Ask, News, Told, decode_answer, encode, now
from openmidas.exchange.taking import take_segment
from openmidas.journal import Actor, Head, NodeKind
from openmidas.journal.models import Journal, JournalEntry
from openmidas.journal.segments import pack
from openmidas.journal.witnessed import MOST_OF_ONE, CarriedHead, Contradiction, Version
from openmidas.nodes.identity import this_node
from openmidas.nodes.local import Peer
from openmidas.nodes.models import EnrolledNode
from openmidas.nodes.services import node_time, record
from tests.exchange.peers import befriend, clone_of, opened
from tests.support.writers import Pen


def enrolled(entries: int, key_of: Pen | None = None) -> Pen:
    """A neighbour whose key the HQ's journal names."""
    pen = Pen()
    for number in range(entries):
        pen.write(opened(str(number)))
    EnrolledNode.objects.create(
        id=pen.node,
        node=pen.node,
        kind="post",
        name="Sona",
        state="MLI",
        epoch=1,
        public_key=(key_of or pen).public_key,
        certificate="",
        enrolled_at=node_time(),
    )
    return pen


def head_of(pen: Pen, entries: int | None = None) -> Head:
    return pen.segment(0, entries).head


def problem_of(peer: Peer) -> str:
    return Peer.objects.get(id=peer.id).last_problem


@pytest.mark.usefixtures("own_journal")
class TestAtAPost:
    def test_it_keeps_what_neighbours_signed_and_gives_it_back(self) -> None:
        _, hq = befriend(NodeKind.HQ)
        pen = enrolled(3)
        keep_carried(hq, (head_of(pen, 2), head_of(pen)))
        assert set(to_give_back()) == {head_of(pen, 2), head_of(pen)}
        given_back(to_give_back())
        assert to_give_back() == (), "not with every question"

    def test_all_go_back_in_their_turn(self, monkeypatch: pytest.MonkeyPatch) -> None:
        _, hq = befriend(NodeKind.HQ)
        heads = {head_of(enrolled(1)) for _ in range(AT_ONCE + 2)}
        keep_carried(hq, heads)
        seen: set[Head] = set()
        for hour in range(2):
            monkeypatch.setattr(carrying, "now", lambda hour=hour: now() + hour * GIVE_EVERY)
            seen |= set(to_give_back())
            given_back(to_give_back())
        assert seen == heads

    def test_what_no_enrolled_key_signed_is_passed_over(self) -> None:
        _, hq = befriend(NodeKind.HQ)
        stranger = Pen()
        stranger.write(opened("x"))
        keep_carried(hq, (head_of(stranger), head_of(enrolled(1, key_of=Pen()))))
        assert CarriedHead.objects.count() == 0

    def test_two_heads_at_one_place_are_a_fork(self) -> None:
        _, hq = befriend(NodeKind.HQ)
        pen = enrolled(3)
        clone = clone_of(pen, 2)
        clone.write(opened("another third"))
        keep_carried(hq, (head_of(pen), head_of(clone)))
        found = Contradiction.objects.get()
        assert (found.code, found.node) == (FORK, pen.node)
        assert [side.hash for side in found.versions()] == [pen.place.hash, clone.place.hash]
        assert CarriedHead.objects.get().head() == head_of(pen), "the first stays"

    def test_what_the_hq_shows_less_of_goes_back_first(self) -> None:
        _, hq = befriend(NodeKind.HQ)
        pen = enrolled(5)
        keep_carried(hq, (head_of(pen), *(head_of(enrolled(1)) for _ in range(AT_ONCE))))
        CarriedHead.objects.update(given=1)
        keep_carried(hq, (head_of(pen, 3),))
        assert {head_of(pen), head_of(pen, 3)} <= set(to_give_back())

    def test_a_few_of_each_journal_are_kept_the_first_among_them(self) -> None:
        _, hq = befriend(NodeKind.HQ)
        pen = enrolled(KEPT_OF_ONE + 4)
        keep_carried(hq, [head_of(pen, end) for end in range(1, KEPT_OF_ONE + 5)])
        kept = list(CarriedHead.objects.order_by("sequence").values_list("sequence", flat=True))
        assert kept == [1, *range(6, KEPT_OF_ONE + 5)]

    def test_there_is_a_limit_to_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(carrying, "MOST_CARRIED", 3)
        _, hq = befriend(NodeKind.HQ)
        keep_carried(hq, [head_of(enrolled(1)) for _ in range(5)])
        assert CarriedHead.objects.count() == 3

    def test_an_hq_that_shows_another_end_than_it_sent_has_forked(self) -> None:
        pen, hq = befriend(NodeKind.HQ, entries=3)
        take_segment(hq, pack(pen.segment()))
        keep_carried(hq, (head_of(pen),))
        assert Contradiction.objects.count() == 0
        other = clone_of(pen, 1)
        other.write(opened("another second"))
        keep_carried(hq, (head_of(other),))
        assert Journal.objects.get(node=hq.id).stopped == FORK == problem_of(hq)


@pytest.mark.usefixtures("as_hq", "own_journal")
class TestAtTheHq:
    def hear(self, carrier: Peer, *heads: Head, **values: Any) -> News:
        ask = Ask(time=now(), round_trip=0, heads=(), held=(), carried=heads, **values)
        news = decode_answer(answering.answer(carrier.fingerprint, encode(ask)))
        assert isinstance(news, News), news
        return news

    def a_post(self, entries: int, brings: int | None = None) -> tuple[Pen, Peer]:
        pen, peer = befriend(NodeKind.POST, entries=entries, name="Sona")
        take_segment(peer, pack(pen.segment(0, brings)))
        return pen, peer

    def test_what_agrees_says_nothing(self) -> None:
        pen, peer = self.a_post(3)
        _, carrier = befriend(NodeKind.POST)
        self.hear(carrier, head_of(pen, 2), head_of(pen))
        assert (problem_of(peer), problem_of(carrier)) == ("", "")
        assert Contradiction.objects.count() == 0

    def test_another_history_is_a_fork_of_the_journal_not_of_the_carrier(self) -> None:
        pen, peer = self.a_post(3)
        _, carrier = befriend(NodeKind.POST)
        clone = clone_of(pen, 1)
        clone.write(opened("another second"))
        self.hear(carrier, head_of(clone))
        assert (problem_of(peer), problem_of(carrier)) == (FORK, "")
        assert Journal.objects.get(node=pen.node).stopped == FORK
        found = Contradiction.objects.get()
        assert (found.code, found.node, found.teller) == (FORK, pen.node, carrier.id)

    def test_a_later_end_than_the_hq_holds(self) -> None:
        """Restored from a backup, or a post has more to send: it is said until it has come."""
        pen, peer = self.a_post(3, brings=2)
        _, carrier = befriend(NodeKind.POST)
        self.hear(carrier, head_of(pen))
        self.hear(carrier, head_of(pen))
        assert problem_of(peer) == FURTHER
        ours, theirs = Contradiction.objects.get().versions()
        assert (ours.sequence, theirs.sequence) == (2, 3)
        caught_up()
        assert Contradiction.objects.count() == 1
        take_segment(peer, pack(pen.segment(2)))
        contact.over(Peer.objects.get(id=peer.id), Concern.THEIRS)  # as whoever takes frames does
        caught_up()
        assert (Contradiction.objects.count(), problem_of(peer)) == (0, "")

    def test_a_later_end_of_another_history_is_a_fork_once_it_can_be_seen(self) -> None:
        pen, peer = self.a_post(4, brings=1)
        _, carrier = befriend(NodeKind.POST)
        clone = clone_of(pen, 2)
        clone.write(opened("another third"))
        self.hear(carrier, head_of(clone))
        take_segment(peer, pack(pen.segment(1)))
        caught_up()
        assert [one.code for one in Contradiction.objects.all()] == [FORK]

    def test_a_head_that_nobody_signed_is_the_carriers_problem(self) -> None:
        pen, peer = self.a_post(3)
        _, carrier = befriend(NodeKind.POST)
        forger = clone_of(pen, 1)
        forger.key = Pen().key
        forger.write(opened("forged"))
        self.hear(carrier, head_of(forger))
        assert (problem_of(peer), problem_of(carrier)) == ("", "head.not_signed")
        assert Journal.objects.get(node=pen.node).stopped == ""

    def test_a_copy_with_a_hole_keeps_no_carrier_from_its_news(self) -> None:
        pen, peer = self.a_post(3)
        _, carrier = befriend(NodeKind.POST)
        JournalEntry.objects.filter(node=pen.node, sequence=2).delete()
        self.hear(carrier, head_of(pen, 2))
        assert problem_of(peer) == "journal.no_such_place"

    def test_our_own_journal_goes_on_whatever_is_carried_of_it(self) -> None:
        _, carrier = befriend(NodeKind.POST)
        own = Journal.objects.get(node=this_node().id)
        place = msgspec.structs.replace(own.place(), hash=bytes(32))
        from openmidas.journal.signing import sign_head

        self.hear(carrier, sign_head(place, this_node().key))
        assert [one.code for one in Contradiction.objects.all()] == [FORK]
        with transaction.atomic():
            record(opened("more"), actor=Actor())

    def test_what_posts_have_found_is_kept_within_bounds(self) -> None:
        _, teller = befriend(NodeKind.POST)
        for number in range(MOST_OF_ONE + 3):
            version = Version(1, number, bytes(32))
            told = Told(code="log.rewritten", node=this_node().id, ours=version, theirs=version)
            self.hear(teller, contradictions=(told, told))
        assert Contradiction.objects.count() == MOST_OF_ONE
        newest = Contradiction.objects.order_by("-id")[0]
        assert (newest.teller, newest.versions()[0].sequence) == (teller.id, MOST_OF_ONE + 2)
