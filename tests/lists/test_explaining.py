"""A comparison in the words of its readers, in English and French."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from django.utils.translation import override

from openmidas.documents import PartialDate
from openmidas.lists.explaining import (
    LEVELS,
    PARTS,
    word_evidence,
    word_lines,
    word_part,
    word_sentence,
    word_weight,
)
from openmidas.screening import Evidence, How, Level, NamePart, PartHow, Query, compare_pair

DIALLO = Query(
    surname="DIALLO", given_names="MAMADOU SALIOU", birth=PartialDate(1990, 3, 5), sex="M"
)
JALLOW = Query(surname="JALLOW", given_names="MAMADU", birth=PartialDate(1990, 5, 3), sex="M")


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with override("en"):
        yield


def test_every_code_has_words() -> None:
    assert set(PARTS) == set(get_args(PartHow))
    assert set(LEVELS) == {*get_args(Level), None}
    for how in get_args(How):
        assert word_evidence(Evidence("birth", None, "a", "b", how, 1.0))


def test_a_part_of_a_name() -> None:
    found = [
        NamePart("DIALLO", "JALLOW", "same_name", 4.12),
        NamePart("BA", "BA", "same", 3.0),
        NamePart("KEITA", "KONTE", "clash", -5.0),
        NamePart("SALIOU", "", "extra", -1.0),
        NamePart("", "", "low_quality", -2.0),
    ]
    assert [word_part(part) for part in found] == [
        "DIALLO ~ JALLOW: same name, other form, +4.1",
        "BA = BA: the same, +3.0",
        "KEITA ≠ KONTE: another name, −5.0",
        "SALIOU: only with the traveller, −1.0",
        "the list itself calls this name uncertain, −2.0",
    ]
    with override("fr"):
        assert word_part(found[0]) == "DIALLO ~ JALLOW : même nom, autre forme, +4,1"


def test_a_field() -> None:
    birth = Evidence("birth", False, "1974-08-12", "1991-03-14", "different", -6.0)
    assert word_evidence(birth) == "birth date 1974-08-12 against 1991-03-14: differs, −6.0"
    with override("fr"):
        assert (
            word_evidence(birth) == "date de naissance 1974-08-12 contre 1991-03-14 : diffère, −6,0"
        )


def test_a_weight_of_nearly_nothing_has_no_minus() -> None:
    assert word_weight(-0.04) == "+0.0"


def test_a_sentence_says_what_speaks_for_and_against_and_what_is_not_known() -> None:
    found = compare_pair(DIALLO, JALLOW)
    assert word_sentence(found.level, found.evidence) == (
        "Resembles the listed person; that alone proves nothing. For it: part of the name, the birth "
        "date, day and month having changed places, sex. Not known: nationality, document number."
    )
    with override("fr"):
        assert word_sentence(found.level, found.evidence) == (
            "Ressemble à la personne signalée ; cela seul ne prouve rien. Pour : une partie du nom, la "
            "date de naissance, jour et mois intervertis, sexe. Inconnu : nationalité, numéro de "
            "document."
        )


def test_what_speaks_against_is_said() -> None:
    other = Query(
        surname="KEITA", given_names="MAMADOU SALIOU", birth=PartialDate(1961, 7, 9), sex="F"
    )
    found = compare_pair(DIALLO, other)
    said = word_sentence(found.level, found.evidence)
    assert "Against it: DIALLO is not KEITA, another birth date, another sex." in said
    assert len(word_lines(found.evidence)) == 5 + 3


def test_a_name_that_nobody_asked_for_is_said_to_be_that() -> None:
    nobody = Evidence("name", None, "", "DIALLO", "not_known", 0.0)
    number = Evidence("number", True, "GIN A1", "A1", "same", 20.0)
    assert word_evidence(nobody) == "name not asked"
    assert word_sentence("strong", [nobody, number]) == (
        "Very likely the same person. For it: document number. The name was not asked."
    )
    not_listed = Evidence("name", None, "DIALLO", "", "not_known", 0.0)
    assert word_evidence(not_listed) == "name: not stated"


LISTED = Query(
    surname="DIALLO",
    given_names="MAMADOU SALIOU",
    birth=PartialDate(1990, 3, 5),
    sex="M",
    nationality="GIN",
)
EXAMPLES = (
    # traveller, listed person, level; as the officers' pages show them
    (
        Query(surname="JALLOW", given_names="MAMADU SALIU", birth=PartialDate(1990, 3, 5), sex="M"),
        "strong",
    ),
    (
        Query(
            surname="DIALLO",
            given_names="MAMADOU",
            birth=PartialDate(1990, 5, 3),
            sex="M",
            nationality="GIN",
        ),
        "possible",
    ),
    (
        Query(
            surname="DIALLO",
            given_names="MAMADOU SALIOU",
            birth=PartialDate(1987, 11, 20),
            sex="M",
            nationality="GIN",
        ),
        "weak",
    ),
)


@pytest.mark.parametrize(("page", "language"), [("counter.en.md", "en"), ("guichet.fr.md", "fr")])
def test_the_officers_pages_show_an_explanation_of_each_class(page: str, language: str) -> None:
    shown = (Path(__file__).parents[2] / "docs/officers" / page).read_text(encoding="utf-8")
    with override(language):
        for traveller, level in EXAMPLES:
            found = compare_pair(traveller, LISTED)
            assert found.level == level
            for line in (word_sentence(level, found.evidence), *word_lines(found.evidence)):
                assert line in shown
