"""One block of sorted numbers in little more than the bits that their information takes.

After Elias and Fano: of each number the ``low`` last bits stand as they are, each followed by the
``more`` bits of what is told of it; what is above them stands in a row of bits in which a one is a
number and a zero the step to the next value. A block of m numbers below 2^width takes

    (m + 2^(width - low)) bits, to the next byte, and m * (low + more) bits, to the next byte.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.uint64]
MOST_BITS = 64


class Shape(NamedTuple):
    """How the blocks of one file are laid out, in bits: see above."""

    width: int
    low: int
    more: int

    @property
    def steps(self) -> int:
        """How many values there are above the low bits."""
        return 1 << (self.width - self.low)

    @property
    def field(self) -> int:
        """Bits of what stands as it is."""
        return self.low + self.more

    def upper_bytes(self, count: int) -> int:
        """Bytes of the row of ones and zeros, of a block of so many numbers."""
        return (count + self.steps + 7) // 8

    def bytes(self, count: int) -> int:
        """Bytes of a block of so many numbers."""
        return self.upper_bytes(count) + (count * self.field + 7) // 8


def encode(values: Values, told: Values, shape: Shape) -> bytes:
    """A block: these numbers, sorted and below 2^width, and what is told of each."""
    ones = (values >> np.uint64(shape.low)).astype(np.int64) + np.arange(len(values))
    upper = np.zeros(len(values) + shape.steps, np.uint8)
    upper[ones] = 1
    low = (values & np.uint64((1 << shape.low) - 1)) << np.uint64(shape.more) | told
    bits = np.unpackbits(low.astype(">u8").view(np.uint8)).reshape(-1, MOST_BITS)
    return np.packbits(upper).tobytes() + np.packbits(bits[:, MOST_BITS - shape.field :]).tobytes()


def decode(block: bytes, count: int, shape: Shape) -> tuple[Values, Values]:
    """The numbers of a block, and what is told of each. Raises ValueError where there are others."""
    split = shape.upper_bytes(count)
    data = np.frombuffer(block, np.uint8)
    upper = np.unpackbits(data[:split], count=count + shape.steps)
    ones = np.flatnonzero(upper)
    if len(ones) != count:
        raise ValueError("another number of ones")
    bits = np.unpackbits(data[split:], count=count * shape.field).reshape(count, shape.field)
    padded = np.zeros((count, MOST_BITS), np.uint8)
    padded[:, MOST_BITS - shape.field :] = bits
    low = np.packbits(padded).view(">u8").astype(np.uint64)
    above = (ones - np.arange(count)).astype(np.uint64) << np.uint64(shape.low)
    told = low & np.uint64((1 << shape.more) - 1)
    return above | low >> np.uint64(shape.more), told


def find(block: bytes, count: int, shape: Shape, value: int) -> int | None:
    """What is told of a number of a block; None where it is not there.

    Raises ValueError where the block holds another number of numbers.
    """
    split = shape.upper_bytes(count)
    upper = np.unpackbits(np.frombuffer(block, np.uint8, split), count=count + shape.steps)
    zeros = np.flatnonzero(upper == 0)
    if len(zeros) != shape.steps:
        raise ValueError("another number of zeros")
    step = value >> shape.low
    first = int(zeros[step - 1]) + 1 - step if step else 0
    last = int(zeros[step]) - step
    low = value & ((1 << shape.low) - 1)
    for place in range(first, last):
        field = _field(block, split * 8 + place * shape.field, shape.field)
        if field >> shape.more == low:
            return field & ((1 << shape.more) - 1)
    return None


def _field(block: bytes, bit: int, width: int) -> int:
    """So many bits from this one on."""
    end = bit + width
    part = int.from_bytes(block[bit // 8 : (end + 7) // 8], "big")
    return part >> (-end % 8) & ((1 << width) - 1)
