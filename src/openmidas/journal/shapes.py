"""Bodies taken apart into what they have in common and what is theirs.

A body is MessagePack. Its *shape* is the same bytes with every value replaced by nil: which keys
there are, in which order, how they are nested. What is left are its *leaves*, each the exact bytes
of one value. Thousands of bodies share a few shapes, so that runs of them travel as columns of
leaves. Nothing here knows a kind of entry: kinds and versions that this program has never heard of
are taken apart as well as its own, and put together again to the byte.
"""

from __future__ import annotations

from functools import lru_cache

import msgspec

NIL = b"\xc0"
DEEPEST = 32
"""A body that is nested deeper is carried whole: nobody writes one but to make a reader stumble."""
LONGEST_SHAPE = 4096
LONGEST_PATHS = 64 * 1024
"""Bytes that a shape, and all paths in it together, may have: beyond, a body is carried whole. Who
reads shapes of anybody's making holds no more for each than this, and walks no further."""
OPAQUE = b""
"""The shape of a body that is no MessagePack as we read it: one leaf, its bytes as a bin."""

# Bytes that a scalar takes behind its first one, by that first one.
_FIXED = {0xCA: 4, 0xCB: 8, 0xCC: 1, 0xCD: 2, 0xCE: 4, 0xCF: 8} | {
    0xD0: 1,
    0xD1: 2,
    0xD2: 4,
    0xD3: 8,
    0xC0: 0,
    0xC2: 0,
    0xC3: 0,
}
# Strings and bins: how many bytes say their length.
_SIZED = {0xC4: 1, 0xC5: 2, 0xC6: 4, 0xD9: 1, 0xDA: 2, 0xDB: 4}
_CONTAINERS = {0xDC: 2, 0xDD: 4, 0xDE: 2, 0xDF: 4}
_MAPS = (0xDE, 0xDF)


class Shape(msgspec.Struct, frozen=True):
    """What bodies have in common.

    ``fragments``: the bytes before, between and behind the leaves; ``paths``: for each leaf where it
    stands, as the keys that lead to it (all elements of a list have the same path).
    """

    fragments: tuple[bytes, ...]
    paths: tuple[bytes, ...]

    def fill(self, leaves: list[bytes]) -> bytes:
        """The body with these leaves, as many as there are paths."""
        parts = [b""] * (2 * len(leaves) + 1)
        parts[::2] = self.fragments
        parts[1::2] = leaves
        return b"".join(parts)


def take_apart(body: bytes) -> tuple[bytes, list[bytes]]:
    """The shape of a body, and its leaves in order. `put_together` is the way back, to the byte."""
    try:
        reader = _Reader(body)
        reader.value(b"", 0)
    except (IndexError, ValueError):
        return OPAQUE, [msgspec.msgpack.encode(body)]
    if reader.at != len(body) or not reader.short:
        return OPAQUE, [msgspec.msgpack.encode(body)]
    return NIL.join([*reader.fragments, body[reader.start :]]), reader.leaves


def put_together(shape: bytes, leaves: list[bytes]) -> bytes:
    """The body of this shape with these leaves. Raises `ValueError` where they do not fit."""
    if shape == OPAQUE:
        return msgspec.msgpack.decode(leaves[0], type=bytes)
    known = read_shape(shape)
    if len(leaves) != len(known.paths):
        raise ValueError("leaves that do not fit the shape")
    return known.fill(leaves)


@lru_cache(maxsize=256)
def read_shape(shape: bytes) -> Shape:
    """What a shape's bytes say. Raises `ValueError` for bytes that are no shape."""
    if shape == OPAQUE:
        return Shape((b"", b""), (b"",))
    reader = _Reader(shape)
    try:
        reader.value(b"", 0)
    except IndexError as error:
        raise ValueError("a shape that is cut off") from error
    if reader.at != len(shape) or not reader.short or any(leaf != NIL for leaf in reader.leaves):
        raise ValueError("bytes that are no shape")
    return Shape((*reader.fragments, shape[reader.start :]), tuple(reader.paths))


def scalar_end(raw: bytes, at: int) -> int:
    """Where the scalar that begins here ends. Raises `ValueError` for what is no scalar, `IndexError`."""
    first = raw[at]
    if first < 0x80 or first >= 0xE0:
        return at + 1
    if 0xA0 <= first < 0xC0:
        end = at + 1 + (first & 0x1F)
    elif first in _FIXED:
        end = at + 1 + _FIXED[first]
    elif first in _SIZED:
        start = at + 1 + _SIZED[first]
        end = start + int.from_bytes(raw[at + 1 : start], "big")
    else:
        raise ValueError("no scalar")
    if end > len(raw):
        raise IndexError("cut off")
    return end


class _Reader:
    """Walks through MessagePack and notes where its values stand."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self.at = 0
        self.start = 0
        self.fragments: list[bytes] = []
        self.leaves: list[bytes] = []
        self.paths: list[bytes] = []
        self._shape = 0
        self._paths = 0

    @property
    def short(self) -> bool:
        """Whether the shape of what was walked through, what follows the last leaf included, is."""
        return self._shape + self.at - self.start <= LONGEST_SHAPE

    def value(self, path: bytes, depth: int) -> None:
        first = self.raw[self.at]
        if 0x80 <= first < 0x90:
            self.at += 1
            self._map(first & 0x0F, path, depth)
        elif 0x90 <= first < 0xA0:
            self.at += 1
            self._list(first & 0x0F, path, depth)
        elif first in _CONTAINERS:
            start = self.at + 1 + _CONTAINERS[first]
            count = int.from_bytes(self.raw[self.at + 1 : start], "big")
            self.at = start
            (self._map if first in _MAPS else self._list)(count, path, depth)
        else:
            self._leaf(path)

    def _leaf(self, path: bytes) -> None:
        end = scalar_end(self.raw, self.at)
        self._shape += self.at - self.start + len(NIL)
        self._paths += len(path)
        if self._shape > LONGEST_SHAPE or self._paths > LONGEST_PATHS:
            raise ValueError("a shape that is too long")
        self.fragments.append(self.raw[self.start : self.at])
        self.leaves.append(self.raw[self.at : end])
        self.paths.append(path)
        self.start = self.at = end

    def _map(self, count: int, path: bytes, depth: int) -> None:
        if depth == DEEPEST:
            raise ValueError("nested too deep")
        for _ in range(count):
            end = scalar_end(self.raw, self.at)
            key = self.raw[self.at : end]
            self.at = end
            self.value(path + key, depth + 1)

    def _list(self, count: int, path: bytes, depth: int) -> None:
        if depth == DEEPEST:
            raise ValueError("nested too deep")
        for _ in range(count):
            self.value(path, depth + 1)
