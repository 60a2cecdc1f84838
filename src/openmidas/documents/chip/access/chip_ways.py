"""Which ways of chip authentication DG14 offers, with the chip's own keys (Doc 9303-11, 9.2.5 and 9.2.6)."""

from __future__ import annotations

import msgspec

from openmidas.documents.chip.access.card_access import CURVES
from openmidas.documents.chip.access.ciphers import CipherName
from openmidas.documents.chip.asn1 import INTEGER, LONGEST_OF_KEY, SET, bits, members, number, oid
from openmidas.documents.chip.findings import Unreadable
from openmidas.documents.chip.groups import DG14
from openmidas.documents.chip.keys import EcKey, read_key, read_point
from openmidas.documents.chip.tlv import Tlv, read_one

_KEYS = "0.4.0.127.0.7.2.2.1."
_PROTOCOLS = "0.4.0.127.0.7.2.2.3."
_DH, _ECDH = "1", "2"
_CIPHERS: dict[str, CipherName] = {"1": "3DES", "2": "AES-128", "3": "AES-192", "4": "AES-256"}
_STRENGTH: dict[CipherName, int] = {"3DES": 0, "AES-128": 1, "AES-192": 2, "AES-256": 3}
_OLDEST = {_DH: "04007f00070202030101", _ECDH: "04007f00070202030201"}
"""3DES, where a chip gives its key and no protocol: those were made before there was another."""
_VERSION = 1
_STANDARD_PARAMETERS = "0.4.0.127.0.7.1.2"
_DH_KEYS = ("1.2.840.10046.2.1", "1.2.840.113549.1.3.1")
_LEAST_DH, _MOST_DH, _LEAST_ORDER = 1024, 4096, 160


class DhKey(msgspec.Struct, frozen=True):
    """A Diffie-Hellman public key; ``q`` is 0 where the order of the generator is not said."""

    p: int
    g: int
    q: int
    y: int

    @property
    def size(self) -> int:
        """Bytes of a number."""
        return (self.p.bit_length() + 7) // 8


class ChipWay(msgspec.Struct, frozen=True):
    """One way that we know as well. ``protocol``: its object identifier, without tag and length."""

    protocol: bytes
    cipher: CipherName
    key: EcKey | DhKey
    key_id: int | None = None


def read_chip_ways(file: bytes) -> tuple[ChipWay, ...]:
    """What DG14 offers, the best first; none where all of it is unknown here. Raises `Unreadable`."""
    named = False
    said: list[tuple[str, bytes, str, int | None]] = []
    keys: list[tuple[str, EcKey | DhKey, int | None]] = []
    (infos,) = members(read_one(file, DG14), 1, DG14)[:1]
    for info in members(infos, 0, SET):
        kind, *rest = members(info, 1)
        dotted = oid(kind)
        if dotted.startswith(_PROTOCOLS):
            named = True
            agreement, _, cipher = dotted.removeprefix(_PROTOCOLS).partition(".")
            if _number_at(rest, 0) == _VERSION:
                said.append((agreement, kind.value, cipher, _number_at(rest, 1)))
        elif dotted.startswith(_KEYS) and rest:
            key = _key(rest[0])
            keys += [(dotted.removeprefix(_KEYS), key, _number_at(rest, 1))] if key else []
    ways = [
        ChipWay(protocol, _CIPHERS[cipher], key, meant if held is None else held)
        for agreement, protocol, cipher, meant in said
        for of, key, held in keys
        if of == agreement and cipher in _CIPHERS and (meant == held or None in (meant, held))
    ]
    if not named:
        ways = [
            ChipWay(bytes.fromhex(_OLDEST[of]), "3DES", key, key_id)
            for of, key, key_id in keys
            if of in _OLDEST
        ]
    return tuple(sorted(ways, key=lambda way: _STRENGTH[way.cipher], reverse=True))


def _number_at(parts: list[Tlv], place: int) -> int | None:
    return number(parts[place]) if len(parts) > place and parts[place].tag == INTEGER else None


def _key(info: Tlv) -> EcKey | DhKey | None:
    """The chip's public key; None for a kind that is not known here. Raises `Unreadable`."""
    algorithm, key = members(info, 2)[:2]
    kind, *parameters = members(algorithm, 1)
    if oid(kind) == _STANDARD_PARAMETERS and parameters:
        curve = CURVES.get(number(parameters[0]))
        return EcKey(curve, *read_point(curve, bits(key))) if curve else None
    if oid(kind) in _DH_KEYS and parameters:
        return _dh(parameters[0], bits(key), pkcs=oid(kind) == _DH_KEYS[1])
    try:
        found = read_key(info.raw)
    except Unreadable as error:
        if error.code in ("curve_unknown", "algorithm_unknown"):
            return None
        raise
    return found if isinstance(found, EcKey) else None


def _dh(parameters: Tlv, key: bytes, *, pkcs: bool) -> DhKey:
    p, g, *rest = (number(part, LONGEST_OF_KEY) for part in members(parameters, 2)[:3])
    y = number(read_one(key, INTEGER), LONGEST_OF_KEY)
    q = rest[0] if rest and not pkcs else 0  # what PKCS #3 has there is a length
    if not (
        _LEAST_DH <= p.bit_length() <= _MOST_DH
        and 1 < g < p - 1
        and 1 < y < p - 1
        and (q == 0 or q > 1 << 128)
    ):
        raise Unreadable("key_not_allowed", reason=f"DH {p.bit_length()}")
    return DhKey(p, g, q, y)
