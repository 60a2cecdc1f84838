"""Cells of tables that somebody opens in a spreadsheet program."""

from __future__ import annotations

_FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def harmless(text: str) -> str:
    """A text that a spreadsheet program does not take for a formula."""
    return f"'{text}" if text.startswith(_FORMULAS) else text
