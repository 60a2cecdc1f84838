"""EF.CardAccess: by which ways of PACE a chip may be opened (Doc 9303-11, 9.2.1)."""

from __future__ import annotations

import msgspec

from openmidas.documents.chip.access.ciphers import CipherName
from openmidas.documents.chip.asn1 import INTEGER, SET, members, number, oid
from openmidas.documents.chip.curve_table import BY_PRIME
from openmidas.documents.chip.curves import Curve
from openmidas.documents.chip.tlv import read_one

PACE = "0.4.0.127.0.7.2.2.4."
_GENERIC = f"{PACE}2."
_CIPHERS: dict[str, CipherName] = {
    f"{_GENERIC}1": "3DES",
    f"{_GENERIC}2": "AES-128",
    f"{_GENERIC}3": "AES-192",
    f"{_GENERIC}4": "AES-256",
}
"""With ECDH and generic mapping. Doc 9303 has DH, integrated and chip authentication mapping besides."""
_STRENGTH: dict[CipherName, int] = {"3DES": 0, "AES-128": 1, "AES-192": 2, "AES-256": 3}
_NAMES = {
    8: "secp192r1",
    9: "brainpoolP192r1",
    10: "secp224r1",
    11: "brainpoolP224r1",
    12: "secp256r1",
    13: "brainpoolP256r1",
    14: "brainpoolP320r1",
    15: "secp384r1",
    16: "brainpoolP384r1",
    17: "brainpoolP512r1",
    18: "secp521r1",
}
"""Doc 9303-11, 9.5.1."""
_BY_NAME = {curve.name: curve for curve in BY_PRIME.values()}
CURVES: dict[int, Curve] = {number: _BY_NAME[name] for number, name in _NAMES.items()}
_VERSION = 2


class PaceWay(msgspec.Struct, frozen=True):
    """One way that we know as well. ``parameters``: the number of its curve in Doc 9303."""

    protocol: bytes
    """Its object identifier, without tag and length."""
    cipher: CipherName
    parameters: int
    ambiguous: bool = False
    """Whether the chip has this protocol on several curves, so that it must be told which."""

    @property
    def curve(self) -> Curve:
        """The curve."""
        return CURVES[self.parameters]


class CardAccess(msgspec.Struct, frozen=True):
    """What the chip offers: the ways that we know, the best first, and all that it named of PACE."""

    ways: tuple[PaceWay, ...]
    said: frozenset[bytes]
    """Each as it stands there, to compare with what is signed in DG14."""


def read_card_access(file: bytes) -> CardAccess:
    """EF.CardAccess, or the like in DG14. Raises `Unreadable`."""
    ways: list[PaceWay] = []
    said: set[bytes] = set()
    for info in members(read_one(file, SET), 0, SET):
        kind, *rest = members(info, 1)
        dotted = oid(kind)
        if not dotted.startswith(PACE):
            continue
        said.add(info.raw)
        numbers = [number(one) for one in rest if one.tag == INTEGER]
        known = len(numbers) == 2 and numbers[0] == _VERSION and numbers[1] in CURVES
        if known and dotted in _CIPHERS:
            ways.append(PaceWay(kind.value, _CIPHERS[dotted], numbers[1]))
    best = sorted(ways, key=lambda way: (_STRENGTH[way.cipher], way.curve.size), reverse=True)
    told = len({way.parameters for way in ways}) > 1
    return CardAccess(
        tuple(msgspec.structs.replace(way, ambiguous=told) for way in best), frozenset(said)
    )
