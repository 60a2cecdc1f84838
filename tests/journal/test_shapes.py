"""Bodies taken apart and put together again: to the byte, whatever they hold."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmidas.journal.shapes import DEEPEST, OPAQUE, put_together, read_shape, take_apart

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats()
    | st.text(max_size=300)
    | st.binary(max_size=300)
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=20) | st.dictionaries(SCALARS, inner, max_size=20),
    max_leaves=40,
)


@given(VALUES)
def test_a_body_comes_back_to_the_byte(value: Any) -> None:
    body = msgspec.msgpack.encode(value)
    shape, leaves = take_apart(body)
    assert shape != OPAQUE
    assert put_together(shape, leaves) == body


@given(st.binary(max_size=80))
def test_so_do_bytes_that_are_no_body(raw: bytes) -> None:
    assert put_together(*take_apart(raw)) == raw


@given(st.binary(max_size=80))
def test_bytes_that_are_no_shape_are_told_apart(raw: bytes) -> None:
    try:
        shape = read_shape(raw)
    except ValueError:
        return
    assert len(shape.fragments) == len(shape.paths) + 1


def test_bodies_of_one_kind_have_one_shape_whatever_they_hold() -> None:
    one = {"kind": "a.b", "content": {"names": ["A", "B"], "birth": None}}
    other = {"kind": "c.d", "content": {"names": ["C", "DD"], "birth": 1974}}
    shapes = {take_apart(msgspec.msgpack.encode(body))[0] for body in (one, other)}
    assert len(shapes) == 1
    (shape,) = shapes
    assert read_shape(shape).paths == (
        b"\xa4kind",
        b"\xa7content\xa5names",
        b"\xa7content\xa5names",
        b"\xa7content\xa5birth",
    )


def test_what_is_nested_without_end_is_carried_whole() -> None:
    body = b"\x91" * (DEEPEST + 1) + b"\xc0"
    assert take_apart(body) == (OPAQUE, [msgspec.msgpack.encode(body)])
    assert take_apart(body[1:])[0] != OPAQUE


def test_leaves_that_do_not_fit_are_refused() -> None:
    shape, leaves = take_apart(msgspec.msgpack.encode({"a": 1, "b": 2}))
    with pytest.raises(ValueError, match="do not fit"):
        put_together(shape, leaves[:1])
