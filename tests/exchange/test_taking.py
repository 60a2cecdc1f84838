"""Taking in a peer's segment: stored and receipted, or refused by name with nothing lost."""

from __future__ import annotations

import shutil
from collections.abc import Sequence

import pytest
from django.db import connection

from openmidas.exchange import taking
from openmidas.exchange.messages import Refusal, now
from openmidas.exchange.taking import take_segment
from openmidas.exchange.worker import run_once
from openmidas.journal import NodeKind, Place, Receipt, SealedEntry, Segment
from openmidas.journal.clock import MAX_LEAD
from openmidas.journal.local import HeldReceipt, Quarantined, RefusedSegment
from openmidas.journal.models import Journal, JournalEntry
from openmidas.journal.segments import pack
from openmidas.journal.signing import check_receipt
from openmidas.nodes.identity import this_node
from openmidas.nodes.keys import public_bytes
from openmidas.nodes.local import Peer
from openmidas.nodes.room import LEAST_TO_RECORD
from tests.exchange.peers import befriend, clone_of, opened
from tests.support.writers import Pen

pytestmark = pytest.mark.usefixtures("as_hq", "own_journal")


def take(peer: Peer, segment: Segment) -> Receipt | Refusal:
    return take_segment(peer, pack(segment))


def taken(peer: Peer, segment: Segment) -> Receipt:
    answer = take(peer, segment)
    assert isinstance(answer, Receipt), answer
    return answer


def refused(peer: Peer, segment: Segment) -> Refusal:
    answer = take(peer, segment)
    assert isinstance(answer, Refusal), answer
    return answer


def stored(pen: Pen) -> list[SealedEntry]:
    found = JournalEntry.objects.filter(node=pen.node).order_by("sequence")
    return [entry.sealed() for entry in found]


def journal_of(pen: Pen) -> Journal:
    return Journal.objects.get(node=pen.node)


def test_what_holds_is_stored_and_receipted() -> None:
    pen, peer = befriend(NodeKind.POST, entries=3)
    receipt = taken(peer, pen.segment())
    assert stored(pen) == pen.entries
    assert receipt.place == pen.place
    check_receipt(receipt, public_bytes(this_node().key))
    assert HeldReceipt.objects.get(node=pen.node).receipt() == receipt


def test_a_repeat_stores_nothing_and_gets_the_same_receipt() -> None:
    pen, peer = befriend(NodeKind.POST, entries=4)
    first = taken(peer, pen.segment())
    for again in (pen.segment(), pen.segment(0, 2), pen.segment(3, 4)):
        assert taken(peer, again) == first
    assert len(stored(pen)) == 4


def test_the_receipt_is_part_of_the_storing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that stops between the two has neither."""
    pen, peer = befriend(NodeKind.POST, entries=1)

    def die(journal: Journal, places: Sequence[Place]) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(taking, "give_receipts", die)
    with pytest.raises(KeyboardInterrupt):
        take(peer, pen.segment())
    assert stored(pen) == []


def test_a_changed_body_is_refused_kept_and_moves_nothing() -> None:
    pen, peer = befriend(NodeKind.POST, entries=4)
    other, other_peer = befriend(NodeKind.POST, entries=1, name="Sona")
    taken(peer, pen.segment(0, 2))
    spoilt = SealedEntry(pen.entries[2].header, b"changed", pen.entries[2].salt)
    segment = Segment((spoilt, pen.entries[3]), pen.segment().head)
    for _ in range(2):
        answer = refused(peer, segment)
        assert answer.code == "head.not_signed"
        assert answer.held == journal_of(pen).place()
    assert journal_of(pen).sequence == 2
    assert bytes(RefusedSegment.objects.get().raw) == pack(segment), "kept once"
    assert Peer.objects.get(id=peer.id).last_problem == "head.not_signed"
    taken(other_peer, other.segment())
    assert taken(peer, pen.segment(2, 4)).place == pen.place, "and the right one is taken"


def test_what_is_no_segment_is_refused_and_kept() -> None:
    _, peer = befriend(NodeKind.POST)
    answer = take_segment(peer, b"\1 rubbish")
    assert isinstance(answer, Refusal)
    assert (answer.code, answer.held) == ("segment.malformed", None)
    assert RefusedSegment.objects.get().peer == peer.id


def test_an_entry_nested_without_end_is_stored_and_stops_nothing() -> None:
    pen, peer = befriend(NodeKind.POST, entries=1)
    pen.write_raw(b"\x81\xa1a" * 100_000)
    pen.write(opened("after"))
    assert taken(peer, pen.segment()).place == pen.place
    while run_once():
        pass
    assert Quarantined.objects.get().code == "entry.malformed"


def test_refused_segments_do_not_fill_the_disk() -> None:
    _, peer = befriend(NodeKind.POST)
    for number in range(taking.KEPT_REFUSED + 5):
        take_segment(peer, b"rubbish %d" % number)
    kept = {bytes(segment.raw) for segment in RefusedSegment.objects.all()}
    assert kept == {b"rubbish %d" % number for number in range(5, taking.KEPT_REFUSED + 5)}


def test_nobody_brings_another_nodes_journal() -> None:
    pen, _ = befriend(NodeKind.POST, entries=2)
    _, thief = befriend(NodeKind.POST, name="Sona")
    assert refused(thief, pen.segment()).code == "segment.of_another_node"
    assert stored(pen) == []
    assert journal_of(pen).stopped == ""


def test_a_gap_says_where_to_go_on() -> None:
    pen, peer = befriend(NodeKind.POST, entries=5)
    taken(peer, pen.segment(0, 2))
    answer = refused(peer, pen.segment(3, 5))
    assert (answer.code, answer.held) == ("chain.gap", journal_of(pen).place())
    assert RefusedSegment.objects.count() == 0, "nothing is wrong with it"


@pytest.mark.parametrize("keep", [0, 2, 3])
def test_two_signed_histories_stop_the_journal(keep: int) -> None:
    """Restored to before, or to just at, what we hold: what it writes then contradicts what it signed."""
    pen, peer = befriend(NodeKind.POST, entries=4)
    taken(peer, pen.segment())
    clone = clone_of(pen, keep)
    for number in range(4):
        clone.write(opened(f"another {number}"))
    sent = clone.segment(max(0, keep - 1))
    assert refused(peer, sent).code == "journal.fork"
    assert journal_of(pen).stopped == "journal.fork"
    assert stored(pen) == pen.entries
    pen.write(opened("more"))
    assert refused(peer, pen.segment()).code == "journal.stopped", "until a person decides"


def test_a_contradiction_that_nobody_signed_stops_nothing() -> None:
    """Else whoever got hold of a certificate, but not of the signing key, could silence a post."""
    pen, peer = befriend(NodeKind.POST, entries=2)
    taken(peer, pen.segment())
    forger = clone_of(pen, 1)
    forger.key = Pen().key
    forger.write(opened("forged"))
    assert refused(peer, forger.segment()).code == "journal.fork"
    assert journal_of(pen).stopped == ""
    assert taken(peer, pen.segment()).place == pen.place


def test_a_segment_too_long_for_one_transaction_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(taking, "MAX_ENTRIES", 2)
    pen, peer = befriend(NodeKind.POST, entries=3)
    assert refused(peer, pen.segment()).code == "segment.too_long"


def test_an_epoch_that_nobody_announced_is_refused() -> None:
    pen, peer = befriend(NodeKind.POST, entries=1)
    Journal.objects.filter(node=pen.node).delete()
    assert refused(peer, pen.segment()).code == "journal.unknown"


@pytest.mark.parametrize(("lead", "followed"), [(MAX_LEAD // 2, True), (MAX_LEAD * 10, False)])
def test_our_clock_follows_a_peers_within_bounds(lead: int, followed: bool) -> None:
    pen, peer = befriend(NodeKind.POST)
    pen.clock = (now() + lead) << 16
    pen.write(opened("ahead"))
    before = journal_of(Pen(node=this_node().id)).clock
    taken(peer, pen.segment())
    after = journal_of(Pen(node=this_node().id)).clock
    assert (after == pen.clock) if followed else (after == before)


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="a server's database looks after its own disk"
)
def test_a_full_disk_takes_nothing_and_keeps_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    pen, peer = befriend(NodeKind.POST, entries=2)
    usage = shutil.disk_usage(".")._replace(free=LEAST_TO_RECORD - 1)
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: usage)
    refusal = take_segment(peer, pack(pen.segment()))
    assert isinstance(refusal, Refusal)
    assert refusal.code == "disk.full"
    assert not RefusedSegment.objects.exists()
    assert Journal.objects.get(node=peer.id).sequence == 0
