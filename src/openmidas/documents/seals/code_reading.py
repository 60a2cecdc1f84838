"""Finding codes in a picture, in a process of its own that has little room and little time.

``python -m openmidas.documents.seals.code_reading < picture``. What people hold before a camera may be made
to break whatever reads it: here it can break nothing else. Of Pillow's readers only those of JPEG and PNG
are let at it. Out comes MessagePack: a list of kind of code and bytes.

Ends with 0, or with one of `STATUS` where there is no picture.
"""

from __future__ import annotations

import io
import sys
import warnings
from collections.abc import Iterator

import msgspec
import zxingcpp
from PIL import Image, ImageFilter, ImageOps

from openmidas.documents.confining import bound
from openmidas.documents.seals.codes import STATUS

MOST_PIXELS = 64_000_000
"""A file that says it has more is not unpacked: the cameras of telephones stay below."""
MOST_CODES = 16
MOST_BYTES = 16 * 1024
"""Of one code: more than the largest holds."""
_READERS = ("JPEG", "PNG")
_LONGEST_EDGE = 3000
_SMALL = 1200
_ROOM = 1_500_000_000
_SECONDS = 30
_FORMATS = zxingcpp.barcode_formats_from_str("DataMatrix,QRCode,Aztec,PDF417")
_TURNED = (30, -30, 15, -15, 45)
"""Degrees. The codes with a solid edge (Data Matrix, PDF417) are not found at every angle."""
Found = tuple[str, bytes]


class NoPicture(Exception):  # noqa: N818  reads as a sentence where it is raised
    """There is no picture in a file. ``status``: one of `STATUS`."""

    def __init__(self, status: int) -> None:
        self.status = status
        super().__init__(STATUS[status])


def codes_in(data: bytes) -> list[Found]:
    """The codes in a picture: kind and bytes. Raises `NoPicture`."""
    picture = _opened(data)
    for tried in _tries(picture):
        found = [
            (str(code.format), code.bytes)
            for code in zxingcpp.read_barcodes(
                tried, formats=_FORMATS, text_mode=zxingcpp.TextMode.Plain
            )
            if code.valid and len(code.bytes) <= MOST_BYTES
        ]
        if found:
            return found[:MOST_CODES]
    return []


def _tries(picture: Image.Image) -> Iterator[Image.Image]:
    """The picture as it is, and then what helps where nothing was found: light, edges, another angle."""
    yield picture
    evened = ImageOps.autocontrast(picture, cutoff=2)
    if max(picture.size) <= _SMALL:
        yield evened.resize((picture.width * 2, picture.height * 2), Image.Resampling.BICUBIC)
    yield evened.filter(ImageFilter.UnsharpMask(radius=3, percent=250, threshold=0))
    yield evened.filter(ImageFilter.MedianFilter(3))
    paper = 255
    for degrees in _TURNED:
        yield evened.rotate(
            degrees, resample=Image.Resampling.BICUBIC, expand=True, fillcolor=paper
        )


def _opened(data: bytes) -> Image.Image:
    """The picture upright, grey, on white, no larger than a code needs. Raises `NoPicture`."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with Image.open(io.BytesIO(data), formats=_READERS) as found:
                if found.width * found.height > MOST_PIXELS:
                    raise NoPicture(4)
                found.draft("L", (_LONGEST_EDGE, _LONGEST_EDGE))
                upright = ImageOps.exif_transpose(found).convert("RGBA")
        except Image.DecompressionBombError as error:
            raise NoPicture(4) from error
        except (OSError, ValueError, SyntaxError, EOFError, MemoryError) as error:
            raise NoPicture(3) from error
    paper = Image.new("RGBA", upright.size, "white")
    paper.alpha_composite(upright)
    grey = paper.convert("L")
    grey.thumbnail((_LONGEST_EDGE, _LONGEST_EDGE), Image.Resampling.LANCZOS)
    return grey


def main() -> int:
    """Read what comes in, within bounds that nothing in it can widen."""
    bound(_ROOM, _SECONDS)
    try:
        found = codes_in(sys.stdin.buffer.read())
    except NoPicture as refused:
        return refused.status
    sys.stdout.buffer.write(msgspec.msgpack.encode(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
