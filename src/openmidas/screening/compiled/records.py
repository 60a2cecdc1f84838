"""Listings as they stand in a compiled file: as short as what they say, nothing left out.

A record is a MessagePack array: id, names, births, sex, nationalities, and whatever else the listing
says as a map of its fields, or nil. A name that is nothing but a text is that text; a birth on one day
is the number of the day (the first of the year 1 is 1), within a calendar year that year, negative;
others are maps of their fields.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from openmidas.screening.compiled.layout import Array, CompiledError
from openmidas.screening.listings import ListedBirth, ListedName, Listing

_encoder = msgspec.msgpack.Encoder(order="deterministic")
_decoder = msgspec.msgpack.Decoder(
    tuple[str, list[Any], list[Any], str | None, list[str], dict[str, Any] | None]
)
_BARE = Listing(id="", kind="person", names=())


def encode_record(listing: Listing) -> bytes:
    """The record of a listing."""
    rest = msgspec.structs.replace(listing, id="", names=(), births=(), sex=None, nationalities=())
    record = (
        listing.id,
        [_short_name(name) for name in listing.names],
        [_short_birth(birth) for birth in listing.births],
        listing.sex,
        listing.nationalities,
        None if rest == _BARE else rest,
    )
    return _encoder.encode(record)


def decode_record(data: bytes | memoryview) -> Listing:
    """The listing of a record. Raises `CompiledError` "damaged"."""
    try:
        id, names, births, sex, nationalities, rest = _decoder.decode(data)
        fields = dict(rest or {})
        fields.update(
            id=id,
            kind=fields.get("kind", "person"),
            names=[_name(name) for name in names],
            births=[_birth(birth) for birth in births],
            sex=sex,
            nationalities=nationalities,
        )
        return msgspec.convert(fields, Listing)
    except (msgspec.MsgspecError, ValueError, OverflowError) as error:
        raise CompiledError("damaged", detail=f"record: {error}") from error


class Records:
    """The listings of a file, by number."""

    def __init__(self, data: Array, ends: Array) -> None:
        self._data: memoryview = data.data
        self._ends = ends

    def __len__(self) -> int:
        return len(self._ends)

    def __getitem__(self, number: int) -> Listing:
        """Raises `CompiledError` "damaged"."""
        start = int(self._ends[number - 1]) if number else 0
        end = int(self._ends[number])
        if not start < end <= len(self._data):
            raise CompiledError("damaged", detail=f"record {number} lies outside")
        return decode_record(self._data[start:end])


def _short_name(name: ListedName) -> str | ListedName:
    return name.text if name == ListedName(name.text) else name


def _name(short: Any) -> ListedName:
    return ListedName(short) if isinstance(short, str) else msgspec.convert(short, ListedName)


def _short_birth(birth: ListedBirth) -> int | ListedBirth:
    day = birth.earliest
    if day is not None:
        for short in (day.toordinal(), -day.year):
            if _birth(short) == birth:
                return short
    return birth


def _birth(short: Any) -> ListedBirth:
    if not isinstance(short, int):
        return msgspec.convert(short, ListedBirth)
    if short < 0:
        return ListedBirth(date(-short, 1, 1), date(-short, 12, 31), f"{-short:04d}")
    day = date.fromordinal(short)
    return ListedBirth(day, day, day.isoformat())
