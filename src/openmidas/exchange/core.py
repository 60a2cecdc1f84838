"""Copying one journal to one peer, as a state machine without I/O.

It is told what this node has written and what the peer says it holds, and says what to send next.
Answers may be lost, doubled, late or out of order: nothing is sent that the peer is known to hold,
nothing is skipped, and whatever is contradictory has a name.
"""

from __future__ import annotations

from collections import deque
from enum import StrEnum

from openmidas.exchange.messages import JournalId
from openmidas.journal import Place

SEGMENT_ENTRIES = 60
"""How many entries a segment carries: each is stored, and has its receipt, by itself."""
SEGMENT_BYTES = 128 * 1024
"""How much they may weigh together, unless a single entry weighs more."""

WINDOW_SEGMENTS = 8
WINDOW_BYTES = 18 * 1024
"""How much may be on its way without a receipt. Enough to keep a link of 64 kbit/s and a second busy
twice over; more would only stand in queues, and in the way of whatever is urgent."""


class Standing(StrEnum):
    """How another node's word about our journal compares with the journal."""

    AGREES = "agrees"
    PEER_AHEAD = "peer_ahead"
    FORKED = "forked"


class Outcome(StrEnum):
    """What an answer changed."""

    MOVED = "moved"
    REPEATED = "repeated"
    REWOUND = "rewound"
    PEER_AHEAD = "peer_ahead"
    FORKED = "forked"
    REFUSED = "refused"


PROBLEMS: dict[Standing, str] = {
    Standing.AGREES: "",
    # The peer holds entries that our own journal lacks: this machine was restored from a backup.
    Standing.PEER_AHEAD: "journal.behind",
    # The peer holds another entry at a place of ours: cloned, or history was rewritten.
    Standing.FORKED: "journal.fork",
}


def compare(theirs: Place, ours: Place | None) -> Standing:
    """What a peer says it holds of our journal, beside our own entry there (None: we have none)."""
    if ours is None:
        return Standing.PEER_AHEAD
    return Standing.AGREES if ours == theirs else Standing.FORKED


class Upload:
    """Where one of our journals stands with one peer.

    ``head`` is the last sequence that we wrote, ``held`` the last that the peer is known to hold,
    ``sent`` the last that is on its way to it.
    """

    def __init__(self, journal: JournalId, *, head: int = 0, held: int = 0) -> None:
        self.journal = journal
        self.head = head
        self.held = held
        self.sent = held
        self._flying: deque[tuple[int, int]] = deque()

    def written(self, head: int) -> bool:
        """Our journal has come this far; whether there is something new to send."""
        grown = head > self.head
        self.head = head
        return grown and self.held < head

    def next_after(self) -> int | None:
        """The sequence after which to send; None where all is on its way, or too much of it."""
        if self.sent >= self.head:
            return None
        weight = sum(weight for _, weight in self._flying)
        full = len(self._flying) >= WINDOW_SEGMENTS or weight >= WINDOW_BYTES
        return None if full else self.sent

    @property
    def behind(self) -> bool:
        """Whether the peer does not hold all."""
        return self.held < self.head

    def sending(self, last: int, weight: int) -> None:
        """A segment up to this sequence is on its way; ``weight`` in bytes."""
        self.sent = last
        self._flying.append((last, weight))

    def broken_off(self) -> None:
        """What was on its way and has no receipt is to be sent again."""
        self.sent = self.held
        self._flying.clear()

    def _hold(self, sequence: int) -> None:
        """The peer holds the journal up to here, neither less nor more."""
        if sequence < self.held:
            self.held = sequence
            self.broken_off()
        self.held = sequence
        while self._flying and self._flying[0][0] <= sequence:
            self._flying.popleft()
        self.sent = max(self.sent, sequence)

    def heard(self, theirs: Place, ours: Place | None) -> Outcome:
        """The peer gave a receipt for this place; ``ours`` is our place with that sequence."""
        standing = compare(theirs, ours)
        if standing is not Standing.AGREES:
            return Outcome(standing)
        if theirs.sequence <= self.held:
            return Outcome.REPEATED
        self._hold(theirs.sequence)
        return Outcome.MOVED

    def lacks(self, sequence: int, *, held_when_asked: int) -> Outcome:
        """The peer said, when asked, that it holds no more than this.

        Less than what it had given receipts for *before it was asked* means that it lost some: it
        gets them again. Less than that since is only an answer that came late.
        """
        if sequence >= held_when_asked:
            return Outcome.REPEATED
        self._hold(min(self.held, sequence))
        return Outcome.REWOUND

    def refused(self, theirs: Place | None, ours: Place | None) -> Outcome:
        """The peer refused a segment, and told where it stands (None: it did not).

        Nothing that was sent behind it is taken either.
        """
        self.broken_off()
        if theirs is None:
            return Outcome.REFUSED
        standing = compare(theirs, ours)
        if standing is not Standing.AGREES:
            return Outcome(standing)
        if theirs.sequence == self.held:
            return Outcome.REFUSED
        rewound = theirs.sequence < self.held
        self._hold(theirs.sequence)
        return Outcome.REWOUND if rewound else Outcome.MOVED
