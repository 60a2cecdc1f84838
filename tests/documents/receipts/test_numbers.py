"""Numbers that people write down."""

from __future__ import annotations

from uuid import UUID

import pytest

from openmidas.documents.receipts import Numbered, mark_of, read_number, receipt_number
from openmidas.documents.receipts.number import ALPHABET

NODE = UUID("01900000-0000-7000-8000-000000000001")
NUMBER = receipt_number(NODE, 1, 12_345)


def test_a_number_says_the_post_and_the_place() -> None:
    assert NUMBER == "CY3Z-10C1S-K"
    assert read_number(NUMBER) == Numbered(mark_of(NODE), 1, 12_345)


def test_a_long_journal_has_longer_numbers() -> None:
    number = receipt_number(NODE, 33, 50_000_000)
    assert read_number(number) == Numbered(mark_of(NODE), 1, 50_000_000)


@pytest.mark.parametrize("typed", [" cy3z ioc1s k ", "CY3Z-L0CIS-K"])
def test_a_number_is_read_as_people_type_it(typed: str) -> None:
    assert read_number(typed) == read_number(NUMBER)


def test_every_wrong_letter_is_noticed() -> None:
    letters = NUMBER.replace("-", "")
    for at, right in enumerate(letters):
        for wrong in ALPHABET.replace(right, ""):
            assert read_number(letters[:at] + wrong + letters[at + 1 :]) is None


def test_every_two_letters_that_changed_places_are_noticed() -> None:
    letters = NUMBER.replace("-", "")
    for at in range(len(letters) - 1):
        swapped = letters[:at] + letters[at + 1] + letters[at] + letters[at + 2 :]
        assert swapped == letters or read_number(swapped) is None


@pytest.mark.parametrize("typed", ["", "CY3Z", "?", "CY3Z-" + "1" * 60])
def test_what_cannot_be_a_number(typed: str) -> None:
    assert read_number(typed) is None
