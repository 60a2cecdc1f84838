"""Text in two thirds of its length."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openmidas.documents.seals.c40 import NotC40, decode_c40, encode_c40


@pytest.mark.parametrize(
    ("text", "coded"), [("UTO", "d9c5"), ("D  ", "6abc"), ("D", "fe45"), ("", "")]
)
def test_as_iso_16022_has_it(text: str, coded: str) -> None:
    assert encode_c40(text).hex() == coded
    assert decode_c40(encode_c40(text)) == text


@settings(deadline=None)
@given(st.text(alphabet=" 0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", max_size=80))
def test_what_is_written_is_read(text: str) -> None:
    assert decode_c40(encode_c40(text)) == text


@settings(deadline=None)
@given(st.binary(max_size=12))
def test_one_text_has_one_coding(data: bytes) -> None:
    try:
        text = decode_c40(data)
    except NotC40:
        return
    assert encode_c40(text) == data


@pytest.mark.parametrize("wrong", ["é", "a", "<"])
def test_other_characters_are_refused(wrong: str) -> None:
    with pytest.raises(NotC40):
        encode_c40(wrong)
