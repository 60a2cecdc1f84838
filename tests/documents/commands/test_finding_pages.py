"""The pages of the codes of findings say what the program says."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from openmidas.documents.reading import INFORMATIVE

ROOT = Path(__file__).parents[3]
TOOL = runpy.run_path(str(ROOT / "tools" / "finding_pages.py"))


@pytest.mark.parametrize(("name", "language"), TOOL["PAGES"])
def test_the_page_is_what_the_tool_writes(name: str, language: str) -> None:
    written = (ROOT / "docs" / "integrators" / name).read_text(encoding="utf-8")
    assert written == TOOL["page"](language)
    assert written.count("`ok`") == len(INFORMATIVE)
