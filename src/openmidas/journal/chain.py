"""The chain of one journal's headers, followed from a place on: each names the hash of the one before."""

from __future__ import annotations

import struct

from openmidas.journal.entry import COMMITMENT_BYTES, FORMAT, hash_header
from openmidas.journal.signing import Place

_JOURNAL = struct.Struct(">B16sI")
_ENTRY = struct.Struct(">Q32s32s")


class Chain:
    """Where a journal's chain has come to, and how it goes on.

    Headers are made and compared as bytes: an HQ follows thousands of them a second.
    """

    def __init__(self, after: Place) -> None:
        self._after = after
        self._beginning = _JOURNAL.pack(FORMAT, after.node.bytes, after.epoch)
        self._sequence = after.sequence
        self._hash = after.hash

    @property
    def place(self) -> Place:
        """The place that the chain has come to."""
        return Place(self._after.node, self._after.epoch, self._sequence, self._hash)

    def add(self, commitment: bytes) -> bytes:
        """The next header, for an entry with this commitment; the chain goes on behind it."""
        header = self._header(commitment)
        self._go_on(header)
        return header

    def follow(self, header: bytes) -> bool:
        """Whether this is the next header; the chain then goes on behind it, else it stays."""
        commitment = header[-COMMITMENT_BYTES:]
        if len(commitment) != COMMITMENT_BYTES or header != self._header(commitment):
            return False
        self._go_on(header)
        return True

    def _header(self, commitment: bytes) -> bytes:
        return self._beginning + _ENTRY.pack(self._sequence + 1, self._hash, commitment)

    def _go_on(self, header: bytes) -> None:
        self._sequence += 1
        self._hash = hash_header(header)
