"""The HQ's log in its tables: adding leaves, and reading the few hashes that a proof needs.

Hashes over whole subtrees are kept, so that both cost as much as the logarithm of the log's size.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar
from uuid import UUID

from openmidas.journal import merkle
from openmidas.journal.errors import JournalError
from openmidas.journal.models import Journal
from openmidas.journal.signing import Place
from openmidas.journal.witnessed import HeldLogHead, LoggedJournal, LogLeaf, LogNode

Made = TypeVar("Made")

_LEVEL = 56
"""A subtree's key: its level above this many bits, its number below."""


def heads_to_log() -> list[Place]:
    """The ends of all journals here that have gone on since they were logged last, in a fixed order."""
    logged = {(one.node, one.epoch): one.sequence for one in LoggedJournal.objects.all()}
    journals = Journal.objects.filter(sequence__gt=0).order_by("node", "epoch")
    return [
        journal.place()
        for journal in journals
        if journal.sequence > logged.get((journal.node, journal.epoch), 0)
    ]


def add_leaves(size: int, places: Sequence[Place]) -> None:
    """Append leaves to a log of this size, in the caller's transaction.

    Raises `JournalError` ``log.damaged`` where hashes of the log are missing, as all below do.
    """
    leaves = [place.encode() for place in places]
    made = _with_nodes(lambda read: merkle.grown(size, leaves, read))
    LogLeaf.objects.bulk_create(
        LogLeaf(
            index=index,
            node=place.node,
            epoch=place.epoch,
            sequence=place.sequence,
            hash=place.hash,
        )
        for index, place in enumerate(places, start=size)
    )
    LogNode.objects.bulk_create(
        LogNode(key=node_key(level, number), hash=hashed)
        for (level, number), hashed in made.items()
    )
    LoggedJournal.objects.bulk_create(
        (
            LoggedJournal(node=place.node, epoch=place.epoch, sequence=place.sequence, index=index)
            for index, place in enumerate(places, start=size)
        ),
        update_conflicts=True,
        unique_fields=["node", "epoch"],
        update_fields=["sequence", "index"],
    )


def log_root(size: int) -> bytes:
    """The root over the first leaves."""
    return _with_nodes(lambda read: merkle.root(size, read))


def prove_growth(old: int, new: int) -> merkle.Proof:
    """That the log of size ``new`` begins with that of size ``old``."""
    return _with_nodes(lambda read: merkle.consistency(old, new, read))


def prove_leaf(index: int, size: int) -> merkle.Proof:
    """That a leaf is in the log of this size."""
    return _with_nodes(lambda read: merkle.inclusion(index, size, read))


def latest_leaf(node: UUID, size: int) -> LogLeaf | None:
    """The last leaf of a node's latest epoch, where it lies within this size."""
    logged = LoggedJournal.objects.filter(node=node).order_by("-epoch").first()
    if logged is None or logged.index >= size:
        return None
    return LogLeaf.objects.filter(index=logged.index).first()


def latest_head(log: UUID) -> HeldLogHead | None:
    """The latest head of a log that this node has."""
    return HeldLogHead.objects.filter(log=log).order_by("-epoch").first()


def node_key(level: int, number: int) -> int:
    """Where the hash of a subtree is kept."""
    return level << _LEVEL | number


def _with_nodes(compute: Callable[[merkle.Subtree], Made]) -> Made:
    """Compute from stored hashes, all of them read at once: the first pass only notes which."""
    wanted: set[int] = set()

    def note(level: int, number: int) -> bytes:
        wanted.add(node_key(level, number))
        return merkle.EMPTY

    compute(note)
    found = LogNode.objects.in_bulk(wanted)
    if len(found) < len(wanted):
        raise JournalError("log.damaged")
    return compute(lambda level, number: bytes(found[node_key(level, number)].hash))
