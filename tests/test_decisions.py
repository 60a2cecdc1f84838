"""The decisions in `docs/decisions/`: each number once, each in the index, each complete."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "decisions"
FILES = sorted(FOLDER.glob("[0-9]*.md"))
LINE = re.compile(r"^\| \[(\d{4})\]\(([^)]+)\) \| .+ \|$", re.MULTILINE)


def test_each_number_is_used_once_and_none_is_left_out() -> None:
    assert [path.name[:5] for path in FILES] == [f"{n:04d}-" for n in range(1, len(FILES) + 1)]


def test_the_index_lists_all_decisions_and_nothing_else() -> None:
    listed = LINE.findall((FOLDER / "README.md").read_text(encoding="utf-8"))
    assert listed == [(path.name[:4], path.name) for path in FILES]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_decision_says_why_and_what_was_rejected(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith(f"# {path.name[:4]}: ")
    assert re.search(r"^(Accepted|Replaced by \d{4}), \d{4}-\d{2}\.", text, re.MULTILINE)
    for heading in ("Context", "Decision", "Rejected", "Consequences"):
        assert f"\n## {heading}\n" in text, heading
