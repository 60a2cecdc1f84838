"""Pictures to attach: photos as telephones make them, scans, and files that are none."""

from __future__ import annotations

import struct
import zlib

import numpy as np

from openmidas.pictures.jpeg import Pixels, write_jpeg


def pixels(width: int = 160, height: int = 90) -> Pixels:
    """Something to see: its upper left quarter is red, the rest shades of blue."""
    down, across = np.mgrid[0:height, 0:width]
    seen = np.stack((down * 0, across * 255 // width, 80 + down * 175 // height), axis=-1)
    seen[: height // 2, : width // 2] = (220, 20, 20)
    return seen.astype(np.uint8)


def photo(width: int = 160, height: int = 90, *, turned: int = 1) -> bytes:
    """A photo with the place where it was taken, lying as EXIF says by ``turned``."""
    made = write_jpeg(pixels(width, height), 90)
    tag = struct.pack(">HHIHH", 0x112, 3, 1, turned, 0)
    exif = (
        b"Exif\0\0MM\0*" + struct.pack(">IH", 8, 1) + tag + bytes(4) + b"GPS 13.9N 0.7E PhoneMaker"
    )
    return made[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + made[2:]


def png(width: int = 160, height: int = 90) -> bytes:
    """The same as PNG."""
    rows = b"".join(b"\0" + row.tobytes() for row in pixels(width, height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
