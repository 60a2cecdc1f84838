"""Compiled files: what goes in comes out, deterministic, and nothing hostile gets further."""

from __future__ import annotations

import random
import struct
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from openmidas.documents import PartialDate
from openmidas.screening import (
    CompiledError,
    Detail,
    Edition,
    Index,
    ListedBirth,
    ListedDocument,
    ListedName,
    Listing,
    Query,
)
from openmidas.screening.compiled.candidates import Candidates
from openmidas.screening.compiled.compiling import about, compile_editions, compile_file
from openmidas.screening.compiled.layout import MAGIC, VERSION, open_layout
from openmidas.screening.compiled.records import decode_record, encode_record

FULL = Listing(
    id="X.1",
    kind="person",
    names=(
        ListedName("Boureïma SAGNON"),
        ListedName("بوريما سانيون", "good", "Arab"),
        ListedName("Zanko", "low"),
    ),
    births=(
        ListedBirth(date(1971, 3, 14), date(1971, 3, 14), "1971-03-14"),
        ListedBirth(date(1971, 3, 14), date(1971, 3, 14), "14 March 1971"),
        ListedBirth(date(1980, 1, 1), date(1980, 12, 31), "1980"),
        ListedBirth(date(1958, 1, 1), date(1973, 12, 31), "1958 to 1973"),
        ListedBirth(None, None, "in the year of the drought"),
    ),
    sex="M",
    nationalities=("MLI", "BFA"),
    documents=(ListedDocument("passport", "B0117641", "MLI", "Passport B0117641"),),
    programme="TS",
    listed_on=date(2020, 2, 29),
    remarks="…",
    details=(Detail("note", "called “the tailor”"),),
    unread=("FIELD: text",),
)
PLAIN = Listing(id="X.2", kind="person", names=(ListedName("Salifou KIEMDE"),))
ENTITY = Listing(id="X.3", kind="entity", names=(ListedName("KIEMDE TRADING"),))
EDITION = Edition(
    list_code="test",
    title="Test",
    dated=datetime(2026, 1, 15, tzinfo=UTC),
    listings=(FULL, PLAIN, ENTITY),
)
FOUND = Query(surname="KIEMDE", given_names="SALIFOU", nationality="BFA")


@pytest.fixture(scope="module")
def compiled() -> bytes:
    return compile_editions([EDITION])


@pytest.mark.parametrize("listing", [FULL, PLAIN, ENTITY])
def test_a_listing_comes_out_as_it_went_in(listing: Listing) -> None:
    assert decode_record(encode_record(listing)) == listing


def test_a_plain_listing_takes_little_more_than_its_name() -> None:
    assert len(encode_record(PLAIN)) <= len(PLAIN.id) + len(PLAIN.name) + 8


def test_the_same_editions_give_the_same_bytes(compiled: bytes, tmp_path: Path) -> None:
    path = tmp_path / "lists"
    compile_file([(about(EDITION), iter(EDITION.listings))], path)
    assert path.read_bytes() == compiled == compile_editions([EDITION])
    assert list(tmp_path.iterdir()) == [path]


def test_it_opens_from_a_file_and_from_memory(compiled: bytes, tmp_path: Path) -> None:
    path = tmp_path / "lists"
    path.write_bytes(compiled)
    for source in (path, compiled, memoryview(bytearray(compiled))):
        index = Index.open(source)
        assert [hit.listing for hit in index.screen(FOUND)] == [PLAIN]
        assert [each.code for each in index.lists] == ["test"]
        assert index.lists[0].edition == EDITION.digest()


def test_a_file_replaced_under_an_open_index_does_not_change_its_answers(
    compiled: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "lists"
    compile_file([(about(EDITION), EDITION.listings)], path)
    index = Index.open(path)
    compile_file([(about(EDITION), ())], path)
    assert [hit.listing for hit in index.screen(FOUND)] == [PLAIN]
    assert len(Index.open(path)) == 0


def test_several_lists_tell_which_one_answers() -> None:
    other = Edition(list_code="other", title="", dated=EDITION.dated, listings=(PLAIN,))
    none = Edition(list_code="none", title="", dated=EDITION.dated, listings=())
    hits = Index.build([none, EDITION, none, other]).screen(FOUND)
    assert sorted(hit.list_code for hit in hits) == ["other", "test"]


def test_words_that_begin_alike_are_counted_apart() -> None:
    words = ("ABDULLA", "ABDULLAH", "ABDULLAHI", "ABDULLAHI", "ABDULLAHU", "ABDU")
    listings = tuple(
        Listing(id=f"{at}", kind="person", names=(ListedName(word),))
        for at, word in enumerate(words)
    )
    dated = datetime(2026, 1, 15, tzinfo=UTC)
    edition = Edition(list_code="test", title="", dated=dated, listings=listings)
    found = Candidates(open_layout(compile_editions([edition]))).words
    asked = ("ABDU", "ABDULL", "ABDULLA", "ABDULLAH", "ABDULLAHI", "ABDULLAHO", "ABDULLAHU", "ZZZ")
    assert [found.bearers(word) for word in asked] == [1, 0, 1, 1, 2, 0, 1, 0]


def test_no_list_at_all_answers_nothing() -> None:
    query = Query(
        surname="KIEMDE", given_names="SALIFOU", number="B0117641", birth=PartialDate(1980)
    )
    assert Index.build([]).screen(query) == ()


def test_numbers_of_documents_are_found() -> None:
    (hit,) = Index.build([EDITION]).screen(Query(number="B-0117641", number_issuer="MLI"))
    assert (hit.listing.id, hit.level) == ("X.1", "strong")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not_compiled"),
        (b"OMEDITN\x02" + bytes(100), "not_compiled"),
        (MAGIC + b"\x63" + bytes(100), "unknown_version"),
        (MAGIC + bytes([VERSION]) + struct.pack("<IQ12x", 15, 2**60), "too_large"),
        (MAGIC + bytes([VERSION]) + struct.pack("<IQ12x", 2**32 - 1, 32), "damaged"),
        (MAGIC + bytes([VERSION]) + struct.pack("<IQ12x", 15, 32), "damaged"),
    ],
)
def test_what_is_no_compiled_file_is_said(data: bytes, code: str, tmp_path: Path) -> None:
    path = tmp_path / "lists"
    path.write_bytes(data)
    for source in (data, path):
        with pytest.raises(CompiledError) as error:
            Index.open(source)
        assert error.value.code == code


def test_a_file_cut_off_anywhere_is_refused(compiled: bytes) -> None:
    for length in [*range(0, 600, 7), *range(600, len(compiled), 997)]:
        with pytest.raises(CompiledError):
            Index.open(compiled[:length])


def test_whatever_bytes_are_changed_it_answers_or_says_that_it_is_damaged(compiled: bytes) -> None:
    """No other error, no crash of numpy, no endless work: what is read is bounded where it is read."""
    chance = random.Random(3)  # noqa: S311  no secret
    query = Query(
        surname="KIEMDE", given_names="SALIFOU BOUREIMA SAGNON", birth=PartialDate(1971, 3, 14),
        number="B0117641", nationality="MLI", sex="M", name_truncated=True,
    )  # fmt: skip
    answered = refused = 0
    filled = [at for at in range(len(compiled)) if compiled[at]]
    for _ in range(600):
        broken = bytearray(compiled)
        for _ in range(chance.choice((1, 1, 20, 400))):
            broken[chance.choice(filled)] = chance.choice((0, 1, 0x7F, 0xFF, chance.randrange(256)))
        try:
            Index.open(bytes(broken)).screen(query)
            answered += 1
        except CompiledError:
            refused += 1
    assert answered > 50
    assert refused > 50


@pytest.mark.parametrize("section", [1, 2, 4, 6, 14])
def test_offsets_that_lead_outside_are_bounded(compiled: bytes, section: int) -> None:
    start, length = struct.unpack_from("<QQ", compiled, 32 + section * 24 + 8)
    for filling in (b"\xff", b"\x00", b"\x7f"):
        broken = compiled[:start] + filling * length + compiled[start + length :]
        try:
            Index.open(broken).screen(FOUND)
        except CompiledError as error:
            assert error.code == "damaged"  # noqa: PT017  it may answer
