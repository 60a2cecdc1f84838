"""The rows of a table, whether it is CSV or XLSX, as texts."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException  # type: ignore[import-untyped]  # ships no types

from openmidas.screening.formats.files import Asked, ListFile
from openmidas.screening.formats.text_rows import csv_rows
from openmidas.screening.problems import ListError

if TYPE_CHECKING:
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

_ZIP_MAGIC = b"PK\x03\x04"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
MOST_PARTS = 2_000
MOST_COLUMNS = 500
MOST_ROWS = 1_048_576
"""As many as a sheet has; a file that tells of a row beyond them is made up."""

Row = tuple[int, list[str]]


def table_rows(file: ListFile, limit: int, asked: Asked) -> Iterator[Row]:
    """The rows with their numbers, from 1. Raises ListError when the file is no table."""
    with file.opened() as stream:
        start = stream.read(4)
    if start == _OLD_EXCEL:
        raise ListError("not_this_list", {"found": "XLS", "expected": "XLSX, CSV"})
    if start == _ZIP_MAGIC:
        yield from _xlsx_rows(file, limit)
    else:
        yield from _bounded(csv_rows(file, limit, asked.encoding))


def _bounded(rows: Iterator[Row]) -> Iterator[Row]:
    """As many as a sheet has: many millions of rows of one cell would keep the machine busy for nothing."""
    for count, row in enumerate(rows, start=1):
        if count > MOST_ROWS:
            raise ListError("too_many_rows", {"limit": str(MOST_ROWS)})
        yield row


def _xlsx_rows(file: ListFile, limit: int) -> Iterator[Row]:
    from openpyxl import load_workbook  # seldom needed, and slow to load
    from openpyxl.utils.exceptions import InvalidFileException

    with file.opened() as stream:
        try:
            _check_size(zipfile.ZipFile(stream), limit)
            stream.seek(0)
            book = load_workbook(stream, read_only=True, data_only=True)
            sheet = book.worksheets[0]
            yield from _sheet_rows(sheet)
        except DefusedXmlException as error:
            raise ListError("forbidden_markup", {"detail": type(error).__name__}) from error
        except ListError:
            raise
        except (
            *(zipfile.BadZipFile, InvalidFileException, ParseError, KeyError, IndexError),
            *(ValueError, TypeError, AttributeError, OSError),
        ) as error:
            if isinstance(error.__cause__, DefusedXmlException):
                params = {"detail": type(error.__cause__).__name__}
                raise ListError("forbidden_markup", params) from error
            # What openpyxl says of a workbook that is not one depends on where it is broken.
            params = {"line": "", "column": "", "detail": type(error).__name__}
            raise ListError("malformed", params) from error


def _check_size(archive: zipfile.ZipFile, limit: int) -> None:
    """A workbook is an archive: what it unpacks to is what must be within bounds."""
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > limit:
        raise ListError("too_large", {"limit": str(limit)})


def _sheet_rows(sheet: ReadOnlyWorksheet) -> Iterator[Row]:
    sheet.reset_dimensions()  # what the file says of its size may be wrong
    rows = sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS, max_row=MOST_ROWS)
    for number, row in enumerate(rows, start=1):
        if row.count(None) < len(row):  # quick, as a made-up sheet may have a million empty ones
            yield number, [_text(value) for value in row]


def _text(value: object) -> str:
    """A cell as a person would type it: a day without a time, a whole number without a point."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        midnight = value.time() == time()
        return value.date().isoformat() if midnight else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
