"""A manifest as somebody gives it, CSV, XLSX or typed, as lines; what is not understood comes back."""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import msgspec

from openmidas.crossings import limits
from openmidas.crossings.birth import NotADateError, read_birth
from openmidas.crossings.conveyances.comparing import key_of
from openmidas.crossings.conveyances.entries import ManifestLine, Source
from openmidas.crossings.conveyances.limits import (
    MOST,
    MOST_FILE_BYTES,
    MOST_TEXT,
    MOST_UNPACKED_BYTES,
)
from openmidas.documents import PartialDate
from openmidas.posts.refusals import Refused
from openmidas.screening import Asked, ListError, ListFile
from openmidas.screening.formats.draft import state_code
from openmidas.screening.formats.text_rows import csv_rows
from openmidas.screening.own import Row, columns_of, table_rows
from openmidas.screening.own.columns import are_headings

_XLSX = b"PK\x03\x04"
_HEADINGS_WITHIN = 20
_ORDER = ("name", "number", "nationality", "birth")
_ALSO = {"passport": "number", "national_id": "number"}
_MADE_UP = 100_000
"""Rows that are looked at: a sheet may hold a million empty ones."""


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One row as texts, as it is shown for correcting."""

    name: str = ""
    number: str = ""
    nationality: str = ""
    birth: str = ""

    @property
    def text(self) -> str:
        """The row as it can be typed again."""
        cells = (self.name, self.number, self.nationality, self.birth)
        return "; ".join(" ".join(cell.replace(";", ",").split()) for cell in cells).rstrip("; ")


class Problem(msgspec.Struct, frozen=True):
    """A row that cannot be taken. ``row``: its number among the travellers, from 1.

    ``code``: "nobody" (neither name nor number), "birth", "nationality", "too_long", "unprintable",
    "twice" (the number stands above already).
    """

    row: int
    code: str
    said: str


class ReadManifest(msgspec.Struct, frozen=True, kw_only=True):
    """What was read. ``text``: all rows, also those that cannot be taken, as they can be corrected."""

    source: Source
    lines: tuple[ManifestLine, ...]
    problems: tuple[Problem, ...]
    text: str


def read_manifest_file(data: bytes, name: str, encoding: str, today: date) -> ReadManifest:
    """The rows of a file.

    Raises `ListError` where it is no table within bounds, `Refused` ``manifest.empty``,
    ``manifest.too_many``.
    """
    if len(data) > MOST_FILE_BYTES:
        raise ListError("too_large", {"limit": str(MOST_FILE_BYTES)})
    file = ListFile(name, lambda: io.BytesIO(data))
    rows = table_rows(file, MOST_UNPACKED_BYTES, Asked(encoding=encoding))
    return _read(rows, Source.XLSX if data.startswith(_XLSX) else Source.CSV, today)


def read_manifest_text(text: str, today: date) -> ReadManifest:
    """The lines that somebody typed or pasted; raises as `read_manifest_file`, and
    ``manifest.too_large``."""
    if len(text) > MOST_TEXT:
        raise Refused("manifest.too_large", most=str(MOST_TEXT))
    data = text.encode("utf-8", "replace")
    file = ListFile("typed", lambda: io.BytesIO(data))
    rows = csv_rows(file, MOST_UNPACKED_BYTES, delimiter=_delimiter(text))
    return _read(rows, Source.TYPED, today)


def _delimiter(text: str) -> str:
    """What stands between the cells. A comma only below headings: people write "DIALLO, Mamadou"."""
    signs = [sign for sign in (";", "\t", "|") if sign in text]
    if signs:
        return max(signs, key=text.count)
    first = text.strip().partition("\n")[0]
    return "," if are_headings(columns_of(first.split(","))) else ";"


def _read(rows: Iterator[Row], source: Source, today: date) -> ReadManifest:
    written = list(itertools.islice(_lines_of(itertools.islice(rows, _MADE_UP)), MOST + 1))
    if not written:
        raise Refused("manifest.empty")
    if len(written) > MOST:
        raise Refused("manifest.too_many", most=str(MOST))
    lines: list[ManifestLine] = []
    problems: list[Problem] = []
    numbers: set[str] = set()
    for at, line in enumerate(written, start=1):
        made = _line(line, numbers, today)
        if isinstance(made, str):
            problems.append(Problem(at, made, line.text[:100]))
        else:
            lines.append(made)
    return ReadManifest(
        source=source,
        lines=tuple(lines),
        problems=tuple(problems),
        text="\n".join(line.text for line in written),
    )


def _lines_of(rows: Iterator[Row]) -> Iterator[Line]:
    """The rows below the headings; all of them in the order that the page names, where there are none."""
    first: list[list[str]] = []
    for _number, row in itertools.islice(rows, _HEADINGS_WITHIN):
        columns = columns_of(row)
        if are_headings(columns):
            meanings = {column.at: _ALSO.get(column.code, column.code) for column in columns}
            first = []
            break
        first.append(row)
    else:
        meanings = dict(enumerate(_ORDER))
    for row in itertools.chain(first, (row for _number, row in rows)):
        line = _as_line(row, meanings)
        if line.text:
            yield line


def _as_line(row: Sequence[str], meanings: Mapping[int, str]) -> Line:
    cells: dict[str, str] = {}
    for at, cell in enumerate(row):
        code, said = meanings.get(at, ""), " ".join(cell.split())
        if said and not cells.get(code):
            cells[code] = said
    whole = cells.get("name") or f"{cells.get('surname', '')} {cells.get('given_names', '')}"
    return Line(
        name=whole.strip(),
        number=cells.get("number", ""),
        nationality=cells.get("nationality", ""),
        birth=cells.get("birth", ""),
    )


def _line(line: Line, numbers: set[str], today: date) -> ManifestLine | str:
    """A line of the manifest; or the code of why it is none."""
    if not line.name and not line.number:
        return "nobody"
    if len(line.name) > limits.NAME or len(line.number) > limits.NUMBER:
        return "too_long"
    if not line.text.isprintable():
        return "unprintable"
    state = state_code(line.nationality) if line.nationality else ""
    if state is None:
        return "nationality"
    try:
        birth: PartialDate | None = read_birth(line.birth, today=today)
    except NotADateError:
        return "birth"
    key = key_of(line.number)
    if key and key in numbers:
        return "twice"
    numbers.add(key)
    return ManifestLine(name=line.name, number=line.number, nationality=state, birth=birth)
