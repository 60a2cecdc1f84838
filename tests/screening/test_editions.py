"""The bytes an edition travels in."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from openmidas.screening import Edition, EditionError, ListedBirth, ListedName, Listing
from openmidas.screening.edition import MAGIC

EDITION = Edition(
    list_code="un",
    title="Test",
    dated=datetime(2026, 1, 15, tzinfo=UTC),
    listings=(
        Listing(
            id="TSi.001",
            kind="person",
            names=(ListedName("BOUREÏMA SAGNON"),),
            births=(ListedBirth(date(1971, 3, 14), date(1971, 3, 14), "1971-03-14"),),
        ),
    ),
)


@given(st.text(), st.lists(st.text(min_size=1), max_size=4), st.datetimes(timezones=st.just(UTC)))
def test_an_edition_comes_back_as_it_was(title: str, names: list[str], dated: datetime) -> None:
    listings = tuple(
        Listing(id=str(at), kind="person", names=(ListedName(name),))
        for at, name in enumerate(names)
    )
    edition = Edition(list_code="own", title=title, dated=dated, listings=listings)
    data = edition.encode()
    assert Edition.decode(data) == edition
    assert Edition.decode(data).encode() == data


def test_the_digest_is_of_what_it_says() -> None:
    other = Edition(
        list_code="un", title="Test", dated=datetime(2026, 1, 16, tzinfo=UTC), listings=()
    )
    assert EDITION.digest() == Edition.decode(EDITION.encode()).digest()
    assert EDITION.digest() != other.digest()


def _frame(payload: bytes) -> bytes:
    return zstandard.ZstdCompressor(write_checksum=True).compress(payload)


COMPRESSED = MAGIC + b"\x01" + _frame(EDITION.encode()[8:])
"""As version 1 wrote it."""


def test_one_that_was_written_compressed_is_read_as_ever() -> None:
    assert Edition.decode(COMPRESSED) == EDITION


def test_an_edition_looks_like_the_one_before() -> None:
    """Not compressed: one that differs by a date differs by a few bytes."""
    later = Edition(
        list_code="un",
        title="Test",
        dated=datetime(2026, 1, 16, tzinfo=UTC),
        listings=EDITION.listings,
    )
    pairs = zip(EDITION.encode(), later.encode(), strict=True)
    assert sum(one != two for one, two in pairs) <= 4


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not_an_edition"),
        (b"<html>nothing here</html>", "not_an_edition"),
        (MAGIC + b"\x07" + EDITION.encode()[8:], "unknown_version"),
        (EDITION.encode()[:-20], "damaged"),
        (EDITION.encode() + b"more", "damaged"),
        (COMPRESSED[:-20], "damaged"),
        (COMPRESSED + b"more", "damaged"),
        (MAGIC + b"\x01" + _frame(b"\xc1\xc1"), "damaged"),
        (MAGIC + b"\x01" + _frame(b"\x80"), "damaged"),
        # a frame that says it is a terabyte long
        (MAGIC + b"\x01\x28\xb5\x2f\xfd\xe0" + (1 << 40).to_bytes(8, "little"), "too_large"),
    ],
)
def test_other_bytes_are_refused_by_name(data: bytes, code: str) -> None:
    with pytest.raises(EditionError) as caught:
        Edition.decode(data)
    assert caught.value.code == code


@given(st.integers(min_value=8, max_value=len(COMPRESSED) - 1), st.integers(1, 255))
def test_a_flipped_byte_never_passes(at: int, flip: int) -> None:
    data = bytearray(COMPRESSED)
    data[at] ^= flip
    try:
        decoded = Edition.decode(bytes(data))
    except EditionError:
        return
    assert decoded == EDITION  # a bit of the frame that says nothing
