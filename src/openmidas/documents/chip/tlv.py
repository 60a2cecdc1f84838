"""Reading what is written as tag, length and value (ISO/IEC 8825-1), within bounds.

One reader for the chip's own files and for the ASN.1 within them: BER, because real States write lengths
of all kinds, the indefinite one included. Values are cut out one level at a time; nothing is unpacked
that nobody asks for.
"""

from __future__ import annotations

import msgspec

from openmidas.documents.chip.findings import Unreadable

MOST_BYTES = 4 * 1024 * 1024
"""A chip holds some hundred kilobytes; a master list of the world about one megabyte."""
DEEPEST = 24
MOST_PARTS = 5000
"""Values that may lie side by side: the certificates of a master list are the most."""
_LONGEST_TAG = 4
_LONGEST_LENGTH = 4
_CONSTRUCTED = 0x20
_INDEFINITE = 0x80
_END = b"\0\0"


class Tlv(msgspec.Struct, frozen=True):
    """One value. ``tag``: its bytes as a number, such as 0x30 or 0x7F61; ``raw``: all of it."""

    tag: int
    value: bytes
    raw: bytes
    depth: int = 0

    def parts(self) -> tuple[Tlv, ...]:
        """The values that this one is made of. Raises `Unreadable`."""
        return read_all(self.value, self.depth + 1)

    def part(self, tag: int) -> Tlv | None:
        """The first part with this tag. Raises `Unreadable` where the parts cannot be told apart."""
        return next((part for part in self.parts() if part.tag == tag), None)


def read_one(data: bytes, tag: int | None = None) -> Tlv:
    """The value that these bytes are, and nothing after it. Raises `Unreadable`."""
    if len(data) > MOST_BYTES:
        raise Unreadable("too_large", most=str(MOST_BYTES))
    found, end = _read(data, 0, 0)
    if end != len(data):
        raise Unreadable("bytes_after_end", bytes=str(len(data) - end))
    if tag is not None and found.tag != tag:
        raise Unreadable("tag_unexpected", expected=f"{tag:02X}", read=f"{found.tag:02X}")
    return found


def read_all(data: bytes, depth: int = 0) -> tuple[Tlv, ...]:
    """The values that lie side by side in these bytes. Raises `Unreadable`."""
    found = []
    at = 0
    while at < len(data):
        one, at = _read(data, at, depth)
        found.append(one)
        if len(found) > MOST_PARTS:
            raise Unreadable("too_many_parts", most=str(MOST_PARTS))
    return tuple(found)


def _read(data: bytes, start: int, depth: int) -> tuple[Tlv, int]:
    if depth > DEEPEST:
        raise Unreadable("too_deep", most=str(DEEPEST))
    tag, at = _tag(data, start)
    if at >= len(data):
        raise Unreadable("cut_short")
    first = data[at]
    at += 1
    if first == _INDEFINITE:
        return _indefinite(data, start, at, depth, tag)
    if first < _INDEFINITE:
        length = first
    else:
        size = first & 0x7F
        if size > _LONGEST_LENGTH:
            raise Unreadable("length_not_allowed")
        length = int.from_bytes(data[at : at + size])
        at += size
    end = at + length
    if end > len(data):
        raise Unreadable("cut_short")
    return Tlv(tag, data[at:end], data[start:end], depth), end


def _tag(data: bytes, start: int) -> tuple[int, int]:
    if start >= len(data):
        raise Unreadable("cut_short")
    at = start + 1
    if data[start] & 0x1F == 0x1F:
        while True:
            if at >= len(data) or at - start >= _LONGEST_TAG:
                raise Unreadable("tag_not_allowed")
            at += 1
            if not data[at - 1] & 0x80:
                break
    return int.from_bytes(data[start:at]), at


def _indefinite(data: bytes, start: int, begin: int, depth: int, tag: int) -> tuple[Tlv, int]:
    """A value that ends where two zeros stand in the place of the next one."""
    if not data[start] & _CONSTRUCTED:
        raise Unreadable("length_not_allowed")
    at = begin
    for _each in range(MOST_PARTS):
        if data[at : at + 2] == _END:
            return Tlv(tag, data[begin:at], data[start : at + 2], depth), at + 2
        _part, at = _read(data, at, depth + 1)
    raise Unreadable("too_many_parts", most=str(MOST_PARTS))
