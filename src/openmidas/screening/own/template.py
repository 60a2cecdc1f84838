"""The empty table that a State's own list can be typed into."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Literal

from openmidas.screening.formats.cells import harmless
from openmidas.screening.own.columns import MEANINGS

Language = Literal["fr", "en"]

_SEPARATORS = {"fr": ";", "en": ","}
"""What the spreadsheet programs of the two languages expect between cells."""
_WIDTH = 24


def template_headings(language: Language) -> list[str]:
    """The headings in their order."""
    return [meaning.french if language == "fr" else meaning.english for meaning in MEANINGS]


def template_csv(language: Language) -> bytes:
    """The headings as CSV, in UTF-8 with its mark, which spreadsheet programs ask for."""
    text = io.StringIO()
    csv.writer(text, delimiter=_SEPARATORS[language]).writerow(template_headings(language))
    return text.getvalue().encode("utf-8-sig")


def template_xlsx(language: Language) -> bytes:
    """The headings as a workbook; every cell is text, so that no number loses its zeros."""
    return _xlsx([template_headings(language)])


def _xlsx(rows: Sequence[Sequence[str]]) -> bytes:
    from xlsxwriter import Workbook  # seldom needed, and slow to load

    data = io.BytesIO()
    with Workbook(data, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        text, bold = book.add_format({"num_format": "@"}), book.add_format({"bold": True})
        sheet.set_column(0, len(rows[0]) - 1, _WIDTH, text)
        sheet.freeze_panes(1, 0)
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write_string(at, column, cell, text if at else bold)
    return data.getvalue()


def write_table(name: str, rows: Sequence[Sequence[str]], separator: str) -> bytes:
    """A table of texts for a file of this name: XLSX where it ends so, else CSV with that sign between.

    A text that a spreadsheet program would take for a formula is marked as text.
    """
    if name.lower().endswith(".xlsx"):
        return _xlsx(rows)
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def write_template(name: str, language: Language) -> bytes:
    """The template for a file of this name: XLSX where it ends so, CSV otherwise."""
    if name.lower().endswith(".xlsx"):
        return template_xlsx(language)
    return template_csv(language)
