"""What a change of a kind may be without a new version, and what is found out."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

import msgspec
import pytest

from tests.golden.schemas import broken_promises, schema_of

Short = Annotated[str, msgspec.Meta(max_length=8)]
Longer = Annotated[str, msgspec.Meta(max_length=16)]


class Inner(msgspec.Struct, kw_only=True):
    place: str


class InnerMore(msgspec.Struct, kw_only=True):
    place: str
    lane: str


class Before(msgspec.Struct, kw_only=True):
    crossing: UUID
    word: Short
    parts: tuple[Inner, ...] = ()
    note: str | None = None


class Wider(msgspec.Struct, kw_only=True):
    crossing: UUID
    word: Longer
    parts: tuple[Inner, ...] = ()
    note: str | None = None
    added: str = ""


class WithoutOne(msgspec.Struct, kw_only=True):
    crossing: UUID
    parts: tuple[Inner, ...] = ()
    note: str | None = None


class Required(msgspec.Struct, kw_only=True):
    crossing: UUID
    word: Short
    parts: tuple[Inner, ...] = ()
    note: str | None = None
    added: str


class OtherType(msgspec.Struct, kw_only=True):
    crossing: UUID
    word: int
    parts: tuple[Inner, ...] = ()
    note: str | None = None


class Narrower(msgspec.Struct, kw_only=True):
    crossing: UUID
    word: Annotated[str, msgspec.Meta(max_length=4)]
    parts: tuple[InnerMore, ...] = ()
    note: str


def broken(now: type[msgspec.Struct]) -> list[str]:
    return broken_promises(schema_of(Before), schema_of(now))


def test_what_is_only_added_with_a_default_is_no_new_version() -> None:
    assert broken(Before) == broken(Wider) == []


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (WithoutOne, ["word is gone"]),
        (Required, ["added is new and has no default"]),
        (OtherType, ["word is of another type"]),
        (
            Narrower,
            [
                "word takes less",
                "parts[].lane is new and has no default",
                "note is of another type",
            ],
        ),
    ],
)
def test_whatever_reads_less_is_told_by_its_place(
    now: type[msgspec.Struct], told: list[str]
) -> None:
    assert broken(now) == told


def test_a_value_that_is_gone_is_found() -> None:
    class Two(msgspec.Struct):
        way: Literal["in", "out"]

    class One(msgspec.Struct):
        way: Literal["in"]

    assert broken_promises(schema_of(Two), schema_of(One)) == ["way has lost a value"]
    assert broken_promises(schema_of(One), schema_of(Two)) == []
