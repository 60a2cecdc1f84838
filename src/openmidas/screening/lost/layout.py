"""The file of an edition of lost document numbers: blocks, and behind them where each one is.

    magic "OMLOST", format version (1 byte), 0
    blocks: all hashes whose first bits are 0, all whose first bits are 1, and so on (see `blocks`)
    4 bytes for each block: how many numbers are in it (little-endian, as all that follows)
    4 bytes for each block: CRC-32 of its bytes
    header, MessagePack (`Header`)
    4 bytes: how long the header is
    8 bytes: magic "OMLOSTEN"

Where a block begins follows from how many numbers are in those before it. The end is written last, so a
file that was not copied whole has none.
"""

from __future__ import annotations

import math
from typing import Annotated

import msgspec
import numpy as np
import numpy.typing as npt

from openmidas.screening.lost.blocks import MOST_BITS, Shape
from openmidas.screening.lost.keys import HASH_BITS
from openmidas.screening.lost.problems import LostError
from openmidas.screening.lost.reasons import DETAIL_BITS, DETAILS, Detail

VERSION = 1
MAGIC = b"OMLOST"
END = b"OMLOSTEN"
START_BYTES = len(MAGIC) + 2
TAIL_BYTES = 4 + len(END)
MOST_HEADER_BYTES = 256 * 1024
MOST_FILE_BYTES = 2 * 1024**3
MOST_ENTRIES = 500_000_000
AT_BEST_BYTES = 350_000_000
"""Larger than this no file shall be, as long as months can be put together to avoid it."""

_IN_A_BLOCK = 384
"""About a kilobyte and a half: one read of the disk, and little to search."""
_MOST_BLOCK_BITS = 20
_LEAST_CLASS_BITS = 5
_INDEX_BYTES = 8
"""Of each block, beside its own bytes."""


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """What the file says of itself. ``check``: see `keys.key_check`; ``block_bits``: of how many first
    bits of a hash its block is the number; ``low`` and ``class_bits``: see `blocks`."""

    check: Annotated[bytes, msgspec.Meta(min_length=16, max_length=16)]
    entries: Annotated[int, msgspec.Meta(ge=0, le=MOST_ENTRIES)]
    block_bits: Annotated[int, msgspec.Meta(ge=0, le=_MOST_BLOCK_BITS)]
    low: Annotated[int, msgspec.Meta(ge=0, le=HASH_BITS)]
    class_bits: Annotated[int, msgspec.Meta(ge=0, le=DETAIL_BITS)]
    classes: Annotated[tuple[Detail, ...], msgspec.Meta(max_length=DETAILS)]

    @property
    def blocks(self) -> int:
        """How many blocks there are."""
        return 1 << self.block_bits

    @property
    def shape(self) -> Shape:
        """How each of them is laid out. Raises `LostError` "damaged"."""
        width = HASH_BITS - self.block_bits
        # A row of steps longer than all numbers would only be a way to take memory.
        if not 0 <= width - self.low <= 16 or self.low + self.class_bits > MOST_BITS:
            raise LostError("damaged", {"detail": "layout"})
        return Shape(width, self.low, self.class_bits)


def block_bits(entries: int) -> int:
    """How many blocks suit so many numbers, as a power of two."""
    if entries <= _IN_A_BLOCK:
        return 0
    return min(_MOST_BLOCK_BITS, round(math.log2(entries / _IN_A_BLOCK)))


def low_bits(entries: int, bits: int) -> int:
    """How many low bits make the blocks smallest."""
    mean = entries / (1 << bits)
    width = HASH_BITS - bits
    lows = range(max(0, width - 16), width + 1)
    return min(lows, key=lambda low: mean * (low + 1) + (1 << (width - low)))


def class_bits(entries: int, present: int) -> int:
    """How many bits of a class the file has room for, of the many that so many details would need."""
    wanted = max(present - 1, 0).bit_length()
    bits = block_bits(entries)
    low = low_bits(entries, bits)
    for more in range(wanted, _LEAST_CLASS_BITS, -1):
        size = sum(file_parts(entries, bits, Shape(HASH_BITS - bits, low, more)))
        if size <= AT_BEST_BYTES:
            return more
    return min(wanted, _LEAST_CLASS_BITS)


def file_parts(entries: int, bits: int, shape: Shape) -> tuple[int, int]:
    """About how many bytes the blocks take, and how many all else."""
    blocks = 1 << bits
    upper = (entries + blocks * shape.steps) // 8 + blocks
    return upper + entries * shape.field // 8 + blocks, blocks * _INDEX_BYTES + MOST_HEADER_BYTES


def starts(counts: npt.NDArray[np.uint32], shape: Shape) -> npt.NDArray[np.uint64]:
    """Where each block begins in the file, and where the last one ends."""
    many = counts.astype(np.uint64)
    upper = (many + np.uint64(shape.steps + 7)) // np.uint64(8)
    fields = (many * np.uint64(shape.field) + np.uint64(7)) // np.uint64(8)
    ends = np.cumsum(upper + fields, dtype=np.uint64) + np.uint64(START_BYTES)
    return np.concatenate([np.array([START_BYTES], np.uint64), ends])
