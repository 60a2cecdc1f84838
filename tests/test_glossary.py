"""Words that the glossary forbids stand on no page and in no message."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
NEVER = re.findall(r"`([^`]+)`", GLOSSARY.partition("looks for them.")[2])
SHOWN = [
    path
    for pattern in ("*.html", "*.po", "wording.py", "words.py", "commands.py", "forms.py")
    for path in (ROOT / "src").rglob(pattern)
    if "help_site" not in path.parts  # the documentation holds the glossary itself
]


def test_there_are_forbidden_words_and_pages_to_look_at() -> None:
    assert len(NEVER) >= 10
    assert len(SHOWN) >= 10


@pytest.mark.parametrize("word", NEVER)
def test_no_page_says(word: str) -> None:
    wanted = re.compile(rf"\b{re.escape(word)}\b", re.IGNORECASE)
    assert [path.name for path in SHOWN if wanted.search(path.read_text(encoding="utf-8"))] == []


def test_each_word_is_explained_once() -> None:
    words = re.findall(r"^\| ([a-z][^|]*?) \| ", GLOSSARY, re.MULTILINE)
    defined = [word for word in words if word != "word"]
    assert len(defined) > 50
    assert len(defined) == len(set(defined))
