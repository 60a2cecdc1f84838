"""The elliptic curves that States sign with (SEC 2; RFC 5639), and their arithmetic for checking.

Doc 9303-12 asks for explicit parameters in certificates, which few libraries load. A curve is taken for the
one of its name only where *every* parameter is the same: a generator chosen by somebody else would let
them sign for anybody (CVE-2020-0601). What `cryptography` knows is checked by it; the others here, on
public values alone.
"""

from __future__ import annotations

from typing import NamedTuple


class Curve(NamedTuple):
    """y² = x³ + ax + b over the field of prime p, with the generator (x, y) of order n."""

    name: str
    oid: str
    p: int
    a: int
    b: int
    x: int
    y: int
    n: int

    @property
    def size(self) -> int:
        """Bytes of a coordinate."""
        return (self.p.bit_length() + 7) // 8


Point = tuple[int, int] | None
"""None is the point at infinity."""


def add(curve: Curve, one: Point, other: Point) -> Point:
    """The sum of two points of a curve."""
    if one is None:
        return other
    if other is None:
        return one
    (x1, y1), (x2, y2) = one, other
    if x1 == x2:
        if (y1 + y2) % curve.p == 0:
            return None
        slope = (3 * x1 * x1 + curve.a) * pow(2 * y1, -1, curve.p)
    else:
        slope = (y2 - y1) * pow(x2 - x1, -1, curve.p)
    x = (slope * slope - x1 - x2) % curve.p
    return x, (slope * (x1 - x) - y1) % curve.p


def times(curve: Curve, factor: int, point: Point) -> Point:
    """A point added to itself. In no constant time: for public values alone."""
    total: Point = None
    while factor:
        if factor & 1:
            total = add(curve, total, point)
        point = add(curve, point, point)
        factor >>= 1
    return total


def is_on(curve: Curve, x: int, y: int) -> bool:
    """Whether a point lies on a curve; those of the table have no other subgroup."""
    return (
        0 <= x < curve.p
        and 0 <= y < curve.p
        and (y * y - (x * x * x + curve.a * x + curve.b)) % curve.p == 0
    )


def verifies(curve: Curve, key: tuple[int, int], r: int, s: int, digest: bytes) -> bool:
    """Whether (r, s) is the ECDSA signature of a digest by a key (FIPS 186-5, 6.4.2)."""
    if not (0 < r < curve.n and 0 < s < curve.n and is_on(curve, *key)):
        return False
    spare = max(0, 8 * len(digest) - curve.n.bit_length())
    hashed = int.from_bytes(digest) >> spare
    inverse = pow(s, -1, curve.n)
    point = add(
        curve,
        times(curve, hashed * inverse % curve.n, (curve.x, curve.y)),
        times(curve, r * inverse % curve.n, key),
    )
    return point is not None and point[0] % curve.n == r
