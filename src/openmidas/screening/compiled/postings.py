"""Postings: which listings (or words) stand under a key.

A key's highest bits number its bucket, the next eight stand in each posting, so that one in 256 of
what else is in the bucket is met as well. All of it is numbers of 32 bits in two arrays.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from openmidas.screening.compiled.keys import Keys

Numbers = npt.NDArray[np.uint32]
Places = npt.NDArray[np.int64]

_LOW = np.uint32(0xFFFFFF)
_CHECK = 24


@dataclass(frozen=True, slots=True)
class Found:
    """What stands under some keys: `numbers`, and of each the place of its key (`under`)."""

    numbers: Places
    under: Places


class Postings:
    """The postings of a file. What is in the arrays may be anything: every place is bounded."""

    def __init__(self, buckets: Numbers, postings: Numbers, bits: int) -> None:
        self._buckets = buckets
        self._postings = postings
        self._shift = np.uint64(64 - bits)
        self._check = np.uint64(64 - bits - 8)

    def find(self, keys: Keys, most: int) -> Found:
        """At most `most` postings, those of the keys that have the fewest first."""
        buckets = (keys >> self._shift).astype(np.int64)
        starts = self._buckets[buckets].astype(np.int64)
        ends = np.minimum(self._buckets[buckets + 1].astype(np.int64), len(self._postings))
        lengths = np.clip(ends - starts, 0, None)
        under: Places = np.flatnonzero(lengths)
        if int(lengths.sum()) > most:
            under = under[np.argsort(lengths[under], kind="stable")]
            under = under[np.cumsum(lengths[under]) <= most]
        lengths = lengths[under]
        places, of = expand(starts[under], lengths)
        under = under[of]
        values = self._postings[places]
        checks = ((keys >> self._check) & np.uint64(0xFF)).astype(np.uint32)[under]
        kept = (values >> np.uint32(_CHECK)) == checks
        return Found((values[kept] & _LOW).astype(np.int64), under[kept])


def expand(starts: Places, lengths: Places) -> tuple[Places, Places]:
    """All places of runs, one run after the other, and of each place which run it is of."""
    of = np.repeat(np.arange(len(starts)), lengths)
    before = np.cumsum(lengths) - lengths
    return np.arange(len(of)) - before[of] + starts[of], of


def posted(keys: Keys, numbers: npt.NDArray[np.integer]) -> Keys:
    """Postings on their way into a file: what is kept of a key over what stands under it."""
    high = (keys >> np.uint64(32)) << np.uint64(32)
    return high | numbers.astype(np.uint64)


def bits_for(count: int) -> int:
    """How many bits number the buckets of so many postings: some four in each."""
    return min(24, max(8, (count // 4).bit_length()))


def laid_down(posts: Keys, bits: int) -> tuple[npt.NDArray[np.int64], Numbers]:
    """Sorted `posted` numbers as the buckets they fall into and the postings of the file."""
    buckets = (posts >> np.uint64(64 - bits)).astype(np.int64)
    checks = (posts >> np.uint64(64 - bits - 8)) & np.uint64(0xFF)
    values = (checks << np.uint64(_CHECK)) | (posts & np.uint64(0xFFFFFF))
    return buckets, values.astype(np.uint32)
