"""Reading the United Nations list: what is understood, what is reported, what is refused."""

from __future__ import annotations

import gzip
import io
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from openmidas.screening import (
    Detail,
    ListedBirth,
    ListedDocument,
    ListedName,
    ListError,
    Listing,
    Problem,
    ReadList,
    open_list,
    read_un,
)

DATA = Path(__file__).parent / "data"
SMALL = (DATA / "un-small.xml").read_bytes()


@pytest.fixture(scope="module")
def small() -> ReadList:
    return read_un(io.BytesIO(SMALL))


@pytest.fixture(scope="module")
def sagnon(small: ReadList) -> Listing:
    return small.edition.listings[0]


def one_person(inside: str) -> ReadList:
    """A list with one person who has a name, a reference, and what the test adds."""
    return read_un(
        io.BytesIO(
            '<CONSOLIDATED_LIST dateGenerated="2026-01-15"><INDIVIDUALS><INDIVIDUAL>'
            "<REFERENCE_NUMBER>TSi.9</REFERENCE_NUMBER><FIRST_NAME>ANNA</FIRST_NAME>"
            f"{inside}</INDIVIDUAL></INDIVIDUALS></CONSOLIDATED_LIST>".encode()
        )
    )


def test_an_edition_bears_the_date_of_its_source(small: ReadList) -> None:
    assert small.edition.list_code == "un"
    assert small.edition.dated == datetime(2026, 1, 15, 0, 0, 9, 554000, tzinfo=UTC)


def test_all_names_are_taken_apart_with_quality_and_script(sagnon: Listing) -> None:
    assert sagnon.names == (
        ListedName("BOUREÏMA SAGNON N'GUESSAN", "primary"),
        ListedName("بوريما سانيون", "good", "Arab"),
        ListedName("Burema Sanyon", "good"),
        ListedName("Bourema Sagnong", "good"),
        ListedName("Tireur Zanko", "low"),
        ListedName("Занко", "low", "Cyrl"),
        ListedName("Issoufou Wandaogo", "good"),
    )


def test_the_simple_facts_are_read(sagnon: Listing) -> None:
    assert (sagnon.id, sagnon.kind, sagnon.sex) == ("TSi.001", "person", "M")
    assert (sagnon.programme, sagnon.listed_on) == ("Testland", date(2012, 12, 31))
    assert sagnon.nationalities == ("MLI",)
    assert sagnon.births == (
        ListedBirth(date(1976, 1, 1), date(1976, 12, 31), "1976"),
        ListedBirth(date(1971, 3, 14), date(1971, 3, 14), "1971-03-14"),
    )


def test_documents_are_read_from_fields_and_from_prose(sagnon: Listing) -> None:
    numbers = [(doc.kind, doc.number, doc.issuer) for doc in sagnon.documents]
    assert numbers == [
        ("passport", "B/011-7641", "MLI"),
        ("national_id", "", None),
        ("passport", "K4455667", None),
    ]


def test_what_is_for_people_only_is_kept(sagnon: Listing) -> None:
    assert Detail("title", "Haji") in sagnon.details
    assert Detail("birth_place", "Ansongo, Mali") in sagnon.details
    assert Detail("address", "Gao, Mali, previous") in sagnon.details
    assert any("(birth name)" in detail.text for detail in sagnon.details)
    assert sagnon.remarks.startswith("Said to have left.")


def test_each_thing_not_understood_is_reported_and_kept(small: ReadList, sagnon: Listing) -> None:
    assert small.problems == (
        Problem("TSi.001", "NATIONALITY/VALUE", "unknown_state", "Republic of Nowhere"),
        Problem("TSi.001", "INDIVIDUAL_ALIAS/NOTE", "unreadable_note", "DOB: 11 Apr. 1963"),
        Problem(
            "TSi.001",
            "INDIVIDUAL_DOCUMENT/NUMBER",
            "unreadable_number",
            "National Identification Number; issued under another name",
        ),
        Problem("1002", "EYE_COLOUR", "unknown_field", "green"),
        Problem("1002", "INDIVIDUAL_DATE_OF_BIRTH", "unreadable_date", "1971-02-30"),
        Problem("1002", "REFERENCE_NUMBER", "missing", ""),
        Problem("1002", "GENDER", "unknown_value", "Unclear"),
        Problem("1002", "LISTED_ON", "unreadable_date", "soon"),
        Problem("TSi.003", "FIRST_NAME", "missing", ""),
        Problem("TSi.001", "REFERENCE_NUMBER", "duplicate", "SECOND"),
        Problem("", "VESSEL", "unknown_field", "Pirogue I"),
    )
    assert sagnon.unread[0] == "NATIONALITY/VALUE: Republic of Nowhere"


def test_a_broken_listing_does_not_keep_the_others_out(small: ReadList) -> None:
    assert [listing.id for listing in small.edition.listings] == ["TSi.001", "1002", "TSe.001"]
    assert small.edition.listings[2].kind == "entity"


@pytest.mark.parametrize(
    ("fields", "earliest", "latest", "text"),
    [
        (
            "<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><YEAR>1985</YEAR>",
            date(1985, 1, 1),
            date(1985, 12, 31),
            "1985",
        ),
        (
            "<TYPE_OF_DATE>APPROXIMATELY</TYPE_OF_DATE><YEAR>1985</YEAR>",
            date(1984, 1, 1),
            date(1986, 12, 31),
            "~1985",
        ),
        (
            "<TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1984</FROM_YEAR><TO_YEAR>1986</TO_YEAR>",
            date(1984, 1, 1),
            date(1986, 12, 31),
            "1984/1986",
        ),
        ("<NOTE>Nov. 1973</NOTE>", date(1973, 11, 1), date(1973, 11, 30), "Nov. 1973"),
        ("<YEAR>1958</YEAR><NOTE>Sep.</NOTE>", date(1958, 9, 1), date(1958, 9, 30), "Sep. 1958"),
        (
            "<NOTE>Between Aug. and Sep. 1977</NOTE>",
            date(1977, 8, 1),
            date(1977, 9, 30),
            "Between Aug. and Sep. 1977",
        ),
        (
            "<DATE>1979-03-03</DATE><NOTE>from false passport</NOTE>",
            date(1979, 3, 3),
            date(1979, 3, 3),
            "1979-03-03 (from false passport)",
        ),
        ("<NOTE>24/06/1402 (Hijri Calendar)</NOTE>", None, None, "24/06/1402 (Hijri Calendar)"),
        ("<NOTE>30-35 years old</NOTE>", None, None, "30-35 years old"),
    ],
)
def test_every_way_of_giving_a_birth(
    fields: str, earliest: date | None, latest: date | None, text: str
) -> None:
    read = one_person(f"<INDIVIDUAL_DATE_OF_BIRTH>{fields}</INDIVIDUAL_DATE_OF_BIRTH>")
    assert read.edition.listings[0].births == (ListedBirth(earliest, latest, text),)
    assert bool(read.problems) == (earliest is None)


@pytest.mark.parametrize(
    ("number", "read"),
    [
        ("OB 0243318", "OB 0243318"),
        ("CAR diplomatic passport no. D00000898", "D00000898"),
        ("381110042 (Expired 25 Jan. 2016)", "381110042"),
        ("Libya B/002210", "B/002210"),
        ("1-78-09-44621-80", "1-78-09-44621-80"),
    ],
)
def test_a_number_is_found_in_its_sentence(number: str, read: str) -> None:
    person = one_person(f"<INDIVIDUAL_DOCUMENT><NUMBER>{number}</NUMBER></INDIVIDUAL_DOCUMENT>")
    (document,) = person.edition.listings[0].documents
    assert document == ListedDocument("other", read, None, number)


def test_where_a_consulate_stands_is_not_who_issued() -> None:
    read = one_person(
        "<INDIVIDUAL_DOCUMENT><NUMBER>514448632</NUMBER><CITY_OF_ISSUE>Alexandria</CITY_OF_ISSUE>"
        "<COUNTRY_OF_ISSUE>Egypt</COUNTRY_OF_ISSUE></INDIVIDUAL_DOCUMENT>"
    )
    (document,) = read.edition.listings[0].documents
    assert document.issuer is None
    assert "Alexandria" in document.text


def test_a_name_of_ten_megabytes_is_cut_and_reported() -> None:
    read = one_person(f"<SECOND_NAME>{'A' * 10_000_000}</SECOND_NAME>")
    assert len(read.edition.listings[0].name) < 25_000
    assert [(p.code, p.text) for p in read.problems] == [("too_long", "10000000")]


def test_gzipped_or_plain_is_told_by_the_first_bytes(tmp_path: Path) -> None:
    for name, data in (("plain.gz", SMALL), ("zipped.xml", gzip.compress(SMALL))):
        (tmp_path / name).write_bytes(data)
        with open_list(tmp_path / name) as stream:
            assert len(read_un(stream).edition.listings) == 3


HEAD = b'<?xml version="1.0" encoding="UTF-8"?>'
EMPTY = b'<CONSOLIDATED_LIST dateGenerated="2026-01-15"></CONSOLIDATED_LIST>'


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ((DATA / "bomb.xml").read_bytes(), "forbidden_markup"),
        (b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>', "forbidden_markup"),
        (SMALL[: len(SMALL) // 2], "truncated"),
        (b"", "truncated"),
        (SMALL.replace(b"</FIRST_NAME>", b"</LAST_NAME>", 1), "malformed"),
        (SMALL.decode().encode("latin-1", "replace"), "wrong_encoding"),
        (SMALL.replace(b"UTF-8", b"KLINGON", 1), "wrong_encoding"),
        (HEAD + b"<sdnList></sdnList>", "not_this_list"),
        (b"number,type\n123,passport\n", "malformed"),
        (HEAD + EMPTY, "empty"),
        (HEAD + EMPTY.replace(b"2026-01-15", b"yesterday"), "undated"),
        (HEAD + EMPTY.replace(b"><", b">" + b"<a>" * 5000 + b"</a>" * 5000 + b"<"), "too_deep"),
    ],
)
def test_a_file_that_is_not_the_list_is_refused_by_name(data: bytes, code: str) -> None:
    with pytest.raises(ListError) as caught:
        read_un(io.BytesIO(data))
    assert caught.value.code == code


def test_a_list_beyond_the_limit_is_refused() -> None:
    with pytest.raises(ListError) as caught:
        read_un(io.BytesIO(SMALL), limit=2000)
    assert (caught.value.code, caught.value.params) == ("too_large", {"limit": "2000"})


def test_a_gzip_that_swells_or_breaks_off_is_refused(tmp_path: Path) -> None:
    swelling = gzip.compress(HEAD + EMPTY.replace(b"><", b">" + b" " * 20_000_000 + b"<"))
    for data, code in (
        (swelling, "too_large"),
        (gzip.compress(SMALL)[:-400], "truncated"),
        (b"\x1f\x8b" + b"junk" * 50, "malformed"),
    ):
        (tmp_path / "list").write_bytes(data)
        with open_list(tmp_path / "list") as stream, pytest.raises(ListError) as caught:
            read_un(stream, limit=10_000_000)
        assert caught.value.code == code


def test_utf_16_is_read_as_declared() -> None:
    text = SMALL.decode().replace('encoding="UTF-8"', 'encoding="UTF-16"')
    assert len(read_un(io.BytesIO(text.encode("utf-16"))).edition.listings) == 3
