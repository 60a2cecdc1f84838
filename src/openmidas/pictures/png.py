"""Reading the pixels of a PNG that typst wrote: eight bits, red, green, blue and alpha, not interlaced.

Only for what this machine drew itself a moment ago; what people send is never read by this.
"""

from __future__ import annotations

import struct
import zlib

import numpy as np
from numpy.typing import NDArray

from openmidas.pictures.jpeg import Pixels

_BYTES = 4


def read_drawn(data: bytes) -> Pixels:
    """The pixels without their alpha. Raises `ValueError` for any other kind of PNG."""
    width, height, depth, kind, interlaced = 0, 0, 0, 0, 0
    packed = []
    at = 8
    while at < len(data):
        length, name = struct.unpack_from(">I4s", data, at)
        chunk = data[at + 8 : at + 8 + length]
        if name == b"IHDR":
            width, height, depth, kind, _, _, interlaced = struct.unpack(">IIBBBBB", chunk)
        elif name == b"IDAT":
            packed.append(chunk)
        at += 12 + length
    if (depth, kind, interlaced) != (8, 6, 0):
        raise ValueError("not a PNG as it is drawn here")
    rows = np.frombuffer(zlib.decompress(b"".join(packed)), dtype=np.uint8)
    rows = rows.reshape(height, 1 + width * _BYTES)
    return _unfiltered(rows[:, 0], rows[:, 1:].reshape(height, width, _BYTES))[..., :3]


def _unfiltered(filters: NDArray[np.uint8], given: Pixels) -> Pixels:
    """Undo the filters of the rows, one diagonal after the other: each pixel needs those left and above."""
    height, width, _ = given.shape
    # One row above and one column before the picture, which are nothing.
    done = np.zeros((height + 1, width + 1, _BYTES), dtype=np.int16)
    kinds = filters.astype(np.intp)
    for diagonal in range(height + width - 1):
        rows = np.arange(max(0, diagonal - width + 1), min(height, diagonal + 1))
        columns = diagonal - rows
        left, above = done[rows + 1, columns], done[rows, columns + 1]
        corner = done[rows, columns]
        guesses = np.stack(
            (np.zeros_like(left), left, above, (left + above) >> 1, _nearest(left, above, corner))
        )
        guess = guesses[kinds[rows], np.arange(len(rows))]
        done[rows + 1, columns + 1] = (given[rows, columns] + guess) & 255
    return done[1:, 1:].astype(np.uint8)


def _nearest(
    left: NDArray[np.int16], above: NDArray[np.int16], corner: NDArray[np.int16]
) -> NDArray[np.int16]:
    """The neighbour that is nearest to left + above - corner: PNG, 9.4."""
    to_left, to_above = np.abs(above - corner), np.abs(left - corner)
    to_corner = np.abs(left + above - 2 * corner)
    second = np.where(to_above <= to_corner, above, corner)
    return np.where((to_left <= to_above) & (to_left <= to_corner), left, second)
