"""The consolidated financial sanctions list of the European Union, as its XML (1.1) gives it."""

from __future__ import annotations

from openmidas.screening.eu.reader import LIST_CODE, TITLE, read_eu

__all__ = ["LIST_CODE", "TITLE", "read_eu"]
