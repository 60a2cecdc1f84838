"""Spans of time: what two have in common, and what is left of one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from openmidas.register.spans import Span, without


def at(hour: int) -> datetime:
    return datetime(2026, 3, 1, hour, tzinfo=UTC)


def span(start: int, end: int) -> Span:
    return Span(at(start), at(end))


@pytest.mark.parametrize(
    ("other", "common"),
    [((6, 9), (8, 9)), ((9, 20), (9, 12)), ((1, 8), None), ((12, 13), None), ((1, 23), (8, 12))],
)
def test_what_two_have_in_common(other: tuple[int, int], common: tuple[int, int] | None) -> None:
    assert span(8, 12).within(span(*other)) == (span(*common) if common else None)


@pytest.mark.parametrize(
    ("gone", "left"),
    [
        ((), ((8, 12),)),
        (((9, 10),), ((8, 9), (10, 12))),
        (((10, 11), (7, 9)), ((9, 10), (11, 12))),
        (((8, 10), (9, 11)), ((11, 12),)),
        (((1, 23),), ()),
        (((11, 14),), ((8, 11),)),
        (((13, 14),), ((8, 12),)),
    ],
)
def test_what_is_left(gone: tuple[tuple[int, int], ...], left: tuple[tuple[int, int], ...]) -> None:
    assert without(span(8, 12), [span(*one) for one in gone]) == [span(*one) for one in left]
