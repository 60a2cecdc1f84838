"""From text to the codewords of a QR code: the bits of the text, and those that correct errors.

ISO/IEC 18004:2015: 7.4.4 (alphanumeric mode), 7.5 (error correction), 7.6 (interleaving).
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
LAST_VERSION = 20
# Of level M, by version (table 9): codewords that correct, in each block; and how many blocks.
_CORRECTING = (10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26)
_BLOCKS = (1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16)
_ALPHANUMERIC = 0b0010
_PADDING = (0xEC, 0x11)
_FIELD = 0x11D


class TooLong(ValueError):  # noqa: N818  reads as a sentence where it is raised
    """The text does not fit into the largest code that is made here."""


class Layout(msgspec.Struct, frozen=True):
    """How a code of one version is divided. ``total``: codewords in all."""

    version: int
    total: int
    blocks: int
    correcting: int

    @property
    def room(self) -> int:
        """Codewords for the text."""
        return self.total - self.blocks * self.correcting


def layout_for(text: str) -> Layout:
    """The smallest layout that holds a text. Raises `TooLong`, and `ValueError` for other letters."""
    if any(letter not in LETTERS for letter in text):
        raise ValueError("a letter that the alphanumeric mode does not know")
    for version in range(1, LAST_VERSION + 1):
        layout = _layout(version)
        if len(_bits(text, version)) <= 8 * layout.room:
            return layout
    raise TooLong


def codewords(text: str, layout: Layout) -> bytes:
    """All codewords in the order in which they are placed."""
    data = _data(text, layout)
    short, longer = divmod(layout.room, layout.blocks)
    parts, at = [], 0
    for number in range(layout.blocks):
        size = short + (number >= layout.blocks - longer)
        parts.append(data[at : at + size])
        at += size
    corrections = [correction(part, layout.correcting) for part in parts]
    return bytes([*_interleaved(parts), *_interleaved(corrections)])


def correction(data: bytes, count: int) -> bytes:
    """The Reed-Solomon remainder of a block."""
    divisor = _divisor(count)
    left = [0] * count
    for byte in data:
        factor = byte ^ left.pop(0)
        left.append(0)
        left = [one ^ _times(part, factor) for one, part in zip(left, divisor, strict=True)]
    return bytes(left)


def _layout(version: int) -> Layout:
    modules = (16 * version + 128) * version + 64
    if version >= 2:
        alignments = version // 7 + 2
        modules -= (25 * alignments - 10) * alignments - 55
        if version >= 7:
            modules -= 36
    return Layout(version, modules // 8, _BLOCKS[version - 1], _CORRECTING[version - 1])


def _bits(text: str, version: int) -> str:
    length = f"{len(text):0{9 if version < 10 else 11}b}"
    pairs = [text[at : at + 2] for at in range(0, len(text), 2)]
    return f"{_ALPHANUMERIC:04b}{length}" + "".join(map(_pair, pairs))


def _pair(letters: str) -> str:
    if len(letters) == 1:
        return f"{LETTERS.index(letters):06b}"
    return f"{LETTERS.index(letters[0]) * 45 + LETTERS.index(letters[1]):011b}"


def _data(text: str, layout: Layout) -> bytes:
    bits = _bits(text, layout.version)
    bits += "0" * min(4, 8 * layout.room - len(bits))
    bits += "0" * (-len(bits) % 8)
    data = [int(bits[at : at + 8], 2) for at in range(0, len(bits), 8)]
    missing = layout.room - len(data)
    return bytes([*data, *(_PADDING[number % 2] for number in range(missing))])


def _interleaved(parts: Sequence[bytes]) -> list[int]:
    longest = max(map(len, parts))
    return [part[at] for at in range(longest) for part in parts if at < len(part)]


def _divisor(count: int) -> list[int]:
    """The coefficients of the polynomial whose roots are the first powers of 2, highest left out."""
    divisor = [0] * (count - 1) + [1]
    root = 1
    for _ in range(count):
        shifted = [*divisor[1:], 0]
        divisor = [_times(one, root) ^ next_ for one, next_ in zip(divisor, shifted, strict=True)]
        root = _times(root, 2)
    return divisor


def _times(one: int, other: int) -> int:
    """The product in the field of 256 elements."""
    product = 0
    for place in range(7, -1, -1):
        product = (product << 1) ^ ((product >> 7) * _FIELD)
        product ^= (other >> place & 1) * one
    return product
