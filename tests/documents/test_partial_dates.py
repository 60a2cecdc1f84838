"""Dates that are known only in part."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmidas.documents import PartialDate


@st.composite
def partial_dates(draw: st.DrawFn) -> PartialDate:
    day = draw(st.dates())
    known = draw(st.integers(0, 2))
    return PartialDate(
        day.year,
        day.month if known > 0 else None,
        day.day if known > 1 else None,
        approximate=draw(st.booleans()),
    )


@given(partial_dates())
def test_text_and_parse_are_inverse(value: PartialDate) -> None:
    assert PartialDate.parse(value.text()) == value


@given(partial_dates())
def test_the_known_part_lies_between_earliest_and_latest(value: PartialDate) -> None:
    inside = date(value.year, value.month or 1, value.day or 1)

    assert value.earliest() <= inside <= value.latest()


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("1974-08-12", date(1974, 8, 12), date(1974, 8, 12)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("1974", date(1974, 1, 1), date(1974, 12, 31)),
        ("~1974", date(1969, 1, 1), date(1979, 12, 31)),
    ],
)
def test_what_a_partial_date_may_stand_for(text: str, earliest: date, latest: date) -> None:
    value = PartialDate.parse(text)

    assert (value.earliest(), value.latest()) == (earliest, latest)


@pytest.mark.parametrize(
    "text", ["", "74", "1974-8", "1974-13", "1974-02-30", "1974-08-12 ", "١٩٧٤", "0000", "1974-00"]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        PartialDate.parse(text)


def test_a_day_needs_its_month() -> None:
    with pytest.raises(ValueError, match="month"):
        PartialDate(1974, None, 12)
