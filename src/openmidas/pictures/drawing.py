"""Drawing a file anew, in a process of its own that has little room and little time.

``python -m openmidas.pictures.drawing < file > picture.jpg``. What people send may be made to break
whatever reads it: here it can break nothing else, and of Pillow's readers only those of JPEG and PNG are
let at it; a page of a PDF is drawn by typst first. What comes out was drawn: nothing of what the file
says beside its picture is left, and a picture that lay on its side stands upright.

Ends with 0, or with one of `CODES` where there is no picture.
"""

from __future__ import annotations

import io
import os
import sys
import tempfile
import warnings
from pathlib import Path

from PIL import Image, ImageOps

LONGEST_EDGE = 1600
"""In pixels: a page of a register can be read."""
MOST_BYTES = 400 * 1000
MOST_PIXELS = 64_000_000
"""A file that says it has more is not unpacked: the cameras of telephones stay below."""
CODES = {3: "picture.kind", 4: "picture.too_many_pixels", 5: "picture.pages", 6: "picture.broken"}
_READERS = ("JPEG", "PNG")
_STARTS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
_PDF_WITHIN = 1024
_QUALITIES = (85, 75, 65, 55, 45, 35)
_EDGES = (1.0, 0.75, 0.5)
_ROOM = 2_000_000_000
_SECONDS = 40
_NICE = 10
"""How much less of a busy processor it asks for: the lanes come first."""
_POINTS = 72
_PAGE = """#set page(width: auto, height: auto, margin: 0pt, fill: white)
#context {{
  let picture(..size) = image("page.pdf", page: {page}, ..size)
  let natural = measure(picture())
  let part = {edge}pt / calc.max(natural.width, natural.height)
  picture(width: natural.width * part, height: natural.height * part)
}}
"""


class NotDrawn(Exception):  # noqa: N818  reads as a sentence where it is raised
    """There is no picture in a file. ``status``: one of `CODES`."""

    def __init__(self, status: int) -> None:
        self.status = status
        super().__init__(CODES[status])


def draw(data: bytes) -> bytes:
    """A JPEG of what a file shows, within `LONGEST_EDGE` and `MOST_BYTES`. Raises `NotDrawn`."""
    if data.startswith(_STARTS):
        return _fitting(_opened(data))
    if b"%PDF-" in data[:_PDF_WITHIN]:
        return _fitting(_opened(_only_page(data)))
    raise NotDrawn(3)


def _opened(data: bytes) -> Image.Image:
    """The picture upright, on white, no larger than it is kept. Raises `NotDrawn`."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what the file says beside its picture is not looked at
        try:
            with Image.open(io.BytesIO(data), formats=_READERS) as found:
                if found.width * found.height > MOST_PIXELS:
                    raise NotDrawn(4)
                # A JPEG is unpacked at half or a quarter where that is enough.
                found.draft("RGB", (LONGEST_EDGE, LONGEST_EDGE))
                upright = ImageOps.exif_transpose(found)
        except Image.DecompressionBombError as error:
            raise NotDrawn(4) from error
        except (OSError, ValueError, SyntaxError, EOFError, MemoryError) as error:
            raise NotDrawn(6) from error
    picture = Image.new("RGB", upright.size, "white")
    seen = upright.convert("RGBA")
    picture.paste(seen, mask=seen.getchannel("A"))
    picture.thumbnail((LONGEST_EDGE, LONGEST_EDGE), Image.Resampling.LANCZOS)
    return picture


def _fitting(picture: Image.Image) -> bytes:
    """As large and as good as the bytes allow. Raises `NotDrawn`."""
    for part in _EDGES:
        size = (max(1, round(picture.width * part)), max(1, round(picture.height * part)))
        smaller = picture if part == 1.0 else picture.resize(size, Image.Resampling.LANCZOS)
        for quality in _QUALITIES:
            written = io.BytesIO()
            smaller.save(written, "JPEG", quality=quality, optimize=True)
            if written.tell() <= MOST_BYTES:
                return written.getvalue()
    raise NotDrawn(6)


def _only_page(data: bytes) -> bytes:
    """The page of a PDF as PNG. Raises `NotDrawn` where there are more, or none can be read."""
    with tempfile.TemporaryDirectory(dir=_in_memory()) as name:
        folder = Path(name)
        (folder / "page.pdf").write_bytes(data)
        first = _page(folder, 1)
        if first is None:
            raise NotDrawn(6)
        if _page(folder, 2) is not None:
            raise NotDrawn(5)
        return first


def _page(folder: Path, page: int) -> bytes | None:
    """A page as PNG; None where it cannot be drawn, as where there is none."""
    import typst

    main = folder / "main.typ"
    main.write_text(_PAGE.format(page=page, edge=LONGEST_EDGE), encoding="utf-8")
    try:
        drawn: bytes = typst.compile(
            main, root=folder, format="png", ppi=_POINTS, ignore_system_fonts=True
        )
    except (typst.TypstError, RuntimeError, ValueError):
        return None
    return drawn


def _in_memory() -> str | None:
    """Where files lie that are never on the disk; None where there is no such place."""
    shared = Path("/dev/shm")  # noqa: S108  only within a folder of its own, of a name nobody knows
    return str(shared) if shared.is_dir() else None


def _bound() -> None:
    """Take from this process what it does not need."""
    if sys.platform == "win32":  # which has no such bounds: there is the time that the caller waits
        return
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (_ROOM, _ROOM))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(_NICE)


def main() -> int:
    """Draw what comes in, within bounds that nothing in it can widen."""
    _bound()
    try:
        drawn = draw(sys.stdin.buffer.read())
    except NotDrawn as refused:
        return refused.status
    sys.stdout.buffer.write(drawn)
    return 0


if __name__ == "__main__":
    sys.exit(main())
