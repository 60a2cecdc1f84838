"""Reading a State's own list from a table: a listing a row, or several rows with one reference."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from openmidas.screening.edition import Edition
from openmidas.screening.formats.collecting import Collected
from openmidas.screening.formats.draft import Draft
from openmidas.screening.formats.files import Asked, ListFile
from openmidas.screening.own.columns import Column, are_headings, as_read, columns_of
from openmidas.screening.own.listing import fill, kind_of
from openmidas.screening.own.rows import Row, table_rows
from openmidas.screening.problems import ColumnRead, ListError, Problem, ReadList

LIST_CODE = "national"
TITLE = "National list"
MAXIMUM_BYTES = 256 * 1024 * 1024
HEADINGS_WITHIN = 20
"""So many rows may stand above the headings: a title, an emblem, a date."""


def read_own(files: Sequence[ListFile], asked: Asked | None = None) -> ReadList:
    """Read a table, CSV or XLSX (its first sheet), and say what each column was taken for.

    Raises ListError when the whole cannot be read; a broken row is a Problem and the others are
    read all the same.
    """
    asked = asked or Asked()
    reading = _Reading()
    for file in files:
        reading.read(table_rows(file, asked.limit or MAXIMUM_BYTES, asked))
    collected = reading.collected()
    if not collected.listings:
        raise ListError("empty")
    edition = Edition(
        list_code=asked.list_code or LIST_CODE,
        title=asked.title or TITLE,
        dated=asked.when(None),
        listings=collected.all(),
    )
    return ReadList(edition, tuple(collected.problems), tuple(reading.columns))


class _Reading:
    """The listings of one or several tables."""

    def __init__(self) -> None:
        self.columns: list[ColumnRead] = []
        self._drafts: dict[str, Draft] = {}
        self._problems: list[Problem] = []

    def read(self, rows: Iterator[Row]) -> None:
        """Find the headings, then take every row below them."""
        headings, above = find_headings(rows)
        columns = columns_of(headings)
        self._report(columns, above)
        has_id = any(column.code == "id" for column in columns)
        for number, row in rows:
            if any(cell.strip() for cell in row):
                self._row(number, row, columns, has_id=has_id)

    def collected(self) -> Collected:
        """All listings."""
        collected = Collected("id")
        collected.problems += self._problems
        for draft in self._drafts.values():
            if not draft.names and draft.documents:
                draft.kind = "document"
            collected.take(*draft.finish())
        return collected

    def _report(self, columns: Sequence[Column], above: Sequence[str]) -> None:
        self.columns += as_read(columns)
        self._problems += [
            Problem("", column.heading, "unknown_column", "")
            for column in columns
            if not column.code
        ]
        self._problems += [Problem("", "", "unknown_field", text) for text in above]

    def _row(
        self, number: int, row: Sequence[str], columns: Sequence[Column], *, has_id: bool
    ) -> None:
        cells = {column: row[column.at] for column in columns if column.at < len(row)}
        id = _id(row, columns)
        if not id and has_id:
            said = " ".join(text for text in cells.values() if text)
            self._problems.append(Problem(f"row {number}", "id", "missing", said))
        id = reference_of(number, row, columns)
        draft = self._drafts.setdefault(id, Draft(id, kind_of(cells)))
        fill(draft, cells)
        beyond = [cell.strip() for cell in row[columns[-1].at + 1 :] if cell.strip()]
        for text in beyond:
            draft.report.add(f"row {number}", "unknown_field", text)


def find_headings(rows: Iterator[Row]) -> tuple[list[str], list[str]]:
    """The row that holds the headings, and the texts that stand above it. Raises ListError."""
    above: list[str] = []
    for number, row in rows:
        if are_headings(columns_of(row)):
            return row, above
        above += [" ".join(cell.split()) for cell in row if cell.strip()]
        if number >= HEADINGS_WITHIN:
            break
    if not above:
        raise ListError("empty")
    raise ListError("no_columns", {"found": ", ".join(above)[:200]})


def reference_of(number: int, row: Sequence[str], columns: Sequence[Column]) -> str:
    """What the listing of a row is called: its reference, or the row where it has none."""
    return _id(row, columns) or f"row-{number}"


def _id(row: Sequence[str], columns: Sequence[Column]) -> str:
    at = next((column.at for column in columns if column.code == "id"), len(row))
    return row[at].strip() if at < len(row) else ""
