"""The face of a chip, drawn small by a process of its own."""

from __future__ import annotations

import io
import subprocess
import sys

import pytest
from PIL import Image

from openmidas.documents.chip import Unreadable, draw_portrait, face_drawing, read_faces
from openmidas.documents.chip.face_drawing import SIZE, NoFace, drawn
from openmidas.documents.chip.faces import Face
from tests.documents.chip import made
from tests.documents.chip.made import group_2, tlv
from tests.support.faces import SHIRT, face

WRAPPED = {
    "JPEG in ISO 19794-5": group_2(tlv(0x5F2E, made.face_record(face()))),
    "JPEG 2000 in ISO 19794-5": group_2(tlv(0x5F2E, made.face_record(face("JPEG2000")))),
    "JPEG 2000 in ISO 39794-5": group_2(made.face_39794(face("JPEG2000"))),
}


def of(picture: bytes) -> Face:
    return Face("jpeg", picture, 420, 540, "ISO/IEC 19794-5")


@pytest.mark.parametrize("name", WRAPPED)
def test_both_kinds_of_picture_in_both_wrappings_become_a_small_jpeg(name: str) -> None:
    (found,) = read_faces(WRAPPED[name]).faces
    with Image.open(io.BytesIO(draw_portrait(found))) as small:
        assert small.format == "JPEG"
        assert small.size == (360, 463)
        pixel = small.convert("RGB").getpixel((180, 450))
    assert isinstance(pixel, tuple)
    assert all(abs(one - other) < 12 for one, other in zip(pixel, SHIRT, strict=True))


def test_only_pixels_come_out() -> None:
    picture = Image.open(io.BytesIO(face()))
    marks = Image.Exif()
    marks[0x010E] = "said beside it"
    written = io.BytesIO()
    picture.save(written, "JPEG", exif=marks, comment=b"said beside it")
    assert b"said beside it" in written.getvalue()
    assert b"said beside it" not in drawn(written.getvalue())


def test_a_large_one_is_drawn_small_and_one_that_says_too_much_is_not_unpacked() -> None:
    with Image.open(io.BytesIO(drawn(face(size=(3000, 3900))))) as small:
        assert small.width <= SIZE[0]
        assert small.height <= SIZE[1]
    with pytest.raises(NoFace):
        drawn(made.jpeg(5000, 5000))


@pytest.mark.parametrize(
    "picture",
    [made.jpeg(), made.jpeg2000(), face("JPEG2000")[:90], b"\xff\xd8\xff" + bytes(70_000)],
)
def test_what_cannot_be_drawn_says_so(picture: bytes) -> None:
    with pytest.raises(Unreadable, match="picture_broken"):
        draw_portrait(of(picture))


def test_it_ends_in_time() -> None:
    with pytest.raises(Unreadable, match="took_too_long"):
        draw_portrait(of(face()), seconds=0.01)


@pytest.mark.skipif(sys.platform == "win32", reason="has no such bounds")
def test_it_has_little_room() -> None:
    """The other process cannot take more memory, nor write any file."""
    code = (
        "import io, sys\n"
        f"sys.path.append({str(face_drawing.__file__).rpartition('/')[0]!r})\n"
        "from face_drawing import main\n"
        "sys.stdin = io.TextIOWrapper(io.BytesIO(b''))\n"
        "assert main() == 3\n"
        "try:\n    bytes(900 * 1024 * 1024)\n"
        "except MemoryError:\n    print('bounded')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.stdout == "bounded\n"
