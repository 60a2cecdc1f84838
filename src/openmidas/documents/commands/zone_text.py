"""Zones out of whatever text comes: a file, a pipe, a copy out of a page."""

from __future__ import annotations

import codecs
import io
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import AnyStr, BinaryIO

import msgspec

from openmidas.documents.mrz import read_mrz
from openmidas.documents.reading import Reading, ReadingFinding

LONGEST_LINE = 4096
"""Bytes. No zone has as many; the rest of such a line is not kept."""
MOST_LINES = 100
"""Of what stands between two blank lines: more is no zone either."""
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def zones(lines: Iterable[bytes]) -> Iterator[str]:
    """What stands between blank lines, each as one text; whatever its bytes are."""
    zone: list[str] = []
    for line in lines:
        text = line.decode("utf-8", "replace").strip("\ufeff").strip()
        if text:
            zone += [text] if len(zone) < MOST_LINES else []
        elif zone:
            yield "\n".join(zone)
            zone = []
    if zone:
        yield "\n".join(zone)


def lines_of(file: BinaryIO) -> Iterator[bytes]:
    """The lines of a file, in UTF-8, those that are too long for any zone cut short.

    UTF-16, in which programs on Windows write text, is known by the mark that it begins with.
    """
    begin = file.peek(2)[:2] if isinstance(file, io.BufferedReader) else b""
    if begin not in _UTF16:
        yield from _cut(file.readline, b"\n")
        return
    text = io.TextIOWrapper(file, encoding="utf-16", errors="replace")
    try:
        for line in _cut(text.readline, "\n"):
            yield line.encode("utf-8", "replace")
    finally:
        text.detach()


def _cut(readline: Callable[[int], AnyStr], end: AnyStr) -> Iterator[AnyStr]:
    while line := readline(LONGEST_LINE):
        rest = line
        while len(rest) == LONGEST_LINE and not rest.endswith(end):
            rest = readline(LONGEST_LINE)
        yield line


def read_zone(zone: str, *, today: date) -> Reading:
    """Read a zone as `read_mrz` does, and one whose lines have spaces in them without these.

    A copy out of a page often has some. They are left out only if the lines have the length of a format
    then, and not with them; `lines` stays as it was given, and the finding ``spaces`` says it.
    """
    reading = read_mrz(zone, today=today)
    if reading.format is not None:
        return reading
    closed = "\n".join("".join(line.split()) for line in reading.lines)
    if closed == "\n".join(reading.lines):
        return reading
    without = read_mrz(closed, today=today)
    if without.format is None:
        return reading
    spaces = ReadingFinding("spaces", "lines", "Doc 9303-3, 4.3")
    return msgspec.structs.replace(
        without, lines=reading.lines, ok=False, findings=(spaces, *without.findings)
    )
