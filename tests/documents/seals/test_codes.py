"""Codes in pictures: found turned, blurred and dim; what is no picture, or a hostile one, is refused."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageEnhance, ImageFilter

from openmidas.documents.seals import CannotSeal, FoundCode, NotASeal, draw, is_picture, read_codes
from openmidas.documents.seals.code_reading import MOST_PIXELS, NoPicture, codes_in
from openmidas.documents.seals.codes import KINDS, MOST_GIVEN, Kind
from tests.documents.receipts.made import VECTOR
from tests.documents.seals.made import australian, seal, vectors


def png(picture: Image.Image) -> bytes:
    written = io.BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()


def on_paper(code: bytes) -> Image.Image:
    """A code with paper around it."""
    drawn = Image.open(io.BytesIO(code)).convert("L")
    paper = Image.new("L", (drawn.width + 160, drawn.height + 160), 225)
    paper.paste(drawn, (80, 80))
    return paper


@pytest.mark.parametrize("kind", KINDS)
def test_every_byte_of_a_seal_comes_back(kind: Kind) -> None:
    for whole in (seal(), vectors()["meldebescheinigung"], bytes(range(256))):
        assert [data for _kind, data in codes_in(draw(whole, kind))] == [whole]


def test_codes_of_other_programs_are_read() -> None:
    for text in (VECTOR, australian()["validVDSJson"].replace("    ", "")):
        written = io.BytesIO()
        segno.make_qr(text, error="m" if text == VECTOR else "l").save(written, kind="png", scale=5)
        assert [data.decode() for _kind, data in codes_in(written.getvalue())] == [text]


@pytest.mark.parametrize("degrees", range(0, 360, 24))
def test_a_code_is_found_at_every_angle(degrees: int) -> None:
    turned = on_paper(draw(seal())).rotate(
        degrees, resample=Image.Resampling.BICUBIC, expand=True, fillcolor=225
    )
    assert [data for _kind, data in codes_in(png(turned))] == [seal()]


def test_a_blurred_dim_and_small_code_is_read() -> None:
    paper = on_paper(draw(seal(), scale=4))
    for spoilt in (
        paper.filter(ImageFilter.GaussianBlur(1.4)),
        ImageEnhance.Brightness(paper).enhance(0.15),
        on_paper(draw(seal(), scale=2)),
    ):
        assert [data for _kind, data in codes_in(png(spoilt))] == [seal()]


def test_another_process_reads_it() -> None:
    assert read_codes(draw(seal(), "qr")) == [FoundCode("QR Code", seal())]
    assert read_codes(png(Image.new("L", (200, 200), 255))) == []


def _bomb() -> bytes:
    """A PNG that says it has ten thousand million pixels."""
    said = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 0, 0, 0, 0)
    chunks = (b"IHDR" + said, b"IDAT" + zlib.compress(bytes(1000)), b"IEND")
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(one) - 4) + one + struct.pack(">I", zlib.crc32(one)) for one in chunks
    )


@pytest.mark.parametrize(
    ("given_bytes", "code"),
    [
        (b"", "picture_unreadable"),
        (b"\x89PNG\r\n\x1a\n", "picture_unreadable"),
        (b"GIF89a", "picture_unreadable"),
        (draw(seal())[:200], "picture_unreadable"),
        (_bomb(), "picture_too_large"),
        (bytes(MOST_GIVEN + 1), "picture_too_large"),
    ],
)
def test_what_is_no_picture_is_refused(given_bytes: bytes, code: str) -> None:
    with pytest.raises(NotASeal) as problem:
        read_codes(given_bytes)
    assert problem.value.finding.code == code


def test_a_picture_of_very_many_pixels_is_not_unpacked() -> None:
    edge = int(MOST_PIXELS**0.5) + 1
    with pytest.raises(NoPicture):
        codes_in(png(Image.new("1", (edge, edge))))


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_a_spoilt_picture_ends_in_one_error(data: st.DataObject) -> None:
    whole = bytearray(draw(seal(), scale=2))
    for _each in range(data.draw(st.integers(1, 5))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        codes_in(bytes(whole))
    except NoPicture as problem:
        assert problem.status in (3, 4)  # noqa: PT017  most are read all the same


def test_a_picture_is_told_by_its_beginning() -> None:
    assert is_picture(draw(seal()))
    assert not is_picture(seal())


def test_what_no_code_holds_is_refused() -> None:
    with pytest.raises(CannotSeal):
        draw(bytes(5000), "datamatrix")
