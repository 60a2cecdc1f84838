"""The Merkle tree against RFC 9162, written down here a second time and as plainly as it stands there."""

from __future__ import annotations

import random
from hashlib import sha256

import pytest

from openmidas.journal import merkle

SIZE = 35
LEAVES = [bytes([number]) * (number + 1) for number in range(SIZE)]


def plain_root(leaves: list[bytes]) -> bytes:
    """MTH of the RFC, from all leaves."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return sha256(b"\0" + leaves[0]).digest()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return sha256(b"\1" + plain_root(leaves[:split]) + plain_root(leaves[split:])).digest()


class Kept(dict[tuple[int, int], bytes]):
    """Subtrees, as a log keeps them: never one that is not whole."""

    def __init__(self, leaves: list[bytes] = LEAVES, step: int = 4) -> None:
        super().__init__()
        for start in range(0, len(leaves), step):
            self.update(merkle.grown(start, leaves[start : start + step], self.subtree))

    def subtree(self, level: int, number: int) -> bytes:
        return self[level, number]


KEPT = Kept()


def test_roots_are_those_of_the_standard() -> None:
    for size in range(SIZE + 1):
        assert merkle.root(size, KEPT.subtree) == plain_root(LEAVES[:size])


def test_it_grows_alike_in_any_steps() -> None:
    assert Kept(step=1) == Kept(step=SIZE) == KEPT
    assert len(KEPT) < 2 * SIZE


def test_every_leaf_is_shown_to_be_in_every_log_and_no_other_leaf_is() -> None:
    for size in range(1, SIZE + 1):
        root = plain_root(LEAVES[:size])
        for index in range(size):
            path = merkle.inclusion(index, size, KEPT.subtree)
            assert merkle.includes(LEAVES[index], index, size, path, root)
            assert not merkle.includes(b"other", index, size, path, root)
            assert not merkle.includes(LEAVES[index], index + 1, size, path, root)
            assert not merkle.includes(LEAVES[index], index, size, (*path, bytes(32)), root)


def test_every_log_is_shown_to_begin_with_every_earlier_one() -> None:
    for new in range(SIZE + 1):
        for old in range(new + 1):
            path = merkle.consistency(old, new, KEPT.subtree)
            roots = plain_root(LEAVES[:old]), plain_root(LEAVES[:new])
            assert merkle.continues(old, new, *roots, path)
            assert old == 0 or not merkle.continues(old, new, roots[0], bytes(32), path)
            assert not merkle.continues(old, new, *roots, (*path, bytes(32)))


def test_no_rewritten_log_is_shown_to_begin_with_the_true_one() -> None:
    chance = random.Random(1)  # noqa: S311  which tampering, no secret
    for _ in range(300):
        old, new = sorted((chance.randint(1, SIZE), chance.randint(2, SIZE)))
        forged = list(LEAVES)
        forged[chance.randrange(old)] = b"forged"
        kept = Kept(forged)
        path = merkle.consistency(old, new, kept.subtree)
        before, after = plain_root(LEAVES[:old]), plain_root(forged[:new])
        assert not merkle.continues(old, new, before, after, path)


def test_proofs_are_short() -> None:
    many = Kept([number.to_bytes(4, "big") for number in range(3000)], step=500)
    assert max(len(merkle.inclusion(index, 3000, many.subtree)) for index in range(3000)) <= 12
    assert max(len(merkle.consistency(old, 3000, many.subtree)) for old in range(1, 3000)) <= 13


def test_a_log_shorter_than_the_old_one_never_continues_it() -> None:
    root = plain_root(LEAVES[:3])
    assert not merkle.continues(5, 3, plain_root(LEAVES[:5]), root, ())


def test_a_leaf_that_is_not_there_has_no_proof() -> None:
    with pytest.raises(ValueError, match="no such leaf"):
        merkle.inclusion(3, 3, KEPT.subtree)
