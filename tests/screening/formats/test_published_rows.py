"""Rows of lists as they were published (`data/published`): what an invented row would not think of."""

from __future__ import annotations

from pathlib import Path

import pytest

from openmidas.screening import Listing, ReadList
from tests.screening.formats.support import births, details, documents, names, problems, read

PUBLISHED = Path(__file__).parents[1] / "data" / "published"
TABLES = ("sdn.csv", "alt.csv", "add.csv", "sdn_comments.csv")


def published(kind: str, *names: str) -> ReadList:
    return read(kind, *((PUBLISHED / name).read_bytes() for name in names))


def listing(found: ReadList, id: str) -> Listing:
    return next(each for each in found.edition.listings if each.id == id)


@pytest.fixture(scope="module")
def ofac() -> ReadList:
    return published("ofac", *TABLES)


@pytest.fixture(scope="module")
def uk() -> ReadList:
    return published("uk", "conlist-2020.csv")


@pytest.fixture(scope="module")
def eu() -> ReadList:
    return published("eu", "eu.xml")


class TestTablesOfOFAC:
    def test_nothing_is_left_unread(self, ofac: ReadList) -> None:
        assert len(ofac.edition.listings) == 8
        assert not ofac.problems

    def test_a_remark_goes_on_in_the_comments_in_the_middle_of_a_word(self, ofac: ReadList) -> None:
        firm = listing(ofac, "33151")
        assert "XBT 1B64QRxfaa35MVkf7sDjuGUYAP5izQt7Qi; Digital" in firm.remarks
        assert ("SUCCESSFUL EXCHANGE", "low", "Latn") in names(firm)
        assert documents(firm)[0] == ("other", "07486049", "CZE")

    def test_what_is_cut_off_is_told_where_the_comments_are_not_given(self) -> None:
        found = published("ofac", *TABLES[:3])
        assert problems(found) == [("33151", "Remarks", "unreadable_note")]
        cut = "Remarks: alt. Digital Currency Address - XBT 1B64QRxf"
        assert listing(found, "33151").unread == (cut,)
        assert "XBT 1B64QRxf" in listing(found, "33151").remarks

    def test_several_births_and_documents(self, ofac: ReadList) -> None:
        person = listing(ofac, "2686")
        years = [birth[0] for birth in births(person)]
        assert years == ["1960-08-31", "1953-08-31", "1955-08-31", "1958-08-31"]
        assert (person.sex, person.programme) == ("M", "SDGT, SYRIA")
        assert documents(listing(ofac, "2676")) == [
            ("passport", "1084010", "EGY"), ("passport", "19820215", None),
        ]  # fmt: skip

    def test_about_a_year_within_a_month_and_weak_aliases(self, ofac: ReadList) -> None:
        assert births(listing(ofac, "12211")) == [
            ("1946-01-01", "1948-12-31", "circa 1947"), ("1945-01-01", "1947-12-31", "circa 1946"),
        ]  # fmt: skip
        person = listing(ofac, "20700")
        assert births(person)[0][:2] == ("1992-10-01", "1992-10-31")
        assert [name[1] for name in names(person)] == ["primary", *["low"] * 7]

    def test_a_nationality_by_its_people(self, ofac: ReadList) -> None:
        assert listing(ofac, "9647").nationalities == ("PSE",)


def test_a_citizenship_is_a_place_that_has_only_a_name() -> None:
    found = published("ofac", "sdn_advanced.xml")
    (person,) = found.edition.listings
    assert (person.kind, person.sex, person.nationalities) == ("person", "M", ("VEN",))
    assert names(person) == [("MADURO MOROS Nicolas", "primary", "Latn")]
    assert documents(person) == [("national_id", "5892464", "VEN")]
    assert ("note", "Citizenship Country: Venezuela") in details(person)
    assert ("address", "Caracas, Capital District, Venezuela") in details(person)
    assert ("address", "LocationID 424242") in details(person)
    assert not found.problems


class TestOldTableOfTheUnitedKingdom:
    def test_nothing_is_left_unread(self, uk: ReadList) -> None:
        assert len(uk.edition.listings) == 6
        assert not uk.problems

    def test_the_leading_name_is_a_prime_alias(self, uk: ReadList) -> None:
        assert names(listing(uk, "13720")) == [
            ("Hajji 'ABD AL-NASIR", "primary", "Latn"), ("Hajji ABD AL-NASR", "good", "Latn"),
        ]  # fmt: skip

    def test_nationalities_are_peoples_and_numbered_in_two_ways(self, uk: ReadList) -> None:
        found = {each.id: each.nationalities for each in uk.edition.listings}
        assert found["13349"] == ("SAU", "QAT")
        assert found["7059"] == ("D", "MAR")
        assert found["12999"] == ("CAF", "SDN")
        assert found["13720"] == ("IRQ",)

    @pytest.mark.parametrize(
        ("id", "expected"),
        [
            ("13349", [("passport", "592667", "QAT")]),
            (
                "11123",
                [
                    ("passport", "00344994", "YEM"),
                    ("national_id", "973406", "YEM"),
                    ("national_id", "973406", "YEM"),
                ],
            ),
            (
                "13194",
                [
                    ("passport", "K048787", "JOR"),
                    ("passport", "486298", "JOR"),
                    ("national_id", "28440000526", "QAT"),
                ],
            ),
            (
                "7059",
                [
                    ("passport", "28642163", "D"),
                    ("passport", "954242", "MAR"),
                    ("national_id", "1336597587", None),
                ],
            ),
        ],
    )
    def test_numbers_of_documents_stand_among_words(
        self, uk: ReadList, id: str, expected: list[tuple[str, str, str | None]]
    ) -> None:
        person = listing(uk, id)
        assert documents(person) == expected
        assert all(len(document.text) > len(document.number) for document in person.documents)


class TestEuropeanList:
    def test_nothing_is_left_unread(self, eu: ReadList) -> None:
        assert [each.id for each in eu.edition.listings] == [
            "13", "EU.36.64", "EU.3523.13", "EU.7681.11",
        ]  # fmt: skip
        assert not eu.problems

    def test_the_spelling_of_the_act_leads_wherever_it_stands(self, eu: ReadList) -> None:
        person = listing(eu, "EU.7681.11")
        assert person.name == "Vladimir Vladimirovich PUTIN"
        assert ("note", "nameAlias: Vladimir Vladimirovitj PUTIN (SV)") in details(person)

    def test_a_number_without_an_issuer(self, eu: ReadList) -> None:
        person = listing(eu, "EU.36.64")
        assert documents(person) == [("passport", "AD001095", None)]
        assert (person.sex, person.nationalities) == ("M", ())

    def test_an_organisation_has_a_name_in_each_language(self, eu: ReadList) -> None:
        firm = listing(eu, "EU.3523.13")
        assert firm.kind == "entity"
        assert [name[1:] for name in names(firm)] == [
            ("primary", "Latn"), ("good", "Cyrl"), ("good", "Grek"),
        ]  # fmt: skip
