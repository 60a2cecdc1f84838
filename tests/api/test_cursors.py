"""Cursors come back as they were given, and nothing else is taken for one."""

from __future__ import annotations

import base64
from contextlib import suppress
from datetime import UTC, datetime
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmidas.api.cursors import read_cursor, write_cursor
from openmidas.api.problems import NotAnswered

MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2199, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001


@given(MOMENTS, st.uuids())
def test_a_cursor_comes_back(at: datetime, id: UUID) -> None:
    cursor = read_cursor(write_cursor(at, id))
    assert (cursor.at, cursor.id) == (at, id)


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_anything_else_is_refused_or_read_within_bounds(raw: bytes) -> None:
    for text in (base64.urlsafe_b64encode(raw).decode().rstrip("="), raw.decode("latin-1")):
        with suppress(NotAnswered):
            assert 1970 <= read_cursor(text).at.year < 2200


@pytest.mark.parametrize("microseconds", [-1, 10**18, 2**63 - 1])
def test_a_moment_that_no_calendar_has_is_refused(microseconds: int) -> None:
    raw = msgspec.msgpack.encode((microseconds, UUID(int=1)))
    refused = pytest.RaisesExc(NotAnswered, check=lambda it: it.code == "cursor.malformed")
    with refused:
        read_cursor(base64.urlsafe_b64encode(raw).decode())
