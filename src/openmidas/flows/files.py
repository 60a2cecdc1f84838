"""Tables as files: CSV (RFC 4180, with the mark that spreadsheets tell UTF-8 by) and XLSX.

Both are written line by line into a file on the disk, which goes when it is closed: a table of a
million lines takes no more memory than one of ten.
"""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from typing import IO

import xlsxwriter
from django.http import FileResponse
from django.utils.translation import gettext as _

from openmidas.flows.about import about_numbers, about_question
from openmidas.flows.answers import Answer
from openmidas.flows.questions import Question
from openmidas.flows.words import DIMENSIONS, namer
from openmidas.screening.formats.cells import harmless

Cell = str | int
Line = Sequence[Cell]

FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
MOST_LINES = 1_048_576
"""As many does a sheet of XLSX hold."""


def table_file(answer: Answer, form: str) -> IO[bytes]:
    """A whole answer with its sums and what it is about, as a file of this format."""
    return written(_lines(answer), answer.question, form)


def written(lines: Iterable[Line], question: Question, form: str) -> IO[bytes]:
    """Lines, the first of which names the columns, and what they are about."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  the response that carries it closes it
    said = [*about_question(question), *about_numbers(question)]
    write = _write_xlsx if form == "xlsx" else _write_csv
    write(file, lines, said)
    file.seek(0)
    return file


def file_response(file: IO[bytes], question: Question, form: str, name: str) -> FileResponse:
    """The file as a download; it is closed, and so removed, once it is sent."""
    period = f"{question.start.isoformat()}-{question.end.isoformat()}"
    return FileResponse(
        file,
        as_attachment=True,
        filename=f"flows-{name}-{period}.{form}",
        content_type=FORMATS[form],
    )


def _lines(answer: Answer) -> Iterator[Line]:
    asked = answer.question
    rows, columns = namer(asked.rows, asked), namer(asked.columns, asked)
    total = _("Total")
    shown = answer.columns if asked.columns else ()
    yield (str(DIMENSIONS[asked.rows]), *map(columns, shown), total)
    for row in answer.rows:
        numbers = (answer.cell(row, column) for column in shown)
        yield (rows(row), *numbers, answer.row_totals[row])
    yield (total, *(answer.column_totals[column] for column in shown), answer.total)


def _write_csv(file: IO[bytes], lines: Iterable[Line], said: Sequence[tuple[str, str]]) -> None:
    """The table first, so that programs find its head at once; then what it is about."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    writer = csv.writer(text)
    for line in lines:
        writer.writerow([_harmless(cell) for cell in line])
    writer.writerow([])
    for pair in said:
        writer.writerow([_harmless(cell) for cell in pair])
    text.detach()


def _harmless(cell: Cell) -> Cell:
    return harmless(cell) if isinstance(cell, str) else cell


def _write_xlsx(file: IO[bytes], lines: Iterable[Line], said: Sequence[tuple[str, str]]) -> None:
    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    bold = book.add_format({"bold": True})
    sheet = book.add_worksheet(_("Table"))
    sheet.freeze_panes(1, 1)
    for number, line in enumerate(lines):
        for place, cell in enumerate(line):
            # Not `write`, which makes formulas of what looks like one.
            write = sheet.write_string if isinstance(cell, str) else sheet.write_number
            write(number, place, cell, None if number else bold)
    sheet = book.add_worksheet(_("About"))
    sheet.set_column(0, 1, 40)
    for number, (label, text) in enumerate(said):
        sheet.write_string(number, 0, label, bold)
        sheet.write_string(number, 1, text)
    book.close()
