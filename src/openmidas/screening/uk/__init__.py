"""The lists of the United Kingdom: the consolidated list of OFSI and the UK Sanctions List, as CSV."""

from __future__ import annotations

from openmidas.screening.uk.reader import LIST_CODE, TITLE, read_uk

__all__ = ["LIST_CODE", "TITLE", "read_uk"]
