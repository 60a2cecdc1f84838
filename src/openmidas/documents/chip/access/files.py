"""Reading one file of a chip, piece by piece, within bounds (Doc 9303-10, 3.6)."""

from __future__ import annotations

from typing import Protocol

from openmidas.documents.chip.access.commands import OK, Answer, Command, written_value
from openmidas.documents.chip.access.line import refused
from openmidas.documents.chip.findings import Unreadable
from openmidas.documents.chip.tlv import read_one

COM, SOD = 0x011E, 0x011D
MOST_FILE = 512 * 1024
"""The face of a passport is 20 kB; four fingers would be ten times that."""
MOST_PIECES = 6000
SHORT_PIECE = 223
"""Bytes that fit into a short answer with the seal of either cipher."""
_HEAD = 8
"""Bytes in which a file says how long it is."""
_NEAR = 0x7FFF
_END = 0x6282


class Channel(Protocol):
    """A line, sealed or not."""

    def send(self, command: Command) -> Answer:
        """Raises `Unreadable`."""


def select(channel: Channel, file: int) -> None:
    """Select a file by its number. Raises `Unreadable`: ``chip_refused``."""
    answer = channel.send(Command(0, 0xA4, 0x02, 0x0C, file.to_bytes(2)))
    if answer.status != OK:
        raise refused(answer.status)


def read_file(channel: Channel, file: int, piece: int = SHORT_PIECE) -> bytes:
    """A whole file, as long as it says in its head.

    Raises `Unreadable`: ``file_too_large``, ``chip_refused``, ``file_stuck`` where no more comes.
    """
    select(channel, file)
    head = _piece(channel, 0, _HEAD, piece)
    size = _size(head)
    data = head[:size]
    for _each in range(MOST_PIECES):
        if len(data) == size:
            return data
        found = _piece(channel, len(data), min(piece, size - len(data)), piece)
        if not found:
            raise Unreadable("file_stuck")
        data += found
    raise Unreadable("file_stuck")


def _size(head: bytes) -> int:
    """How long the file is: tag, length and value."""
    at = 1
    if not head:
        raise Unreadable("file_stuck")
    if head[0] & 0x1F == 0x1F:
        at = 2
    if len(head) <= at:
        raise Unreadable("cut_short")
    first = head[at]
    if first < 0x80:
        return at + 1 + first
    bytes_of_length = first & 0x7F
    if not 1 <= bytes_of_length <= 4:
        raise Unreadable("length_not_allowed")
    end = at + 1 + bytes_of_length
    if end > len(head):
        raise Unreadable("cut_short")
    size = end + int.from_bytes(head[at + 1 : end])
    if size > MOST_FILE:
        raise Unreadable("file_too_large", most=str(MOST_FILE), said=str(size))
    return size


def _piece(channel: Channel, start: int, size: int, most: int) -> bytes:
    """READ BINARY; beyond 32 kB by the other one, whose place is a value of its own."""
    near = start <= _NEAR
    if near:
        command = Command(0, 0xB0, start >> 8, start & 0xFF, expected=size)
    else:
        place = written_value(0x54, start.to_bytes(4).lstrip(b"\0"))
        # The answer is wrapped in a tag and its length, of four bytes at most.
        command = Command(0, 0xB1, 0, 0, place, expected=min(size + 4, most))
    answer = channel.send(command)
    if answer.status not in (OK, _END):
        raise refused(answer.status)
    data = answer.data
    if not near and data:
        data = read_one(data, 0x53).value[:size]
    if len(data) > size:
        raise Unreadable("answer_not_allowed")
    return data
