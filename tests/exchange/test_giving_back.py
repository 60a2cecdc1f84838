"""A restored node gets back what its peers hold of it, and nothing that it never wrote."""

from __future__ import annotations

import pytest
from django.db import transaction

from openmidas.exchange import giving_back
from openmidas.exchange.giving_back import (
    given_back,
    kept_of,
    lacking,
    part_of,
    without_bodies,
)
from openmidas.exchange.receipts import CheckedReceipt
from openmidas.exchange.taking import take_segment
from openmidas.journal import Head, JournalError, NodeKind, Place, Segment
from openmidas.journal.entry import NO_HASH, SealedEntry
from openmidas.journal.models import Journal, JournalEntry
from openmidas.journal.segments import pack, unpack
from openmidas.journal.signing import NO_SIGNATURE
from openmidas.journal.store import CLOSED, open_journal, receive
from openmidas.journal.verify import verify_journal
from openmidas.nodes.entries import NodeEnrolled, NodeRevoked
from openmidas.nodes.identity import ThisNode, this_node
from openmidas.nodes.local import Peer
from tests.conftest import HQ
from tests.exchange.peers import befriend, opened
from tests.support.writers import Pen

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_hq", "second_epoch")]


@pytest.fixture
def second_epoch(monkeypatch: pytest.MonkeyPatch) -> None:
    """This node writes in its second epoch, and nothing was asked back yet."""
    monkeypatch.setattr(ThisNode, "epoch", property(lambda self: 2))
    monkeypatch.setattr(giving_back, "_asked", set())


def restored(entries: int, keep: int) -> Pen:
    """What this HQ wrote in its first epoch, of which it still has the first entries."""
    pen = Pen(NodeKind.HQ, HQ)
    for number in range(entries):
        pen.write(opened(str(number)))
    journal = open_journal(HQ, 1, NodeKind.HQ, pen.public_key)
    if keep:
        with transaction.atomic():
            receive(pen.segment(0, keep), Journal.objects.select_for_update().get(pk=journal.pk))
    Journal.objects.filter(pk=journal.pk).update(stopped=CLOSED, projected=keep)
    return pen


def bare(pen: Pen, start: int) -> bytes:
    whole = pen.segment(start)
    return pack(Segment(tuple(entry.bare() for entry in whole.entries), whole.head))


def refused(code: str) -> pytest.RaisesExc[JournalError]:
    return pytest.RaisesExc(JournalError, check=lambda error: error.code == code)


def test_what_was_written_after_the_backup_comes_back_once() -> None:
    pen = restored(6, keep=2)
    _, post = befriend(NodeKind.POST)
    raw = pack(pen.segment(2))
    assert given_back(post, raw) == 4
    assert given_back(post, raw) == 0
    journal = Journal.objects.get(node=HQ, epoch=1)
    assert journal.place() == pen.place
    assert journal.stopped == CLOSED


def test_a_body_that_one_peer_did_not_have_comes_from_another() -> None:
    pen = restored(6, keep=2)
    _, one = befriend(NodeKind.POST)
    _, other = befriend(NodeKind.POST)
    assert given_back(one, bare(pen, 2)) == 4
    assert without_bodies(one) == ()
    (place,) = without_bodies(other)
    assert place.sequence == 2
    assert given_back(other, pack(pen.segment(2))) == 4
    assert not JournalEntry.objects.filter(node=HQ, body=None).exists()
    assert without_bodies(other) == ()


def test_nobody_can_put_an_entry_into_our_old_epoch() -> None:
    pen = restored(6, keep=2)
    _, post = befriend(NodeKind.POST)
    forger = Pen(NodeKind.HQ, HQ)
    forger.place, forger.entries = pen.segment(0, 2).head.place, pen.entries[:2]
    forger.write(opened("forged"))
    with refused("head.not_signed"):
        given_back(post, pack(forger.segment(2)))
    with refused("journal.fork"):
        given_back(post, pack(Segment(_other(2), pen.segment(0, 2).head)))
    assert Journal.objects.get(node=HQ, epoch=1).sequence == 2


def test_a_body_that_is_not_the_one_committed_to_is_not_taken() -> None:
    pen = restored(6, keep=2)
    _, post = befriend(NodeKind.POST)
    given_back(post, bare(pen, 2))
    whole = pen.segment(2)
    false = tuple(SealedEntry(e.header, b"\x80", e.salt) for e in whole.entries)
    with refused("journal.fork"):
        given_back(post, pack(Segment(false, whole.head)))


def test_neither_the_epoch_in_use_nor_another_nodes_is_given_back() -> None:
    pen, post = befriend(NodeKind.POST, 3)
    with refused("segment.of_another_node"):
        given_back(post, pack(pen.segment()))


def test_what_is_kept_of_a_peer_goes_back_up_to_its_signed_end() -> None:
    pen, post = befriend(NodeKind.POST, 5)
    with transaction.atomic():
        receive(pen.segment(), Journal.objects.select_for_update().get(node=pen.node))
    after = pen.segment(0, 2).head.place
    raw = kept_of(post, after)
    assert raw is not None
    assert unpack(raw) == pen.segment(2)
    assert kept_of(post, pen.place) is None, "nothing is lacking"
    other, _ = befriend(NodeKind.POST, 5)
    assert kept_of(post, other.segment(0, 2).head.place) is None, "another's is nobody's business"


def test_more_than_one_run_can_hold_does_not_go_back(monkeypatch: pytest.MonkeyPatch) -> None:
    pen, post = befriend(NodeKind.POST, 5)
    with transaction.atomic():
        receive(pen.segment(), Journal.objects.select_for_update().get(node=pen.node))
    monkeypatch.setattr(giving_back, "MOST_BYTES", 500)
    assert kept_of(post, pen.segment(0, 2).head.place) is None


def test_a_receipt_beyond_a_closed_epoch_is_no_fault_and_says_what_is_lacking() -> None:
    pen = restored(6, keep=2)
    receipt = CheckedReceipt(pen.place, None)
    assert receipt.lost
    assert receipt.problem == ""
    assert lacking([receipt]) == (pen.segment(0, 2).head.place,)
    in_use = pen.place.__class__(HQ, this_node().epoch, 9, pen.place.hash)
    assert CheckedReceipt(in_use, None).problem == "journal.behind"


def _other(entries: int) -> tuple[SealedEntry, ...]:
    pen = Pen(NodeKind.HQ, HQ)
    for number in range(entries):
        pen.write(opened(f"another {number}"))
    return tuple(pen.entries)


def about(post: Pen, peer: Peer) -> NodeEnrolled:
    return NodeEnrolled(
        enrolled=peer.id, node_kind=NodeKind.POST, name=peer.name, state="MLI", epoch=1,
        public_key=post.public_key, certificate=peer.certificate,
    )  # fmt: skip


@pytest.mark.parametrize("enrolled_again", [False, True])
def test_a_post_that_was_revoked_after_the_backup_is_trusted_no_more(enrolled_again: bool) -> None:
    stolen, peer = befriend(NodeKind.POST)
    _, post = befriend(NodeKind.POST)
    pen = restored(2, keep=2)
    pen.write(about(stolen, peer))
    pen.write(NodeRevoked(revoked=peer.id, reason="stolen at night"))
    if enrolled_again:
        pen.write(about(stolen, peer))
    assert given_back(post, pack(pen.segment(2))) == len(pen.entries) - 2
    assert Peer.objects.get(id=peer.id).revoked is not enrolled_again
    assert not Peer.objects.get(id=post.id).revoked


class TestInParts:
    """A machine that replaced another has no old key, and gets everything."""

    @pytest.fixture(autouse=True)
    def _no_old_key(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(giving_back, "epochs_with_keys", lambda home: [2])

    def lost_all(self, entries: int) -> Pen:
        return restored(entries, keep=0)

    def test_the_hq_gives_as_much_as_a_part_holds_and_the_last_is_signed(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(giving_back, "PART_ENTRIES", 4)
        pen, post = befriend(NodeKind.POST, 10)
        take_segment(post, pack(pen.segment()))
        place = Place(pen.node, 1, 0, NO_HASH)
        lengths = []
        while (raw := part_of(post, place)) is not None:
            part = unpack(raw)
            lengths.append(len(part.entries))
            place = part.head.place
            assert (part.head.signature == NO_SIGNATURE) == (place != pen.place)
        assert (lengths, place) == ([4, 4, 2], pen.place)

    def test_the_journal_is_proved_once_its_signed_end_has_come(self) -> None:
        pen = self.lost_all(6)
        _, post = befriend(NodeKind.POST)
        assert given_back(post, part(pen, 0, 4)) == 4
        journal = Journal.objects.get(node=HQ, epoch=1)
        assert verify_journal(journal, {}).code == "journal.incomplete"
        assert given_back(post, part(pen, 0, 4)) == 0
        assert given_back(post, pack(pen.segment(4))) == 2
        journal.refresh_from_db()
        assert verify_journal(journal, {}).holds

    def test_a_part_that_does_not_fit_is_refused(self) -> None:
        pen = self.lost_all(6)
        _, post = befriend(NodeKind.POST)
        given_back(post, part(pen, 0, 2))
        with refused("chain.gap"):
            given_back(post, part(pen, 3, 5))

    def test_another_history_never_gets_a_signed_end(self) -> None:
        pen = self.lost_all(6)
        _, post = befriend(NodeKind.POST)
        forger = Pen(NodeKind.HQ, HQ)
        for number in range(4):
            forger.write(opened(f"forged {number}"))
        given_back(post, part(forger, 0, 4))
        with refused("chain.broken"):
            given_back(post, pack(pen.segment(4)))
        assert not verify_journal(Journal.objects.get(node=HQ, epoch=1), {}).holds

    def test_who_has_the_old_key_takes_no_part(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(giving_back, "epochs_with_keys", lambda home: [1, 2])
        pen = self.lost_all(6)
        _, post = befriend(NodeKind.POST)
        with refused("head.not_signed"):
            given_back(post, part(pen, 0, 4))


def part(pen: Pen, start: int, end: int) -> bytes:
    run = pen.segment(start, end)
    return pack(Segment(run.entries, Head(run.head.place, NO_SIGNATURE)))
