"""Files that are no picture, half of one, or made to break whatever reads them."""

from __future__ import annotations

import io
import struct
import zlib
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from openmidas.documents.camera import CannotReadImage, read_image, unpacking
from openmidas.documents.camera.decoding import NotUnpacked, unpack
from openmidas.documents.camera.unpacking import MOST_BYTES

TODAY = date(2026, 11, 21)


def png(width: int = 200, height: int = 100) -> bytes:
    written = io.BytesIO()
    Image.effect_noise((width, height), 60).save(written, "PNG")
    return written.getvalue()


def jpeg() -> bytes:
    written = io.BytesIO()
    Image.effect_noise((200, 100), 60).save(written, "JPEG")
    return written.getvalue()


def png_that_says(width: int, height: int) -> bytes:
    """A file of a few bytes that says it has so many pixels."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = b""
    for kind, body in ((b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b"")):
        chunks += struct.pack(">I", len(body)) + kind + body
        chunks += struct.pack(">I", zlib.crc32(kind + body))
    return b"\x89PNG\r\n\x1a\n" + chunks


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"P<UTOERIKSSON<<ANNA<MARIA", "kind"),
        (b"GIF89a" + bytes(100), "kind"),
        (png()[:-4000], "broken"),
        (jpeg()[:700], "broken"),
        (png(40, 40), "too_small"),
        (png_that_says(60_000, 60_000), "too_many_pixels"),
        (png_that_says(4000, 4000), "broken"),
        (bytes(MOST_BYTES + 1), "too_large"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(data: bytes, code: str) -> None:
    with pytest.raises(CannotReadImage) as refused:
        read_image(data, today=TODAY)

    assert refused.value.code == code


def test_time_that_ran_out_is_not_a_damaged_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "SECONDS", 0.001)
    with pytest.raises(CannotReadImage) as refused:
        read_image(png(), today=TODAY)
    assert refused.value.code == "took_too_long"


def test_sixteen_bits_a_pixel_are_as_dark_as_eight() -> None:
    written = io.BytesIO()
    deep = np.tile(np.linspace(0, 65535, 200, dtype=np.uint16), (100, 1))
    Image.fromarray(deep).save(written, "PNG")
    grey = np.asarray(unpack(written.getvalue()))
    assert np.array_equal(grey, deep // 256)


@settings(max_examples=60, deadline=None)
@given(
    which=st.sampled_from([png(), jpeg()]),
    at=st.integers(0, 5000),
    bits=st.integers(1, 255),
    keep=st.integers(10, 30_000),
)
def test_spoilt_files_are_unpacked_or_refused(which: bytes, at: int, bits: int, keep: int) -> None:
    spoilt = bytearray(which[:keep])
    spoilt[at % len(spoilt)] ^= bits

    try:
        picture = unpack(bytes(spoilt))
    except NotUnpacked:
        return
    assert picture.mode == "L"


def test_what_lets_the_ground_through_lies_on_white() -> None:
    written = io.BytesIO()
    Image.new("RGBA", (100, 100), (0, 0, 0, 0)).save(written, "PNG")

    assert unpack(written.getvalue()).getpixel((50, 50)) == 255
