"""Times of birth in one text: every way that lists write them, and what is not guessed at."""

from __future__ import annotations

import pytest

from openmidas.screening.formats.birth_texts import read_birth_text


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1974", "1974-01-01", "1974-12-31"),
        ("1974-08", "1974-08-01", "1974-08-31"),
        ("1974-08-12", "1974-08-12", "1974-08-12"),
        ("1974-08-12T00:00:00", "1974-08-12", "1974-08-12"),
        ("1974-00-00", "1974-01-01", "1974-12-31"),
        ("19740812", "1974-08-12", "1974-08-12"),
        ("12/08/1974", "1974-08-12", "1974-08-12"),
        ("08/25/1974", "1974-08-25", "1974-08-25"),
        ("25.12.1980", "1980-12-25", "1980-12-25"),
        ("00/00/1974", "1974-01-01", "1974-12-31"),
        ("XX/08/1974", "1974-08-01", "1974-08-31"),
        ("08/1974", "1974-08-01", "1974-08-31"),
        ("12 Aug 1974", "1974-08-12", "1974-08-12"),
        ("August 12, 1974", "1974-08-12", "1974-08-12"),
        ("12 août 1974", "1974-08-12", "1974-08-12"),
        ("1er janvier 1970", "1970-01-01", "1970-01-01"),
        ("Sep. 1958", "1958-09-01", "1958-09-30"),
        ("circa 1974", "1973-01-01", "1975-12-31"),
        ("vers 1974", "1973-01-01", "1975-12-31"),
        ("~1974", "1973-01-01", "1975-12-31"),
        ("1974 (approximately)", "1973-01-01", "1975-12-31"),
        ("1974-1976", "1974-01-01", "1976-12-31"),
        ("1974/1976", "1974-01-01", "1976-12-31"),
        ("between 1974 and 1976", "1974-01-01", "1976-12-31"),
        ("entre 1974 et 1976", "1974-01-01", "1976-12-31"),
        ("01 Jan 1965 to 31 Dec 1969", "1965-01-01", "1969-12-31"),
        ("1960s", "1960-01-01", "1969-12-31"),
    ],
)
def test_is_read_as_a_range_of_days_beside_its_text(text: str, first: str, last: str) -> None:
    birth = read_birth_text(text)
    assert birth is not None
    assert (str(birth.earliest), str(birth.latest), birth.text) == (first, last, text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "1971-02-30",
        "32/01/1974",
        "1402",
        "24/06/1402",
        "12/00/1974",
        "1974 1976",
        "5" * 99,
    ],
)
def test_is_not_read_in_part(text: str) -> None:
    assert read_birth_text(text) is None
