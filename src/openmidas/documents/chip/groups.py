"""EF.COM and the short data groups of a chip (Doc 9303-10, 4.6 and 4.7)."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from openmidas.documents.chip.asn1 import SET, members, oid
from openmidas.documents.chip.findings import Unreadable
from openmidas.documents.chip.keys import read_key
from openmidas.documents.chip.tlv import Tlv, read_all, read_one
from openmidas.documents.mrz import read_mrz
from openmidas.documents.reading import Reading

COM, DG1, DG2, DG14, DG15 = 0x60, 0x61, 0x75, 0x6E, 0x6F
GROUP_TAGS: dict[int, int] = dict(
    zip(
        (
            0x61,
            0x75,
            0x63,
            0x76,
            0x65,
            0x66,
            0x67,
            0x68,
            0x69,
            0x6A,
            0x6B,
            0x6C,
            0x6D,
            0x6E,
            0x6F,
            0x70,
        ),
        range(1, 17),
        strict=True,
    )
)
"""The number of each data group by the tag of its file."""
_TAG_LIST = 0x5C
_ZONE = 0x5F1F
_ZONE_LINES = {90: 30, 72: 36, 88: 44}
_CHIP_AUTHENTICATION = ("0.4.0.127.0.7.2.2.1.", "0.4.0.127.0.7.2.2.3.")
"""Its public key and its protocol. Older chips have the key only."""
_PACE = "0.4.0.127.0.7.2.2.4."
ACTIVE_AUTHENTICATION = "2.23.136.1.1.5"
_TERMINAL_AUTHENTICATION = "0.4.0.127.0.7.2.2.2"


class Contents(msgspec.Struct, frozen=True):
    """EF.COM: what the chip says it has. Nothing signs it: EF.SOD has the last word."""

    version: str
    groups: tuple[int, ...]


class Zone(msgspec.Struct, frozen=True):
    """DG1: the machine readable zone, read as the printed one is."""

    text: str
    reading: Reading


class SecurityOptions(msgspec.Struct, frozen=True):
    """DG14: what the chip can prove of itself."""

    protocols: tuple[str, ...]
    chip_authentication: bool
    active_authentication: bool
    pace: bool
    terminal_authentication: bool


class ChipKey(msgspec.Struct, frozen=True):
    """DG15: the public key by which the chip proves that it is no copy (active authentication)."""

    kind: Literal["RSA", "EC"]
    text: str
    info: bytes


def read_com(file: bytes) -> Contents:
    """EF.COM. Raises `Unreadable`."""
    parts = _by_tag(read_one(file, COM))
    version = _one(parts, 0x5F01)
    tags = _one(parts, _TAG_LIST)
    groups = tuple(GROUP_TAGS[tag] for tag in tags if tag in GROUP_TAGS)
    return Contents(version.decode("ascii", "replace"), groups)


def read_zone(file: bytes, *, today: date) -> Zone:
    """DG1. Raises `Unreadable` where there is no zone; a wrong one has findings as a printed one has."""
    found = read_one(file, DG1).part(_ZONE)
    if found is None:
        raise Unreadable("part_missing", tag="5F1F")
    text = found.value.decode("ascii", "replace").strip()
    width = _ZONE_LINES.get(len(text))
    if width is None:
        raise Unreadable("zone_length", length=str(len(text)))
    lines = "\n".join(text[at : at + width] for at in range(0, len(text), width))
    return Zone(lines, read_mrz(lines, today=today))


def read_options(file: bytes) -> SecurityOptions:
    """DG14. Raises `Unreadable`."""
    (infos,) = _exactly_one(read_one(file, DG14))
    protocols = tuple(oid(members(info, 1)[0]) for info in members(infos, 0, SET))
    return SecurityOptions(
        protocols=protocols,
        chip_authentication=any(one.startswith(_CHIP_AUTHENTICATION) for one in protocols),
        active_authentication=ACTIVE_AUTHENTICATION in protocols,
        pace=any(one.startswith(_PACE) for one in protocols),
        terminal_authentication=_TERMINAL_AUTHENTICATION in protocols,
    )


def read_chip_key(file: bytes) -> ChipKey:
    """DG15. Raises `Unreadable`."""
    (info,) = _exactly_one(read_one(file, DG15))
    key = read_key(info.raw)
    return ChipKey("RSA" if key.text.startswith("RSA") else "EC", key.text, info.raw)


def _by_tag(file: Tlv) -> dict[int, bytes]:
    return {part.tag: part.value for part in reversed(read_all(file.value, file.depth + 1))}


def _one(parts: dict[int, bytes], tag: int) -> bytes:
    if tag not in parts:
        raise Unreadable("part_missing", tag=f"{tag:X}")
    return parts[tag]


def _exactly_one(file: Tlv) -> tuple[Tlv, ...]:
    parts = file.parts()
    if len(parts) != 1:
        raise Unreadable("part_missing" if not parts else "bytes_after_end", tag="", bytes="")
    return parts
