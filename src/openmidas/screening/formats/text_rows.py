"""Text files as lines and rows, within bounds, in the encoding they are in.

UTF-8 is expected, and UTF-16 where its mark stands at the start. Nothing is guessed: a name that is
read in the wrong encoding would be another name.
"""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import BinaryIO

from openmidas.screening.formats.files import ListFile
from openmidas.screening.opening import BoundedReader
from openmidas.screening.problems import ListError

LONGEST_LINE = 16 * 1024 * 1024
LONGEST_BLANK = 1024 * 1024
"""Of lines with nothing on them, in bytes."""
_CHUNK = 256 * 1024
_LOOKED_AT = 20
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DELIMITERS = (";", "\t", "|", ",")


def text_lines(stream: BinaryIO, limit: int, encoding: str = "") -> Iterator[str]:
    """The lines of a file with their ends. `encoding`: "" where nobody said one.

    Raises ListError "wrong_encoding", "too_large", "line_too_long" or what gzip says of its file.
    """
    source = BoundedReader(stream, limit, check=False)
    rest = ""
    decoder: codecs.IncrementalDecoder | None = None
    number = 1
    blank = 0
    while chunk := source.read(_CHUNK):
        if decoder is None:
            decoder = _decoder(chunk, encoding)
        # Not splitlines(): a name may hold one of the other signs that it takes for an end.
        *lines, rest = (rest + _decoded(decoder, chunk)).split("\n")
        blank = 0 if chunk.strip() else blank + len(chunk)
        yield from (line + "\n" for line in lines)
        number += len(lines)
        if len(rest) > LONGEST_LINE:
            raise ListError("line_too_long", {"line": str(number), "limit": str(LONGEST_LINE)})
        if blank > LONGEST_BLANK:
            raise ListError("line_too_long", {"line": str(number), "limit": str(LONGEST_BLANK)})
    if decoder is not None:
        rest += _decoded(decoder, b"", final=True)
    if rest:
        yield rest


def csv_rows(
    file: ListFile, limit: int, encoding: str = "", *, delimiter: str = ""
) -> Iterator[tuple[int, list[str]]]:
    """The rows of a CSV file, each with the number of its last line; `delimiter` "": as it looks.

    Raises ListError as `text_lines` does, "malformed" for what is no CSV, and "truncated" where a
    quote that is open at the end shows that the last row is not whole.
    """
    csv.field_size_limit(LONGEST_LINE)
    with file.opened() as stream:
        lines = text_lines(stream, limit, encoding)
        first = list(islice(lines, _LOOKED_AT))
        sign = delimiter or _looks(first)
        last = _Last(chain(first, lines))
        reader = csv.reader(last, delimiter=sign)
        try:
            for row in reader:
                if last.ended:
                    _check_whole(last.lines, sign, reader.line_num)
                last.lines.clear()
                yield reader.line_num, row
        except csv.Error as error:
            params = {"line": str(reader.line_num), "column": "1", "detail": str(error)}
            raise ListError("malformed", params) from error


class _Last:
    """Lines, and those of them that the row in hand is made of."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self.lines: list[str] = []
        self.ended = False

    def __iter__(self) -> Iterator[str]:
        for line in self._lines:
            self.lines.append(line)
            yield line
        self.ended = True


def _check_whole(lines: Sequence[str], delimiter: str, number: int) -> None:
    """The module reads half a field in quotes as if it were whole; its strict manner does not."""
    try:
        for _ in csv.reader(lines, delimiter=delimiter, strict=True):
            pass
    except csv.Error as error:
        if "unexpected end" in str(error):
            raise ListError("truncated", {"line": str(number)}) from error


def _looks(lines: Sequence[str]) -> str:
    """The sign that stands most often in the first lines; a comma where none does."""
    counts = {sign: sum(line.count(sign) for line in lines) for sign in _DELIMITERS}
    return max(_DELIMITERS, key=lambda sign: (counts[sign], sign == ","))


def _decoder(start: bytes, encoding: str) -> codecs.IncrementalDecoder:
    marked = next((name for mark, name in _MARKS if start.startswith(mark)), "")
    try:
        return codecs.getincrementaldecoder(marked or encoding or "utf-8")()
    except LookupError as error:
        raise ListError("wrong_encoding", {"encoding": encoding[:40]}) from error


def _decoded(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool = False) -> str:
    try:
        return decoder.decode(chunk, final)
    except (UnicodeDecodeError, UnicodeError) as error:
        found = getattr(error, "encoding", "")
        raise ListError("wrong_encoding", {"encoding": str(found)}) from error
