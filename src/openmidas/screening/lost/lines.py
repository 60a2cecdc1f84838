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
MOST_BLANK = 1_000_000
"""Lines in a row with nothing on them."""
_READ = 1 << 18
_KEPT = 500

Wrong = Callable[[int, str, str], None]
"""Told of each line that cannot be read: its number, "too_long" or "unbalanced_quote", its beginning."""


def read_lines(stream: BinaryIO, wrong: Wrong, encoding: str = "") -> Iterator[tuple[int, str]]:
    """Each line that is not empty, with its number; the first is 1.

    UTF-8, or UTF-16 where a mark says so, or the encoding that is named: as in other lists, none is
    guessed. A byte far into the file that is none of it stays in its line as U+FFFD, which no number
    holds. Raises `ListError` "wrong_encoding", "truncated", "malformed".
    """
    last = 0
    for number, line in enumerate(_split(_decoded(stream, encoding)), start=1):
        if number - last > MOST_BLANK:
            raise ListError(
                "malformed",
                {"line": str(number), "column": "1", "detail": "empty lines without end"},
            )
        if line is None or line:
            last = number
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


def _decoded(stream: BinaryIO, encoding: str) -> Iterator[str]:
    chunk = _read(stream)
    decoder = _decoder(chunk, encoding)
    while chunk:
        yield decoder.decode(chunk)
        chunk = _read(stream)
    yield decoder.decode(b"", True)


def _decoder(start: bytes, encoding: str) -> codecs.IncrementalDecoder:
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return codecs.getincrementaldecoder("utf-16")("replace")
    if start.startswith(codecs.BOM_UTF8):
        encoding = ""
    named = encoding or "utf-8-sig"
    try:
        # A sign may be cut at the end of what was read.
        if "\0" in codecs.getincrementaldecoder(named)("strict").decode(start):  # no text at all
            raise ListError("wrong_encoding", {"encoding": named})
        return codecs.getincrementaldecoder(named)("replace")
    except (LookupError, UnicodeError) as error:
        raise ListError("wrong_encoding", {"encoding": encoding[:40] or "UTF-8"}) from error


def _read(stream: BinaryIO) -> bytes:
    try:
        return stream.read(_READ)
    except EOFError as error:
        raise ListError("truncated", {"line": ""}) from error
    except (gzip.BadGzipFile, zlib.error) as error:
        params = {"line": "", "column": "", "detail": str(error)}
        raise ListError("malformed", params) from error
