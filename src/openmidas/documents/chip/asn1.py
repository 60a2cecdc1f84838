"""The plain values of ASN.1: numbers, object identifiers, times, names."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec

from openmidas.documents.chip.findings import Unreadable
from openmidas.documents.chip.tlv import Tlv

BOOLEAN, INTEGER, BIT_STRING, OCTET_STRING, NULL, OID = 0x01, 0x02, 0x03, 0x04, 0x05, 0x06
SEQUENCE, SET = 0x30, 0x31
CONSTRUCTED_OCTETS = 0x24
_UTC_TIME, _GENERALIZED_TIME = 0x17, 0x18
_LONGEST_NUMBER = 20
"""Octets of what counts or names something (RFC 5280, 4.1.2.2 and 5.2.3). It can be written in figures,
which Python refuses for a number of some thousand."""
LONGEST_SERIAL = 64
"""RFC 5280 has twenty; not every authority keeps to it."""
LONGEST_OF_KEY = 2048
"""Of a key, its parameters or a signature."""
_LONGEST_OID = 64
_STRINGS = {
    0x0C: "utf-8",
    0x13: "latin-1",
    0x14: "latin-1",
    0x16: "latin-1",
    0x1A: "latin-1",
    0x1C: "utf-32-be",
    0x1E: "utf-16-be",
}
_LABELS = {
    "2.5.4.3": "CN",
    "2.5.4.5": "serialNumber",
    "2.5.4.6": "C",
    "2.5.4.7": "L",
    "2.5.4.8": "ST",
    "2.5.4.10": "O",
    "2.5.4.11": "OU",
}
_COUNTRY = "2.5.4.6"
_MOST_NAME_PARTS = 32


class Name(msgspec.Struct, frozen=True):
    """The name of who issued or holds a certificate."""

    raw: bytes
    parts: tuple[tuple[str, str], ...]
    """Object identifier and text, in order."""

    @property
    def country(self) -> str:
        """The two letters of its State, in capitals; empty where it names none."""
        return next((text.upper() for kind, text in self.parts if kind == _COUNTRY), "")

    @property
    def text(self) -> str:
        """For people: ``C=DE, O=bund, CN=csca-germany``."""
        return ", ".join(f"{_LABELS.get(kind, kind)}={text}" for kind, text in self.parts)

    @property
    def key(self) -> tuple[tuple[str, str], ...]:
        """Equal for names that are the same by RFC 5280, 7.1: kind of string, capitals and spaces apart."""
        return tuple(sorted((kind, _folded(text)) for kind, text in self.parts))


def _folded(text: str) -> str:
    """Small letters, and one space for several; other white space stays what it is."""
    return " ".join(filter(None, text.casefold().split(" ")))


def expect(tlv: Tlv, tag: int) -> Tlv:
    """The same value. Raises `Unreadable` where its tag is another."""
    if tlv.tag != tag:
        raise Unreadable("tag_unexpected", expected=f"{tag:02X}", read=f"{tlv.tag:02X}")
    return tlv


def members(tlv: Tlv, least: int, tag: int = SEQUENCE) -> tuple[Tlv, ...]:
    """The members of a sequence or set, at least so many. Raises `Unreadable`."""
    parts = expect(tlv, tag).parts()
    if len(parts) < least:
        raise Unreadable("cut_short")
    return parts


def exactly(tlv: Tlv, count: int, tag: int = SEQUENCE) -> tuple[Tlv, ...]:
    """The members of a sequence or set, so many and no more. Raises `Unreadable`."""
    parts = members(tlv, count, tag)
    if len(parts) != count:
        raise Unreadable("bytes_after_end", bytes=str(len(parts[count].raw)))
    return parts


def number(tlv: Tlv, longest: int = _LONGEST_NUMBER) -> int:
    """An INTEGER of so many octets at most. Raises `Unreadable`."""
    value = expect(tlv, INTEGER).value
    if not value or len(value) > longest:
        raise Unreadable("number_not_allowed")
    return int.from_bytes(value, signed=True)


def oid(tlv: Tlv) -> str:
    """An object identifier with its dots. Raises `Unreadable`."""
    value = expect(tlv, OID).value
    if not value or len(value) > _LONGEST_OID or value[-1] & 0x80:
        raise Unreadable("oid_not_allowed")
    arcs: list[int] = []
    arc = 0
    for byte in value:
        arc = arc << 7 | byte & 0x7F
        if not byte & 0x80:
            arcs.append(arc)
            arc = 0
    top = min(arcs[0] // 40, 2)
    return ".".join(str(one) for one in (top, arcs[0] - 40 * top, *arcs[1:]))


def bits(tlv: Tlv) -> bytes:
    """A BIT STRING of whole bytes. Raises `Unreadable`."""
    value = expect(tlv, BIT_STRING).value
    if not value or value[0]:
        raise Unreadable("bits_not_allowed")
    return value[1:]


def flags(tlv: Tlv) -> frozenset[int]:
    """The numbers of the bits that are set in a BIT STRING. Raises `Unreadable`."""
    value = expect(tlv, BIT_STRING).value
    if not value or value[0] > 7 or len(value) > 8:
        raise Unreadable("bits_not_allowed")
    whole = value[1:]
    return frozenset(
        place for place in range(8 * len(whole)) if whole[place // 8] & (0x80 >> place % 8)
    )


def octets(tlv: Tlv) -> bytes:
    """An OCTET STRING, in one piece or in several. Raises `Unreadable`."""
    if tlv.tag == CONSTRUCTED_OCTETS:
        return b"".join(octets(part) for part in tlv.parts())
    return expect(tlv, OCTET_STRING).value


def moment(tlv: Tlv) -> datetime:
    """A UTCTime or GeneralizedTime. Raises `Unreadable`."""
    try:
        text = tlv.value.decode("ascii")
        if tlv.tag == _UTC_TIME:
            return moment_of(("19" if text[:2] >= "50" else "20") + text)
        if tlv.tag == _GENERALIZED_TIME:
            return moment_of(text)
    except ValueError:
        raise Unreadable("time_not_allowed") from None
    raise Unreadable("tag_unexpected", expected="17", read=f"{tlv.tag:02X}")


def moment_of(text: str) -> datetime:
    """``20261127130000Z``, seconds may lack. Raises `ValueError`."""
    if not text.isascii() or not text[:-1].isdigit() or text[-1] != "Z":
        raise ValueError(text)
    form = {15: "%Y%m%d%H%M%SZ", 13: "%Y%m%d%H%MZ"}.get(len(text))
    if form is None:
        raise ValueError(text)
    return datetime.strptime(text, form).replace(tzinfo=UTC)


def name(tlv: Tlv) -> Name:
    """A distinguished name. Raises `Unreadable`."""
    parts: list[tuple[str, str]] = []
    for group in members(tlv, 0):
        for pair in members(group, 1, SET):
            kind, text = members(pair, 2)[:2]
            parts.append((oid(kind), _text(text)))
            if len(parts) > _MOST_NAME_PARTS:
                raise Unreadable("too_many_parts", most=str(_MOST_NAME_PARTS))
    return Name(tlv.raw, tuple(parts))


def _text(tlv: Tlv) -> str:
    try:
        encoding = _STRINGS[tlv.tag]
    except KeyError:
        raise Unreadable("text_not_allowed") from None
    try:
        return tlv.value.decode(encoding)
    except UnicodeDecodeError:  # Latin letters under the wrong label are seen in the field
        return tlv.value.decode("latin-1")
