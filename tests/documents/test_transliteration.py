"""Names of other alphabets in the characters of a zone."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmidas.documents import CannotWrite, mrz_components
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
        ("فاطمةُ", ("FAXTTMXAH",)),  # a sign of a vowel is no letter after it
        ("Louis Ⅳ", ("LOUIS", "IV")),  # one character that stands for letters
        ("  ", ()),
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


@pytest.mark.parametrize(
    ("name", "components"),
    [
        ("Baɗo Ɗandije", ("BADO", "DANDIJE")),
        ("Ɓala", ("BALA",)),
        ("Ƴero Ƙasim", ("YERO", "KASIM")),
        ("Fɔfana", ("FOFANA",)),
        ("Ɲamina", ("NYAMINA",)),
        ("Ɛnɔ", ("ENO",)),
        ("Əliyev", ("ELIYEV",)),
        ("Ћирић", ("CIRIC",)),
        ("Қазақбаев", ("KAZAKBAEV",)),
        ("Ӣсо", ("ISO",)),  # a letter of the tables with a mark
        ("ߓߊ߲ ߖߊ߬ߟߏ߫", ("BAN", "JALO")),  # a mark of N'Ko that is a sound
        ("𞤃𞤢𞤥𞤢𞤣𞤵𞥅", ("MAMADU",)),
        ("𞤀𞤣𞥆𞤢𞤥", ("ADDAM",)),
        ("𞤀𞤣𞤢𞤥", ("ADAM",)),
        ("ХьамидгӀа", ("KHAMIDGIA",)),
        ("Магӏо", ("MAGIO",)),
        ("አበበ", ("ABEBE",)),
    ],
)
def test_what_doc_9303_has_no_letter_for_is_written_as_ours(
    name: str, components: tuple[str, ...]
) -> None:
    assert mrz_components(name) == components


@pytest.mark.parametrize(
    ("name", "component"), [("Ẹ̀bùn", "EBUN"), ("N̂du", "NDU"), ("Kṹ", "KU"), ("e\u200dli", "ELI")]
)
def test_marks_and_joiners_divide_no_word(name: str, component: str) -> None:
    assert mrz_components(name) == (component,)


@pytest.mark.parametrize(
    ("name", "code", "read"),
    [
        ("习近平", "letter_unknown", "习"),
        ("Παπά", "letter_unknown", "Π"),
        ("김", "letter_unknown", "김"),
        ("Li शर्मा", "letter_unknown", "श"),
        ("ABC123", "name_character", "1"),
        ("Ali ٣", "name_character", "٣"),
        ("J+K", "character_not_allowed", "+"),
        ("A\x00", "character_not_allowed", "\x00"),
    ],
)
def test_what_cannot_be_written_is_told(name: str, code: str, read: str) -> None:
    with pytest.raises(CannotWrite) as refused:
        mrz_components(name, field="surname")
    assert (refused.value.field, refused.value.code, refused.value.read) == ("surname", code, read)


NOT_WRITTEN = "ьЬꞌꞋ\ufcf2\ufcf3\ufcf4\ufe71\ufe77\ufe79\ufe7b\ufe7d\ufe7f"
"""Letters by their class in Unicode: the soft sign, an apostrophe, forms of Arabic signs of vowels."""


@given(st.characters(categories=["Lu", "Ll", "Lt", "Lo"], exclude_characters=NOT_WRITTEN))
def test_no_letter_is_lost_in_silence(letter: str) -> None:
    with contextlib.suppress(CannotWrite):
        assert mrz_components(letter)


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
    with contextlib.suppress(CannotWrite):
        for component in mrz_components(text):
            assert component
            assert set(component) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
