"""The code by which a post joins: random, forgiving to read, unforgiving to mistakes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmidas.posts.codes import ALPHABET
from openmidas.posts.join_codes import (
    LENGTH,
    SECRET_LETTERS,
    JoinCode,
    NotACodeError,
    check_letter,
    new_code,
    read_code,
)

letters = st.text(ALPHABET, min_size=LENGTH - 1, max_size=LENGTH - 1)
places = st.integers(0, LENGTH - 1)


def code_of(text: str) -> JoinCode:
    return JoinCode(text[:4], text[4:])


def test_a_code_has_100_random_bits_in_five_groups() -> None:
    assert len(ALPHABET) ** SECRET_LETTERS == 2**100
    codes = {new_code() for _ in range(50)}
    assert len({code.secret for code in codes}) == 50
    assert all([len(group) for group in code.text().split("-")] == [5] * 5 for code in codes)


@given(letters)
def test_a_code_fits_however_people_type_it(text: str) -> None:
    code = code_of(text)
    typed = code.text().replace("0", "o").replace("1", "l").lower().replace("-", " – ")
    assert read_code(typed) == code


@given(letters, places, st.sampled_from(ALPHABET))
def test_any_letter_misread_is_told(text: str, place: int, other: str) -> None:
    whole = text + check_letter(text)
    wrong = whole[:place] + other + whole[place + 1 :]
    if wrong != whole:
        with pytest.raises(NotACodeError):
            read_code(wrong)


@given(letters, places, places)
def test_any_two_letters_swapped_are_told(text: str, one: int, other: int) -> None:
    whole = list(text + check_letter(text))
    swapped = whole.copy()
    swapped[one], swapped[other] = whole[other], whole[one]
    if swapped != whole:
        with pytest.raises(NotACodeError):
            read_code("".join(swapped))


@pytest.mark.parametrize("typed", ["", "K7QF3", "U" * LENGTH, "0" * (LENGTH + 1)])
def test_what_is_no_code_is_told(typed: str) -> None:
    with pytest.raises(NotACodeError):
        read_code(typed)


def test_the_key_does_not_show_the_code_and_needs_all_of_it() -> None:
    code = code_of("K7QF" + "0" * SECRET_LETTERS)
    others = [code_of("K7QG" + code.secret), code_of("K7QF" + "0" * 19 + "1")]
    assert code.key() == code_of("K7QF" + "0" * SECRET_LETTERS).key()
    assert code.key() not in [other.key() for other in others]
    assert code.secret.encode() not in code.key()
