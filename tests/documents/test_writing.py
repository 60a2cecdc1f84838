"""Zones that we write, read again."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmidas.documents import (
    CannotWrite,
    PartialDate,
    TravelDocument,
    find_mrz,
    mrz_components,
    read_mrz,
    write_mrz,
)
from openmidas.documents.formats import FORMATS, MrzFormat

TODAY = date(2026, 11, 21)
ERIKSSON = TravelDocument(
    format="TD3",
    document_code="P",
    issuer="UTO",
    number="L898902C3",
    surname="Eriksson",
    given_names="Anna Maria",
    nationality="UTO",
    birth=PartialDate(1974, 8, 12),
    expiry=PartialDate(2012, 4, 15),
    sex="F",
    optional="ZE184226B",
)


def but(**fields: Any) -> TravelDocument:
    return msgspec.structs.replace(ERIKSSON, **fields)


@pytest.mark.parametrize(
    ("document", "lines"),
    [
        (
            ERIKSSON,
            (
                "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
                "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
            ),
        ),
        (
            but(format="TD1", document_code="I", number="D23145890", optional=""),
            (
                "I<UTOD231458907<<<<<<<<<<<<<<<",
                "7408122F1204159UTO<<<<<<<<<<<6",
                "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
            ),
        ),
        (
            but(format="TD2", document_code="I", number="D23145890", optional=""),
            ("I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6"),
        ),
        (
            but(
                format="MRV-A",
                document_code="V",
                number="L8988901C",
                nationality="XXX",
                expiry=PartialDate(1996, 12, 10),
                optional="6ZE184226B",
            ),
            (
                "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
                "L8988901C4XXX7408122F96121096ZE184226B<<<<<<",
            ),
        ),
        (
            TravelDocument(
                format="TD1",
                document_code="I",
                issuer="NER",
                number="D23145890734",
                surname="Stevenson",
                given_names="Peter John",
                nationality="NER",
                birth=PartialDate(1934, 7, 12),
                expiry=PartialDate(1995, 7, 12),
                sex="M",
            ),
            (
                "I<NERD23145890<7349<<<<<<<<<<<",
                "3407127M9507122NER<<<<<<<<<<<2",
                "STEVENSON<<PETER<JOHN<<<<<<<<<",
            ),
        ),
    ],
    ids=["TD3", "TD1", "TD2", "MRV-A", "long number"],
)
def test_the_specimens_of_doc_9303(document: TravelDocument, lines: tuple[str, ...]) -> None:
    assert write_mrz(document, today=TODAY) == lines


@pytest.mark.parametrize(
    ("document", "field", "code"),
    [
        (but(document_code="X"), "document_code", "document_code_not_allowed"),
        (but(issuer="ZZZ"), "issuer", "state_code_unknown"),
        (but(issuer="XXA"), "issuer", "state_code_of_persons"),
        (but(nationality="DEU"), "nationality", "state_code_unknown"),
        (but(surname=" ", given_names="-"), "name", "name_missing"),
        (but(surname=" ", given_names="习"), "given_names", "letter_unknown"),
        (but(surname="Diallo 2"), "surname", "name_character"),
        (but(surname=None), "surname", "no_text"),
        (but(format="TD9"), "format", "format_unknown"),
        (but(sex="Q"), "sex", "sex_not_allowed"),
        (but(birth="1974"), "birth", "date_not_allowed"),
        (but(birth=PartialDate(1974, approximate=True)), "birth", "date_approximate"),
        (but(expiry=PartialDate(2030, 1, 1, True)), "expiry", "date_approximate"),
        (but(number=""), "number", "number_missing"),
        (but(number="A<"), "number", "number_missing"),
        (but(number="a1"), "number", "character_not_allowed"),
        (but(number="L898902C34"), "number", "too_long"),
        (but(optional="A" * 15), "optional", "too_long"),
        (but(optional_2="A"), "optional_2", "no_such_field"),
        (but(birth=PartialDate(1900, 1, 1)), "birth", "other_century"),
        (but(expiry=PartialDate(2090, 1, 1)), "expiry", "other_century"),
        (but(expiry=PartialDate(2030, 1)), "expiry", "date_incomplete"),
    ],
)
def test_what_no_zone_can_tell(document: TravelDocument, field: str, code: str) -> None:
    with pytest.raises(CannotWrite) as refused:
        write_mrz(document, today=TODAY)
    assert (refused.value.field, refused.value.code) == (field, code)


def test_a_single_name_stands_where_surnames_do() -> None:
    lines = write_mrz(but(surname="", given_names="Arkfreith"), today=TODAY)
    assert lines[0] == "P<UTOARKFREITH<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<"


def _dates(first: int, last: int) -> st.SearchStrategy[date]:
    return st.dates(date(first, 1, 1), date(last, 12, 31))


ALPHABETS = (
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "abcdefghijklmnopqrstuvwxyzàâçéèêëîïñôöœøåßüłşıžɓɗƙƴɲŋɔɛəẹ’",
    "абвгдежзийклмнопрстуфхцчшщъыэюяћђљњџқ",
    "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهويىڤ",
    "ߊߋߌߍߎߏߐߓߔߕߖߗߘߙߛߜߝߞߟߠߡߢߣߤߥߦ",
)
"""Letters; a name of people has up to four parts, and in Arabic letters its field is soon full."""


def not_of_apostrophes_alone(parts: list[str]) -> bool:
    return bool(mrz_components(" ".join(parts)))


@st.composite
def documents(draw: st.DrawFn) -> TravelDocument:
    """A document of any format that a zone can tell of, its name perhaps cut short."""
    layout: MrzFormat = draw(st.sampled_from(FORMATS))
    names = st.one_of(
        [
            st.lists(st.text(letters, min_size=1, max_size=14), min_size=1, max_size=4)
            for letters in ALPHABETS
        ]
    )
    characters = st.text("ABCXYZ0189", min_size=1)
    long = layout.long_numbers and draw(st.booleans())
    number = draw(st.text("ABC019", min_size=10 if long else 1, max_size=12 if long else 9))
    free = [part.stop - part.start for part in layout.optional]
    free[0] -= len(number) - 9 + 2 if long else 0
    optional = [draw(characters.map(lambda text, most=most: text[:most])) for most in free]
    birth = draw(_dates(1940, 2020))
    known = draw(st.sampled_from([3, 2, 1, 0]))
    parts = (birth.year, birth.month, birth.day)[:known]
    expiry = draw(st.none() | _dates(2021, 2060))
    return TravelDocument(
        format=layout.name,
        document_code={"TD3": "P", "MRV-A": "V", "MRV-B": "V"}.get(layout.name, "I"),
        issuer=draw(st.sampled_from(["MLI", "NER", "D", "UTO", "XPO"])),
        number=number,
        surname=draw(st.sampled_from(" -")).join(draw(names.filter(not_of_apostrophes_alone))),
        given_names=" ".join(draw(names | st.just([]))),
        nationality=draw(st.sampled_from(["GIN", "D", "XXX"])),
        birth=PartialDate(*parts) if parts else None,
        expiry=PartialDate(expiry.year, expiry.month, expiry.day) if expiry else None,
        sex=draw(st.sampled_from(["F", "M", None])),
        optional=optional[0],
        optional_2=optional[1] if len(optional) > 1 else "",
    )


@given(documents())
def test_what_was_written_is_read(document: TravelDocument) -> None:
    lines = write_mrz(document, today=TODAY)
    reading = read_mrz("\n".join(lines), today=TODAY)
    assert reading.ok, reading.findings
    for field in [
        "format",
        "document_code",
        "issuer",
        "number",
        "nationality",
        "birth",
        "expiry",
        "sex",
    ]:
        assert getattr(reading, field) == getattr(document, field), field
    assert reading.optional == " ".join(filter(None, (document.optional, document.optional_2)))
    assert find_mrz("".join(lines)) == lines
    surname, given_names = map(mrz_components, (document.surname, document.given_names))
    if reading.name_truncated:
        assert_begins(surname, reading.surname)
        assert_begins(given_names, reading.given_names)
    else:
        assert reading.surname == " ".join(surname)
        assert reading.given_names == " ".join(given_names)


def assert_begins(whole: tuple[str, ...], shortened: str) -> None:
    """Each component that was written begins the one in its place, and none was added."""
    parts = shortened.split()
    assert len(parts) <= len(whole)
    assert all(full.startswith(part) for full, part in zip(whole, parts, strict=False))
