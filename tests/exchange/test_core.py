"""The exchange without I/O: whatever a network does, both sides end with the same journal, once."""

from __future__ import annotations

import hashlib
from uuid import UUID

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openmidas.exchange.core import (
    WINDOW_BYTES,
    WINDOW_SEGMENTS,
    Outcome,
    Standing,
    Upload,
    compare,
)
from openmidas.journal import Place

NODE = UUID("01900000-0000-7000-8000-000000000001")
RUN = 3


def place_in(entries: list[int], sequence: int) -> Place | None:
    """The place with this sequence in a journal of these entries; None where it is shorter."""
    if sequence > len(entries):
        return None
    return Place(NODE, 1, sequence, hashlib.sha256(bytes(entries[:sequence])).digest())


class Carried(msgspec.Struct, frozen=True):
    """A run on its way to the HQ; the answer to it on its way back."""

    after: int
    entries: tuple[int, ...]


class Answered(msgspec.Struct, frozen=True):
    held: Place
    refused: bool = False


class Told(msgspec.Struct, frozen=True):
    """The answer to a question about what is held."""

    held: Place
    held_when_asked: int


class World:
    """A post, an HQ and a network that loses, doubles and reorders."""

    def __init__(self) -> None:
        self.journal: list[int] = []
        self.receipt = 0
        self.hq: list[int] = []
        self.upload = Upload((NODE, 1))
        self.air: list[Carried | Answered | Told] = []

    def write(self) -> None:
        self.journal.append(len(self.journal) % 251)
        self.upload.written(len(self.journal))

    def send(self) -> None:
        after = self.upload.next_after()
        if after is not None:
            run = tuple(self.journal[after : after + RUN])
            self.upload.sending(after + len(run), WINDOW_BYTES // 4)
            self.air.append(Carried(after, run))

    def ask(self) -> None:
        held = place_in(self.hq, len(self.hq))
        assert held is not None
        self.air.append(Told(held, self.upload.held))

    def deliver(self, number: int, *, keep: bool) -> None:
        if not self.air:
            return
        number %= len(self.air)
        message = self.air[number] if keep else self.air.pop(number)
        match message:
            case Carried():
                self._store(message)
            case Answered():
                self._hear(message)
            case Told():
                ours = place_in(self.journal, message.held.sequence)
                self.upload.heard(message.held, ours)
                self.upload.lacks(message.held.sequence, held_when_asked=message.held_when_asked)

    def lose(self, number: int) -> None:
        if self.air:
            self.air.pop(number % len(self.air))

    def restart_post(self) -> None:
        self.upload = Upload((NODE, 1), head=len(self.journal), held=self.receipt)

    def restore_hq(self, length: int) -> None:
        self.hq = self.hq[: length % (len(self.hq) + 1)]

    def settle(self) -> None:
        """A new stream, and the network is whole: a question, then runs until nothing waits."""
        self.air.clear()
        self.upload.broken_off()
        self.ask()
        self.deliver(0, keep=False)
        for _ in range(len(self.journal) + 3):
            self.send()
            while self.air:
                self.deliver(0, keep=False)

    def _store(self, run: Carried) -> None:
        gap = run.after > len(self.hq)
        if not gap:
            self.hq += run.entries[len(self.hq) - run.after :]
        held = place_in(self.hq, len(self.hq))
        assert held is not None
        self.air.append(Answered(held, refused=gap))

    def _hear(self, answer: Answered) -> None:
        ours = place_in(self.journal, answer.held.sequence)
        if answer.refused:
            self.upload.refused(answer.held, ours)
        elif self.upload.heard(answer.held, ours) is Outcome.MOVED:
            self.receipt = max(self.receipt, answer.held.sequence)


numbers = st.integers(0, 50)
happenings = st.one_of(
    st.tuples(st.sampled_from(["write", "write", "send", "send", "ask", "restart_post"])),
    st.tuples(st.sampled_from(["deliver", "double", "lose"]), numbers),
    st.tuples(st.just("restore_hq"), numbers),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(happenings, max_size=80))
def test_whatever_the_network_does_both_end_with_the_same_journal(events) -> None:
    world = World()
    for name, *number in events:
        match name:
            case "deliver":
                world.deliver(number[0], keep=False)
            case "double":
                world.deliver(number[0], keep=True)
            case _:
                getattr(world, name)(*number)
        assert world.hq == world.journal[: len(world.hq)], "nothing doubled, skipped or reordered"
    world.settle()
    assert world.hq == world.journal
    assert world.upload.next_after() is None


def at(sequence: int, entries: str = "abcdefgh") -> Place:
    place = place_in(list(entries.encode()), sequence)
    assert place is not None
    return place


def test_what_the_peer_holds_is_not_sent_again() -> None:
    upload = Upload((NODE, 1), head=8, held=2)
    assert upload.next_after() == 2
    assert upload.heard(at(5), at(5)) is Outcome.MOVED
    assert upload.next_after() == 5
    assert upload.heard(at(4), at(4)) is Outcome.REPEATED, "an answer that came late"
    assert upload.next_after() == 5


def test_only_so_much_is_on_its_way_without_a_receipt() -> None:
    upload = Upload((NODE, 1), head=100)
    sent = 0
    while (after := upload.next_after()) is not None:
        assert after == sent
        sent += 1
        upload.sending(sent, 100)
    assert sent == WINDOW_SEGMENTS
    upload.heard(at(3), at(3))
    assert upload.held == 3
    assert upload.next_after() == WINDOW_SEGMENTS, "there is room again"
    upload.sending(9, WINDOW_BYTES)
    assert upload.next_after() is None, "heavy ones are fewer"
    upload.broken_off()
    assert upload.next_after() == 3, "only what has no receipt goes again"


def test_a_peer_that_lost_entries_gets_them_again() -> None:
    upload = Upload((NODE, 1), head=8, held=8)
    assert upload.lacks(8, held_when_asked=8) is Outcome.REPEATED
    assert upload.lacks(6, held_when_asked=5) is Outcome.REPEATED, "true when it was said"
    assert upload.next_after() is None
    assert upload.lacks(3, held_when_asked=8) is Outcome.REWOUND
    assert upload.next_after() == 3
    upload.heard(at(7), at(7))
    assert upload.refused(at(4), at(4)) is Outcome.REWOUND
    assert upload.next_after() == 4


def test_a_refusal_without_another_place_is_final_for_now() -> None:
    upload = Upload((NODE, 1), head=8, held=4)
    assert upload.refused(None, None) is Outcome.REFUSED
    assert upload.refused(at(4), at(4)) is Outcome.REFUSED
    assert upload.next_after() == 4
    assert upload.refused(at(6), at(6)) is Outcome.MOVED


@pytest.mark.parametrize("told", ["heard", "refused"])
def test_other_histories_have_a_name_and_move_nothing(told: str) -> None:
    upload = Upload((NODE, 1), head=8, held=4)
    tell = getattr(upload, told)
    assert tell(at(8, "abXdefgh"), at(8)) is Outcome.FORKED
    assert tell(at(8), None) is Outcome.PEER_AHEAD
    assert upload.next_after() == 4
    assert compare(at(3), at(3)) is Standing.AGREES
