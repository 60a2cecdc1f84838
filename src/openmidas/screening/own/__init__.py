"""A State's own list as a table: CSV or XLSX, headings in French or in English."""

from __future__ import annotations

from openmidas.screening.own.columns import columns_of
from openmidas.screening.own.reader import LIST_CODE, TITLE, find_headings, read_own, reference_of
from openmidas.screening.own.rows import Row, table_rows
from openmidas.screening.own.template import write_table, write_template

__all__ = [
    "LIST_CODE",
    "TITLE",
    "Row",
    "columns_of",
    "find_headings",
    "read_own",
    "reference_of",
    "table_rows",
    "write_table",
    "write_template",
]
