"""Unpacking a picture in a process of its own, that has little room and little time.

``python decoding.py < file > pixels``: one line with width and height, then
a byte a pixel, grey, upright. Pictures that people send may be made to break whatever reads them: here
it can break nothing else, and of Pillow's readers only those of JPEG, PNG and WebP are let at it.

Ends with 0, or with one of `CODES`.
"""

from __future__ import annotations

import io
import sys
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

LONGEST_EDGE = 2000
"""Pixels: a zone that fills the picture has twelve to a character then, and more are of no use."""
MOST_PIXELS = 64_000_000
"""A file that says it has more is not unpacked: the cameras of telephones stay below."""
LEAST_EDGE = 64
CODES = {3: "kind", 4: "too_many_pixels", 5: "too_small", 6: "broken"}
_READERS = ("JPEG", "PNG", "WEBP")
_ROOM = 1_500_000_000
_SECONDS = 20


class NotUnpacked(Exception):  # noqa: N818  reads as a sentence where it is raised
    """There is no picture in a file. ``status``: one of `CODES`."""

    def __init__(self, status: int) -> None:
        self.status = status
        super().__init__(CODES[status])


def unpack(data: bytes) -> Image.Image:
    """The picture of a file: grey, upright, no larger than is of use. Raises `NotUnpacked`."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what the file says beside its picture is not looked at
        try:
            with Image.open(io.BytesIO(data), formats=_READERS) as found:
                if found.width * found.height > MOST_PIXELS:
                    raise NotUnpacked(4)
                if min(found.size) < LEAST_EDGE:
                    raise NotUnpacked(5)
                # A JPEG is unpacked at half or a quarter where that is enough.
                found.draft("L", (LONGEST_EDGE, LONGEST_EDGE))
                upright = ImageOps.exif_transpose(found)
                grey = _grey(upright)
        except UnidentifiedImageError as error:
            raise NotUnpacked(3) from error
        except Image.DecompressionBombError as error:
            raise NotUnpacked(4) from error
        except (OSError, ValueError, SyntaxError, EOFError, MemoryError, IndexError) as error:
            raise NotUnpacked(6) from error
    grey.thumbnail((LONGEST_EDGE, LONGEST_EDGE), Image.Resampling.BOX)
    if min(grey.size) < LEAST_EDGE:
        raise NotUnpacked(5)
    return grey


def _grey(picture: Image.Image) -> Image.Image:
    """In grey, on white paper where it lets the ground through."""
    if picture.mode.startswith("I"):
        # Sixteen bits a pixel: turned into eight as they are, all but the darkest would be white.
        return picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if not picture.has_transparency_data:
        return picture.convert("L")
    seen = picture.convert("RGBA")
    paper = Image.new("RGB", seen.size, "white")
    paper.paste(seen, mask=seen.getchannel("A"))
    return paper.convert("L")


def _bound() -> None:
    """Take from this process what it does not need."""
    if sys.platform == "win32":  # which has no such bounds: there is the time that the caller waits
        return
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (_ROOM, _ROOM))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> int:
    """Unpack what comes in, within bounds that nothing in it can widen."""
    _bound()
    try:
        grey = unpack(sys.stdin.buffer.read())
    except NotUnpacked as refused:
        return refused.status
    sys.stdout.buffer.write(f"{grey.width} {grey.height}\n".encode())
    sys.stdout.buffer.write(grey.tobytes())
    return 0


if __name__ == "__main__":
    sys.exit(main())
