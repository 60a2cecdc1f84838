"""Numbers of border residents' cards: what is one, and that a slip is seen."""

from __future__ import annotations

import pytest

from openmidas.crossings.card_numbers import fits, in_card_form, make_card_number, written


def test_a_number_is_read_as_it_is_written() -> None:
    number = make_card_number(12345678901)
    assert (len(number), fits(number)) == (14, True)
    assert in_card_form(written(number).lower()) == number
    assert in_card_form(f" {number[:4]} {number[4:8]} {number[8:12]}‑{number[12:]}\n") == number


@pytest.mark.parametrize(
    "text", ["", "R123", "P1234567890", "R12345678901234", "R" + " " * 30, "R١٢٣٤٥٦٧٨٩"]
)
def test_anything_else_is_none(text: str) -> None:
    assert in_card_form(text) == ""


def test_every_wrong_figure_and_every_two_that_change_places_are_seen() -> None:
    figures = make_card_number(48207163905)[1:]
    for place, figure in enumerate(figures):
        for other in "0123456789":
            if other != figure:
                assert not fits("R" + figures[:place] + other + figures[place + 1 :])
    for place in range(len(figures) - 1):
        one, two = figures[place], figures[place + 1]
        if one != two:
            assert not fits("R" + figures[:place] + two + one + figures[place + 2 :])


@pytest.mark.parametrize("value", [-1, 10**11])
def test_there_are_a_hundred_thousand_million(value: int) -> None:
    with pytest.raises(ValueError, match=str(value)):
        make_card_number(value)
