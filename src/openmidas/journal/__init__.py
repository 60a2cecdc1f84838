"""Entries, the chain, commitments, signatures, segments; and the store behind them.

A node writes what happens once, into its own journal. Everything else is a projection.
"""

from __future__ import annotations

from openmidas.journal.entry import Actor, Body, Header, SealedEntry
from openmidas.journal.errors import JournalError
from openmidas.journal.kinds import (
    TO_HQ,
    TO_NODE,
    TO_STATE,
    Audience,
    Content,
    NodeKind,
    Scope,
    entry_kinds,
    kind,
    to_posts,
)
from openmidas.journal.segments import Segment
from openmidas.journal.signing import Head, Place, Receipt

__all__ = [
    "TO_HQ",
    "TO_NODE",
    "TO_STATE",
    "Actor",
    "Audience",
    "Body",
    "Content",
    "Head",
    "Header",
    "JournalError",
    "NodeKind",
    "Place",
    "Receipt",
    "Scope",
    "SealedEntry",
    "Segment",
    "entry_kinds",
    "kind",
    "to_posts",
]
