"""Whatever is sent: a picture comes out that was drawn here, or a code that says why not."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest
import typst

from openmidas.pictures.drawing import LONGEST_EDGE, MOST_BYTES, NotDrawn, draw
from openmidas.pictures.headers import Format, size_of
from openmidas.pictures.jpeg import write_jpeg
from openmidas.pictures.png import read_drawn
from openmidas.pictures.redrawing import MOST_GIVEN, redraw
from tests.support.cast import refusal
from tests.support.pictures import photo, pixels, png


def seen(folder: Path, data: bytes) -> np.ndarray:
    """The pixels of a JPEG, by a reader that is not ours."""
    width, height = size_of(data, Format.JPEG) or (0, 0)
    (folder / "seen.jpg").write_bytes(data)
    main = folder / "seen.typ"
    main.write_text(
        f"#set page(width: {width}pt, height: {height}pt, margin: 0pt)\n"
        f'#image("seen.jpg", width: {width}pt, height: {height}pt)'
    )
    return read_drawn(typst.compile(main, root=folder, format="png", ppi=72)).astype(int)


def pdf(folder: Path, pages: int) -> bytes:
    (folder / "scan.jpg").write_bytes(photo())
    main = folder / "scan.typ"
    page = '#image("scan.jpg", width: 100%)'
    main.write_text(
        "#set page(width: 200pt, height: 300pt)\n" + "#pagebreak()\n".join([page] * pages)
    )
    made: bytes = typst.compile(main, root=folder)
    return made


@pytest.mark.parametrize(("width", "height"), [(160, 96), (33, 17), (1, 1), (16, 200)])
def test_what_is_written_is_read_by_others_as_it_was(
    tmp_path: Path, width: int, height: int
) -> None:
    smooth = pixels(width, height)
    smooth[: height // 2, : width // 2] = smooth[height // 2, width // 2]
    found = seen(tmp_path, write_jpeg(smooth, 95))
    assert found.shape == smooth.shape
    assert np.abs(found - smooth).mean() < 3


def test_a_hard_picture_is_read_as_well(tmp_path: Path) -> None:
    """All lengths of runs and amounts occur: shades of grey, for colour is kept at half."""
    noise = np.random.default_rng(7).integers(0, 256, (64, 64, 1), dtype=np.uint8)
    noise = np.repeat(noise, 3, axis=2)
    assert np.abs(seen(tmp_path, write_jpeg(noise, 100)) - noise).max() < 12


class TestAPhoto:
    def test_loses_where_and_by_what_it_was_taken(self) -> None:
        drawn = draw(photo())
        assert b"GPS" in photo()
        assert b"GPS" not in drawn
        assert b"Exif" not in drawn
        assert size_of(drawn, Format.JPEG) == (160, 90)

    def test_that_lay_on_its_side_stands_upright(self, tmp_path: Path) -> None:
        drawn = draw(photo(turned=6))
        assert size_of(drawn, Format.JPEG) == (90, 160)
        # A quarter to the right: what was at the upper left is at the upper right.
        upper_right = seen(tmp_path, drawn)[10, 80]
        assert upper_right[0] > 150 > upper_right[2]

    def test_is_made_smaller_than_the_bounds(self) -> None:
        noise = np.random.default_rng(7).integers(0, 60, (1300, 2000, 3), dtype=np.uint8)
        drawn = draw(write_jpeg(noise, 60))
        assert size_of(drawn, Format.JPEG) == (LONGEST_EDGE, 1040)
        assert len(drawn) <= MOST_BYTES

    def test_may_be_a_png(self) -> None:
        assert size_of(draw(png()), Format.JPEG) == (160, 90)


def test_a_scan_of_one_page_is_taken_and_of_two_is_not(tmp_path: Path) -> None:
    assert max(size_of(draw(pdf(tmp_path, 1)), Format.JPEG) or ()) == LONGEST_EDGE
    with pytest.raises(NotDrawn, match="pages"):
        draw(pdf(tmp_path, 2))


def bomb() -> bytes:
    """A photo that says it has 3.6 thousand million pixels."""
    made = photo()
    at = made.index(b"\xff\xc0")
    return made[: at + 5] + struct.pack(">HH", 60_000, 60_000) + made[at + 9 :]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (b"", "picture.empty"),
        (bytes(MOST_GIVEN + 1), "picture.too_large"),
        (b"ID3\x04" + bytes(500), "picture.kind"),
        (b"OggS" + bytes(500), "picture.kind"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "picture.kind"),
        (b"GIF89a" + bytes(500), "picture.kind"),
        (photo()[:-200], "picture.broken"),
        (png()[:-40], "picture.broken"),
        (b"\x89PNG\r\n\x1a\n" + bytes(60), "picture.broken"),
        (b"%PDF-1.7 and nothing else", "picture.broken"),
        (bomb(), "picture.too_many_pixels"),
    ],
)
def test_anything_else_is_refused_with_its_reason(given: bytes, code: str) -> None:
    with refusal(code):
        redraw(given)


def test_it_is_drawn_by_a_process_of_its_own() -> None:
    drawn = redraw(photo())
    assert (drawn.width, drawn.height) == (160, 90)
    assert drawn == redraw(photo())
