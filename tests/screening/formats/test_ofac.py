"""The SDN list in its three forms."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from openmidas.screening import ListedName, ListError
from tests.screening.formats.support import (
    births,
    details,
    documents,
    names,
    only,
    problems,
    read,
)

DATA = Path(__file__).parents[1] / "data"
NOTHING = ",".join(["-0- "] * 6)
SDN = (
    f'101,"SANYON, Burema","individual","SDGT] [SDT","Director, Front",{NOTHING},'
    '"DOB 10 Dec 1948; alt. DOB circa 1950; POB Gao, Mali; nationality Korea, North; Gender Male;'
    " Passport 92/664 (Egypt) expires 19 Feb 2020; alt. Passport 265 216;"
    " National ID No. 1036300456 (Mali); Telephone Number: (971) (4) (3248000);"
    " a.k.a. 'EL LEÓN'; Linked To: FRONT.\"\r\n"
    '102,"PIROGUE I","vessel","CUBA",-0- ,"CL26","Tug","25","10","Cuba","Samir S.A.",-0- \r\n\x1a'
)
ALT = '101,7,"aka","SANYONG, Bourema",-0- \r\n101,8,"fka","SAGNON, Boureima",-0- \r\n'
ADD = '101,9,"Rue 12","Gao","Mali",-0- \r\n'


class TestTables:
    def test_remarks_are_taken_apart_and_kept(self) -> None:
        found = read("ofac", SDN, ALT, ADD)
        person = found.edition.listings[0]
        assert (person.id, person.kind, person.sex) == ("101", "person", "M")
        assert names(person) == [
            ("SANYON, Burema", "primary", "Latn"),
            ("SANYONG, Bourema", "good", "Latn"),
            ("SAGNON, Boureima", "good", "Latn"),
            ("EL LEÓN", "low", "Latn"),
        ]
        assert births(person) == [
            ("1948-12-10", "1948-12-10", "10 Dec 1948"),
            ("1949-01-01", "1951-12-31", "circa 1950"),
        ]
        assert person.nationalities == ("PRK",)
        assert documents(person) == [
            ("passport", "92/664", "EGY"),
            ("passport", "265 216", None),
            ("national_id", "1036300456", "MLI"),
        ]
        assert person.programme == "SDGT, SDT"
        assert ("address", "Rue 12, Gao, Mali") in details(person)
        assert ("note", "fka 8: SAGNON, Boureima") in details(person)
        assert person.remarks.endswith("Linked To: FRONT.")
        assert not found.problems

    def test_a_vessel_is_no_person_and_keeps_its_flag(self) -> None:
        vessel = read("ofac", SDN, ALT, ADD).edition.listings[1]
        assert vessel.kind == "entity"
        assert ("note", "flag: Cuba") in details(vessel)

    def test_the_files_come_in_any_order_and_a_missing_one_is_told(self) -> None:
        found = read("ofac", ALT, SDN)
        assert len(found.edition.listings[0].names) == 4
        assert problems(found) == [("", "add.csv", "not_given")]

    def test_a_name_of_nobody_is_reported(self) -> None:
        found = read("ofac", SDN, ALT + '999,1,"aka","NOBODY",-0- \r\n', ADD)
        assert problems(found) == [("999", "alt.csv: 3", "unknown_value")]

    def test_an_edition_is_as_old_as_was_said(self) -> None:
        assert read("ofac", SDN, ALT, ADD).edition.dated == datetime(2026, 1, 15, tzinfo=UTC)

    @pytest.mark.parametrize(
        ("files", "code"),
        [
            ((ALT,), "not_this_list"),
            ((SDN, SDN), "wrong_files"),
            (("a,b,c\n",), "not_this_list"),
            (("",), "empty"),
            ((SDN[: SDN.index("vessel")],), "truncated"),
            ((SDN.encode("latin-1"),), "wrong_encoding"),
            ((SDN + '103,"' + "A" * 300,), "truncated"),
        ],
    )
    def test_what_is_no_list_is_refused(self, files: tuple[str | bytes, ...], code: str) -> None:
        with pytest.raises(ListError) as caught:
            read("ofac", *files)
        assert caught.value.code == code

    def test_another_encoding_is_read_when_it_is_named(self) -> None:
        found = read("ofac", SDN.encode("cp1252"), encoding="cp1252")
        assert ListedName("EL LEÓN", "low") in found.edition.listings[0].names


CLASSIC = (DATA / "ofac-classic.xml").read_text("utf-8")
ADVANCED = (DATA / "ofac-advanced.xml").read_text("utf-8")


class TestClassic:
    def test_a_person_is_read(self) -> None:
        found = read("ofac", CLASSIC)
        person = only(found)
        assert names(person) == [
            ("Burema SANYON", "primary", "Latn"),
            ("TIGER", "low", "Latn"),
            ("САНЬОН", "good", "Cyrl"),
        ]
        assert births(person) == [("1970-01-01", "1972-12-31", "1970 to 1972")]
        assert (person.sex, person.nationalities) == ("M", ("MLI",))
        assert documents(person) == [("passport", "B0123", "MLI")]
        assert person.documents[0].text == "Passport; B0123; Mali; 03 May 2030"
        assert ("birth_place", "Gao") in details(person)
        assert person.programme == "SDGT, MALI"
        assert found.edition.dated == datetime(2026, 8, 7, tzinfo=UTC)

    def test_a_wrong_count_and_an_unknown_field_are_reported(self) -> None:
        assert problems(read("ofac", CLASSIC)) == [
            ("100", "mood", "unknown_field"),
            ("", "Record_Count", "wrong_count"),
        ]


class TestAdvanced:
    def test_a_person_is_put_together_from_all_over_the_file(self) -> None:
        found = read("ofac", ADVANCED)
        person = found.edition.listings[0]
        assert names(person) == [
            ("SANYON Burema", "primary", "Latn"),
            ("TIGER", "low", "Latn"),
            ("بوريما سانيون", "good", "Arab"),
        ]
        assert births(person) == [
            ("1962-11-23", "1962-11-23", "1962-11-23"),
            ("1962-01-01", "1964-12-31", "~1963"),
        ]
        assert (person.kind, person.sex, person.nationalities) == ("person", "M", ("MLI",))
        assert documents(person) == [("passport", "B0123", "MLI")]
        assert person.documents[0].text == "Passport; B0123; Mali; Issue Date 2019-02-01"
        assert (person.programme, person.listed_on) == ("MALI-EO13882", date(2017, 7, 31))
        assert {
            ("birth_place", "Gao, Mali"),
            ("note", "Website: example.org"),
            ("note", "Acting for: OTHER (9002)"),
            ("note", "SDN List"),
        } <= set(details(person))
        assert found.edition.dated == datetime(2026, 7, 30, tzinfo=UTC)

    def test_a_document_of_nobody_is_reported(self) -> None:
        found = read("ofac", ADVANCED)
        assert problems(found) == [("", "IDRegDocument", "unknown_value")]
        assert "LOST" in found.problems[0].text


@pytest.mark.parametrize("whole", [CLASSIC, ADVANCED])
def test_hostile_xml_is_refused(whole: str) -> None:
    bomb = whole.replace("?>", '?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>', 1)
    deep = whole.replace("</", "<a>" * 30 + "</", 1)
    for data, code in (
        (bomb, "forbidden_markup"),
        (deep, "too_deep"),
        (whole[: len(whole) // 2], "truncated"),
        ("<html/>", "not_this_list"),
    ):
        with pytest.raises(ListError) as caught:
            read("ofac", data)
        assert caught.value.code == code
    with pytest.raises(ListError, match="too_large"):
        read("ofac", whole, limit=500)
