"""The words of the plain commands are those of the pages, in both languages."""

from __future__ import annotations

import re

import pytest
from django.utils import translation

from openmidas.documents import PartialDate
from openmidas.documents.commands.languages import Language
from openmidas.lists import explaining
from openmidas.screening import Query, compare_pair
from openmidas.screening.commands import sentences

PAIRS = [
    (Query(surname="DIALLO", given_names="MAMADOU"), Query(surname="JALLOW", given_names="MAMADU")),
    (
        Query(surname="KONE", given_names="AWA", birth=PartialDate(1974, 8, 12), sex="F"),
        Query(surname="KONE", birth=PartialDate(1974, 12, 8), sex="M", number="B1234567"),
    ),
    (
        Query(surname="TRAORE", birth=PartialDate(1974), nationality="MLI", number="B1234567"),
        Query(surname="CISSE", birth=PartialDate(1991), nationality="NER", number="B1234567"),
    ),
    (Query(number="B1234567", number_issuer="MLI"), Query(number="B1234567", number_issuer="NER")),
]


def without_figures(lines: list[str]) -> list[str]:
    """Django cuts a figure where others round it; the words are what is compared."""
    return [re.sub(r"[+−][\d.,]+$", "…", line) for line in lines]


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("pair", PAIRS)
def test_a_node_says_the_same(pair: tuple[Query, Query], language: Language) -> None:
    found = compare_pair(*pair)
    with translation.override(language):
        assert sentences.sentence(found.level, found.evidence, language) == (
            explaining.word_sentence(found.level, found.evidence)
        )
        lines = []
        for item in found.evidence:
            lines.append(sentences.word_evidence(item, language))
            lines += [sentences.word_part(part, language) for part in item.parts]
        assert without_figures(lines) == without_figures(explaining.word_lines(found.evidence))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_word_is_the_same(language: Language) -> None:
    at = 1 if language == "fr" else 0
    with translation.override(language):
        for ours, theirs in (
            (sentences.LEVELS, explaining.LEVELS),
            (sentences.PARTS, explaining.PARTS),
        ):
            assert {key: both[at] for key, both in ours.items()} == {
                key: str(text) for key, text in theirs.items()
            }
