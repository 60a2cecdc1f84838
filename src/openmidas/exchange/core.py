"""Copying one journal to one peer, as a state machine without I/O.

It is told what this node has written and what the peer says it holds, and says what to send next.
Answers may be lost, doubled, late or out of order: nothing is sent that the peer is known to hold,
nothing is skipped, and whatever is contradictory has a name.
"""

from __future__ import annotations

from enum import StrEnum

from openmidas.exchange.messages import JournalId
from openmidas.journal import Place

SEGMENT_ENTRIES = 60
"""How many entries a segment carries: lost with one broken-off exchange, at the most."""
SEGMENT_BYTES = 128 * 1024
"""How much they may weigh together, unless a single entry weighs more."""


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

    ``head`` is the last sequence that we wrote, ``held`` the last that the peer is known to hold.
    """

    def __init__(self, journal: JournalId, *, head: int = 0, held: int = 0) -> None:
        self.journal = journal
        self.head = head
        self.held = held

    def written(self, head: int) -> bool:
        """Our journal has come this far; whether there is something new to send."""
        grown = head > self.head
        self.head = head
        return grown and self.held < head

    def next_after(self) -> int | None:
        """The sequence after which to send, or None where the peer holds all."""
        return self.held if self.held < self.head else None

    def heard(self, theirs: Place, ours: Place | None) -> Outcome:
        """The peer gave a receipt for this place; ``ours`` is our place with that sequence."""
        standing = compare(theirs, ours)
        if standing is not Standing.AGREES:
            return Outcome(standing)
        if theirs.sequence <= self.held:
            return Outcome.REPEATED
        self.held = theirs.sequence
        return Outcome.MOVED

    def lacks(self, sequence: int, *, held_when_asked: int) -> Outcome:
        """The peer said, when asked, that it holds no more than this.

        Less than what it had given receipts for *before it was asked* means that it lost some: it
        gets them again. Less than that since is only an answer that came late.
        """
        if sequence >= held_when_asked:
            return Outcome.REPEATED
        self.held = min(self.held, sequence)
        return Outcome.REWOUND

    def refused(self, theirs: Place | None, ours: Place | None) -> Outcome:
        """The peer refused a segment, and told where it stands (None: it did not)."""
        if theirs is None:
            return Outcome.REFUSED
        standing = compare(theirs, ours)
        if standing is not Standing.AGREES:
            return Outcome(standing)
        if theirs.sequence == self.held:
            return Outcome.REFUSED
        rewound = theirs.sequence < self.held
        self.held = theirs.sequence
        return Outcome.REWOUND if rewound else Outcome.MOVED
