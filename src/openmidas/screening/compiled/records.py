"""Listings as they stand in a compiled file: as short as what they say, nothing left out.

A record is a MessagePack array: id, names, births, sex, nationalities, and whatever else the listing
says as a map of its fields, or nil. A name that is nothing but a text is that text; a birth on one day
is the number of the day (the first of the year 1 is 1), within a calendar year that year, negative;
others are maps of their fields.
"""

from __future__ import annotations

from datetime import date

import msgspec

from openmidas.screening.compiled.layout import Array, CompiledError
from openmidas.screening.listings import ListedBirth, ListedName, Listing, Sex


class _Record(msgspec.Struct, frozen=True, array_like=True, gc=False):
    id: str
    names: tuple[str | ListedName, ...]
    births: tuple[int | ListedBirth, ...]
    sex: Sex | None
    nationalities: tuple[str, ...]
    rest: Listing | None


_encoder = msgspec.msgpack.Encoder(order="deterministic")
_decoder = msgspec.msgpack.Decoder(_Record)
_BARE = Listing(id="", kind="person", names=())


def encode_record(listing: Listing) -> bytes:
    """The record of a listing."""
    rest = msgspec.structs.replace(listing, id="", names=(), births=(), sex=None, nationalities=())
    record = _Record(
        listing.id,
        tuple(_short_name(name) for name in listing.names),
        tuple(_short_birth(birth) for birth in listing.births),
        listing.sex,
        listing.nationalities,
        None if rest == _BARE else rest,
    )
    return _encoder.encode(record)


def decode_record(data: bytes | memoryview) -> Listing:
    """The listing of a record. Raises `CompiledError` "damaged"."""
    try:
        return _listing(_decoder.decode(data))
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


def _listing(record: _Record) -> Listing:
    rest = record.rest
    plain = Listing(
        id=record.id,
        kind="person" if rest is None else rest.kind,
        names=tuple([ListedName(name) if isinstance(name, str) else name for name in record.names]),
        births=tuple(
            [_birth(birth) if isinstance(birth, int) else birth for birth in record.births]
        ),
        sex=record.sex,
        nationalities=record.nationalities,
    )
    if rest is None:
        return plain
    return msgspec.structs.replace(
        rest,
        id=plain.id,
        names=plain.names,
        births=plain.births,
        sex=plain.sex,
        nationalities=plain.nationalities,
    )


def _short_name(name: ListedName) -> str | ListedName:
    return name.text if name == ListedName(name.text) else name


def _short_birth(birth: ListedBirth) -> int | ListedBirth:
    day = birth.earliest
    if day is not None:
        for short in (day.toordinal(), -day.year):
            if _birth(short) == birth:
                return short
    return birth


def _birth(short: int) -> ListedBirth:
    if short < 0:
        return ListedBirth(date(-short, 1, 1), date(-short, 12, 31), f"{-short:04d}")
    day = date.fromordinal(short)
    return ListedBirth(day, day, day.isoformat())
