"""Sticks: whatever order they come in, nothing is doubled, and what is not right changes nothing."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime

import msgspec
import pytest
from django.utils import translation

from openmidas.exchange import giving_back, stick_file, stick_making
from openmidas.exchange.receipts import given_receipts
from openmidas.exchange.stick_file import StickRefused
from openmidas.exchange.stick_making import Contents, make_stick
from openmidas.exchange.stick_wording import word_made, word_stick_refused, word_taken
from openmidas.exchange.sticks import Decision, take_stick
from openmidas.journal import Actor, NodeKind, Place, Receipt
from openmidas.journal.local import HeldReceipt
from openmidas.journal.models import Journal, JournalEntry, new_id
from openmidas.journal.segments import pack, unpack
from openmidas.nodes.identity import this_node
from openmidas.nodes.keys import public_bytes
from openmidas.nodes.local import Peer, StickNote
from openmidas.nodes.models import AcceptedStick
from openmidas.nodes.services import node_time
from tests.exchange.peers import befriend, clone_of, receipt_by
from tests.exchange.peers import opened as an_entry
from tests.support.writers import Pen

pytestmark = pytest.mark.usefixtures("as_hq", "own_journal")


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


MADE = 1_790_000_000_000
DECISION = Decision(Actor(new_id(), "administrator"), "It lay in the safe")


def stick_of(
    pen: Pen, start: int = 0, end: int | None = None, *, at: int = MADE, receipts: tuple[Receipt, ...] = (),
) -> bytes:  # fmt: skip
    """What a post makes: its entries from one to another, for this HQ."""
    run = pen.segment(start, end)
    contents = Contents(heads=(run.head,), receipts=receipts, segments=(pack(run),))
    return sealed(pen, msgspec.msgpack.encode(contents), at=at)


def sealed(pen: Pen, contents: bytes, *, at: int = MADE, key: bytes | None = None) -> bytes:
    hq = this_node()
    return stick_file.seal(
        contents, sender=pen.node, epoch=1, key=pen.key, recipient=hq.id, at=at,
        recipient_key=key or public_bytes(hq.key),
    )  # fmt: skip


def stored(pen: Pen) -> int:
    return JournalEntry.objects.filter(node=pen.node).count()


def refused(raw: bytes) -> str:
    with pytest.raises(StickRefused) as error:
        take_stick(raw)
    assert word_stick_refused(error.value)
    return error.value.code


class TestTaking:
    def test_what_is_on_it_is_stored_and_receipted(self) -> None:
        pen, peer = befriend(NodeKind.POST, 5)
        taken = take_stick(stick_of(pen))
        assert (taken.entries, taken.new, taken.problem) == (5, 5, "")
        assert stored(pen) == 5
        assert given_receipts(peer)[0].place == pen.place
        heard = Peer.objects.get(id=peer.id)
        assert heard.last_contact == datetime.fromtimestamp(MADE / 1000, UTC)
        assert "5 were new" in " ".join(word_taken(taken))

    def test_the_same_stick_twice_doubles_nothing(self) -> None:
        pen, _ = befriend(NodeKind.POST, 5)
        raw = stick_of(pen)
        take_stick(raw)
        again = take_stick(raw)
        assert (again.entries, again.new, stored(pen)) == (5, 0, 5)
        assert "Nothing was doubled" in " ".join(word_taken(again))

    def test_in_the_wrong_order(self) -> None:
        """A post writes all that it has no receipt for, so that the second has the first's as well."""
        pen, _ = befriend(NodeKind.POST, 8)
        # Its clock was put back in between: what a stick has on it says which is the later one.
        first, second = stick_of(pen, 0, 4, at=MADE + 1), stick_of(pen, 0, 8, at=MADE)
        assert take_stick(second).new == 8
        old = take_stick(first)
        assert (old.new, old.problem) == (0, "")
        assert old.newer is not None
        assert "this one is old" in " ".join(word_taken(old))
        assert take_stick(second).newer is None

    def test_a_stick_before_it_is_missing(self) -> None:
        pen, peer = befriend(NodeKind.POST, 8)
        taken = take_stick(stick_of(pen, 4, 8))
        assert (taken.problem, taken.new) == ("chain.gap", 0)
        assert Peer.objects.get(id=peer.id).waiting == 8
        assert take_stick(stick_of(pen, 0, 8)).new == 8, "nothing is lost"

    def test_a_cloned_post_is_found(self) -> None:
        pen, _ = befriend(NodeKind.POST, 5)
        take_stick(stick_of(pen))
        twin = clone_of(pen, 3)
        for number in (8, 9):
            twin.write(an_entry(f"another {number}"))
        taken = take_stick(stick_of(twin))
        assert taken.problem
        assert Journal.objects.get(node=pen.node).stopped == "journal.fork"

    def test_receipts_come_the_same_way(self) -> None:
        pen, _ = befriend(NodeKind.POST, 1)
        own = Journal.objects.get(node=this_node().id)
        receipt = receipt_by(pen, own.place())
        taken = take_stick(stick_of(pen, receipts=(receipt,)))
        assert taken.receipts == own.sequence
        assert HeldReceipt.objects.get(witness=pen.node).receipt() == receipt

    def test_it_is_noted(self) -> None:
        pen, peer = befriend(NodeKind.POST, 2)
        take_stick(stick_of(pen))
        note = StickNote.objects.get()
        assert (note.peer, note.outgoing, note.entries, note.new) == (peer.id, False, 2, 2)

    def test_it_arrived_when_this_node_says_however_far_its_clock_fell_back(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        pen, _ = befriend(NodeKind.POST, 2)
        later = round(node_time().timestamp() * 1000) + 3_600_000
        Journal.objects.filter(node=this_node().id).update(at=later)
        take_stick(stick_of(pen))
        arrived = set(JournalEntry.objects.filter(node=pen.node).values_list("arrived", flat=True))
        assert arrived == {later}


class TestWhatIsNotRight:
    def test_half_a_file(self) -> None:
        pen, _ = befriend(NodeKind.POST, 3)
        raw = stick_of(pen)
        for end in range(len(raw)):
            assert refused(raw[:end]) in ("empty", "cut_early", "cut")
            assert (refused(raw[:end]) == "empty") is (end == 0)
        assert stored(pen) == 0

    def test_any_changed_byte(self) -> None:
        pen, _ = befriend(NodeKind.POST, 3)
        raw, chance = stick_of(pen), random.Random(4)  # noqa: S311  repeatable
        for _ in range(300):
            at, bit = chance.randrange(len(raw)), 1 << chance.randrange(8)
            changed = bytearray(raw)
            changed[at] ^= bit
            assert refused(bytes(changed))
        assert stored(pen) == 0

    def test_for_another_node(self) -> None:
        pen, _ = befriend(NodeKind.POST, 1)
        key = public_bytes(pen.key)
        raw = stick_file.seal(
            b"", sender=pen.node, epoch=1, key=pen.key, recipient=pen.node, recipient_key=key, at=1
        )
        assert refused(raw) == "for_another"

    def test_of_a_node_that_is_not_known(self) -> None:
        assert refused(sealed(Pen(), b"")) == "unknown_sender"

    def test_signed_by_somebody_else(self) -> None:
        pen, _ = befriend(NodeKind.POST, 1)
        pen.key = Pen().key
        assert refused(stick_of(pen)) == "not_signed"

    def test_of_a_post_that_is_trusted_no_more_unless_somebody_decides(self) -> None:
        pen, peer = befriend(NodeKind.POST, 3)
        raw = stick_of(pen)
        Peer.objects.filter(id=peer.id).update(revoked=True)
        assert refused(raw) == "revoked"
        assert stored(pen) == 0
        assert take_stick(raw, decision=DECISION).new == 3

    def test_of_the_machine_that_was_there_before(self) -> None:
        pen, peer = befriend(NodeKind.POST, 3)
        raw = stick_of(pen)
        Peer.objects.filter(id=peer.id).update(epoch=2, public_key=public_bytes(Pen().key))
        assert refused(raw) == "revoked"
        assert take_stick(raw, decision=DECISION).new == 3

    def test_who_decided_and_why_is_written_down_before_anything_is_stored(self) -> None:
        pen, peer = befriend(NodeKind.POST, 3)
        raw = stick_of(pen)
        Peer.objects.filter(id=peer.id).update(revoked=True)
        with pytest.raises(StickRefused, match="reason_missing"):
            take_stick(raw, decision=Decision(DECISION.actor, " a "))
        assert (stored(pen), AcceptedStick.objects.count()) == (0, 0)
        take_stick(raw, decision=DECISION)
        accepted = AcceptedStick.objects.get()
        assert (accepted.of, accepted.officer) == (pen.node, DECISION.actor.officer)
        assert accepted.reason == "It lay in the safe"
        assert accepted.made_at == datetime.fromtimestamp(MADE / 1000, UTC)

    def test_a_reason_for_a_machine_that_is_trusted_is_no_decision(self) -> None:
        pen, _ = befriend(NodeKind.POST, 3)
        take_stick(stick_of(pen), decision=DECISION)
        assert not AcceptedStick.objects.exists()

    def test_sealed_to_a_key_that_is_not_ours(self) -> None:
        pen, _ = befriend(NodeKind.POST, 1)
        assert refused(sealed(pen, b"", key=public_bytes(Pen().key))) == "other_key"

    def test_our_own(self) -> None:
        _, peer = befriend(NodeKind.POST)
        assert refused(make_stick(peer).raw) == "own"

    @pytest.mark.parametrize("raw", [b"x", b"OMSTUCK", b"OMSTICK\x00\x02", b"nonsense" * 100])
    def test_no_stick_at_all(self, raw: bytes) -> None:
        assert refused(raw) == "not_one"

    def test_contents_that_are_none(self) -> None:
        pen, _ = befriend(NodeKind.POST)
        assert refused(sealed(pen, b"\xc1")) == "malformed"

    def test_another_nodes_entries(self) -> None:
        pen, _ = befriend(NodeKind.POST, 1)
        other, _ = befriend(NodeKind.POST, 2, name="Kidira")
        contents = Contents(heads=(), receipts=(), segments=(pack(other.segment()),))
        taken = take_stick(sealed(pen, msgspec.msgpack.encode(contents)))
        assert taken.problem == "segment.of_another_node"
        assert stored(other) == 0


class TestMaking:
    def test_it_holds_what_has_no_receipt_and_the_receipts_that_we_gave(self) -> None:
        pen, peer = befriend(NodeKind.POST, 3)
        take_stick(stick_of(pen))
        made = make_stick(peer)
        own = Journal.objects.get(node=this_node().id)
        contents = opened(made.raw, pen)
        assert made.entries == own.sequence
        assert unpack(contents.segments[0]).head.place == own.place()
        assert contents.receipts == given_receipts(peer)
        receipt = receipt_by(pen, own.place())
        HeldReceipt.objects.create(
            node=own.node, epoch=1, witness=pen.node, sequence=own.sequence, hash=own.hash,
            at=receipt.at, signature=receipt.signature,
        )  # fmt: skip
        assert make_stick(peer).entries == 0
        Peer.objects.filter(id=peer.id).update(public_key=public_bytes(Pen().key))
        peer.refresh_from_db()
        assert make_stick(peer).entries == own.sequence, "what burned with the machine comes again"

    def test_a_machine_that_lost_its_journal_gets_it_back(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(giving_back, "PART_ENTRIES", 4)
        pen, peer = befriend(NodeKind.POST, 6)
        take_stick(stick_of(pen))
        peer.refresh_from_db()
        assert opened(make_stick(peer).raw, pen).returned == ()
        peer.lacks = [[1, 0, True]]
        parts = [unpack(raw) for raw in opened(make_stick(peer).raw, pen).returned]
        assert [len(one.entries) for one in parts] == [4, 2]
        assert parts[-1].head.place == pen.place
        peer.lacks = [[1, 3, False]]
        (rest,) = (unpack(raw) for raw in opened(make_stick(peer).raw, pen).returned)
        assert len(rest.entries) == 3

    def test_a_post_says_what_it_lacks_and_only_the_one_that_is_trusted(self) -> None:
        pen, peer = befriend(NodeKind.POST, 3)
        end = Place(pen.node, 1, 2, b"h" * 32)
        run = Contents(heads=(), receipts=(), lacks=(end,), in_parts=True)
        raw = sealed(pen, msgspec.msgpack.encode(run))
        take_stick(raw)
        assert Peer.objects.get(id=peer.id).lacks == [[1, 2, True]]
        Peer.objects.filter(id=peer.id).update(revoked=True, lacks=[])
        take_stick(raw, decision=DECISION)
        assert Peer.objects.get(id=peer.id).lacks == []

    def test_what_does_not_fit_is_told(self, monkeypatch: pytest.MonkeyPatch) -> None:
        _, peer = befriend(NodeKind.POST)
        monkeypatch.setattr(stick_making, "_ROOM", 0)
        made = make_stick(peer)
        assert (made.entries, made.left) == (0, Journal.objects.get(node=this_node().id).sequence)
        assert "did not fit" in " ".join(word_made(made))
        assert StickNote.objects.get(outgoing=True).left == made.left


def opened(raw: bytes, pen: Pen) -> Contents:
    file = stick_file.read(raw)
    file.check([public_bytes(this_node().key)])
    return msgspec.msgpack.decode(file.unseal([pen.key]), type=Contents)
