"""Drawing a file anew, in a process of its own that has little room and little time.

``python -m openmidas.pictures.drawing < file > picture.jpg``. What people send may be made to break
whatever reads it: here it can break nothing else. The readers are those of typst, which are written in
Rust. What comes out was drawn: nothing of what the file says beside its picture is left, and a picture
that lay on its side stands upright.

Ends with 0, or with one of `CODES` where there is no picture.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import msgspec

from openmidas.pictures.headers import Format, format_of, is_whole, size_of

LONGEST_EDGE = 1600
"""In pixels: a page of a register can be read."""
MOST_BYTES = 400 * 1000
MOST_PIXELS = 64_000_000
"""A file that says it has more is not unpacked: the cameras of telephones stay below."""
CODES = {3: "picture.kind", 4: "picture.too_many_pixels", 5: "picture.pages", 6: "picture.broken"}
_QUALITIES = (85, 75, 65, 55, 45, 35)
_EDGES = (1.0, 0.75, 0.5)
_ROOM = 2_000_000_000
_SECONDS = 40
_NICE = 10
"""How much less of a busy processor it asks for: the lanes come first."""
_POINTS = 72
_SOURCE = """#set page(width: auto, height: auto, margin: 0pt, fill: white)
#context {
  let picture(..size) = image("picture.FORMAT", ..size)
  let natural = measure(picture())
  let part = EDGEpt / calc.max(natural.width, natural.height)
  picture(width: natural.width * part, height: natural.height * part)
}
"""


class NotDrawn(Exception):  # noqa: N818  reads as a sentence where it is raised
    """There is no picture in a file. ``status``: one of `CODES`."""

    def __init__(self, status: int) -> None:
        self.status = status
        super().__init__(CODES[status])


class _Source(msgspec.Struct, frozen=True):
    """A file that is drawn: where it lies, what it is, and its own longest edge, if it has one."""

    folder: Path
    format: Format
    edge: int


def draw(data: bytes) -> bytes:
    """A JPEG of what a file shows, within `LONGEST_EDGE` and `MOST_BYTES`. Raises `NotDrawn`."""
    format = format_of(data)
    if format is None:
        raise NotDrawn(3)
    size = size_of(data, format)
    if format is not Format.PDF and (size is None or min(size) == 0 or not is_whole(data, format)):
        raise NotDrawn(6)
    if size is not None and size[0] * size[1] > MOST_PIXELS:
        raise NotDrawn(4)
    with tempfile.TemporaryDirectory(dir=_in_memory()) as name:
        folder = Path(name)
        (folder / f"picture.{format}").write_bytes(data)
        source = _Source(folder, format, max(size) if size is not None else LONGEST_EDGE)
        if format is Format.PDF and _has_second_page(source):
            raise NotDrawn(5)
        return _fitting(source)


def _in_memory() -> str | None:
    """Where files lie that are never on the disk; None where there is no such place."""
    shared = Path("/dev/shm")  # noqa: S108  only within a folder of its own, of a name nobody knows
    return str(shared) if shared.is_dir() else None


def _fitting(source: _Source) -> bytes:
    """As large and as good as the bytes allow."""
    from openmidas.pictures.jpeg import write_jpeg
    from openmidas.pictures.png import read_drawn

    for part in _EDGES:
        pixels = read_drawn(_compiled(source, round(min(source.edge, LONGEST_EDGE) * part)))
        for quality in _QUALITIES:
            written = write_jpeg(pixels, quality)
            if len(written) <= MOST_BYTES:
                return written
    raise NotDrawn(6)


def _compiled(source: _Source, edge: int) -> bytes:
    """The picture as PNG, its longest edge so many pixels. Raises `NotDrawn`."""
    import typst

    text = _SOURCE.replace("FORMAT", source.format).replace("EDGE", str(max(edge, 1)))
    main = source.folder / "main.typ"
    main.write_text(text, encoding="utf-8")
    try:
        drawn: bytes = typst.compile(
            main, root=source.folder, format="png", ppi=_POINTS, ignore_system_fonts=True
        )
    except (typst.TypstError, RuntimeError, ValueError) as error:
        raise NotDrawn(6) from error
    return drawn


def _has_second_page(source: _Source) -> bool:
    import typst

    main = source.folder / "second.typ"
    main.write_text(
        '#set page(width: 9pt, height: 9pt, margin: 0pt)\n#image("picture.pdf", page: 2, width: 9pt)\n',
        encoding="utf-8",
    )
    try:
        typst.compile(main, root=source.folder, format="png", ppi=_POINTS, ignore_system_fonts=True)
    except (typst.TypstError, RuntimeError, ValueError):
        return False  # there is none, or the file is broken: then its first page says so
    return True


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
