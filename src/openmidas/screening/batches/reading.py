"""Reading the travellers of a file, whatever its form: its first bytes tell, not its name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from openmidas.screening.batches.paxlst import read_paxlst
from openmidas.screening.commands.asked import (
    Asked,
    NotUnderstood,
    Wrong,
    each_line,
    read_object,
    read_person,
)
from openmidas.screening.formats.files import Asked as About
from openmidas.screening.formats.files import ListFile
from openmidas.screening.formats.text_rows import text_lines
from openmidas.screening.own.columns import Column, are_headings, columns_of
from openmidas.screening.own.rows import table_rows
from openmidas.screening.problems import ColumnRead, ListError, Problem

MAXIMUM_BYTES = 64 * 1024 * 1024
HEADINGS_WITHIN = 20
_FIELDS = {
    "name": "name",
    "original_name": "name",
    "alias": "name",
    "surname": "surname",
    "given_names": "given_names",
    "birth": "birth",
    "sex": "sex",
    "nationality": "nationality",
    "number": "number",
    "passport": "number",
    "national_id": "number",
    "issuer": "number_issuer",
}
_MANIFEST = (b"UNA", b"UNB", b"UNG", b"UNH")


class Traveller(msgspec.Struct, frozen=True):
    """One traveller of a file: its place there, how it is called, and who it is; or what is wrong."""

    line: int
    id: str
    person: Asked | None
    wrong: Wrong | None = None


class Batch(msgspec.Struct, frozen=True):
    """All travellers of a file. `columns`: of a table; `problems`: of the file as a whole."""

    travellers: tuple[Traveller, ...]
    columns: tuple[ColumnRead, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_batch(file: ListFile, encoding: str = "") -> Batch:
    """The travellers of a file, in order. Raises ListError when it is none of the forms, or empty."""
    with file.opened() as stream:
        start = stream.read(512).lstrip(b"\xef\xbb\xbf \r\n\t")
    if start.startswith(_MANIFEST):
        batch = _manifest(file, encoding)
    elif start.startswith((b"{", b"[")):
        batch = _json(file)
    else:
        batch = _table(file, encoding)
    if not batch.travellers:
        raise ListError("empty")
    return batch


def _json(file: ListFile) -> Batch:
    travellers = []
    taken = 0
    with file.opened() as stream:
        for number, line in each_line(iter(lambda: stream.readline(MAXIMUM_BYTES), b"")):
            taken += len(line)
            if taken > MAXIMUM_BYTES:
                raise ListError("too_large", {"limit": str(MAXIMUM_BYTES)})
            id = str(number)
            try:
                given = read_object(line)
                id = str(given.get("id", number))
                travellers.append(Traveller(number, id, read_person(given)))
            except NotUnderstood as error:
                travellers.append(Traveller(number, id, None, error.wrong))
    return Batch(tuple(travellers))


def _manifest(file: ListFile, encoding: str) -> Batch:
    with file.opened() as stream:
        text = "".join(text_lines(stream, MAXIMUM_BYTES, encoding or "latin-1"))
    found, problems = read_paxlst(text)
    travellers = tuple(_traveller(at, given) for at, given in enumerate(found, start=1))
    return Batch(travellers, problems=tuple(problems))


def _table(file: ListFile, encoding: str) -> Batch:
    rows = table_rows(file, MAXIMUM_BYTES, About(encoding=encoding))
    columns: list[Column] = []
    above: list[str] = []
    for number, row in rows:
        columns = columns_of(row)
        if are_headings(columns) or number >= HEADINGS_WITHIN:
            break
        above += [cell for cell in row if cell.strip()]
    if not are_headings(columns):
        raise ListError("no_columns", {"found": ", ".join(above)[:200]})
    travellers = tuple(_traveller(number, _given(row, columns)) for number, row in rows if any(row))
    read = tuple(
        ColumnRead(column.heading, column.code if column.code in _FIELDS else "")
        for column in columns
    )
    return Batch(travellers, read)


def _given(row: list[str], columns: list[Column]) -> dict[str, Any]:
    """A row as the object that it would be in JSON lines."""
    given: dict[str, Any] = {}
    for column in columns:
        text = row[column.at].strip() if column.at < len(row) else ""
        if text and column.code == "id":
            given["id"] = text
        elif text and column.code in _FIELDS:
            given.setdefault(_FIELDS[column.code], []).append(text)
    return given


def _traveller(line: int, given: Mapping[str, Any]) -> Traveller:
    id = str(given.get("id", line))
    try:
        return Traveller(line, id, read_person(given))
    except NotUnderstood as error:
        return Traveller(line, id, None, error.wrong)
