"""Kinds that have changed: old versions are lifted when they are read, whatever is in them."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmidas.journal.errors import JournalError
from openmidas.journal.kinds import TO_HQ, Content, EntryKind, NodeKind, kind


class Weighed(Content, frozen=True, kw_only=True):
    """Version 3: grams; what was weighed is named."""

    grams: int
    goods: str = ""


def in_grams(old: dict[str, Any]) -> dict[str, Any]:
    """Version 1 told kilograms."""
    return {"grams": old["kilograms"] * 1000}


def named(old: dict[str, Any]) -> dict[str, Any]:
    """Version 2 did not say what."""
    return {**old, "goods": "not told"}


WEIGHED = EntryKind(
    "goods.weighed", 3, Weighed, TO_HQ, frozenset(NodeKind), {1: in_grams, 2: named}
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.text() | st.binary(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(st.integers(-(2**53), 2**53))
def test_each_version_is_lifted_step_by_step(kilograms: int) -> None:
    raw = msgspec.msgpack.encode({"kilograms": kilograms})
    kept = bytes(raw)
    once, again = WEIGHED.decode(1, raw), WEIGHED.decode(1, raw)
    assert once == again == Weighed(grams=kilograms * 1000, goods="not told")
    assert raw == kept


@given(st.integers(-(2**63), 2**63 - 1), st.text())
def test_what_is_written_today_is_read_as_it_is(grams: int, goods: str) -> None:
    said = Weighed(grams=grams, goods=goods)
    assert WEIGHED.decode(3, msgspec.msgpack.encode(said)) == said


def read(version: int, raw: bytes) -> Content | str:
    """The content, or the code of why there is none: nothing else is ever raised."""
    try:
        return WEIGHED.decode(version, raw)
    except JournalError as error:
        return error.code


@given(VALUES | st.fixed_dictionaries({"kilograms": VALUES}), st.integers(-(2**63), 2**64 - 1))
def test_whatever_a_post_writes_is_read_or_set_aside(told: Any, version: int) -> None:
    """Its upcasters meet anything at all: a post is not believed to write what it declared."""
    found = read(version, msgspec.msgpack.encode(told))
    assert isinstance(found, Weighed) or found in ("entry.malformed", "entry.version_unknown")


@given(st.binary(max_size=60), st.integers(1, 3))
def test_so_are_bytes_that_are_no_content(raw: bytes, version: int) -> None:
    found = read(version, raw)
    assert isinstance(found, Weighed) or found == "entry.malformed"


@pytest.mark.parametrize(
    ("version", "upcasters"),
    [(2, {}), (3, {1: named}), (3, {2: named}), (1, {1: named}), (2, {0: named})],
)
def test_every_version_below_needs_its_upcaster(version: int, upcasters: dict[int, Any]) -> None:
    with pytest.raises(ValueError, match="one upcaster for each version"):
        kind(
            "never.declared",
            version=version,
            audience=TO_HQ,
            authority=NodeKind,
            upcasters=upcasters,
        )
