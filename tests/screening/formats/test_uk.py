"""The British tables: a row for each name, whichever of the two calls its columns how."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from openmidas.screening import ListError
from tests.screening.formats.support import (
    births,
    details,
    documents,
    names,
    only,
    problems,
    read,
)

OFSI = """\
Last Updated,03/06/2026
Name 6,Name 1,Name 2,Name 3,Name 4,Name 5,Title,Name Non-Latin Script,Non-Latin Script Type,DOB,\
Town of Birth,Country of Birth,Nationality,Passport Number,Passport Details,\
National Identification Number,Position,Address 1,Post/Zip Code,Country,Other Information,Group Type,\
Alias Type,Alias Quality,Regime,Listed On,Group ID
SANYON,Burema,Ag,,,,Colonel,بوريما سانيون,Arabic,22/01/1971,Gao,Mali,(1) Mali (2) Burkina Faso,\
(1) B0123 (2) B0999,Issued at Bamako,77,Leader,Quarter 4,,Mali,\
"(UK Sanctions List Ref):MAL0001. (Gender):Male",Individual,Primary name,,Mali,01/02/2020,13777
SANYON,Bourema,,,,,,,,00/00/1969,,,,,,,,,,,,Individual,AKA,,Mali,01/02/2020,13777
LE TIGRE,,,,,,,,,00/09/1970,,,,,,,,,,,,Individual,AKA,Low quality,Mali,01/02/2020,13777
SANYON ET FRERES,,,,,,,,,,,,,,,,,,,,,Entity,Primary name,,Mali,01/02/2020,13778
"""
SANCTIONS_LIST = """\
Report Date: 12-Mar-2026
Last Updated,Unique ID,OFSI Group ID,Name 6,Name 1,Name type,Alias strength,Regime Name,\
Designation Type,D.O.B,Nationality(/ies),Passport number,Gender,Date Designated
12/03/2026,MAL0001,13777,SANYON,Burema,Primary Name,,Mali,Individual,dd/mm/1971,Mali,B0123,Male,01/02/2020
"""


def test_the_rows_of_a_number_are_one_listing() -> None:
    found = read("uk", OFSI)
    person, firm = found.edition.listings
    assert names(person) == [
        ("Burema Ag SANYON", "primary", "Latn"),
        ("بوريما سانيون", "good", "Arab"),
        ("Bourema SANYON", "good", "Latn"),
        ("LE TIGRE", "low", "Latn"),
    ]
    assert births(person) == [
        ("1971-01-22", "1971-01-22", "22/01/1971"),
        ("1969-01-01", "1969-12-31", "1969"),
        ("1970-09-01", "1970-09-30", "1970-09"),
    ]
    assert (person.sex, person.nationalities) == ("M", ("MLI", "BFA"))
    assert documents(person) == [
        ("passport", "B0123", None), ("passport", "B0999", None), ("national_id", "77", None),
    ]  # fmt: skip
    assert (person.programme, str(person.listed_on)) == ("Mali", "2020-02-01")
    for said in (("designation", "Leader"), ("birth_place", "Gao, Mali"), ("title", "Colonel")):
        assert said in details(person)
    assert "MAL0001" in person.remarks
    assert (firm.id, firm.kind) == ("13778", "entity")
    assert found.edition.dated == datetime(2026, 6, 3, tzinfo=UTC)
    assert ("note", "Non-Latin Script Type: Arabic") in details(person)
    assert not found.problems


def test_the_other_table_calls_its_columns_otherwise() -> None:
    found = read("uk", SANCTIONS_LIST)
    person = only(found)
    assert person.id == "MAL0001"
    assert (births(person)[0][:2], person.sex) == (("1971-01-01", "1971-12-31"), "M")
    assert ("note", "OFSI Group ID: 13777") in details(person)
    assert found.edition.dated == datetime(2026, 3, 12, tzinfo=UTC)


def test_a_row_without_its_number_is_told_and_costs_no_other() -> None:
    found = read("uk", OFSI.replace("2020,13778", "2020,"))
    assert len(found.edition.listings) == 1
    assert ("row 6", "id", "missing") in problems(found)


def test_a_row_that_ends_early_is_read_and_told() -> None:
    found = read("uk", SANCTIONS_LIST.replace(",Male,01/02/2020", ""))
    assert only(found).name == "Burema SANYON"
    assert problems(found) == [("MAL0001", "Gender", "missing")]


def test_details_without_a_number_are_read_as_numbers() -> None:
    """As in the table before 2022, which had no other column for them."""
    found = read("uk", OFSI.replace("(1) B0123 (2) B0999,Issued at Bamako", ",Malian no. B0123"))
    assert documents(found.edition.listings[0])[0] == ("passport", "B0123", "MLI")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        ("<html>", "not_this_list"),
        (OFSI.encode("utf-16-le"), "not_this_list"),
        (OFSI.encode("cp1256", "replace"), "wrong_encoding"),
        ("".join(OFSI.splitlines(keepends=True)[:2]), "empty"),
    ],
)
def test_what_is_no_such_table_is_refused(text: str | bytes, code: str) -> None:
    with pytest.raises(ListError, match=code):
        read("uk", text)
