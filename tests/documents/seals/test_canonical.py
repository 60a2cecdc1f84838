"""JSON in the one form that is signed (RFC 8785)."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openmidas.documents.seals import NotASeal
from openmidas.documents.seals.canonical import DEEPEST, canonical, read_json

NUMBERS = {
    -0.0: "0",
    5e-324: "5e-324",
    -1.7976931348623157e308: "-1.7976931348623157e+308",
    9007199254740992: "9007199254740992",
    295147905179352830000: "295147905179352830000",
    9.999999999999997e22: "9.999999999999997e+22",
    1e23: "1e+23",
    1e21: "1e+21",
    999999999999999700000.0: "999999999999999700000",
    333333333.33333325: "333333333.33333325",
    0.000001: "0.000001",
    1e-7: "1e-7",
    4.5: "4.5",
    0.002: "0.002",
    1e30: "1e+30",
    -12.0: "-12",
}
"""From appendix B and section 3.2.2 of RFC 8785."""
ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=("Cs",))),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.text(st.characters(exclude_categories=("Cs",)), max_size=5), inner, max_size=4
        )
    ),
    max_leaves=20,
)


@pytest.mark.parametrize(("number", "written"), NUMBERS.items())
def test_numbers_are_written_as_javascript_writes_them(number: float, written: str) -> None:
    assert canonical(number).decode() == written


def test_names_are_sorted_as_utf_16() -> None:
    names = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]
    sorted_names = ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]
    assert list(json.loads(canonical(dict.fromkeys(names, 1)))) == sorted_names


def test_texts_are_escaped_no_more_than_they_must() -> None:
    assert canonical("\u20ac$\u000f\nA'B\"\\/") == b'"\xe2\x82\xac$\\u000f\\nA\'B\\"\\\\/"'


@settings(deadline=None)
@given(ANYTHING)
def test_the_form_is_read_as_the_same_and_stays(value: object) -> None:
    form = canonical(value)
    again = read_json(form.decode())
    assert canonical(again) == form


@settings(deadline=None)
@given(st.floats(allow_nan=False, allow_infinity=False))
def test_no_number_loses_anything(number: float) -> None:
    assert float(canonical(number)) == number


@pytest.mark.parametrize("wrong", [math.nan, math.inf, object(), {1: 2}])
def test_what_has_no_form(wrong: object) -> None:
    with pytest.raises((ValueError, AttributeError)):
        canonical(wrong)


@pytest.mark.parametrize(
    "text",
    [
        '{"a":1,"a":2}',
        "NaN",
        "[" * (DEEPEST + 1) + "]" * (DEEPEST + 1),
        "{",
        '"',
        "1" * 5000,
        "[" * 90_000,
    ],
)
def test_what_could_be_read_twice_or_not_at_all_is_refused(text: str) -> None:
    with pytest.raises(NotASeal):
        read_json(text)


def test_brackets_in_a_text_are_no_depth() -> None:
    assert read_json(json.dumps("[" * 500 + '"')) == "[" * 500 + '"'
