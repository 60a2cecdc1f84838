"""Compiling the translations where the program is set up."""

from __future__ import annotations

import gettext
import os
from pathlib import Path

import pytest
from babel.messages.pofile import PoFileError

from openmidas.web.catalogues import compile_changed

SOURCE = """
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "Admit"
msgstr "Admettre"

#, fuzzy
msgid "Refer"
msgstr "Refuser"
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    source = tmp_path / "locale" / "fr" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text(SOURCE, encoding="utf-8")
    return source


def test_a_catalogue_is_compiled_when_it_changed(source: Path, tmp_path: Path) -> None:
    compiled = source.with_suffix(".mo")
    assert compile_changed(tmp_path) == [compiled]
    assert compile_changed(tmp_path) == []
    os.utime(source, (2_000_000_000, 2_000_000_000))
    assert compile_changed(tmp_path) == [compiled]


def test_what_nobody_has_looked_at_is_not_shown(source: Path, tmp_path: Path) -> None:
    compile_changed(tmp_path)
    with source.with_suffix(".mo").open("rb") as stream:
        french = gettext.GNUTranslations(stream)
    assert french.gettext("Admit") == "Admettre"
    assert french.gettext("Refer") == "Refer"


def test_a_broken_catalogue_leaves_the_compiled_one(source: Path, tmp_path: Path) -> None:
    (compiled,) = compile_changed(tmp_path)
    before = compiled.read_bytes()
    source.write_text('msgid "Admit"\nthis is no catalogue', encoding="utf-8")
    os.utime(source, (2_000_000_000, 2_000_000_000))
    with pytest.raises(PoFileError):
        compile_changed(tmp_path)
    assert compiled.read_bytes() == before
