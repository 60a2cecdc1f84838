"""Codes and names of States."""

from __future__ import annotations

import os
from collections import defaultdict
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmidas.documents import alpha3, is_state, state_name
from openmidas.documents.state_names import STATE_LOCALES, StateLocale
from openmidas.documents.state_tables import SPELLINGS
from openmidas.documents.states import DOCUMENT_CODES, ISO_3166_1

SHARED = Path(
    os.environ.get("OPENMIDAS_SHARED_DATA", Path(__file__).parents[2].parent / "shared" / "data")
)


def test_the_table_of_iso_3166_is_complete() -> None:
    assert len(ISO_3166_1) == 249


def test_every_code_has_a_name_in_every_language_and_the_name_leads_back() -> None:
    for code in DOCUMENT_CODES:
        for locale in STATE_LOCALES:
            name = state_name(code, locale)
            assert name, (code, locale)
            assert alpha3(name) == code, (name, locale)


def test_no_spelling_stands_for_two_states() -> None:
    codes = defaultdict(set)
    for code, spellings in SPELLINGS.items():
        for spelling in spellings:
            codes[spelling.casefold()].add(code)
            assert alpha3(spelling) == code

    assert {spelling for spelling, named in codes.items() if len(named) > 1} == set()


@pytest.mark.parametrize(
    ("code", "locale", "name"),
    [
        ("NER", "fr", "Niger"),
        ("MLI", "ar", "مالي"),
        ("GIN", "pt", "Guiné"),
        ("D", "en", "Germany"),
        ("DEU", "fr", "Allemagne"),
        ("RKS", "fr", "Kosovo"),
        ("XXA", "fr", "Apatride"),
        ("XXA", "ar", "Stateless person"),
    ],
)
def test_names(code: str, locale: StateLocale, name: str) -> None:
    assert state_name(code, locale) == name


def test_unknown_codes() -> None:
    assert state_name("ZZZ", "fr") is None
    assert [code for code in ("ZZZ", "DEU", "", "D<<", "ner") if is_state(code)] == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Democratic Republic of the Congo", "COD"),
        ("Congo", "COG"),
        ("Democratic People's Republic of Korea", "PRK"),
        ("Iran (Islamic Republic of)", "IRN"),
        ("United Kingdom of Great Britain and Northern Ireland", "GBR"),
        ("Trinidad and Tobago", "TTO"),
        ("St Lucia", "LCA"),
        ("CÔTE D’IVOIRE", "CIV"),
        ("République du Niger", "NER"),
        ("Islamic Republic of the Gambia", "GMB"),
        ("The Sudan", "SDN"),
        ("Guinea", "GIN"),
        ("Guinea-Bissau", "GNB"),
        (" NER ", "NER"),
        ("NE", "NER"),
        ("DEU", "D"),
        ("UK", "GBR"),
        ("DRC", "COD"),
    ],
)
def test_names_as_lists_write_them(text: str, code: str) -> None:
    assert alpha3(text) == code


@pytest.mark.parametrize("text", ["", "na", "NA", "former Soviet Union", "Unknown", "ner"])
def test_what_names_no_state(text: str) -> None:
    assert alpha3(text) is None


@given(st.text())
def test_alpha3_gives_a_code_or_none_on_any_text(text: str) -> None:
    code = alpha3(text)

    assert code is None or is_state(code)


def test_the_states_of_the_un_list_are_known() -> None:
    path = SHARED / "lists" / "un-consolidated-2026-02-27.xml"
    if not path.exists():
        pytest.skip("the shared data are not here")
    names = set()
    for element in ElementTree.parse(path).iter():  # noqa: S314  # a file of the project's own
        if "COUNTRY" in element.tag:
            names.add(element.text)
        elif element.tag == "NATIONALITY":
            names |= {value.text for value in element}
    written = {name for name in names if name and name.strip()}

    assert len(written) > 70
    assert {name for name in written if alpha3(name) is None} == {"na", "former Soviet Union"}
