"""What a file is, and how large the picture in it: told by its first bytes, before anything is unpacked."""

from __future__ import annotations

import struct
from enum import StrEnum

PNG = b"\x89PNG\r\n\x1a\n"
PDF_WITHIN = 1024
_SIZES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
"""The markers of a JPEG behind which height and width stand: T.81, table B.1."""


class Format(StrEnum):
    """A kind of file that is taken."""

    JPEG = "jpg"
    PNG = "png"
    PDF = "pdf"


def format_of(data: bytes) -> Format | None:
    """What the file is by its own account; None where it is nothing that is taken."""
    if data.startswith(b"\xff\xd8\xff"):
        return Format.JPEG
    if data.startswith(PNG):
        return Format.PNG
    return Format.PDF if b"%PDF-" in data[:PDF_WITHIN] else None


def size_of(data: bytes, format: Format) -> tuple[int, int] | None:
    """Width and height as the file says; None where it does not say, as in a PDF or a broken file."""
    if format is Format.PNG and data[12:16] == b"IHDR" and len(data) >= 24:
        width, height = struct.unpack_from(">II", data, 16)
        return width, height
    return _jpeg_size(data) if format is Format.JPEG else None


def is_whole(data: bytes, format: Format) -> bool:
    """Whether the end of the picture is there: what stopped half-way is not shown as if it were all."""
    if format is Format.JPEG:
        # The end of a small picture in the camera's notes is before the last part of the large one.
        return data.rfind(b"\xff\xd9") > data.rfind(b"\xff\xda") > 0
    return format is not Format.PNG or b"IEND" in data[-64:]


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:  # what fills up before a marker
            at += 1
            continue
        if marker in _SIZES:
            height, width = struct.unpack_from(">HH", data, at + 5)
            return width, height
        if marker == 0xDA:
            return None
        (length,) = struct.unpack_from(">H", data, at + 2)
        at += 2 + max(length, 2)
    return None
