"""The officer's page, in both languages: every finding that the counter can word is explained there.

The titles are compared with the catalogues, so that the page says what the screen says.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.utils.translation import override

from openmidas.crossings import document_wording, hit_wording, list_wording, wording
from openmidas.crossings.words import Words

ROOT = Path(__file__).resolve().parents[2]
PAGES = {"en": "counter.en.md", "fr": "guichet.fr.md"}
FRENCH = ROOT / "src/openmidas/crossings/locale/fr/LC_MESSAGES/django.po"
ROW = re.compile(r"^\| (.+?) <!-- (\w+) --> \| (.+?) \| (.+?) \|$", re.MULTILINE)
GAP = re.compile(r"%\(\w+\)s")


class _Many(int):
    """A number that is many, and shows as a gap."""

    def __str__(self) -> str:
        return "…"


class _Gaps(dict[str, _Many]):
    """Every value of a sentence is a gap."""

    def __missing__(self, name: str) -> _Many:
        return _Many(2)


def plain(text: str) -> str:
    """The same text without the finer points of typography."""
    return text.replace("'", "’").replace("\u00a0", " ").replace("\u202f", " ")


def english(words: Words) -> str:
    with override("en"):
        return str(words % _Gaps())


def catalogue() -> dict[str, str]:
    """The room's French by its English, values as gaps, in the plural."""
    with FRENCH.open("rb") as file:
        messages = read_po(file, locale="fr")
    french: dict[str, str] = {}
    for message in messages:
        ids = [message.id] if isinstance(message.id, str) else message.id
        said = [message.string] if isinstance(message.string, str) else message.string
        french[GAP.sub("…", ids[-1])] = GAP.sub("…", said[-1])
    return french


def titles(language: str) -> dict[str, list[str]]:
    """What the screen says for each finding: one title, or one for each level or outcome."""
    found = {code: [english(title)] for code, (title, _) in wording.FINDINGS.items()}
    found["list_hit"] = [english(level) for level in list_wording.HIT_LEVELS.values()]
    found["list_code"] += [english(title) for title, _ in hit_wording.CODES.values()]
    found["same_document"] += [
        english(title) for title, _ in document_wording.SAME_DOCUMENT.values()
    ]
    found["lost_document"] += [english(title) for title in list_wording.LOST_REASONS.values()]
    if language == "en":
        return found
    french = catalogue()
    return {code: [french[title] for title in shown] for code, shown in found.items()}


def explained(language: str) -> dict[str, tuple[list[str], str, str]]:
    text = (ROOT / "docs" / "officers" / PAGES[language]).read_text(encoding="utf-8")
    rows = ROW.findall(text)
    assert len(rows) == len({code for _, code, _, _ in rows}), "a finding stands twice"
    return {code: (re.findall(r"\*\*(.+?)\*\*", shown), what, do) for shown, code, what, do in rows}


@pytest.mark.parametrize("language", PAGES)
def test_every_finding_is_explained_and_nothing_else(language: str) -> None:
    assert set(explained(language)) == set(wording.FINDINGS)


@pytest.mark.parametrize("language", PAGES)
def test_the_page_says_what_the_screen_says(language: str) -> None:
    said = {code: [plain(title) for title in row[0]] for code, row in explained(language).items()}
    assert said == {
        code: [plain(title) for title in shown] for code, shown in titles(language).items()
    }


@pytest.mark.parametrize("language", PAGES)
def test_what_the_page_quotes_of_failures_is_on_the_screen(language: str) -> None:
    text = (ROOT / "docs" / "officers" / PAGES[language]).read_text(encoding="utf-8")
    table = text.rpartition("|---|---|\n")[2]
    quoted = re.findall(r"^\| \*(.+?)\* \|", table, re.MULTILINE)
    assert len(quoted) == 4
    shown = catalogue()
    texts = set(shown) if language == "en" else set(shown.values())
    texts = {plain(one).rstrip(".") for one in texts}
    assert [one for one in quoted if plain(one) not in texts] == []


def test_both_languages_are_in_the_same_order() -> None:
    assert list(explained("en")) == list(explained("fr"))


def test_both_languages_have_the_same_parts() -> None:
    shapes = [
        [re.match(r"#*|\|?", line)[0] for line in _lines(language)]  # type: ignore[index]  # always matches
        for language in PAGES
    ]
    headings = [[mark for mark in shape if mark.startswith("#")] for shape in shapes]
    tables = [shape.count("|") for shape in shapes]
    assert headings[0] == headings[1]
    assert tables[0] == tables[1]


def _lines(language: str) -> list[str]:
    path = ROOT / "docs" / "officers" / PAGES[language]
    return path.read_text(encoding="utf-8").splitlines()
