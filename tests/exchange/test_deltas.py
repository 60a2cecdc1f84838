"""Packings and deltas: what comes out is what was named, or nothing does."""

from __future__ import annotations

import hashlib
import random

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from openmidas.exchange.deltas import MOST_BYTES, most_packed, pack, unpack
from openmidas.journal import JournalError

CHANCE = random.Random(5)  # noqa: S311  repeatable
OLD = CHANCE.randbytes(300_000)
NEW = OLD[:50_000] + b"somebody new" + OLD[50_000:200_000] + OLD[200_100:]

Bytes = st.binary(max_size=2_000)


def name(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def refused(packed: bytes, *, size: int, digest: str, base: bytes = b"") -> None:
    with pytest.raises(JournalError, match=r"attachment\.damaged"):
        unpack(packed, size=size, digest=digest, base=base)


@given(st.binary(min_size=1, max_size=2_000), Bytes)
def test_whatever_it_builds_on_the_same_comes_out(data: bytes, base: bytes) -> None:
    packed = pack(data, base)
    assert len(packed) <= most_packed(len(data))
    assert unpack(packed, size=len(data), digest=name(data), base=base) == data


@given(st.binary(min_size=1, max_size=500), Bytes, Bytes)
def test_another_base_never_gives_something_else(data: bytes, base: bytes, other: bytes) -> None:
    packed = pack(data, base)
    try:
        assert unpack(packed, size=len(data), digest=name(data), base=other) == data
    except JournalError as error:
        assert error.code == "attachment.damaged"  # noqa: PT017  it may pass where nothing is shared


DELTA = pack(NEW, OLD)


@given(st.integers(0, len(DELTA) - 1), st.integers(1, 255))
def test_a_flipped_byte_never_gives_something_else(at: int, flip: int) -> None:
    raw = bytearray(DELTA)
    raw[at] ^= flip
    try:
        assert unpack(bytes(raw), size=len(NEW), digest=name(NEW), base=OLD) == NEW
    except JournalError as error:
        assert error.code == "attachment.damaged"  # noqa: PT017  a bit may say nothing


@given(st.integers(0, len(DELTA) - 1))
def test_cut_off_it_gives_nothing(end: int) -> None:
    refused(DELTA[:end], size=len(NEW), digest=name(NEW), base=OLD)


def test_a_delta_is_as_short_as_what_changed() -> None:
    """Even where both ends of the old bytes are further away than any usual window reaches."""
    assert len(DELTA) < 300 < len(pack(NEW))
    far = CHANCE.randbytes(12_000_000)
    moved = far[6_000_000:] + b"!" + far[:6_000_000]
    delta = pack(moved, far)
    assert len(delta) < 10_000
    assert unpack(delta, size=len(moved), digest=name(moved), base=far) == moved


@given(st.integers(0, 2 * MOST_BYTES).filter(lambda size: size != len(NEW)))
def test_another_size_than_was_named_is_refused_before_it_is_unpacked(size: int) -> None:
    refused(DELTA, size=size, digest=name(NEW), base=OLD)


def test_more_behind_its_end_is_refused() -> None:
    refused(DELTA + DELTA, size=len(NEW), digest=name(NEW), base=OLD)


def test_a_frame_that_hides_its_size_is_refused() -> None:
    hidden = zstandard.ZstdCompressor(write_content_size=False).compress(NEW)
    refused(hidden, size=len(NEW), digest=name(NEW))


def test_a_frame_that_holds_more_than_it_says_is_refused() -> None:
    """A bomb: its header is that of a short one, and behind it come many bytes."""
    short, bomb = pack(b"x" * 300), pack(bytes(1_000_000))
    said = zstandard.get_frame_parameters(short)
    assert said.content_size == 300
    head = zstandard.frame_header_size(short)
    forged = short[:head] + bomb[zstandard.frame_header_size(bomb) :]
    refused(forged, size=300, digest=name(b"x" * 300))
