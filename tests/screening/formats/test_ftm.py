"""FollowTheMoney entities: linked by ids, in any order, flat or nested."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from itertools import permutations
from typing import Any

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


def entity(id: str, schema: str, /, caption: str = "", **properties: list[Any]) -> dict[str, Any]:
    """An entity as OpenSanctions writes it."""
    return {
        "id": id,
        "caption": caption,
        "schema": schema,
        "properties": properties,
        "datasets": ["eu_fsf"],
        "last_seen": "2024-06-01T10:57:03",
        "referents": ["other-1"],
    }


def lines(*entities: dict[str, Any]) -> str:
    """Entities as JSON lines."""
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in entities)


PERSON = entity(
    "p1",
    "Person",
    "Burema Sanyon",
    name=["بوريما سانيون", "Burema Sanyon"],
    alias=["Bourema Sagnong"],
    weakAlias=["Le Tigre"],
    birthDate=["1971", "1971-01-22", "1969"],
    gender=["male"],
    nationality=["ml", "suhh"],
    idNumber=["12 34"],
    position=["Leader"],
    addressEntity=["a1"],
    notes=["Said to have left."],
    topics=["sanction"],
)
PASSPORT = entity("d1", "Passport", holder=["p1"], number=["B0123"], country=["ml"])
CARD = entity("d2", "Identification", holder=["p1"], number=["77"], type=["Identity card"])
ADDRESS = entity("a1", "Address", full=["Gao, Mali"])
SANCTION = entity("s1", "Sanction", entity=["p1"], program=["MLI"], listingDate=["2024-02-23"])
OTHER = entity("p2", "Person", "Awa Sanyon", name=["Awa Sanyon"])
FAMILY = entity("f1", "Family", person=["p1"], relative=["p2"], relationship=["sister"])
ALL = (PERSON, PASSPORT, CARD, ADDRESS, SANCTION, OTHER, FAMILY)


def test_a_person_is_read_with_all_that_belongs_to_it() -> None:
    found = read("ftm", lines(*ALL))
    person = found.edition.listings[0]
    assert names(person) == [
        ("Burema Sanyon", "primary", "Latn"),
        ("بوريما سانيون", "good", "Arab"),
        ("Bourema Sagnong", "good", "Latn"),
        ("Le Tigre", "low", "Latn"),
    ]
    assert [text for _, _, text in births(person)] == ["1971-01-22", "1969"]
    assert (person.sex, person.nationalities) == ("M", ("MLI",))
    assert documents(person) == [
        ("national_id", "12 34", None),
        ("passport", "B0123", "MLI"),
        ("national_id", "77", None),
    ]
    assert (person.programme, person.listed_on) == ("MLI", date(2024, 2, 23))
    assert person.remarks == "Said to have left."
    assert {
        ("address", "Gao, Mali"),
        ("designation", "Leader"),
        ("note", "birthDate: 1971"),
        ("note", "topics: sanction"),
        ("note", "Family: Awa Sanyon; sister"),
    } <= set(details(person))
    assert problems(found) == [("p1", "nationality", "unknown_state")]
    assert found.edition.dated == datetime(2024, 6, 1, 10, 57, 3, tzinfo=UTC)


def test_the_order_of_the_lines_changes_nothing() -> None:
    some = (PERSON, PASSPORT, ADDRESS, OTHER)
    editions = {read("ftm", lines(*order)).edition.digest() for order in permutations(some)}
    assert len(editions) == 1


def test_entities_within_entities_are_read_as_those_beside_them() -> None:
    properties: dict[str, list[Any]] = dict(PERSON["properties"])
    properties |= {"addressEntity": [ADDRESS], "sanctions": [SANCTION]}
    bare = {**PASSPORT, "properties": {"number": ["B0123"], "country": ["ml"]}}
    properties |= {"passportEntity": [bare]}
    person = only(read("ftm", lines({**PERSON, "properties": properties})))
    assert ("passport", "B0123", "MLI") in documents(person)
    assert ("address", "Gao, Mali") in details(person)
    assert person.programme == "MLI"


def test_a_circle_of_links_ends() -> None:
    circle = entity("d1", "Passport", holder=["d1", "p1"], number=["B0123"])
    kin = entity("f1", "Family", person=["p1"], relative=["p1"])
    person = only(read("ftm", lines(PERSON, circle, kin, ADDRESS)))
    assert ("passport", "B0123", None) in documents(person)


def test_who_is_not_a_target_is_left_out_and_told() -> None:
    found = read("ftm", lines({**OTHER, "target": False}, PERSON, ADDRESS))
    assert [listing.id for listing in found.edition.listings] == ["p1"]
    assert ("p2", "target", "not_listed") in problems(found)


def test_what_belongs_to_nobody_is_told() -> None:
    lost = entity("d9", "Passport", holder=["nobody"], number=["B9"])
    found = read("ftm", lines(OTHER, lost))
    assert problems(found) == [("d9", "Passport", "unknown_value")]


def test_an_organisation_is_no_person_and_an_unknown_one_may_be() -> None:
    organisation = entity("o1", "Organization", name=["Front"])
    unknown = entity("o2", "LegalEntity", name=["Awa Koné"], birthDate=["1974"])
    kinds = {one.id: one.kind for one in read("ftm", lines(organisation, unknown)).edition.listings}
    assert kinds == {"o1": "entity", "o2": "person"}


def test_a_broken_line_costs_no_other() -> None:
    found = read("ftm", lines(PERSON) + '{"id": 5}\nnonsense\n' + lines(OTHER, ADDRESS))
    assert len(found.edition.listings) == 2
    assert [
        (one.listing, one.field) for one in found.problems if one.code == "unreadable_line"
    ] == [("", "line 2"), ("", "line 3")]


def test_a_name_of_ten_megabytes_is_cut_and_reported() -> None:
    found = read("ftm", lines(entity("p1", "Person", name=["A" * 10_000_000])))
    assert len(only(found).name) == 20_000
    assert ("p1", "name", "too_long") in problems(found)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("", "empty"),
        ("<export/>\n", "not_this_list"),
        (lines(PERSON, OTHER)[:-20], "truncated"),
        (lines(PERSON).encode("utf-8").replace("سا".encode(), b"\xff\xfe"), "wrong_encoding"),
        (lines(PERSON)[:-1] + "A" * (17 * 1024 * 1024), "line_too_long"),
        ("[" * 100_000 + "\n", "not_this_list"),
    ],
)
def test_a_file_that_is_not_such_a_list_is_refused(data: str | bytes, code: str) -> None:
    with pytest.raises(ListError) as caught:
        read("ftm", data)
    assert caught.value.code == code


def test_entities_nested_without_end_are_followed_a_few_steps_only() -> None:
    inner = '{"id":"x","schema":"Person","properties":{"name":["Deep"],"a":['
    data = inner * 2000 + "]}}" * 2000 + "\n"
    found = read("ftm", lines(OTHER) + data)
    assert OTHER["id"] in {listing.id for listing in found.edition.listings}


SIMPLE = (
    '"id","schema","name","aliases","birth_date","countries","addresses","identifiers","sanctions",'
    '"phones","emails","dataset","first_seen","last_seen"\n'
    '"p1","Person","Burema; Sanyon","Bourema Sagnong;""Sagnon; B.""","1971-01-22;1969","ml;bf",'
    '"Gao, Mali","B0123;77","Mali – travel ban","","","EU FSF","2023-01-01 06:00:00",'
    '"2024-06-01 10:57:03"\n'
    '"c1","LegalEntity","Sanyon et frères","","","ml","","RC 12","","","","EU FSF","",""\n'
)


class TestSimpleTable:
    def test_a_row_is_a_listing_and_a_cell_has_several_values(self) -> None:
        found = read("ftm", SIMPLE)
        person = next(one for one in found.edition.listings if one.id == "p1")
        assert [name for name, _, _ in names(person)] == [
            "Burema; Sanyon", "Bourema Sagnong", "Sagnon; B.",
        ]  # fmt: skip
        assert births(person) == [
            ("1971-01-22", "1971-01-22", "1971-01-22"),
            ("1969-01-01", "1969-12-31", "1969"),
        ]
        assert person.nationalities == ("MLI", "BFA")
        assert [(kind, number) for kind, number, _ in documents(person)] == [
            ("other", "B0123"), ("other", "77"),
        ]  # fmt: skip
        assert person.programme == "Mali – travel ban"
        assert ("address", "Gao, Mali") in details(person)
        assert found.edition.title == "EU FSF"
        assert found.edition.dated == datetime(2024, 6, 1, 10, 57, 3, tzinfo=UTC)
        assert found.problems == ()

    def test_a_country_makes_no_person_of_an_entity(self) -> None:
        firm = next(one for one in read("ftm", SIMPLE).edition.listings if one.id == "c1")
        assert (firm.kind, firm.nationalities) == ("entity", ())
        assert ("note", "country: ml") in details(firm)

    def test_a_broken_row_costs_no_other_and_a_new_column_is_kept(self) -> None:
        more = SIMPLE.replace('"last_seen"', '"last_seen","colour"').replace(':03"', ':03","red"')
        found = read("ftm", more)
        assert [one.id for one in found.edition.listings] == ["p1"]
        assert ("note", "colour: red") in details(only(found))
        assert problems(found) == [
            ("", "colour", "unknown_column"), ("", "line 3", "unreadable_line"),
        ]  # fmt: skip

    def test_headings_alone_are_an_empty_list(self) -> None:
        with pytest.raises(ListError, match="empty"):
            read("ftm", SIMPLE.splitlines()[0])


def test_a_name_in_numbered_parts_is_one_and_a_project_is_no_issuer() -> None:
    """As the entities of OpenSanctions have them from their sources; the person is invented."""
    line = (
        '{"id":"x-1","schema":"Person","caption":"1: BUREMA 2: AG 3: SANYON","properties":'
        '{"name":["1: BUREMA 2: AG 3: SANYON"],"weakAlias":[":"],"nationality":["ml"],'
        '"idNumber":["Malian Fiscal Code: SNYBRM62T26."],"identifiers":["Q262597"],'
        '"passportNumber":["Q1234567"]}}\n'
    )
    person = only(read("ftm", line))
    assert [name[0] for name in names(person)] == ["BUREMA AG SANYON"]
    assert documents(person) == [
        ("national_id", "SNYBRM62T26", "MLI"), ("passport", "Q1234567", None),
    ]  # fmt: skip
    assert {
        ("note", "name: 1: BUREMA 2: AG 3: SANYON"),
        ("note", "weakAlias: :"),
        ("note", "identifiers: Q262597"),
    } <= set(details(person))
