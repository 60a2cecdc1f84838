"""Two-dimensional codes: found in a picture, by another process, and drawn."""

from __future__ import annotations

import io
import subprocess
from typing import Literal

import msgspec

from openmidas.documents.confining import run_confined
from openmidas.documents.seals.problems import CannotSeal, NotASeal

MOST_GIVEN = 20 * 1024 * 1024
"""Bytes of a picture that is looked at."""
SECONDS = 60.0
Kind = Literal["datamatrix", "qr", "aztec", "pdf417"]
KINDS: tuple[Kind, ...] = ("datamatrix", "qr", "aztec", "pdf417")
STATUS = {3: "picture_unreadable", 4: "picture_too_large"}
"""How the process that reads a picture ends where there is none."""
_STARTS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
_FORMATS: dict[Kind, str] = {
    "datamatrix": "DataMatrix",
    "qr": "QRCode",
    "aztec": "Aztec",
    "pdf417": "PDF417",
}


class FoundCode(msgspec.Struct, frozen=True, array_like=True):
    """A code in a picture. ``kind``: as zxing-cpp calls it, such as "Data Matrix"."""

    kind: str
    data: bytes


def is_picture(data: bytes) -> bool:
    """Whether a file begins as a JPEG or PNG does."""
    return data.startswith(_STARTS)


def read_codes(picture: bytes) -> list[FoundCode]:
    """The codes in a picture, JPEG or PNG, found by a process that can break nothing else.

    Raises `NotASeal`: ``picture_too_large``, ``picture_unreadable``.
    """
    if len(picture) > MOST_GIVEN:
        raise NotASeal("picture_too_large", "code")
    try:
        done = run_confined(("-m", "openmidas.documents.seals.code_reading"), picture, SECONDS)
    except subprocess.TimeoutExpired:
        raise NotASeal("picture_unreadable", "code") from None
    if done.returncode:
        raise NotASeal(STATUS.get(done.returncode, "picture_unreadable"), "code")
    try:
        return msgspec.msgpack.decode(done.stdout, type=list[FoundCode])
    except msgspec.DecodeError as error:
        raise NotASeal("picture_unreadable", "code") from error


def draw(data: bytes, kind: Kind = "datamatrix", *, scale: int = 6) -> bytes:
    """A code as PNG, black on white, with its quiet zone; ``scale``: pixels a module. Raises `CannotSeal`."""
    import numpy as np
    import zxingcpp
    from PIL import Image

    try:
        code = zxingcpp.create_barcode(data, getattr(zxingcpp.BarcodeFormat, _FORMATS[kind]))
        drawn = Image.fromarray(np.asarray(code.to_image(scale=scale)))
    except (ValueError, RuntimeError) as error:
        raise CannotSeal("code", "too_long") from error
    written = io.BytesIO()
    drawn.save(written, "PNG", optimize=True)
    return written.getvalue()
