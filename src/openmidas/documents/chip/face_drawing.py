"""Drawing the face of a chip small, in a process of its own that has little room and little time.

``python face_drawing.py < picture > JPEG``. The picture is a stranger's, and JPEG 2000 is read by code that
few look at: here it can break nothing else, and of Pillow's readers only those of JPEG and JPEG 2000 are let
at it.

Ends with 0, or with 3 where there is no picture.
"""

from __future__ import annotations

import io
import sys
import warnings

from PIL import Image, ImageOps

SIZE = (360, 480)
"""Pixels at most: a face as large as a passport shows it, on any screen."""
MOST_PIXELS = 16_000_000
"""What says that it has more is not unpacked: no chip has room for a face of that size."""
_READERS = ("JPEG", "JPEG2000")
_QUALITY = 85
_ROOM = 768 * 1024 * 1024
_SECONDS = 8


class NoFace(Exception):  # noqa: N818  reads as a sentence where it is raised
    """There is no picture that can be drawn."""


def drawn(data: bytes) -> bytes:
    """The picture, small, as JPEG: pixels and nothing that came beside them. Raises `NoFace`."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with Image.open(io.BytesIO(data), formats=_READERS) as found:
                if found.width * found.height > MOST_PIXELS:
                    raise NoFace
                found.draft("RGB", SIZE)
                face = ImageOps.exif_transpose(found).convert("RGB")
        except (
            *(OSError, ValueError, SyntaxError, EOFError, MemoryError, IndexError),
            Image.DecompressionBombError,
        ) as error:
            raise NoFace from error
    face.thumbnail(SIZE, Image.Resampling.LANCZOS)
    small = Image.new("RGB", face.size)
    small.paste(face)
    written = io.BytesIO()
    small.save(written, "JPEG", quality=_QUALITY)
    return written.getvalue()


def _bound() -> None:
    """Take from this process what it does not need."""
    if sys.platform == "win32":  # which has no such bounds: there is the time that the caller waits
        return
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (_ROOM, _ROOM))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def main() -> int:
    """Draw what comes in, within bounds that nothing in it can widen."""
    _bound()
    try:
        face = drawn(sys.stdin.buffer.read())
    except NoFace:
        return 3
    sys.stdout.buffer.write(face)
    return 0


if __name__ == "__main__":
    sys.exit(main())
