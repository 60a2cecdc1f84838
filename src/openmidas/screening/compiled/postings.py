"""Postings: which listings (or words) stand under a key.

A key's highest bits number its bucket. Of the 32 bits of a posting, the lowest are the number of a
listing or word, as many as the largest takes; the others repeat the next bits of the key, so that of
what else is in the bucket hardly any is met as well: one in 4,096 among a million listings.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from openmidas.screening.compiled.keys import Keys

Numbers = npt.NDArray[np.uint32]
Places = npt.NDArray[np.int64]

MOST_WIDTH = 24
_MOST_CHECK = 16
_PACKED = np.uint64(MOST_WIDTH)
_FEW = 200
"""Numbers that Python's own sets sort out quicker than arrays do."""


@dataclass(frozen=True, slots=True)
class Found:
    """What stands under some keys: `numbers`, and of each the place of its key (`under`)."""

    numbers: Places
    under: Places


class Postings:
    """The postings of a file. What is in the arrays may be anything: every place is bounded."""

    def __init__(self, buckets: Numbers, postings: Numbers, bits: int, width: int) -> None:
        """`bits` of a key number its bucket, `width` bits of a posting are its number."""
        self._buckets = buckets
        self._postings = postings
        self._shift = np.uint64(64 - bits)
        check = _check(width)
        self._checks = np.uint64(2**check - 1)
        self._check = np.uint64(64 - bits - check)
        self._width = np.uint32(width)
        self._low = np.uint32(2**width - 1)

    def find(self, keys: Keys, most: int) -> Found:
        """At most `most` postings, those of the keys that have the fewest first."""
        buckets = (keys >> self._shift).astype(np.int64)
        starts = self._buckets.take(buckets).astype(np.int64)
        ends = np.minimum(self._buckets.take(buckets + 1), len(self._postings)).astype(np.int64)
        lengths = np.maximum(ends - starts, 0)
        under: Places = lengths.nonzero()[0]
        if int(lengths.sum()) > most:
            under = under[lengths.take(under).argsort(kind="stable")]
            under = under[lengths.take(under).cumsum() <= most]
        places, of = expand(starts.take(under), lengths.take(under))
        under = under.take(of)
        values = self._postings.take(places)
        checks = ((keys >> self._check) & self._checks).astype(np.uint32)
        kept = ((values >> self._width) == checks.take(under)).nonzero()[0]
        return Found((values.take(kept) & self._low).astype(np.int64), under.take(kept))

    def count(self, key: int) -> int:
        """How many different numbers stand under one key."""
        bucket = key >> int(self._shift)
        start, end = self._buckets[bucket : bucket + 2].tolist()
        values = self._postings[start:end]
        check = key >> int(self._check) & int(self._checks)
        found = values[values >> self._width == np.uint32(check)]
        return len(set(found.tolist())) if len(found) < _FEW else len(np.unique(found))


def expand(starts: Places, lengths: Places) -> tuple[Places, Places]:
    """All places of runs, one run after the other, and of each place which run it is of."""
    of = np.arange(len(starts)).repeat(lengths)
    before = lengths.cumsum() - lengths
    return np.arange(len(of)) + (starts - before).take(of), of


def posted(keys: Keys, numbers: npt.NDArray[np.integer]) -> Keys:
    """Postings on their way into a file: what is kept of a key over what stands under it."""
    return ((keys >> _PACKED) << _PACKED) | numbers.astype(np.uint64)


def bits_for(count: int) -> int:
    """How many bits number the buckets of so many postings: some four in each."""
    return min(24, max(8, (count // 4).bit_length()))


def width_for(numbers: int) -> int:
    """How many bits the numbers below this one take."""
    return max(1, (numbers - 1).bit_length())


def laid_down(posts: Keys, bits: int, width: int) -> tuple[npt.NDArray[np.int64], Numbers]:
    """Sorted `posted` numbers as the buckets they fall into and the postings of the file."""
    check = _check(width)
    buckets = (posts >> np.uint64(64 - bits)).astype(np.int64)
    checks = (posts >> np.uint64(64 - bits - check)) & np.uint64(2**check - 1)
    values = (checks << np.uint64(width)) | (posts & np.uint64(2**MOST_WIDTH - 1))
    return buckets, values.astype(np.uint32)


def _check(width: int) -> int:
    """How many bits of a key a posting repeats."""
    return min(_MOST_CHECK, 32 - width)
