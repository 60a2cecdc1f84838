"""Finding a zone in what a keyboard wedge sends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmidas.documents import find_mrz

TD1 = (
    "I<NERD231458907<<<<<<<<<<<<<<<",
    "7408122F2904157NER<<<<<<<<<<<4",
    "DIALLO<<AMADOU<<<<<<<<<<<<<<<<",
)
TD3 = (
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
)
VISA = ("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "L8988901C4XXX7408122F9612109<<<<<<<<")


@pytest.mark.parametrize("lines", [TD1, TD3, VISA], ids=["TD1", "TD3", "MRV-B"])
@pytest.mark.parametrize(
    "sent",
    ["{}", "{}\r\n", "\x02{}\x03", "]L0{}\t", "\x1cMRZ:{}\x04", "  {}  ", "IDBOX{}END", "{}{}"],
)
@pytest.mark.parametrize("between", ["", "\r", "\r\n", "\t", "\x1d", " "])
def test_found_however_the_reader_sends_it(lines: tuple[str, ...], sent: str, between: str) -> None:
    raw = sent.replace("{}", between.join(lines))

    assert find_mrz(raw) == lines
    assert find_mrz(raw.lower()) == lines


def test_found_after_a_broken_first_try_of_the_reader() -> None:
    assert find_mrz("P<UTOERIKSSON<<AN\r" + "\r".join(TD3)) == TD3


@pytest.mark.parametrize("place", [9, 19, 27, 42, 43])
def test_not_found_when_any_one_check_digit_is_wrong(place: int) -> None:
    digit = "0" if TD3[1][place] != "0" else "1"

    assert find_mrz(TD3[0] + TD3[1][:place] + digit + TD3[1][place + 1 :]) is None


def test_the_tail_of_a_passport_with_a_wrong_composite_digit_is_no_visa() -> None:
    # From its ninth character on, this passport is a zone of 2 x 36 that begins with a V, and
    # the three check digits of a visa of that size are right.
    first, second = "P<UTOERIV<UTOANNA<<MARIA".ljust(44, "<"), TD3[1][:43] + "1"

    assert find_mrz(first + second) is None
    assert find_mrz(first + "\r" + second) is None
    assert find_mrz(first[8:] + second[:36]) == (first[8:], second[:36])


def test_a_document_code_that_its_format_does_not_have_is_not_found() -> None:
    assert find_mrz("X" + "".join(TD3)[1:]) is None


@given(st.text())
def test_never_raises_and_finds_nothing_in_any_text(text: str) -> None:
    assert find_mrz(text) is None


def test_more_than_any_reader_sends_is_not_searched() -> None:
    assert find_mrz("\r".join(TD3) + "\r" * 5000) is None


def test_a_nine_character_number_written_as_a_long_one_is_not_found() -> None:
    # All check digits are right; the form is not (Doc 9303-5, note j).
    assert (
        find_mrz("I<UTOD23145890<7".ljust(30, "<") + "3407127M9507122UTO<<<<<<<<<<<4" + TD1[2])
        is None
    )
