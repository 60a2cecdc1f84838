"""Characters of a document number that no check digit tells from their look-alikes."""

from __future__ import annotations

from datetime import date

import pytest

from openmidas.documents import blind_characters, read_mrz
from openmidas.documents.blind import LOOK_ALIKES
from openmidas.documents.check_digits import check_digit


def likely(number: str) -> dict[int, str]:
    """Where a mistake is likely, and what the character may be."""
    return {one.position: one.may_be for one in blind_characters(number) if one.likely}


@pytest.mark.parametrize("pair", LOOK_ALIKES, ids="".join)
@pytest.mark.parametrize("place", range(9))
def test_no_check_digit_tells_look_alikes_apart(pair: tuple[str, str], place: int) -> None:
    one, other = (f"{'7' * place}{character}{'7' * (8 - place)}" for character in pair)

    assert check_digit(one) == check_digit(other)
    assert blind_characters(one)[0].position == place + 1
    assert other[place] in blind_characters(one)[0].may_be


def test_what_a_check_digit_does_tell_is_not_named() -> None:
    assert blind_characters("23479ABCDEIJNOTVXY") == ()


def test_a_character_may_be_one_of_several() -> None:
    assert [one.may_be for one in blind_characters("G")] == ["6Q"]


@pytest.mark.parametrize("number", ["123456789", "10658", "", "ABC234797"])
def test_among_figures_a_figure_is_one(number: str) -> None:
    assert likely(number) == {}


def test_where_letters_and_figures_meet_either_is_likely() -> None:
    assert likely("AB1234567") == {3: "L"}
    assert likely("L898902C3") == {1: "1", 2: "S"}


def test_letters_for_letters_keep_the_form_wherever_they_stand() -> None:
    assert likely("7M7P7H7Q7K") == {2: "W", 4: "F", 6: "R", 8: "G", 10: "<"}


def test_a_reading_names_all_of_its_own_number() -> None:
    reading = read_mrz(
        "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10",
        today=date(2026, 11, 21),
    )

    assert [(one.position, one.read) for one in reading.number_blind] == [
        (1, "L"), (2, "8"), (4, "8"), (6, "0"),
    ]  # fmt: skip
