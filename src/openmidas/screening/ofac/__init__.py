"""The list of the Office of Foreign Assets Control (SDN): as CSV files, as XML, as advanced XML."""

from __future__ import annotations

from openmidas.screening.ofac.reader import LIST_CODE, TITLE, read_ofac

__all__ = ["LIST_CODE", "TITLE", "read_ofac"]
