"""Whatever is sent: a picture comes out that was drawn here, or a code that says why not."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import pytest
import typst
from PIL import Image

from openmidas.pictures.drawing import LONGEST_EDGE, MOST_BYTES, NotDrawn, draw
from openmidas.pictures.redrawing import MOST_GIVEN, redraw
from tests.support.cast import refusal
from tests.support.pictures import noise, photo, png, written


def seen(data: bytes) -> Image.Image:
    """What a JPEG shows."""
    return Image.open(io.BytesIO(data), formats=("JPEG",))


def pdf(folder: Path, pages: int) -> bytes:
    (folder / "scan.jpg").write_bytes(photo())
    main = folder / "scan.typ"
    page = '#image("scan.jpg", width: 100%)'
    main.write_text(
        "#set page(width: 200pt, height: 300pt)\n" + "#pagebreak()\n".join([page] * pages)
    )
    made: bytes = typst.compile(main, root=folder)
    return made


class TestAPhoto:
    def test_loses_where_and_by_what_it_was_taken(self) -> None:
        drawn = draw(photo())
        assert b"PhoneMaker" in photo()
        assert b"PhoneMaker" not in drawn
        assert b"Exif" not in drawn
        assert not seen(drawn).getexif()
        assert seen(drawn).size == (160, 90)

    def test_that_lay_on_its_side_stands_upright(self) -> None:
        drawn = seen(draw(photo(turned=6)))
        assert drawn.size == (90, 160)
        # A quarter to the right: what was at the upper left is at the upper right.
        red, _, blue = drawn.getpixel((80, 10))  # type: ignore[misc]  # an RGB picture has three
        assert red > 150 > blue

    def test_is_made_smaller_than_the_bounds(self) -> None:
        drawn = draw(noise(2000, 1300))
        assert max(seen(drawn).size) <= LONGEST_EDGE
        assert len(drawn) <= MOST_BYTES

    def test_may_be_a_png(self) -> None:
        assert seen(draw(png())).size == (160, 90)

    @pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
    def test_may_be_grey_clear_or_of_few_colours(self, mode: str) -> None:
        clear = Image.new(mode, (40, 30))
        assert seen(draw(written(clear, "PNG"))).size == (40, 30)

    def test_what_is_clear_is_white(self) -> None:
        drawn = seen(draw(written(Image.new("RGBA", (40, 30), (0, 0, 0, 0)), "PNG")))
        assert drawn.getpixel((20, 15)) == (255, 255, 255)


def test_a_scan_of_one_page_is_taken_and_of_two_is_not(tmp_path: Path) -> None:
    assert max(seen(draw(pdf(tmp_path, 1))).size) == LONGEST_EDGE
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
        (written(Image.new("1", (9000, 9000)), "PNG"), "picture.too_many_pixels"),
    ],
)
def test_anything_else_is_refused_with_its_reason(given: bytes, code: str) -> None:
    with refusal(code):
        redraw(given)


def test_it_is_drawn_by_a_process_of_its_own() -> None:
    drawn = redraw(photo())
    assert (drawn.width, drawn.height) == (160, 90)
    assert drawn == redraw(photo())
