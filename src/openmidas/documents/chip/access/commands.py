"""Commands to a chip and its answers (ISO/IEC 7816-4, 5.1), and the values that they carry."""

from __future__ import annotations

import msgspec

from openmidas.documents.chip.findings import Unreadable

OK = 0x9000
NOT_ALLOWED = 0x6982
SHORT_MOST = 256
EXTENDED_MOST = 65536
MOST_ANSWER = EXTENDED_MOST + 2


class Command(msgspec.Struct, frozen=True):
    """One command. ``expected``: how many bytes the answer may have at most; 0 where none are wanted."""

    cla: int
    ins: int
    p1: int
    p2: int
    data: bytes = b""
    expected: int = 0

    @property
    def header(self) -> bytes:
        """The four bytes that begin it."""
        return bytes((self.cla, self.ins, self.p1, self.p2))

    def written(self) -> bytes:
        """As bytes: in the short form where that holds it, else in the extended one."""
        if len(self.data) < SHORT_MOST and self.expected <= SHORT_MOST:
            sent = bytes((len(self.data),)) + self.data if self.data else b""
            return self.header + sent + (bytes((self.expected & 0xFF,)) if self.expected else b"")
        sent = len(self.data).to_bytes(2) + self.data if self.data else b""
        asked = (self.expected & 0xFFFF).to_bytes(2) if self.expected else b""
        return self.header + b"\0" + sent + asked


class Answer(msgspec.Struct, frozen=True):
    """What a chip answered: data, and two bytes that say how it went."""

    data: bytes
    status: int


def read_answer(raw: bytes) -> Answer:
    """Raises `Unreadable` where this is no answer."""
    if not 2 <= len(raw) <= MOST_ANSWER:
        raise Unreadable("answer_not_allowed")
    return Answer(raw[:-2], int.from_bytes(raw[-2:]))


def written_value(tag: int, value: bytes) -> bytes:
    """One value with its tag and length, by DER."""
    name = tag.to_bytes((tag.bit_length() + 7) // 8)
    if len(value) < 0x80:
        return name + bytes((len(value),)) + value
    size = len(value).to_bytes((len(value).bit_length() + 7) // 8)
    return name + bytes((0x80 | len(size),)) + size + value
