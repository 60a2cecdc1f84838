"""What of a State's own table can be proposed, row by row: and of every other row, where and why not."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time

import msgspec

from openmidas.lists.national.checking import check
from openmidas.lists.national.entries import Said
from openmidas.lists.national.from_file import said_of
from openmidas.lists.national.row_words import of_row
from openmidas.posts.refusals import Refused
from openmidas.screening import Asked, ColumnRead, ListFile, Listing, Problem, read_list
from openmidas.screening.own import Row, columns_of, find_headings, reference_of, table_rows

LIMIT = 64 * 1024 * 1024
"""Bytes that a table may unpack to."""
NOBODY, ENTITY = "nobody", "entity"


class TableFile(msgspec.Struct, frozen=True):
    """A table as somebody gave it: CSV or XLSX."""

    name: str
    data: bytes
    encoding: str = ""

    def file(self) -> ListFile:
        """The table as readers get it."""
        return ListFile(self.name, lambda: io.BytesIO(self.data))


class Remark(msgspec.Struct, frozen=True, kw_only=True):
    """Something about a row. ``code`` is of a `Problem`, a refusal (``said.…``), `NOBODY` or `ENTITY`.

    ``row`` is its number in the table, from 1; 0: the table as a whole.
    """

    row: int
    column: str
    code: str
    text: str = ""
    params: dict[str, str] = {}


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """What a table comes to. ``left_out``: one remark for each row of which nothing is proposed;
    ``doubts``: what was taken all the same, and stands in the reason of its listing."""

    said: tuple[Said, ...]
    rows: int
    left_out: tuple[Remark, ...]
    doubts: tuple[Remark, ...]
    columns: tuple[ColumnRead, ...]

    @property
    def rows_taken(self) -> int:
        """How many rows became listings; several rows may be one."""
        return self.rows - len(self.left_out)


def preview(table: TableFile, common: Said, today: date) -> Preview:
    """Read a table without proposing anything. ``common``: see `from_file.from_file`.

    Raises `ListError` where the whole cannot be read.
    """
    asked = Asked(dated=datetime.combine(today, time(), UTC), encoding=table.encoding, limit=LIMIT)
    read = read_list("national", [table.file()], asked)
    rows = rows_by_reference(table)
    of_listing: dict[str, list[Problem]] = defaultdict(list)
    for problem in read.problems:
        of_listing[problem.listing].append(problem)
    listings = {listing.id: listing for listing in read.edition.listings}
    said, left, doubts = [], [], [*_remarks((0,), of_listing.pop("", ()))]
    for reference, numbers in rows.items():
        problems = of_listing.pop(reference, [])
        for number in numbers:
            problems += of_listing.pop(f"row {number}", [])
        listing, of_it = listings.get(reference), common
        if listing is not None:
            row = of_row(listing, common, read.columns)
            listing, of_it = row.listing, row.common
            problems += row.wrong
        one, why = _one(listing, of_it, today, problems)
        if one is None:
            left += [msgspec.structs.replace(why, row=number) for number in numbers]
        else:
            said.append(one)
            doubts += _remarks(numbers, problems)
    return Preview(
        said=tuple(said),
        rows=sum(map(len, rows.values())),
        left_out=tuple(sorted(left, key=lambda remark: remark.row)),
        doubts=tuple(doubts),
        columns=read.columns,
    )


def rows_by_reference(table: TableFile) -> dict[str, list[int]]:
    """The numbers of the rows below the headings, by the reference that their listing gets."""
    found: dict[str, list[int]] = defaultdict(list)
    headings, rows = below_headings(table)
    columns = columns_of(headings)
    for number, row in rows:
        if any(cell.strip() for cell in row):
            found[reference_of(number, row, columns)].append(number)
    return dict(found)


def below_headings(table: TableFile) -> tuple[Sequence[str], Iterator[Row]]:
    """The headings of a table, and the rows below them. Raises `ListError`."""
    rows = table_rows(table.file(), LIMIT, Asked(encoding=table.encoding))
    headings, _above = find_headings(rows)
    return headings, rows


def _one(
    listing: Listing | None, common: Said, today: date, problems: Sequence[Problem]
) -> tuple[Said | None, Remark]:
    """What to propose of a listing, or why nothing."""
    if listing is None:
        missing = next((one for one in problems if one.code == "missing"), None)
        column = missing.field if missing else ""
        return None, Remark(row=0, column=column, code="missing" if missing else NOBODY)
    if listing.kind == "entity":
        return None, Remark(row=0, column="", code=ENTITY, text=listing.name)
    said = said_of(listing, common)
    if said is None:
        return None, Remark(row=0, column="", code=NOBODY, text=listing.name)
    try:
        check(said, today)
    except Refused as refused:
        params: Mapping[str, str] = refused.params
        column = refused.code.rpartition(".")[2]
        return None, Remark(row=0, column=column, code=refused.code, params=dict(params))
    return said, Remark(row=0, column="", code="")


def _remarks(numbers: Sequence[int], problems: Iterable[Problem]) -> list[Remark]:
    return [
        Remark(row=numbers[0], column=one.field, code=one.code, text=one.text) for one in problems
    ]
