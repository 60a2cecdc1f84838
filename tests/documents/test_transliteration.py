"""Names of other alphabets in the characters of a zone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmidas.documents import mrz_components
from openmidas.documents.transliteration_tables import ARABIC, CYRILLIC, LATIN

TABLES = Path(__file__).parent / "data" / "transliteration-doc9303.json"
# Of these the extract has the signs that another scheme gives them: Doc 9303 does not write them.
SIGNS = set("\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652")
ELSEWHERE = {"ة": "XTA"}


@pytest.mark.parametrize(
    ("name", "components"),
    [
        ("O’Connor", ("OCONNOR",)),
        ("N'Diaye", ("NDIAYE",)),
        ("Müller-Lüdenscheidt", ("MUELLER", "LUEDENSCHEIDT")),
        ("Straße", ("STRASSE",)),
        ("Núñez, Åse", ("NUNEZ", "AASE")),
        ("İstanbul ılgaz", ("ISTANBUL", "ILGAZ")),
        ("Ọlájídé", ("OLAJIDE",)),  # in no table: without its marks
        ("Дмитрий Щукин", ("DMITRII", "SHCHUKIN")),
        ("Ольга", ("OLGA",)),
        ("محمود عبدالرحيم", ("MXHMWD", "EBDALRXHYM")),
        ("فاطمة الزهراء", ("FAXTTMXAH", "ALZHRAXE")),
        ("مُحَمَّد", ("MXHMMD",)),  # short vowels are not written, one sign doubles
        ("  ", ()),
        ("习近平", ()),
    ],
)
def test_as_a_zone_has_them(name: str, components: tuple[str, ...]) -> None:
    assert mrz_components(name) == components


@pytest.mark.parametrize(
    ("name", "language", "component"),
    [
        ("Юлія", "uk", "YULIIA"),
        ("Юлия", "", "IULIIA"),
        ("Григорий", "uk", "HRYHORYI"),
        ("Щерев", "bg", "SHTEREV"),
        ("Живко", "sr", "ZIVKO"),
        ("Џорџ", "mk", "DJORDJ"),
        ("Ёлкін", "be", "IOLKIN"),
    ],
)
def test_the_language_decides(name: str, language: str, component: str) -> None:
    assert mrz_components(name, language) == (component,)


def test_every_letter_of_the_tables_of_doc_9303_is_there() -> None:
    told = json.loads(TABLES.read_text(encoding="utf-8"))
    for table, ours in (("latin", LATIN), ("cyrillic", CYRILLIC), ("arabic", ARABIC)):
        wanted = {
            letter: ELSEWHERE.get(letter, written.split()[0])
            for letter, written in told[table].items()
            if letter not in SIGNS
        }
        assert {letter: ours.get(letter) for letter in wanted} == wanted


@given(st.text())
def test_whatever_comes_only_letters_of_a_zone_leave(text: str) -> None:
    for component in mrz_components(text):
        assert component
        assert set(component) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
