"""The form in which numbers are compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmidas.screening.lost import written

NUMBERS = st.from_regex(r"[A-Z]{0,3}[0-9]{5,9}", fullmatch=True)


@pytest.mark.parametrize(
    ("text", "number", "altered"),
    [
        ("A1234567", "A1234567", False),
        ("a 123-45.67", "A1234567", False),
        ("A1234567<<", "A1234567", False),
        ("N° A1234567", "A1234567", False),
        ("No. A1234567", "A1234567", False),
        ("Nº A1234567", "A1234567", False),
        ("№A1234567", "A1234567", False),
        ("Ａ１２３４５６７", "A1234567", False),
        ("A١٢٣٤٥٦٧", "A1234567", False),
        ("AO234567", "A0234567", True),
        ("A0234567", "A0234567", False),
        ("AI234567", "A1234567", True),
        ("00123456", "123456", True),
        ("O0123456", "123456", True),
        ("0000001", "00001", True),
        ("00001", "00001", False),
    ],
)
def test_ways_of_writing_become_one(text: str, number: str, altered: bool) -> None:
    assert written(text) == (number, altered)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "1234",
        "A123",
        "ABCDEFG",
        "OOOOOO",
        "7" * 33,
        "ЖЖ12345",
        "É123456",
        "12345\ufffd",
        "x²34567" * 9,
    ],
)
def test_what_identifies_no_document_is_none(text: str) -> None:
    assert written(text) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A123456", "123456"),
        ("NO 123456", "123456"),
        ("N 123456", "123456"),
        ("B1234567", "81234567"),
    ],
)
def test_letters_at_the_front_are_part_of_the_number(one: str, other: str) -> None:
    assert written(one) != written(other)


@given(NUMBERS, st.sampled_from([" ", "-", "<", ".", "/", "\u00a0"]), st.integers(0, 8))
def test_case_and_what_parts_signs_change_nothing(number: str, sign: str, at: int) -> None:
    assert written(number[:at].lower() + sign + number[at:]) == written(number)


@given(NUMBERS)
def test_signs_that_are_mixed_up_meet(number: str) -> None:
    plain, mixed = written(number), written(number.replace("0", "O").replace("1", "I"))
    assert plain is not None
    if any(sign.isdigit() for sign in number.replace("0", "").replace("1", "")):
        assert mixed is not None
        assert plain.number == mixed.number


@given(st.text(max_size=40))
def test_whatever_is_written_has_an_answer(text: str) -> None:
    found = written(text)
    assert found is None or (found.number.isascii() and found.number.isalnum())
