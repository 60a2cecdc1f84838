"""Urgent entries overtake the backlog, and must be what the journal says when it comes."""

from __future__ import annotations

import pytest
from django.db import transaction

from openmidas.exchange import advance, reading
from openmidas.exchange.advance import take_ahead, urgent_entries
from openmidas.exchange.taking import take_segment
from openmidas.journal import Actor, JournalError, NodeKind, SealedEntry, Segment
from openmidas.journal.entry import Header
from openmidas.journal.local import AdvanceCopy
from openmidas.journal.models import Journal, JournalEntry
from openmidas.journal.segments import pack
from openmidas.nodes.identity import this_node
from openmidas.nodes.local import Peer
from openmidas.nodes.services import record
from tests.exchange.peers import befriend, clone_of, opened, referral
from tests.support.writers import Pen


def referring(entries: int) -> tuple[Pen, Peer]:
    """A post that has written so many referrals."""
    pen, peer = befriend(NodeKind.POST)
    for _ in range(entries):
        pen.write(referral())
    return pen, peer


def places(found: list[Segment]) -> list[int]:
    """Where what goes ahead stands in its journal."""
    return [each.head.place.sequence for each in found]


def alone(pen: Pen, number: int) -> bytes:
    """One entry of a journal by itself, as a post sends it ahead."""
    return pack(pen.segment(number - 1, number))


@pytest.mark.usefixtures("own_journal")
class TestAtThePost:
    def write(self, *contents: object) -> None:
        with transaction.atomic():
            for content in contents:
                record(content, actor=Actor())  # type: ignore[arg-type]

    @pytest.mark.parametrize("limit", ["SEGMENT_ENTRIES", "SEGMENT_BYTES"])
    def test_what_the_next_frame_holds_overtakes_nothing(
        self, monkeypatch: pytest.MonkeyPatch, limit: str
    ) -> None:
        """Where entries are heavy, it holds few: what is behind them goes ahead."""
        _, hq = befriend(NodeKind.HQ)
        journal = (this_node().id, 1)
        self.write(referral(), opened("x"), referral(), opened("x"), referral())  # 2 to 6
        weights = [
            len(entry.header) + len(entry.body or b"")
            for entry in JournalEntry.objects.filter(sequence__in=(2, 3, 4))
        ]
        most = {"SEGMENT_ENTRIES": 3, "SEGMENT_BYTES": sum(weights)}
        monkeypatch.setattr(reading, limit, most[limit])
        assert places(urgent_entries(hq, journal, 1, 1)) == [6]
        assert places(urgent_entries(hq, journal, 3, 3)) == []
        assert places(urgent_entries(hq, journal, 4, 3)) == [], "looked at before"

    def test_where_no_frame_leaves_all_that_is_urgent_goes_ahead(self) -> None:
        _, hq = befriend(NodeKind.HQ)
        self.write(referral(), opened("x"), referral())  # 2 to 4
        assert places(urgent_entries(hq, (this_node().id, 1), 1, None)) == [2, 4]

    def test_of_a_long_backlog_the_newest_go_ahead(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(advance, "MOST_AHEAD", 2)
        _, hq = befriend(NodeKind.HQ)
        self.write(referral(), referral(), referral())  # 2 to 4
        assert places(urgent_entries(hq, (this_node().id, 1), 0, None)) == [3, 4]


@pytest.mark.usefixtures("as_hq", "own_journal")
class TestAtTheHq:
    def test_a_copy_is_kept_once_until_the_tables_have_the_entry(self) -> None:
        pen, peer = referring(4)
        for _ in range(2):
            take_ahead(peer, alone(pen, 3))
        copy = AdvanceCopy.objects.get()
        assert (copy.sequence, bytes(copy.header), copy.matched) == (
            3,
            pen.entries[2].header,
            False,
        )
        take_segment(peer, pack(pen.segment(0, 3)))
        assert AdvanceCopy.objects.get().matched
        assert Journal.objects.get(node=pen.node).stopped == ""
        Journal.objects.filter(node=pen.node).update(projected=3)
        take_segment(peer, pack(pen.segment(3, 4)))
        assert not AdvanceCopy.objects.exists()

    def test_what_is_here_already_needs_no_copy(self) -> None:
        pen, peer = referring(2)
        take_segment(peer, pack(pen.segment()))
        take_ahead(peer, alone(pen, 2))
        assert not AdvanceCopy.objects.exists()

    @pytest.mark.parametrize("journal_first", [True, False])
    def test_another_entry_in_the_journal_is_a_fork(self, *, journal_first: bool) -> None:
        pen, peer = referring(3)
        clone = clone_of(pen, 2)
        clone.write(referral())
        steps = [
            lambda: take_segment(peer, pack(pen.segment())),
            lambda: take_ahead(peer, alone(clone, 3)),
        ]
        for step in steps if journal_first else reversed(steps):
            step()
        assert Journal.objects.get(node=pen.node).stopped == "journal.fork"

    def test_so_are_two_copies_of_one_place(self) -> None:
        pen, peer = referring(3)
        clone = clone_of(pen, 2)
        clone.write(referral())
        take_ahead(peer, alone(pen, 3))
        take_ahead(peer, alone(clone, 3))
        assert Journal.objects.get(node=pen.node).stopped == "journal.fork"

    def test_nobody_else_can_send_one(self) -> None:
        pen, peer = referring(3)
        other, _ = befriend(NodeKind.POST, entries=1, name="Sona")
        forger = clone_of(pen, 2)
        forger.key = Pen().key
        forger.write(referral())
        bare = Segment((SealedEntry(pen.entries[2].header),), pen.segment().head)
        pen.write(opened("nothing urgent"))
        of_another, of_old = alone(other, 1), alone(pen, 4)
        for raw in (of_another, alone(forger, 3), pack(bare), pack(pen.segment()), of_old, b"x"):
            with pytest.raises(JournalError):
                take_ahead(peer, raw)
        assert not AdvanceCopy.objects.exists()
        assert Journal.objects.get(node=pen.node).stopped == ""

    def test_none_is_taken_of_a_journal_that_is_stopped_nor_a_long_one(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        pen, peer = referring(1)
        with monkeypatch.context() as patch:
            patch.setattr(advance, "MOST_BYTES", 100)
            with pytest.raises(JournalError, match=r"entry\.not_urgent"):
                take_ahead(peer, alone(pen, 1))
        Journal.objects.filter(node=pen.node).update(stopped="journal.fork")
        with pytest.raises(JournalError, match=r"journal\.stopped"):
            take_ahead(peer, alone(pen, 1))

    def test_a_post_cannot_fill_the_table(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(advance, "MOST_KEPT", 2)
        pen, peer = referring(5)
        for number in (2, 3, 4, 5):
            take_ahead(peer, alone(pen, number))
        kept = AdvanceCopy.objects.order_by("sequence")
        assert [Header.decode(bytes(copy.header)).sequence for copy in kept] == [4, 5]
