"""Cells of tables for spreadsheet programs."""

from __future__ import annotations

import pytest

from openmidas.screening.formats.cells import harmless


@pytest.mark.parametrize("text", ["=1+1", "+33", "-2", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_formula_is_told_to_be_text(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "KEITA", "1974-08-12", "A=B"])
def test_any_other_text_stays(text: str) -> None:
    assert harmless(text) == text
