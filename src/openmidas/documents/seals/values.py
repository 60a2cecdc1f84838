"""The values of features: as people and programs write them, and as they stand in a seal."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from typing import NamedTuple

from openmidas.documents.seals.c40 import decode_c40, encode_c40
from openmidas.documents.seals.profiles import Coding
from openmidas.documents.seals.vds import read_date, write_date

NO_LIMIT = "no limit"
_MOMENT = struct.Struct(">Ib")
_DURATION = re.compile(r"P(\d{1,3})Y(\d{1,3})M(\d{1,3})D")
_QUARTER = timedelta(minutes=15)
_MOST_QUARTERS = 95
_DIRECTIONS = ("entry", "exit")


class NotAValue(ValueError):  # noqa: N818  reads as a sentence where it is raised
    """Bytes, or a text, that do not stand for a value of this coding."""


class _Zone(NamedTuple):
    """How much of a machine readable zone is sealed: the line's length, and of the second line so much."""

    line: int
    second: int


_ZONES = {
    Coding.MRZ_TD2: _Zone(36, 36),
    Coding.MRZ_MRV_A: _Zone(44, 28),
    Coding.MRZ_MRV_B: _Zone(36, 28),
}


def read_value(coding: Coding, data: bytes) -> str:
    """A value as text. Raises `NotAValue`."""
    try:
        return _READERS[coding](data) if coding in _READERS else _read_zone(_ZONES[coding], data)
    except (ValueError, OverflowError, struct.error) as error:
        raise NotAValue(data.hex()) from error


def write_value(coding: Coding, text: str) -> bytes:
    """The way back of `read_value`. Raises `NotAValue`."""
    try:
        return _WRITERS[coding](text) if coding in _WRITERS else _write_zone(_ZONES[coding], text)
    except (ValueError, OverflowError, struct.error) as error:
        raise NotAValue(text) from error


def zone_coding(coding: Coding) -> bool:
    """Whether a value of this coding is a machine readable zone."""
    return coding in _ZONES


def _read_zone(zone: _Zone, data: bytes) -> str:
    """Two lines; what the seal does not hold of the second is filled up."""
    text = decode_c40(data).replace(" ", "<")
    if len(text) != zone.line + zone.second:
        raise NotAValue(text)
    return text[: zone.line] + "\n" + text[zone.line :].ljust(zone.line, "<")


def _write_zone(zone: _Zone, text: str) -> bytes:
    first, _, second = text.partition("\n")
    if len(first) != zone.line or len(second) != zone.line or " " in text:
        raise NotAValue(text)
    return encode_c40((first + second[: zone.second]).replace("<", " "))


def _read_duration(data: bytes) -> str:
    days, months, years = data
    return f"P{years}Y{months}M{days}D"


def _write_duration(text: str) -> bytes:
    found = _DURATION.fullmatch(text)
    if found is None:
        raise NotAValue(text)
    years, months, days = (int(part) for part in found.groups())
    return bytes([days, months, years])


def _read_number(data: bytes) -> str:
    (number,) = data
    return str(number)


def _write_number(text: str) -> bytes:
    return bytes([int(text)])


def _read_moment(data: bytes) -> str:
    seconds, quarters = _MOMENT.unpack(data)
    if abs(quarters) > _MOST_QUARTERS:
        raise NotAValue(data.hex())
    zone = timezone(quarters * _QUARTER)
    return datetime.fromtimestamp(seconds, UTC).astimezone(zone).isoformat()


def _write_moment(text: str) -> bytes:
    at = datetime.fromisoformat(text)
    offset = at.utcoffset()
    if offset is None or offset % _QUARTER or at.microsecond:
        raise NotAValue(text)
    return _MOMENT.pack(int(at.timestamp()), offset // _QUARTER)


def _read_limit(data: bytes) -> str:
    if not data:
        return NO_LIMIT
    day = read_date(data) if len(data) == 3 else None
    if day is None:
        raise NotAValue(data.hex())
    return day.isoformat()


def _write_limit(text: str) -> bytes:
    return b"" if text == NO_LIMIT else write_date(date.fromisoformat(text))


def _read_direction(data: bytes) -> str:
    (which,) = data
    return _DIRECTIONS[which] if which < len(_DIRECTIONS) else _refuse(data.hex())


def _refuse(what: str) -> str:
    raise NotAValue(what)


_READERS: dict[Coding, Callable[[bytes], str]] = {
    Coding.TEXT: decode_c40,
    Coding.NUMBER: _read_number,
    Coding.DURATION: _read_duration,
    Coding.UTF8: bytes.decode,
    Coding.MOMENT: _read_moment,
    Coding.DIRECTION: _read_direction,
    Coding.LIMIT: _read_limit,
    Coding.BYTES: bytes.hex,
}
_WRITERS: dict[Coding, Callable[[str], bytes]] = {
    Coding.TEXT: encode_c40,
    Coding.NUMBER: _write_number,
    Coding.DURATION: _write_duration,
    Coding.UTF8: str.encode,
    Coding.MOMENT: _write_moment,
    Coding.DIRECTION: lambda text: bytes([_DIRECTIONS.index(text)]),
    Coding.LIMIT: _write_limit,
    Coding.BYTES: bytes.fromhex,
}
