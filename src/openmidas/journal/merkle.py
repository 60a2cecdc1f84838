"""A Merkle tree over a log that only grows: its root, and short proofs of what it holds and held.

Hashing and proofs are those of RFC 9162 (sections 2.1.1 to 2.1.4), the same as of RFC 6962: SHA-256
over 0x00 and the leaf, or over 0x01 and two hashes. Pure: where the hashes of whole subtrees are
kept is the caller's affair, who hands in a `Subtree`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import sha256

Subtree = Callable[[int, int], bytes]
"""The hash over the leaves ``number << level`` to before ``(number + 1) << level``, all of them there."""
Proof = tuple[bytes, ...]
EMPTY = sha256(b"").digest()
"""The root of a log without leaves."""


def hash_leaf(leaf: bytes) -> bytes:
    """The hash of a leaf."""
    return sha256(b"\0" + leaf).digest()


def hash_pair(left: bytes, right: bytes) -> bytes:
    """The hash of two neighbours."""
    return sha256(b"\1" + left + right).digest()


def grown(size: int, leaves: Sequence[bytes], subtree: Subtree) -> dict[tuple[int, int], bytes]:
    """The subtrees that become whole when leaves are added to a log of this size.

    By (level, number). Two for each leaf on the average, and no old one is read twice.
    """
    made: dict[tuple[int, int], bytes] = {}
    for number, leaf in enumerate(leaves, start=size):
        level, hashed = 0, hash_leaf(leaf)
        made[level, number] = hashed
        while number & 1:
            left = made.get((level, number - 1)) or subtree(level, number - 1)
            level, number, hashed = level + 1, number >> 1, hash_pair(left, hashed)
            made[level, number] = hashed
    return made


def root(size: int, subtree: Subtree) -> bytes:
    """The root over the first ``size`` leaves."""
    return _over(0, size, subtree) if size else EMPTY


def inclusion(index: int, size: int, subtree: Subtree) -> Proof:
    """What shows that the leaf ``index`` (from 0) is in the log of this size, lowest first."""
    if not 0 <= index < size:
        raise ValueError("no such leaf")
    path: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(_over(middle, end, subtree))
            end = middle
        else:
            path.append(_over(start, middle, subtree))
            start = middle
    return tuple(reversed(path))


def consistency(old: int, new: int, subtree: Subtree) -> Proof:
    """What shows that the log of size ``new`` begins with that of size ``old``."""
    if not 0 < old < new:
        return ()
    path: list[bytes] = []
    start, end = 0, new
    while end != old:
        middle = start + _split(end - start)
        if old <= middle:
            path.append(_over(middle, end, subtree))
            end = middle
        else:
            path.append(_over(start, middle, subtree))
            start = middle
    if start:  # else the old log is a whole subtree, whose root the other side has
        path.append(_over(start, end, subtree))
    return tuple(reversed(path))


def includes(leaf: bytes, index: int, size: int, path: Proof, expected: bytes) -> bool:
    """Whether a proof shows that this leaf stands at ``index`` under a root (RFC 9162, 2.1.3.2)."""
    steps = _climb(index, size - 1, path) if 0 <= index < size else None
    if steps is None:
        return False
    hashed = hash_leaf(leaf)
    for left, other in steps:
        hashed = hash_pair(other, hashed) if left else hash_pair(hashed, other)
    return hashed == expected


def continues(old: int, new: int, old_root: bytes, new_root: bytes, path: Proof) -> bool:
    """Whether a proof shows that the log under ``new_root`` begins with the old one (2.1.4.2)."""
    if old == new or old == 0:
        return not path and old_root == (new_root if old == new else EMPTY)
    whole = (old_root, *path) if old & (old - 1) == 0 else path
    if not 0 < old < new or not whole:
        return False
    number, last = old - 1, new - 1
    while number & 1:
        number, last = number >> 1, last >> 1
    steps = _climb(number, last, whole[1:])
    if steps is None:
        return False
    before = after = whole[0]
    for left, other in steps:
        if left:
            before = hash_pair(other, before)
        after = hash_pair(other, after) if left else hash_pair(after, other)
    return (before, after) == (old_root, new_root)


def _climb(number: int, last: int, path: Proof) -> list[tuple[bool, bytes]] | None:
    """Each hash of a path, and whether it stands to the left; None where the path has another length."""
    steps = []
    for other in path:
        if last == 0:
            return None
        left = bool(number & 1) or number == last
        steps.append((left, other))
        while left and not number & 1 and number:
            number, last = number >> 1, last >> 1
        number, last = number >> 1, last >> 1
    return steps if last == 0 else None


def _over(start: int, end: int, subtree: Subtree) -> bytes:
    """The hash over a run of leaves as the tree divides them."""
    leaves = end - start
    if leaves & (leaves - 1) == 0:
        level = leaves.bit_length() - 1
        return subtree(level, start >> level)
    middle = start + _split(leaves)
    return hash_pair(_over(start, middle, subtree), _over(middle, end, subtree))


def _split(leaves: int) -> int:
    """The largest power of two that is smaller."""
    return 1 << ((leaves - 1).bit_length() - 1)
