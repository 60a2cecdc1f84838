"""Birth dates as people give them at the counter."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmidas.crossings.birth import NotADateError, read_birth, read_expiry

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("1974", "1974"),
        ("mars 1974", "1974-03"),
        ("March 1974", "1974-03"),
        ("Août 1974", "1974-08"),
        ("juin 1974", "1974-06"),
        ("juillet 1974", "1974-07"),
        ("July 1974", "1974-07"),
        ("déc. 1974", "1974-12"),
        ("12/03/1974", "1974-03-12"),
        ("12.3.74", "1974-03-12"),
        ("12 3 1974", "1974-03-12"),
        ("03/1974", "1974-03"),
        ("12031974", "1974-03-12"),
        ("120374", "1974-03-12"),
        ("120320", "2020-03-12"),
        ("1974-03-12", "1974-03-12"),
        ("1er mars 1974", "1974-03-01"),
        ("le 12 mars 1974", "1974-03-12"),
        ("3rd March 1974", "1974-03-03"),
        ("about 30 years old", "~1996"),
        ("environ 30 ans", "~1996"),
        ("30 ans", "~1996"),
        ("~30", "~1996"),
        ("30", "~1996"),
        ("3 mois", "~2026"),
        ("11 months old", "~2025"),
        ("env. 1974", "~1974"),
        ("né vers 1974", "~1974"),
        ("née en 1974", "1974"),
        ("born in March 1974", "1974-03"),
        ("vers mars 1974", "~1974"),
    ],
)
def test_understands_what_people_say(typed: str, read: str) -> None:
    birth = read_birth(typed, today=TODAY)
    assert birth is not None
    assert birth.text() == read


@pytest.mark.parametrize(
    "typed",
    ["yesterday", "31/02/1974", "13/13/1974", "1850", "2027", "12 foo 1974", "130 ans", "1974 ?"],
)
def test_says_what_it_cannot_understand(typed: str) -> None:
    with pytest.raises(NotADateError):
        read_birth(typed, today=TODAY)


def test_nothing_typed_is_no_birth_date() -> None:
    assert read_birth("  ", today=TODAY) is None


def test_reads_the_expiry_of_a_document_in_the_future() -> None:
    expiry = read_expiry("12/03/29")
    assert expiry is not None
    assert expiry.text() == "2029-03-12"
    with pytest.raises(NotADateError):
        read_expiry("never")


@given(st.text(max_size=24))
def test_any_text_is_read_or_refused(typed: str) -> None:
    try:
        birth = read_birth(typed, today=TODAY)
    except NotADateError:
        return
    assert birth is None or birth.earliest() <= TODAY
