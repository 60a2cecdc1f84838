"""The list of the European Union: nearly everything stands in attributes."""

from __future__ import annotations

from datetime import datetime

import pytest

from openmidas.screening import ListError, Listing, ReadList
from tests.screening.formats.support import (
    births,
    details,
    documents,
    names,
    only,
    problems,
    read,
)

HEAD = '<?xml version="1.0" encoding="UTF-8"?><export xmlns="http://eu.europa.ec/fpi/fsd/export"'
UNKNOWN = 'countryIso2Code="00" countryDescription="UNKNOWN" regulationLanguage="en" logicalId="5"'


def export(inside: str, dated: str = 'generationDate="2026-08-05T16:47:04.449+02:00"') -> str:
    """An export with one entity that holds what the test adds."""
    return (
        f'{HEAD} {dated} globalFileId="7"><sanctionEntity designationDetails="" '
        f'unitedNationId="QDi.1" euReferenceNumber="EU.27.28" logicalId="13">{inside}'
        "</sanctionEntity></export>"
    )


PERSON = '<subjectType code="person" classificationCode="P"/>'
NAME = '<nameAlias wholeName="Burema SANYON" strong="true" logicalId="1"/>'
WHOLE = export(
    "<remark>Leads the front.</remark>"
    '<regulation regulationType="regulation" publicationDate="2003-07-08" programme="MLI" '
    'numberTitle="1210/2003 (OJ L169)" logicalId="3"><publicationUrl>http://example.org/act'
    "</publicationUrl></regulation>" + PERSON + '<nameAlias firstName="" wholeName="Le Tigre" '
    'nameLanguage="FR" strong="false" logicalId="2"/>'
    '<nameAlias firstName="Burema" middleName="" lastName="SANYON" wholeName="Burema SANYON" '
    'function="Leader" gender="M" title="Haji" strong="true" logicalId="1"><regulationSummary '
    'numberTitle="1/2003" publicationUrl="http://example.org/1"/></nameAlias>'
    '<nameAlias wholeName="Бурема САНЬОН" nameLanguage="BG" strong="true" logicalId="3"/>'
    '<citizenship region="" countryIso2Code="ML" countryDescription="MALI" logicalId="4"/>'
    f'<citizenship region="" {UNKNOWN}/>'
    '<birthdate circa="false" calendarType="GREGORIAN" city="Gao" birthdate="1937-04-28" '
    'dayOfMonth="28" monthOfYear="4" year="1937" countryIso2Code="ML" countryDescription="MALI"/>'
    '<identification diplomatic="true" knownExpired="false" number="AD001095" '
    'identificationTypeCode="passport" identificationTypeDescription="National passport" '
    'countryIso2Code="ML" countryDescription="MALI" logicalId="6"><remark>(seen)</remark></identification>'
    f'<identification number="12 34 56" identificationTypeCode="id" {UNKNOWN}/>'
    f'<address city="" street="" {UNKNOWN}><remark>SSN 156-92</remark></address>'
    '<address city="Gao" street="Rue 12" countryIso2Code="ML" countryDescription="MALI"/>'
    '<mood of="day">sombre</mood>'
)


@pytest.fixture(scope="module")
def found() -> ReadList:
    return read("eu", WHOLE)


@pytest.fixture(scope="module")
def person(found: ReadList) -> Listing:
    return only(found)


def test_strong_and_weak_aliases_keep_their_quality(person: Listing) -> None:
    assert names(person) == [
        ("Burema SANYON", "primary", "Latn"),
        ("Le Tigre", "low", "Latn"),
        ("Бурема САНЬОН", "good", "Cyrl"),
    ]


def test_the_facts_are_read(person: Listing, found: ReadList) -> None:
    assert (person.id, person.kind, person.sex) == ("EU.27.28", "person", "M")
    assert (person.nationalities, person.programme) == (("MLI",), "MLI")
    assert births(person) == [("1937-04-28", "1937-04-28", "1937-04-28")]
    assert documents(person) == [
        ("passport", "AD001095", "MLI"),
        ("national_id", "12 34 56", None),
    ]
    assert "diplomatic" in person.documents[0].text
    assert "(seen)" in person.documents[0].text
    assert found.edition.dated == datetime.fromisoformat("2026-08-05T16:47:04.449+02:00")


def test_what_is_for_people_only_is_kept(person: Listing) -> None:
    assert person.remarks == "Leads the front."
    assert {
        ("note", "UN: QDi.1"),
        ("title", "Haji"),
        ("designation", "Leader"),
        ("birth_place", "Gao, MALI"),
        ("address", "Rue 12, Gao, MALI"),
        ("note", "address: SSN 156-92"),
        ("note", "regulation 1210/2003 (OJ L169) 2003-07-08 http://example.org/act"),
        ("note", "1/2003 http://example.org/1"),
        ("note", "nameAlias: Le Tigre (FR)"),
    } <= set(details(person))


def test_what_is_not_understood_is_reported_and_kept(found: ReadList, person: Listing) -> None:
    assert problems(found) == [("EU.27.28", "mood", "unknown_field")]
    assert person.unread == ("mood: of=day sombre",)


@pytest.mark.parametrize(
    ("given", "birth"),
    [
        ('circa="false" year="1961"', ("1961-01-01", "1961-12-31", "1961")),
        ('circa="true" year="1961"', ("1960-01-01", "1962-12-31", "~1961")),
        ('circa="false" year="1961" monthOfYear="7"', ("1961-07-01", "1961-07-31", "1961-07")),
        ('yearRangeFrom="1953" yearRangeTo="1958"', ("1953-01-01", "1958-12-31", "1953/1958")),
        ('birthdate="1961-02-30"', ("None", "None", "1961-02-30")),
        ('yearRangeTo="1958"', ("None", "None", "/1958")),
        ('calendarType="HIJRI" year="1402"', ("None", "None", "1402 (HIJRI)")),
    ],
)
def test_every_way_of_giving_a_birth(given: str, birth: tuple[str, str, str]) -> None:
    found = read("eu", export(f"{PERSON}{NAME}<birthdate {given} {UNKNOWN}/>"))
    assert births(only(found)) == [birth]
    assert bool(found.problems) == (birth[0] == "None")


def test_a_birth_that_only_names_a_place_is_no_birth() -> None:
    person = only(
        read("eu", export(f'{PERSON}{NAME}<birthdate circa="false" city="Gao" {UNKNOWN}/>'))
    )
    assert births(person) == []
    assert ("birth_place", "Gao") in details(person)


def test_two_sexes_are_none() -> None:
    aliases = '<nameAlias wholeName="A B" gender="M"/><nameAlias wholeName="A C" gender="F"/>'
    found = read("eu", export(PERSON + aliases))
    assert only(found).sex is None
    assert problems(found) == [("EU.27.28", "nameAlias/gender", "unknown_value")]


def test_an_enterprise_is_no_person() -> None:
    subject = '<subjectType code="enterprise" classificationCode="E"/>'
    assert only(read("eu", export(subject + NAME))).kind == "entity"


def test_a_name_of_ten_megabytes_is_cut_and_reported() -> None:
    found = read("eu", export(f'{PERSON}<nameAlias wholeName="{"A" * 10_000_000}" strong="true"/>'))
    assert len(only(found).name) == 20_000
    assert {problem.code for problem in found.problems} == {"too_long"}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (WHOLE.replace("?>", '?><!DOCTYPE x [<!ENTITY a "b">]>', 1), "forbidden_markup"),
        (WHOLE[:-40], "truncated"),
        (WHOLE.replace("UTF-8", "KLINGON"), "wrong_encoding"),
        (WHOLE.encode("utf-8").replace("САНЬОН".encode(), b"\xd1\xd2\xd3\xd4"), "wrong_encoding"),
        (f"{HEAD} generationDate='2026-01-01'></export>", "empty"),
        (export(PERSON + NAME, 'generationDate="soon"'), "undated"),
        ("<sdnList/>", "not_this_list"),
    ],
)
def test_a_file_that_is_not_the_list_is_refused(data: str | bytes, code: str) -> None:
    with pytest.raises(ListError) as caught:
        read("eu", data)
    assert caught.value.code == code
