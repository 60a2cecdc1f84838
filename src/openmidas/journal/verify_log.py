"""Proving the log of an HQ at the HQ, and what a post holds of it and of its neighbours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import islice
from uuid import UUID

import msgspec

from openmidas.journal import merkle
from openmidas.journal.entry import hash_header
from openmidas.journal.errors import JournalError
from openmidas.journal.log import node_key
from openmidas.journal.loghead import LogHead, check_log_head
from openmidas.journal.models import JournalEntry
from openmidas.journal.signing import check_head
from openmidas.journal.verify import WitnessKeys, WriterKeys
from openmidas.journal.witnessed import CarriedHead, HeldLogHead, LogLeaf, LogNode

AT_ONCE = 1000


class LogVerdict(msgspec.Struct, frozen=True):
    """What proving a log showed: of which HQ, the latest signed head, and the first thing that is wrong.

    ``code`` is empty where all holds. ``size`` is 0 where there is no log yet.
    """

    log: UUID
    epoch: int = 0
    size: int = 0
    at: int = 0
    code: str = ""
    params: dict[str, str] = {}

    @property
    def holds(self) -> bool:
        """Whether all of it holds."""
        return not self.code


def verify_own_log(log: UUID, keys: WitnessKeys) -> LogVerdict:
    """At the HQ: every leaf, every kept hash, the signed root, and each leaf against its journal."""
    heads = [held.head() for held in HeldLogHead.objects.filter(log=log).order_by("epoch")]
    return _verdict(log, heads, lambda: _prove(heads, keys))


def verify_held_log(log: UUID, keys: WitnessKeys) -> LogVerdict:
    """At a post: that the HQ signed every head of its log that is kept here."""
    heads = [held.head() for held in HeldLogHead.objects.filter(log=log).order_by("epoch")]
    return _verdict(log, heads, lambda: _check_signed(heads, keys))


def verify_carried(keys: WriterKeys) -> tuple[int, int]:
    """At a post: how many heads of neighbours are kept, and how many of them nobody signed."""
    carried = bad = 0
    for one in CarriedHead.objects.order_by("id").iterator():
        carried += 1
        try:
            check_head(one.head(), keys.get((one.node, one.epoch), b""))
        except JournalError:
            bad += 1
    return carried, bad


def _verdict(log: UUID, heads: list[LogHead], prove: Callable[[], None]) -> LogVerdict:
    last = heads[-1] if heads else None
    code, params = "", {}
    try:
        prove()
    except JournalError as error:
        code, params = error.code, error.params
    if last is None:
        return LogVerdict(log, code=code, params=params)
    return LogVerdict(log, last.epoch, last.size, last.at, code, params)


def _check_signed(heads: list[LogHead], keys: WitnessKeys) -> None:
    for head in heads:
        known = keys.get(head.log, ())
        if not any(_signed(head, key) for key in known):
            raise JournalError("log.not_signed")


def _signed(head: LogHead, key: bytes) -> bool:
    try:
        check_log_head(head, key)
    except JournalError:
        return False
    return True


def _prove(heads: list[LogHead], keys: WitnessKeys) -> None:
    _check_signed(heads, keys)
    roots = {head.size: head.root for head in heads}
    tree = _Edge()
    for leaves in _runs():
        made: dict[tuple[int, int], bytes] = {}
        for leaf in leaves:
            if leaf.index != tree.size:
                raise JournalError("log.cut", expected=str(tree.size))
            made |= tree.add(leaf.place().encode())
            if tree.size in roots and roots[tree.size] != tree.root:
                raise JournalError("log.changed", size=str(tree.size))
        _check_kept(made)
        _check_histories(leaves)
    size = heads[-1].size if heads else 0
    if tree.size != size:
        raise JournalError("log.cut", expected=str(max(tree.size, size)))


class _Edge:
    """A tree of which only the whole subtrees at its right edge are kept: enough for any root."""

    def __init__(self) -> None:
        self.size = 0
        self._kept: dict[tuple[int, int], bytes] = {}

    def add(self, leaf: bytes) -> dict[tuple[int, int], bytes]:
        """Append a leaf; the subtrees that it made whole."""
        made = merkle.grown(self.size, [leaf], self._read)
        self.size += 1
        known = self._kept | made
        self._kept = {key: known[key] for key in self._edge()}
        return made

    @property
    def root(self) -> bytes:
        return merkle.root(self.size, self._read)

    def _read(self, level: int, number: int) -> bytes:
        return self._kept[level, number]

    def _edge(self) -> Iterator[tuple[int, int]]:
        for level in range(self.size.bit_length()):
            if self.size >> level & 1:
                yield level, (self.size >> level) - 1


def _runs() -> Iterator[list[LogLeaf]]:
    found = LogLeaf.objects.order_by("index").iterator()
    while run := list(islice(found, AT_ONCE)):
        yield run


def _check_kept(made: dict[tuple[int, int], bytes]) -> None:
    """The hashes that proofs are made from are those of the leaves."""
    wanted = {node_key(*key): hashed for key, hashed in made.items()}
    found = LogNode.objects.in_bulk(list(wanted))
    if {key: bytes(node.hash) for key, node in found.items()} != wanted:
        raise JournalError("log.damaged")


def _check_histories(leaves: list[LogLeaf]) -> None:
    """What was logged is what stands in the journals."""
    by_journal: defaultdict[tuple[UUID, int], dict[int, bytes]] = defaultdict(dict)
    for leaf in leaves:
        by_journal[leaf.node, leaf.epoch][leaf.sequence] = bytes(leaf.hash)
    for (node, epoch), logged in by_journal.items():
        entries = JournalEntry.objects.filter(node=node, epoch=epoch, sequence__in=list(logged))
        for entry in entries.only("sequence", "header"):
            if hash_header(bytes(entry.header)) == logged.get(entry.sequence):
                del logged[entry.sequence]
        if logged:
            raise JournalError("log.other_history", sequence=str(min(logged)))
