"""Visible digital seals of Doc 9303-13: the bytes in a two-dimensional code, and what stands in them.

Header (who sealed what, when), message (features, each with a tag), signature. Reading believes
nothing: whether the signature holds is asked of `checking.check_seal`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

import msgspec

from openmidas.documents.seals.c40 import NotC40, decode_c40, encode_c40
from openmidas.documents.seals.problems import CannotSeal, NotASeal

MAGIC = 0xDC
LONGEST = 3000
"""Bytes: the largest QR code holds fewer."""
_VERSIONS: dict[int, Literal[3, 4]] = {2: 3, 3: 4}
"""The byte that stands for each version of the header."""
_SIGNATURE = 0xFF
_FIXED_REFERENCE = 5
_MOST_REFERENCE = 0xFF
_ARRIVAL = bytes.fromhex("fd02")
_ARRIVAL_AT = slice(16, 18)
_NO_DATE = bytes(3)
_HEXADECIMAL, _DECIMAL = 16, 10
"""In what the length of a reference is written; Doc 9303 has it in the first."""


class VdsHeader(msgspec.Struct, frozen=True, kw_only=True):
    """Who sealed what, when.

    ``issuer``: code of the State, without fillers; ``signer``: the State's two letters and two of the
    signer; ``reference``: which of its certificates, hexadecimal; ``issued``: the document, ``signed``:
    the seal; ``features``: which definition of the message, and ``category`` of which kind of document.
    """

    version: Literal[3, 4] = 4
    issuer: str
    signer: str
    reference: str
    issued: date | None
    signed: date | None
    features: int
    category: int

    @property
    def type_code(self) -> str:
        """Definition and category as four hexadecimal figures: "5d01" is a visa."""
        return f"{self.features:02x}{self.category:02x}"


class VdsFeature(msgspec.Struct, frozen=True):
    """One feature of the message, as it stands there."""

    tag: int
    value: bytes


class Vds(msgspec.Struct, frozen=True, kw_only=True, tag="vds"):
    """A seal. ``covered``: the bytes that are signed; ``signature`` is empty where there is none."""

    header: VdsHeader
    message: tuple[VdsFeature, ...]
    signature: bytes
    covered: bytes

    @property
    def raw(self) -> bytes:
        """All of it, as it stands in the code."""
        if not self.signature:
            return self.covered
        return self.covered + _tlv(_SIGNATURE, self.signature)


def read_vds(data: bytes) -> Vds:
    """Take a seal apart. Raises `NotASeal`."""
    if len(data) > LONGEST:
        raise NotASeal("seal_too_long", bytes=str(len(data)))
    if not data or data[0] != MAGIC:
        raise NotASeal("not_a_seal")
    try:
        return _read(data, _HEXADECIMAL)
    except NotASeal as error:
        # Seals of BSI TR-03171 count the letters of the reference in tens.
        try:
            return _read(data, _DECIMAL)
        except NotASeal:
            raise error from None


def _read(data: bytes, base: int) -> Vds:
    header, at = _read_header(data, base)
    features: list[VdsFeature] = []
    signature, end = b"", len(data)
    while at < len(data):
        tag, value, after = _read_tlv(data, at)
        if tag == _SIGNATURE:
            if after != len(data) or not value:
                raise NotASeal("signature_malformed", "signature")
            signature, end = value, at
            break
        features.append(VdsFeature(tag, value))
        at = after
    return Vds(header=header, message=tuple(features), signature=signature, covered=data[:end])


def write_unsigned(header: VdsHeader, message: Sequence[VdsFeature]) -> bytes:
    """Header and message, which the signature is to cover. Raises `CannotSeal`."""
    whole = _write_header(header)
    for feature in message:
        if not 0 <= feature.tag < _SIGNATURE:
            raise CannotSeal("message", "tag")
        whole += _tlv(feature.tag, feature.value)
    if len(whole) > LONGEST - 150:  # room for the longest signature
        raise CannotSeal("message", "too_long")
    return whole


def with_signature(covered: bytes, signature: bytes) -> bytes:
    """A whole seal."""
    return covered + _tlv(_SIGNATURE, signature)


def read_date(data: bytes) -> date | None:
    """A day in three bytes, MMDDYYYY as a number; None where it is no day."""
    told = f"{int.from_bytes(data):08d}"
    try:
        return date(int(told[4:]), int(told[:2]), int(told[2:4]))
    except ValueError:
        return None


def write_date(day: date) -> bytes:
    """The way back of `read_date`."""
    return int(f"{day:%m%d}{day.year:04d}").to_bytes(3)


def _read_header(data: bytes, base: int) -> tuple[VdsHeader, int]:
    version = _VERSIONS.get(data[1]) if len(data) > 1 else None
    if version is None:
        raise NotASeal("version_unknown", "header", read=data[1:2].hex())
    # The German attestation of arrival counts itself as version 4 and is laid out as version 3 is.
    fixed = version == 3 or data[_ARRIVAL_AT] == _ARRIVAL
    try:
        issuer = decode_c40(_part(data, 2, 2)).rstrip(" ")
        start = decode_c40(_part(data, 4, 4))
        length = 3 if fixed else int(start[4:6], base)
        size = (length + 2) // 3 * 2
        rest = decode_c40(_part(data, 8, size))
    except (NotC40, ValueError) as error:
        if isinstance(error, NotASeal):
            raise
        raise NotASeal("header_malformed", "header") from error
    at = 8 + size
    reference = start[4:6] + rest if fixed else rest
    if len(start) != 6 or len(rest) != length:
        raise NotASeal("header_malformed", "header")
    dates, kind = _part(data, at, 6), _part(data, at + 6, 2)
    header = VdsHeader(
        version=version,
        issuer=issuer,
        signer=start[:4].rstrip(" "),
        reference=reference,
        issued=read_date(dates[:3]),
        signed=read_date(dates[3:]),
        features=kind[0],
        category=kind[1],
    )
    return header, at + 8


def _write_header(header: VdsHeader) -> bytes:
    reference = header.reference
    fixed = header.version == 3 or header.type_code == _ARRIVAL.hex()
    if fixed and len(reference) != _FIXED_REFERENCE:
        raise CannotSeal("reference", "length")
    if not 0 < len(reference) <= _MOST_REFERENCE:
        raise CannotSeal("reference", "length")
    if len(header.signer) != 4:
        raise CannotSeal("signer", "length")
    if not 0 < len(header.issuer) <= 3 or header.issuer != header.issuer.strip():
        raise CannotSeal("issuer", "length")
    for name in ("features", "category"):
        if not 0 <= getattr(header, name) <= 0xFF:
            raise CannotSeal(name, "range")
    told = header.signer + ("" if fixed else f"{len(reference):02X}") + reference
    version = next(byte for byte, known in _VERSIONS.items() if known == header.version)
    try:
        coded = encode_c40(header.issuer.ljust(3)) + encode_c40(told)
    except NotC40 as error:
        raise CannotSeal("header", "characters") from error
    days = b"".join(write_date(day) if day else _NO_DATE for day in (header.issued, header.signed))
    return bytes([MAGIC, version]) + coded + days + bytes([header.features, header.category])


def _part(data: bytes, at: int, size: int) -> bytes:
    part = data[at : at + size]
    if len(part) != size:
        raise NotASeal("seal_cut_short", "header" if at < 20 else "message")
    return part


def _read_tlv(data: bytes, at: int) -> tuple[int, bytes, int]:
    """A tag, its value, and where the next begins; lengths as DER has them, in their shortest form."""
    tag, first = _part(data, at, 2)
    at += 2
    length = first
    if first > 0x7F:
        count = first & 0x7F
        if not 1 <= count <= 2:
            raise NotASeal("length_malformed", "message", tag=f"{tag:02x}")
        length = int.from_bytes(_part(data, at, count))
        at += count
        if _length(length)[1:] != data[at - count : at]:
            raise NotASeal("length_malformed", "message", tag=f"{tag:02x}")
    return tag, _part(data, at, length), at + length


def _tlv(tag: int, value: bytes) -> bytes:
    return bytes([tag]) + _length(len(value)) + value


def _length(length: int) -> bytes:
    if length <= 0x7F:
        return bytes([length])
    size = (length.bit_length() + 7) // 8
    return bytes([0x80 | size]) + length.to_bytes(size)
