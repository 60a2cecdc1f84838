"""The public key in a certificate whose curve `cryptography` does not have: a walk over its DER, no more."""

from __future__ import annotations

from typing import NamedTuple

_VERSION = 0xA0
_KEY_AT = 5
"""Serial, algorithm, issuer, validity and subject stand before it."""
_EC_KEY = "1.2.840.10045.2.1"


class _Element(NamedTuple):
    tag: int
    value: bytes


def curve_and_point(certificate: bytes) -> tuple[str, bytes]:
    """The object identifier of a named curve, and the point. Raises `ValueError` where there is none."""
    try:
        (whole,) = _elements(certificate)
        signed = _elements(_elements(whole.value)[0].value)
        algorithm, point = _elements(signed[_KEY_AT + (signed[0].tag == _VERSION)].value)
        kind, curve = _elements(algorithm.value)
    except IndexError as error:
        raise ValueError("cut short") from error
    if _dotted(kind.value) != _EC_KEY:
        raise ValueError("no key of a curve")
    return _dotted(curve.value), point.value[1:]  # the first byte counts unused bits


def _elements(data: bytes) -> list[_Element]:
    found = []
    at = 0
    while at < len(data):
        tag, length = data[at], data[at + 1]
        at += 2
        if length > 0x7F:
            size = length & 0x7F
            length = int.from_bytes(data[at : at + size])
            at += size
        if at + length > len(data):
            raise ValueError("cut short")
        found.append(_Element(tag, data[at : at + length]))
        at += length
    return found


def _dotted(oid: bytes) -> str:
    arcs, value = [*divmod(oid[0], 40)], 0
    for byte in oid[1:]:
        value = value << 7 | byte & 0x7F
        if not byte & 0x80:
            arcs.append(value)
            value = 0
    return ".".join(str(arc) for arc in arcs)
