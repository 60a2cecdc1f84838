"""EF.SOD: the hashes of all data groups, signed by who issued the document (Doc 9303-10, 4.6.2)."""

from __future__ import annotations

import msgspec

from openmidas.documents.chip.algorithms import Digest, digest_of
from openmidas.documents.chip.asn1 import members, number, octets
from openmidas.documents.chip.cms import SignedData, read_signed_data
from openmidas.documents.chip.findings import Unreadable
from openmidas.documents.chip.tlv import read_one

TAG = 0x77
CONTENT_TYPE = "2.23.136.1.1.1"
_LAST_GROUP = 16


class SecurityObject(msgspec.Struct, frozen=True):
    """What EF.SOD holds. ``hashes``: by the number of the data group."""

    signed: SignedData
    digest: Digest
    hashes: dict[int, bytes]


def read_sod(file: bytes) -> SecurityObject:
    """EF.SOD, read and not yet believed. Raises `Unreadable`."""
    parts = read_one(file, TAG).parts()
    if len(parts) != 1:
        raise Unreadable("cut_short" if not parts else "bytes_after_end", bytes="")
    signed = read_signed_data(parts[0])
    version, hashed, rows, *_lds = members(read_one(signed.content), 3)
    if number(version) not in (0, 1):
        raise Unreadable("version_not_allowed", version=str(number(version)))
    hashes: dict[int, bytes] = {}
    for row in members(rows, 1):
        group, value = members(row, 2)[:2]
        if not 1 <= number(group) <= _LAST_GROUP or number(group) in hashes:
            raise Unreadable("group_not_allowed", group=str(number(group)))
        hashes[number(group)] = octets(value)
    return SecurityObject(signed, digest_of(hashed), hashes)
