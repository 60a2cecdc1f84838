"""Every text of the program has a French one, with the same blanks to fill in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import django
import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

import openmidas

PACKAGE = Path(openmidas.__file__).parent
CATALOGUES = sorted(PACKAGE.rglob("locale/fr/LC_MESSAGES/django.po"))
DJANGOS_OWN = Path(django.__file__).parent / "conf/locale/fr/LC_MESSAGES/django.po"
PLACES = sorted({path.relative_to(PACKAGE).parts[0] for path in PACKAGE.rglob("*.py")})
BLANK = re.compile(r"%\(\w+\)[sd]|%[sd%]")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}

Key = tuple[str | None, str]


def sources(place: str) -> list[Path]:
    """The Python files and templates of a room, or of a file beside the rooms."""
    folder = PACKAGE / place
    if folder.is_file():
        return [folder]
    return sorted([*folder.rglob("*.py"), *folder.rglob("*.html")])


def texts(path: Path) -> Iterator[Key]:
    """Every text that a source marks for translation."""
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        # What is left is no indented Python, but its calls are where they were.
        source = "\n".join(line.strip() for line in templatize(source).splitlines())
    found = extract("python", BytesIO(source.encode()), keywords=KEYWORDS)
    for _, message, _, context in found:
        yield context, message if isinstance(message, str) else message[0]


def translated(catalogue: Path) -> set[Key]:
    """The texts of a catalogue that have a whole French one that somebody looked at."""
    with catalogue.open("rb") as stream:
        entries = [entry for entry in read_po(stream, locale="fr") if entry.id]
    return {
        (entry.context, entry.id if isinstance(entry.id, str) else entry.id[0])
        for entry in entries
        if not entry.fuzzy and all([entry.string] if isinstance(entry.id, str) else entry.string)
    }


@pytest.fixture(scope="module")
def french() -> set[Key]:
    return set().union(*(translated(path) for path in [*CATALOGUES, DJANGOS_OWN]))


@pytest.mark.parametrize("place", PLACES)
def test_every_text_is_there_in_french(place: str, french: set[Key]) -> None:
    missing = {
        f"{path.relative_to(PACKAGE)}: {text}"
        for path in sources(place)
        for context, text in texts(path)
        if (context, text) not in french
    }
    assert not missing, "without French:\n" + "\n".join(sorted(missing))


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.relative_to(PACKAGE).parts[0])
def test_no_text_of_a_catalogue_is_left_out_or_has_other_blanks(path: Path) -> None:
    wrong = []
    with path.open("rb") as stream:
        for entry in read_po(stream, locale="fr"):
            if not entry.id:
                continue
            ours = [entry.id] if isinstance(entry.id, str) else entry.id
            theirs = [entry.string] if isinstance(entry.id, str) else entry.string
            blanks = set(BLANK.findall(ours[-1]))
            if entry.fuzzy or any(set(BLANK.findall(text)) != blanks for text in theirs):
                wrong.append(ours[0])
    assert not wrong


def test_texts_are_found_in_templates_and_in_python(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        '{% load i18n %}<p>\n  {% translate "One" %}</p>{% blocktranslate count n=n %}{{ n }} two'
        "{% plural %}{{ n }} twos{% endblocktranslate %}<b title=\"{% translate 'Three' %}\">"
    )
    assert list(texts(page)) == [(None, "One"), (None, "%(n)s two"), (None, "Three")]
    code = tmp_path / "code.py"
    code.write_text('x = _("Four" \n "teen")\ny = pgettext("gate", "Five")\n')
    assert list(texts(code)) == [(None, "Fourteen"), ("gate", "Five")]


def test_one_text_has_one_translation() -> None:
    """Django puts all catalogues into one: two meanings of a text need a context (`pgettext`)."""
    meanings: dict[Key, dict[str, str]] = {}
    for path in CATALOGUES:
        with path.open("rb") as stream:
            for entry in read_po(stream, locale="fr"):
                if isinstance(entry.id, str) and entry.id and entry.string:
                    place = path.relative_to(PACKAGE).parts[0]
                    meanings.setdefault((entry.context, entry.id), {})[place] = str(entry.string)
    clashes = {text: by for (_, text), by in meanings.items() if len(set(by.values())) > 1}
    assert not clashes
