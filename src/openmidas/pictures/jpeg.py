"""Writing a picture as a baseline JPEG: ITU-T T.81, colour at half the resolution, fixed tables.

What is written here is only what was seen: no place, no time, no maker of a camera can be in it.
"""

from __future__ import annotations

import struct

import numpy as np
from numpy.typing import NDArray

from openmidas.pictures.jpeg_tables import (
    BRIGHTNESS,
    BRIGHTNESS_FIRST,
    BRIGHTNESS_OTHERS,
    COLOUR,
    COLOUR_FIRST,
    COLOUR_OTHERS,
    ZIGZAG,
    codes,
)

Pixels = NDArray[np.uint8]
Numbers = NDArray[np.int64]

_TABLES = (
    (0x00, BRIGHTNESS_FIRST),
    (0x10, BRIGHTNESS_OTHERS),
    (0x01, COLOUR_FIRST),
    (0x11, COLOUR_OTHERS),
)
_BLOCKS_OF_UNIT = np.array([0, 0, 0, 0, 1, 2])
"""Which component each of the six blocks of a unit of 16 by 16 pixels is of: brightness four times."""
_PLACES = 1024
"""Room for what one block writes, in the numbers by which the parts are put in order."""
_END = 64 * 8


def write_jpeg(pixels: Pixels, quality: int) -> bytes:
    """A picture of height, width and three colours as JPEG. ``quality``: from 1 to 100, as libjpeg has it."""
    height, width = pixels.shape[:2]
    tables = [_coarseness(BRIGHTNESS, quality), _coarseness(COLOUR, quality)]
    return b"".join(
        (
            b"\xff\xd8",
            _segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0"),
            *(
                _segment(0xDB, bytes([number]) + table[ZIGZAG].astype(np.uint8).tobytes())
                for number, table in enumerate(tables)
            ),
            _segment(
                0xC0,
                struct.pack(">BHHB", 8, height, width, 3) + bytes.fromhex("012200021101031101"),
            ),
            *(_segment(0xC4, bytes([number]) + of[0] + of[1]) for number, of in _TABLES),
            _segment(0xDA, bytes.fromhex("03010002110311003f00")),
            _bits(_quantised(pixels, tables)).replace(b"\xff", b"\xff\0"),
            b"\xff\xd9",
        )
    )


def _segment(marker: int, data: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(data) + 2) + data


def _coarseness(table: NDArray[np.float64], quality: int) -> NDArray[np.float64]:
    scale = 5000 / quality if quality < 50 else 200 - 2 * quality
    return np.clip(np.floor((table * scale + 50) / 100), 1, 255)


def _quantised(pixels: Pixels, tables: list[NDArray[np.float64]]) -> Numbers:
    """The coefficients of all blocks, in the order in which they are written."""
    height, width = pixels.shape[:2]
    padded = np.pad(pixels, ((0, -height % 16), (0, -width % 16), (0, 0)), mode="edge")
    rows, columns = padded.shape[0] // 16, padded.shape[1] // 16
    red, green, blue = (padded[..., each].astype(np.float32) for each in range(3))
    bright = 0.299 * red + 0.587 * green + 0.114 * blue
    units = np.empty((rows * columns, 6, 8, 8), dtype=np.float32)
    four = (bright - 128).reshape(rows, 2, 8, columns, 2, 8).transpose(0, 3, 1, 4, 2, 5)
    units[:, :4] = four.reshape(-1, 4, 8, 8)
    for at, colour in ((4, (blue - bright) * 0.564334), (5, (red - bright) * 0.713267)):
        half = colour.reshape(rows * 8, 2, columns * 8, 2).mean(axis=(1, 3))
        units[:, at] = half.reshape(rows, 8, columns, 8).transpose(0, 2, 1, 3).reshape(-1, 8, 8)
    waves = _waves()
    turned = (waves @ units @ waves.T).reshape(-1, 6, 64)
    turned[:, :4] /= tables[0]
    turned[:, 4:] /= tables[1]
    written: Numbers = np.rint(turned).astype(np.int64)[..., ZIGZAG].reshape(-1, 64)
    return written


def _waves() -> NDArray[np.float32]:
    """The cosine transform of eight numbers: A.3.3."""
    at = np.arange(8)
    waves = np.cos((2 * at[None, :] + 1) * at[:, None] * np.pi / 16) / 2
    waves[0] /= np.sqrt(2)
    return waves.astype(np.float32)


def _bits(blocks: Numbers) -> bytes:
    """All blocks as one run of bits, filled up with ones: F.1.2."""
    component = np.resize(_BLOCKS_OF_UNIT, len(blocks))
    colour = component > 0
    parts = [_firsts(blocks, component), *_others(blocks, colour), _ends(blocks, colour)]
    places, values, lengths = (np.concatenate(each) for each in zip(*parts, strict=True))
    order = np.argsort(places, kind="stable")
    return _packed(values[order], lengths[order])


Part = tuple[Numbers, NDArray[np.uint64], NDArray[np.uint64]]


def _firsts(blocks: Numbers, component: Numbers) -> Part:
    """The first coefficient of each block, as what it is more than that of the one before."""
    differences = np.empty(len(blocks), dtype=np.int64)
    for each in range(3):
        own = component == each
        differences[own] = np.diff(blocks[own, 0], prepend=0)
    sizes = _sizes(differences)
    values, lengths = _coded(sizes, sizes, differences, component > 0, first=True)
    return np.arange(len(blocks)) * _PLACES, values, lengths


def _others(blocks: Numbers, colour: NDArray[np.bool_]) -> list[Part]:
    """The other coefficients that are not zero, each with how many zeros are before it."""
    block, at = np.nonzero(blocks[:, 1:])
    at = at + 1
    begins = np.diff(block, prepend=-1) != 0
    before = np.where(begins, 0, np.concatenate(([0], at[:-1])))
    run = at - before - 1
    amounts = blocks[block, at]
    sizes = _sizes(amounts)
    places = block * _PLACES + at * 8
    values, lengths = _coded((run % 16) << 4 | sizes, sizes, amounts, colour[block], first=False)
    parts = [(places + 4, values, lengths)]
    for number in range(3):  # sixteen zeros have a code of their own
        far = run // 16 > number
        nothing = np.zeros(int(far.sum()), dtype=np.int64)
        parts.append(
            (
                places[far] + number,
                *_coded(nothing + 0xF0, nothing, nothing, colour[block][far], first=False),
            )
        )
    return parts


def _ends(blocks: Numbers, colour: NDArray[np.bool_]) -> Part:
    """That nothing but zeros is left of a block."""
    (block,) = np.nonzero(blocks[:, 63] == 0)
    nothing = np.zeros(len(block), dtype=np.int64)
    return (block * _PLACES + _END, *_coded(nothing, nothing, nothing, colour[block], first=False))


def _sizes(amounts: Numbers) -> Numbers:
    """How many bits each amount takes."""
    return np.frexp(np.abs(amounts).astype(np.float64))[1].astype(np.int64)


def _coded(
    symbols: Numbers, sizes: Numbers, amounts: Numbers, colour: NDArray[np.bool_], *, first: bool
) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """The bits of symbols with their amounts behind them, and how many."""
    tables = (BRIGHTNESS_FIRST, COLOUR_FIRST) if first else (BRIGHTNESS_OTHERS, COLOUR_OTHERS)
    (bright, bright_length), (tint, tint_length) = codes(tables[0]), codes(tables[1])
    code = np.where(colour, tint[symbols], bright[symbols])
    length = np.where(colour, tint_length[symbols], bright_length[symbols])
    below = np.where(amounts < 0, amounts + (1 << sizes) - 1, amounts)
    size = sizes.astype(np.uint64)
    return code << size | below.astype(np.uint64), length + size


def _packed(values: NDArray[np.uint64], lengths: NDArray[np.uint64]) -> bytes:
    """The values behind each other, each with so many bits."""
    ends = np.cumsum(lengths)
    starts = ends - lengths
    total = int(ends[-1])
    words = np.zeros(total // 32 + 3, dtype=np.uint64)
    word = (starts >> np.uint64(5)).astype(np.intp)
    shifted = values << (np.uint64(64) - lengths - (starts & np.uint64(31)))
    np.bitwise_or.at(words, word, shifted >> np.uint64(32))
    np.bitwise_or.at(words, word + 1, shifted & np.uint64(0xFFFFFFFF))
    raw = bytearray(words.astype(">u4").tobytes()[: -(-total // 8)])
    raw[-1] |= (1 << (-total % 8)) - 1
    return bytes(raw)
