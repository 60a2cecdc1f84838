"""What is typed is what is listed, and changing a listing loses nothing of it."""

from __future__ import annotations

from datetime import date

import pytest

from openmidas.lists.national.entries import BirthOf, DocumentOf, NameOf
from openmidas.lists.national.lines import (
    LineError,
    births_text,
    documents_text,
    names_text,
    read_births,
    read_documents,
    read_names,
    read_states,
)


@pytest.mark.parametrize(
    "names",
    [
        (NameOf("Souleymane SANGARE"), NameOf("Solo", "good")),
        (NameOf("Solo", "low"), NameOf("سليمان", "good", "Arab")),
    ],
)
def test_names_come_back(names: tuple[NameOf, ...]) -> None:
    assert read_names(names_text(names)) == names


@pytest.mark.parametrize(
    "birth",
    [
        BirthOf(date(1974, 3, 12), date(1974, 3, 12), "1974-03-12"),
        BirthOf(date(1974, 1, 1), date(1974, 12, 31), "1974"),
        BirthOf(date(1969, 1, 1), date(1979, 12, 31), "~1974"),
        BirthOf(date(1958, 1, 1), date(1973, 12, 31), "between 1958 and 1973"),
        BirthOf(None, None, "the year of the drought"),
    ],
)
def test_births_come_back(birth: BirthOf) -> None:
    assert read_births(births_text([birth])) == (birth,)


@pytest.mark.parametrize(
    "document",
    [
        DocumentOf("passport", "AA1234567", "MLI", "MLI AA1234567"),
        DocumentOf("other", "12345", None, "carte d'électeur 12345"),
    ],
)
def test_documents_come_back(document: DocumentOf) -> None:
    assert read_documents(documents_text([document])) == (document,)


def test_what_people_type_is_understood() -> None:
    assert read_documents("AA1234567, mli, P") == (
        DocumentOf("passport", "AA1234567", "MLI", "MLI AA1234567"),
    )
    assert read_births("1970..1975") == (
        BirthOf(date(1970, 1, 1), date(1975, 12, 31), "1970..1975"),
    )
    assert read_states("mli, NER mli") == ("MLI", "NER")
    assert read_names("\n A B \n\n C \n") == (NameOf("A B"), NameOf("C", "good"))


@pytest.mark.parametrize("line", ["12/03/1974", "1974-13", "1980..1970", "0974", "1974-03-12..x"])
def test_a_birth_that_is_none_is_refused(line: str) -> None:
    with pytest.raises(LineError):
        read_births(line)


@pytest.mark.parametrize("line", ["AA1, MALI, P", "AA1234567, MLI, visa", "x" * 80])
def test_a_document_that_is_none_is_refused(line: str) -> None:
    with pytest.raises(LineError):
        read_documents(line)


def test_a_name_that_no_entry_takes_is_refused() -> None:
    with pytest.raises(LineError):
        read_names("x" * 201)
