"""The lines of a text file of any size, whoever wrote it: bounded, numbered, decoded as far as it goes."""

from __future__ import annotations

import codecs
import gzip
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO

from openmidas.screening.problems import ListError

LONGEST_LINE = 16 * 1024
"""Characters. What is longer is no document; its beginning is kept."""
_READ = 1 << 18
_KEPT = 500

Wrong = Callable[[int, str, str], None]
"""Told of each line that cannot be read: its number, "too_long" or "unbalanced_quote", its beginning."""


def read_lines(stream: BinaryIO, wrong: Wrong) -> Iterator[tuple[int, str]]:
    """Each line that is not empty, with its number; the first is 1.

    UTF-8 or UTF-16 where a mark says so, else UTF-8 where the beginning is that, else Windows-1252,
    as spreadsheets write. A byte that is neither stays in its line as U+FFFD, which no number holds.
    Raises `ListError` "wrong_encoding" for a binary file, "truncated", "malformed".
    """
    for number, line in enumerate(_split(_decoded(stream)), start=1):
        if line is None or len(line) > LONGEST_LINE:
            wrong(number, "too_long", (line or "")[:_KEPT])
        elif line.count('"') % 2:
            # A quote that is never closed would swallow all lines to the next one.
            wrong(number, "unbalanced_quote", line[:_KEPT])
        elif line.strip():
            yield number, line


def _split(chunks: Iterator[str]) -> Iterator[str | None]:
    """Lines without their ends; None for one of which the rest was thrown away as it came."""
    rest, overlong = "", False
    for chunk in chunks:
        *whole, rest = (rest + chunk).replace("\r\n", "\n").replace("\r", "\n").split("\n")
        for line in whole:
            yield None if overlong else line
            overlong = False
        if len(rest) > LONGEST_LINE:
            rest, overlong = "", True
    if rest or overlong:
        yield None if overlong else rest


def _decoded(stream: BinaryIO) -> Iterator[str]:
    first = _read(stream)
    decoder = codecs.getincrementaldecoder(_encoding(first))("replace")
    chunk = first
    while chunk:
        yield decoder.decode(chunk)
        chunk = _read(stream)
    yield decoder.decode(b"", True)


def _encoding(start: bytes) -> str:
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if b"\0" in start:
        raise ListError("wrong_encoding", {"encoding": "UTF-8"})
    try:
        # A sign may be cut at the end of what was read.
        codecs.getincrementaldecoder("utf-8")("strict").decode(start)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _read(stream: BinaryIO) -> bytes:
    try:
        return stream.read(_READ)
    except EOFError as error:
        raise ListError("truncated", {"line": ""}) from error
    except (gzip.BadGzipFile, zlib.error) as error:
        params = {"line": "", "column": "", "detail": str(error)}
        raise ListError("malformed", params) from error
