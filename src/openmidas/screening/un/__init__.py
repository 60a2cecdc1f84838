"""The United Nations Security Council consolidated list, as its XML gives it."""

from __future__ import annotations

from openmidas.screening.un.reader import LIST_CODE, MAXIMUM_BYTES, TITLE, read_un

__all__ = ["LIST_CODE", "MAXIMUM_BYTES", "TITLE", "read_un"]
