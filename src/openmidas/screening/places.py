"""Where numbers stand in a sorted array of checksums, without searching all of it.

Checksums are spread evenly, so that a small table tells where those begin that have the same highest
bits, and there are only a few. Halving the array would read it in a dozen places far from each other,
each a wait for memory.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

_MOST_BITS = 16


class Places:
    """Finds the places of numbers in `numbers`, which are sorted, of `width` bits each."""

    def __init__(
        self, numbers: npt.NDArray[np.uint32] | npt.NDArray[np.uint64], width: int
    ) -> None:
        bits = min(_MOST_BITS, len(numbers).bit_length())
        self._shift = width - bits
        begun = (numbers >> numbers.dtype.type(self._shift)).astype(np.int64)
        counts = np.bincount(begun, minlength=2**bits)
        ends = counts.cumsum().astype(np.uint32)
        self._ends, self._numbers = ends.data, numbers.data

    def all(self, wanted: int) -> list[int]:
        """Every place where this number stands; none for most."""
        begun = wanted >> self._shift
        first = self._ends[begun - 1] if begun else 0
        numbers = self._numbers
        return [at for at in range(first, self._ends[begun]) if numbers[at] == wanted]
