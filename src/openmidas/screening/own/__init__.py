"""A State's own list as a table: CSV or XLSX, headings in French or in English."""

from __future__ import annotations

from openmidas.screening.own.reader import LIST_CODE, TITLE, read_own
from openmidas.screening.own.template import write_template

__all__ = ["LIST_CODE", "TITLE", "read_own", "write_template"]
