"""Checking an ECDSA signature on a curve that `cryptography` does not have: brainpoolP224r1.

Seals were signed on it before 256 bits became the least. Only checking is here: nothing that it works on
is secret, so it need not hide how long it takes, and nothing signs with it.
"""

from __future__ import annotations

import hashlib

import msgspec

Point = tuple[int, int] | None
"""None is the point at infinity."""


class Curve(msgspec.Struct, frozen=True, kw_only=True):
    """A curve y² = x³ + ax + b over the field of p elements, its base point, and how often that goes."""

    bits: int
    p: int
    a: int
    b: int
    base: tuple[int, int]
    order: int


BRAINPOOL_P224R1 = Curve(
    bits=224,
    p=0xD7C134AA264366862A18302575D1D787B09F075797DA89F57EC8C0FF,
    a=0x68A5E62CA9CE6C1C299803A6C1530B514E182AD8B0042A59CAD29F43,
    b=0x2580F63CCFE44138870713B1A92369E33E2135D266DBB372386C400B,
    base=(
        0x0D9029AD2C7E5CF4340823B2A87DC68C9E4CE3174C1E6EFDEE12C07D,
        0x58AA56F772C0726F24C6B89E4ECDAC24354B9E99CAA3F6D3761402CD,
    ),
    order=0xD7C134AA264366862A18302575D0FB98D116BC4B6DDEBCA3A5A7939F,
)
"""RFC 5639, 3.3."""
CURVES = {"1.3.36.3.3.2.8.1.1.5": BRAINPOOL_P224R1}
"""By the object identifier that names them in a certificate."""


def read_point(curve: Curve, data: bytes) -> tuple[int, int]:
    """An uncompressed public key. Raises `ValueError` where it is none of this curve."""
    size = (curve.bits + 7) // 8
    if len(data) != 1 + 2 * size or data[0] != 4:
        raise ValueError("no uncompressed point")
    x, y = int.from_bytes(data[1 : 1 + size]), int.from_bytes(data[1 + size :])
    if max(x, y) >= curve.p or (y * y - x**3 - curve.a * x - curve.b) % curve.p:
        raise ValueError("not on the curve")
    return x, y


def signature_holds(
    curve: Curve, key: tuple[int, int], message: bytes, signature: bytes, digest: str
) -> bool:
    """Whether a signature (r and s, each as long as the order) is this key's (FIPS 186-5, 6.4.2).

    ``digest``: what `hashlib` calls the hash; one no longer than the order is.
    """
    size = (curve.order.bit_length() + 7) // 8
    if len(signature) != 2 * size:
        return False
    r, s = int.from_bytes(signature[:size]), int.from_bytes(signature[size:])
    if not (0 < r < curve.order and 0 < s < curve.order):
        return False
    hashed = int.from_bytes(hashlib.new(digest, message).digest())
    inverse = pow(s, -1, curve.order)
    point = _sum_of(
        curve, hashed * inverse % curve.order, curve.base, r * inverse % curve.order, key
    )
    return point is not None and point[0] % curve.order == r


def _sum_of(
    curve: Curve, times_one: int, one: tuple[int, int], times_two: int, two: tuple[int, int]
) -> Point:
    """Two multiples added, bit by bit at once."""
    both = _add(curve, one, two)
    terms: tuple[Point, ...] = (None, one, two, both)
    total: Point = None
    for bit in range(max(times_one.bit_length(), times_two.bit_length()) - 1, -1, -1):
        total = _add(curve, total, total)
        total = _add(curve, total, terms[(times_one >> bit & 1) | (times_two >> bit & 1) << 1])
    return total


def _add(curve: Curve, one: Point, two: Point) -> Point:
    if one is None or two is None:
        return one or two
    (x1, y1), (x2, y2) = one, two
    if x1 == x2:
        if (y1 + y2) % curve.p == 0:
            return None
        slope = (3 * x1 * x1 + curve.a) * pow(2 * y1, -1, curve.p) % curve.p
    else:
        slope = (y2 - y1) * pow(x2 - x1, -1, curve.p) % curve.p
    x = (slope * slope - x1 - x2) % curve.p
    return x, (slope * (x1 - x) - y1) % curve.p
